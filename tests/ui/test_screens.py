"""Pictures of the main views are taken of any profile, light and dark."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from billops_desktop.bootstrap import open_workspace
from billops_desktop.ui import screens, theme
from tests.support.clock import MovableClock
from tests.support.factories import log, make_client, make_project


def test_each_view_is_taken_in_light_and_dark(
    profile: Path, tmp_path: Path, clock: MovableClock, dressed: QApplication
) -> None:
    workspace = open_workspace(profile, clock=clock)
    project = make_project(workspace, client_id=make_client(workspace))
    log(workspace, "2026-11-25 09:00", project_id=project)
    workspace.close()
    taken = screens.grab(profile, tmp_path / "pictures", clock=clock)
    names = [shot.name for shot in screens.shots()]
    assert [file.name for file in taken] == [
        f"{name}_{look}.png" for name in names for look in ("light", "dark")
    ]
    light, dark = (
        QImage(str(tmp_path / "pictures" / f"time_list_{look}.png")) for look in screens.THEMES
    )
    assert (light.width(), light.height()) == (1440, 900)
    assert light.pixelColor(1300, 800).lightness() > 200
    assert dark.pixelColor(1300, 800).lightness() < 60
    listed, one = (QImage(str(tmp_path / "pictures" / f"{name}_dark.png")) for name in names[1:3])
    assert listed != one
    assert not theme.SWITCH.theme.dark

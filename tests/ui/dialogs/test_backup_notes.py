"""Tests for what the window tells of automatic backups: the time, a failure, a way to retry."""

from __future__ import annotations

from typing import Any

import pytest

from billops_desktop.errors import EnvironmentFault
from billops_desktop.services.upkeep import drill
from billops_desktop.ui.dialogs.backup_notes import tell_of_backups
from billops_desktop.ui.widgets.panels import Banner


def test_a_failure_stands_on_the_page_until_a_backup_is_made(
    small_window: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drill, "drill", lambda _profile, _name, **_more: "drilled")
    window = small_window
    keeper = tell_of_backups(window)
    keeper._on_failed(EnvironmentFault("No backup was made: the disk is full.", "Free some space."))
    (banner,) = window.findChildren(Banner, "backupBanner")
    assert banner.title.text() == "Your last changes are not backed up."
    assert "the disk is full. Free some space. BillOps tries again" in banner.text.text()
    keeper.look()
    assert not [one for one in window.findChildren(Banner, "backupBanner") if one.isVisible()]
    assert window.directory.backup_note(window.clock) == "Backed up 14:00"

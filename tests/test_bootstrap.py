"""Opening a profile: private, upgraded, with its person and its device."""

from __future__ import annotations

from pathlib import Path

import pytest

from billops_desktop.bootstrap import open_workspace
from billops_desktop.errors import EnvironmentFault, NotFound
from billops_desktop.services.directory import people
from billops_desktop.services.profile import onboarding
from tests.support.clock import MovableClock


def test_a_fresh_profile_has_an_owner_and_is_private(tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    told: list[tuple[int, int]] = []
    workspace = open_workspace(
        profile, clock=MovableClock(), progress=lambda done, total: told.append((done, total))
    )
    try:
        [owner] = workspace.read(people.people)
        assert (owner.id, owner.role) == (workspace.person_id, "owner")
        assert not workspace.read(onboarding.is_set_up)
        assert told[-1][0] == told[-1][1]
        assert profile.stat().st_mode & 0o777 == 0o700
        files = [found for found in profile.rglob("*") if found.is_file()]
        assert {found.stat().st_mode & 0o777 for found in files} == {0o600}
    finally:
        workspace.close()


def test_person_and_device_stay_the_same(blank_template: Path, tmp_path: Path) -> None:
    names = []
    for _time in range(2):
        workspace = open_workspace(tmp_path / "profile", clock=MovableClock())
        names.append((workspace.person_id, workspace.device_id))
        workspace.close()
    assert names[0] == names[1]


def test_a_folder_without_a_profile_is_not_filled_by_mistake(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        open_workspace(tmp_path / "typo", create=False)
    assert not (tmp_path / "typo").exists()


def test_a_folder_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EnvironmentFault, match="cannot be used"):
        open_workspace(tmp_path / "file" / "profile")

"""Where things lie, and that nobody else can look into the profile."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from billops_desktop import paths
from billops_desktop.errors import EnvironmentFault


def test_the_profile_named_first_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(paths.PROFILE_VARIABLE, str(tmp_path / "variable"))
    assert paths.profile_folder(tmp_path / "named") == tmp_path / "named"
    assert paths.profile_folder() == tmp_path / "variable"
    monkeypatch.delenv(paths.PROFILE_VARIABLE)
    assert paths.profile_folder().name == "billops"
    monkeypatch.chdir(tmp_path)
    assert paths.profile_folder(Path("here")) == tmp_path / "here"


def test_a_private_folder_is_private_also_when_it_was_not(tmp_path: Path) -> None:
    folder = tmp_path / "open"
    folder.mkdir(mode=0o755)
    assert paths.make_private_folder(folder).stat().st_mode & 0o777 == 0o700
    assert paths.make_private_folder(tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700


def test_resources_and_migrations_are_found_beside_the_package() -> None:
    assert (paths.resources_folder() / "fonts").is_dir()
    assert (paths.migrations_folder() / "versions").is_dir()


def test_the_frozen_app_brings_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = tmp_path / "billops_desktop" / "_resources"
    packed.mkdir(parents=True)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resources_folder() == packed


def test_a_missing_part_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "PACKAGE", tmp_path / "package")
    with pytest.raises(EnvironmentFault, match="missing: resources"):
        paths.resources_folder()


def test_the_database_of_a_profile(tmp_path: Path) -> None:
    assert paths.database_file(tmp_path) == tmp_path / "billops.db"

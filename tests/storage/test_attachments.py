"""Attachments: by hash, whole or absent, private, verified when read."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from billops_desktop.errors import EnvironmentFault, IntegrityFault, NotFound
from billops_desktop.storage import attachments

CONTENT = b"receipt"
SHA = hashlib.sha256(CONTENT).hexdigest()


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    assert attachments.keep(tmp_path, CONTENT) == SHA
    assert attachments.keep(tmp_path, CONTENT) == SHA
    assert attachments.read(tmp_path, SHA) == CONTENT
    assert [path.name for path in (tmp_path / "files").rglob("*") if path.is_file()] == [SHA]


def test_files_and_folders_are_private(tmp_path: Path) -> None:
    attachments.keep(tmp_path, CONTENT)
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "files").rglob("*")}
    assert modes == {SHA[:2]: 0o700, SHA: 0o600}
    assert (tmp_path / "files").stat().st_mode & 0o777 == 0o700


def test_an_altered_file_is_refused_and_mended_by_keeping_it_again(tmp_path: Path) -> None:
    attachments.keep(tmp_path, CONTENT)
    attachments.path_of(tmp_path, SHA).write_bytes(b"forged")
    with pytest.raises(IntegrityFault, match="altered"):
        attachments.read(tmp_path, SHA)
    attachments.keep(tmp_path, CONTENT)
    assert attachments.read(tmp_path, SHA) == CONTENT


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=SHA[:12]):
        attachments.read(tmp_path, SHA)


def test_a_failed_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EnvironmentFault, match="No space left") as fault:
        attachments.keep(tmp_path, CONTENT)
    assert SHA in fault.value.title
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]

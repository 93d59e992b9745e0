"""Tests of billops_desktop.cli.files: read to a limit, never written over another unasked."""

from __future__ import annotations

from pathlib import Path

import pytest

from billops_desktop.cli import files
from billops_desktop.errors import InvalidInput


def test_a_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_bytes(b"12345")
    assert files.read_file(file, 3) == b"1234"
    for wrong in (tmp_path, tmp_path / "none", Path("/dev/zero")):
        with pytest.raises(InvalidInput):
            files.read_file(wrong, 3)


def test_what_is_there_is_replaced_only_when_asked(tmp_path: Path) -> None:
    files.check_new(tmp_path / "new", force=False, field="to")
    there = tmp_path / "link"
    there.symlink_to("nowhere")
    with pytest.raises(InvalidInput, match="link is there already") as caught:
        files.check_new(there, force=False, field="to")
    assert (caught.value.field, "--force" in caught.value.hint) == ("to", True)
    files.check_new(there, force=True, field="to")

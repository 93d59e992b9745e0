"""Files are there whole or not at all, through no link, and over no other unless that is meant."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from billops_desktop import files


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"
    file.write_bytes(b"old")
    assert files.write_whole(file, b"new") == file
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"new", 0o600)
    folder = tmp_path / "folder.pdf"
    folder.mkdir()
    with pytest.raises(OSError, match="directory"):
        files.write_whole(folder, b"new")
    assert names(tmp_path) == ["folder.pdf", "x.pdf"]


def test_what_breaks_off_leaves_the_older_file(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_bytes(b"old")

    def half() -> None:
        with files.whole_file(file) as opened:
            opened.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half()
    assert (file.read_bytes(), names(tmp_path)) == (b"old", ["x.csv"])


def test_a_name_as_long_as_the_disk_takes_is_written(tmp_path: Path) -> None:
    file = tmp_path / ("x" * 255)
    assert files.write_whole(file, b"new").read_bytes() == b"new"


def test_a_link_is_replaced_and_what_it_names_stays(tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_bytes(b"mine")
    link = tmp_path / "out.csv"
    link.symlink_to(notes)
    files.write_whole(link, b"new")
    assert (notes.read_bytes(), link.is_symlink(), link.read_bytes()) == (b"mine", False, b"new")


def test_a_taken_name_gets_a_suffix(tmp_path: Path) -> None:
    (tmp_path / "a.b.csv").write_bytes(b"mine")
    (tmp_path / "a.b-2.csv").symlink_to("nowhere")
    path = files.write_beside(tmp_path, "a.b.csv", b"new")
    assert (path.name, path.read_bytes()) == ("a.b-3.csv", b"new")
    assert (tmp_path / "a.b.csv").read_bytes() == b"mine"
    assert names(tmp_path) == ["a.b-2.csv", "a.b-3.csv", "a.b.csv"]


def test_it_is_beside_the_others_also_where_no_links_are_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_names: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", no_links)
    (tmp_path / "a.csv").symlink_to("nowhere")
    assert files.write_beside(tmp_path, "a.csv", b"new").name == "a-2.csv"
    assert names(tmp_path) == ["a-2.csv", "a.csv"]


def test_when_every_name_is_taken_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MOST_NAMES", 2)
    (tmp_path / "a.csv").touch()
    with pytest.raises(FileExistsError):
        files.write_beside(tmp_path, "a.csv", b"new")
    assert names(tmp_path) == ["a.csv"]


def test_nothing_but_a_file_is_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="not a file"):
        files.write_whole(pipe, b"new")
    assert (pipe.is_fifo(), names(tmp_path)) == (True, ["pipe"])

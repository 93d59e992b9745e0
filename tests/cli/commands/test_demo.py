"""Tests of billops_desktop.cli.commands.demo: the whole main job leaves its PDF and pictures."""

from __future__ import annotations

from pathlib import Path

from pypdf import PdfReader

from tests.cli.conftest import Billops


def test_the_main_job_runs_on_the_sample(fresh: Billops, tmp_path: Path) -> None:
    taken = []

    def grab(profile: Path, folder: Path) -> None:
        taken.append(profile)
        (folder / "time.png").touch()

    fresh.grab = grab
    folder = tmp_path / "demo"
    content = fresh.json("demo", "--to", str(folder))
    text = "".join(page.extract_text() for page in PdfReader(content["pdf"]).pages)
    assert content["invoice"] in text
    assert Path(content["pdf"]).parent == folder
    assert content["pictures"] == [str(folder / "time.png")]
    assert taken == [folder / "profile"]
    assert not fresh.profile.exists()
    for verb in ("switch", "stop", "log", "draft", "issue", "pdf", "pay", "check"):
        assert any(verb in step.split() for step in content["steps"])


def test_without_qt_the_pdf_is_written_all_the_same(fresh: Billops, tmp_path: Path) -> None:
    def grab(_profile: Path, _folder: Path) -> None:
        raise ImportError("libEGL.so.1: cannot open shared object file")

    fresh.grab = grab
    folder = tmp_path / "demo"
    folder.mkdir()
    (folder / ".billops-demo").touch()
    (folder / "of_an_earlier_demo.png").touch()
    answer = fresh("demo", "--to", str(folder))
    assert answer.code == 0
    assert "The invoice is paid." in answer.out
    assert [file.suffix for file in folder.glob("[!.]*.*")] == [".pdf"]
    assert answer.err.startswith("No pictures were taken: libEGL.so.1")


def test_a_folder_of_other_things_is_left_alone(fresh: Billops, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").touch()
    answer = fresh("demo", "--to", str(tmp_path))
    assert (answer.code, answer.out) == (2, "")
    assert (tmp_path / "mine.txt").exists()

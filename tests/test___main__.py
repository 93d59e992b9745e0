"""Tests of billops_desktop.__main__: the window or the command line, and what each imports."""

from __future__ import annotations

import multiprocessing
import os
import runpy
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from billops_desktop import __main__ as program

PRINTED = "import sys; from billops_desktop.__main__ import main; code = main(sys.argv[1:]); "
CHECKED = "print(*(name for name in {names!r} if name in sys.modules), file=sys.stderr)"
HEAVY = ("PySide6", "reportlab", "sqlalchemy", "alembic", "babel", "sqlcipher3")


def imported(profile: Path, *words: str, names: Sequence[str] = HEAVY) -> set[str]:
    """Return which of the named libraries a command has imported at its end."""
    script = PRINTED + CHECKED.format(names=names) + "; sys.exit(code)"
    done = subprocess.run(
        [sys.executable, "-c", script, "--profile", str(profile), *words],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(Path(program.__file__).parents[1])},
    )
    return set(done.stderr.split())


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a profile that was set up by a first start."""
    folder = tmp_path_factory.mktemp("main") / "profile"
    imported(folder, "start", "First")
    return folder


@pytest.mark.parametrize("words", [("--help",), ("--version",), ("start", "--help")])
def test_help_imports_nothing_heavy(profile: Path, words: tuple[str, ...]) -> None:
    # Help is written in the profile's language: one look into the file, by plain SQL.
    assert imported(profile, *words) <= {"sqlcipher3"}


@pytest.mark.parametrize(
    "words", [("status",), ("status", "--json"), ("start", "x"), ("switch", "y"), ("stop",)]
)
def test_the_timer_waits_for_no_sqlalchemy(profile: Path, words: tuple[str, ...]) -> None:
    if words == ("stop",):
        imported(profile, "start", "z")
    assert imported(profile, *words) == {"sqlcipher3"}


def test_status_loads_no_library_that_it_can_do_without(profile: Path) -> None:
    names = (
        "dataclasses",
        "inspect",
        "difflib",
        "secrets",
        "hashlib",
        "shutil",
        "importlib.resources",
        "argparse",
        "decimal",
        "gettext",
        "threading",
    )
    assert imported(profile, "status", names=names) == set()


@pytest.mark.parametrize(
    "words", [("entries", "list"), ("invoice", "list"), ("clients", "add", "A"), ("doctor",)]
)
def test_lists_import_neither_qt_nor_reportlab(profile: Path, words: tuple[str, ...]) -> None:
    assert imported(profile, *words).isdisjoint({"PySide6", "reportlab", "alembic"})


@pytest.mark.parametrize(
    ("words", "profile_named"),
    [
        ([], None),
        (["--profile", "/x/y"], "/x/y"),
        (["--profile=/x/y"], "/x/y"),
    ],
)
def test_without_a_command_the_window_opens(
    monkeypatch: pytest.MonkeyPatch, words: list[str], profile_named: str | None
) -> None:
    from billops_desktop.ui import application

    opened: list[Path] = []

    def run(profile: Path, **_more: Any) -> int:
        opened.append(profile)
        return 7

    monkeypatch.setattr(application, "run", run)
    monkeypatch.setenv("BILLOPS_PROFILE_DIR", "/of/the/variable")
    assert program.main(words) == 7
    assert opened == [Path(profile_named or "/of/the/variable")]


def test_a_worker_of_a_frozen_app_opens_no_window(monkeypatch: pytest.MonkeyPatch) -> None:
    def worker() -> None:
        raise SystemExit(3)

    monkeypatch.setattr(multiprocessing, "freeze_support", worker)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(program.__file__), run_name="__main__")
    assert ended.value.code == 3


def test_what_is_written_is_private(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        program.main(["--version"])
        assert os.umask(0o022) == 0o077
    finally:
        os.umask(before)


def test_the_words_of_the_process_are_taken(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["billops", "--version"])
    assert program.main() == 0
    assert capsys.readouterr().out.startswith("billops ")

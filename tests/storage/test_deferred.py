"""Tests that SQLAlchemy comes without the network it never uses, and that it is there if asked."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from billops_desktop import bootstrap
from billops_desktop.storage import deferred

if TYPE_CHECKING:
    from pathlib import Path

OPENED = """
import sys
from pathlib import Path
from billops_desktop import bootstrap
workspace = bootstrap.open_workspace(Path(sys.argv[1]))
unused = ("ssl", "asyncio.events", "email.message", "csv", "sqlalchemy.connectors.asyncio")
print([name for name in unused if name in sys.modules])
import asyncio, hashlib
from importlib.metadata import version
print(asyncio.run(asyncio.sleep(0, "slept")), version("sqlalchemy") > "2", hashlib.md5(b"").name)
"""
SLOW = """
import threading
first = 1
gate = threading.Event()
gate.wait(0.05)
last = 2
"""


@pytest.fixture
def waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the name of a module that waits; each test has one of its own."""
    name = "waits_for_its_test"
    (tmp_path / f"{name}.py").write_text(SLOW, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(deferred, "NAMES", {name: {"at_once": 0}})
    monkeypatch.delitem(sys.modules, name, raising=False)
    return name


def test_opening_the_records_imports_no_network(tmp_path: Path) -> None:
    # A fresh profile is made by Alembic, which does read what packages say of themselves.
    bootstrap.open_workspace(tmp_path / "profile").close()
    told = subprocess.run(
        [sys.executable, "-c", OPENED, str(tmp_path / "profile")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split("\n")[:2] == ["[]", "slept True md5"]


def test_a_module_runs_when_it_is_asked_for_what_it_does_not_have_yet(waiting: str) -> None:
    module = import_module(waiting)
    assert module.at_once == 0
    assert "last" not in vars(module)
    assert module.last == 2
    assert type(module) is type(sys)
    assert not isinstance(module.__loader__, deferred.DeferredLoader)


def test_what_a_module_does_not_have_is_no_attribute(waiting: str) -> None:
    module = import_module(waiting)
    with pytest.raises(AttributeError, match="has no attribute 'other'"):
        _ = module.other
    assert module.first == 1


def test_two_threads_get_the_whole_module(waiting: str) -> None:
    module = import_module(waiting)
    together = threading.Barrier(2)

    def ask() -> int:
        together.wait()
        return int(module.last)

    with ThreadPoolExecutor(2) as pool:
        asked = [pool.submit(ask) for _ in range(2)]
        assert [one.result() for one in asked] == [2, 2]


def test_a_module_that_fails_is_run_again_when_asked_again(waiting: str, tmp_path: Path) -> None:
    module = import_module(waiting)
    source = tmp_path / f"{waiting}.py"
    source.write_text("raise OSError('no files left')", encoding="utf-8")
    with pytest.raises(OSError, match="no files left"):
        _ = module.last
    source.write_text(SLOW + "# mended", encoding="utf-8")
    assert module.last == 2


def test_other_modules_and_those_that_are_missing_are_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert deferred.DeferredFinder.find_spec("json") is None
    monkeypatch.setattr(deferred, "NAMES", {"no_such_module_anywhere": {}})
    assert deferred.DeferredFinder.find_spec("no_such_module_anywhere") is None


def test_a_coroutine_is_known() -> None:
    async def work() -> None:
        """Do nothing."""

    made = work()
    assert deferred.iscoroutine(made)
    assert not deferred.iscoroutine(work)
    made.close()


def test_deferring_twice_finds_once() -> None:
    deferred.defer()
    deferred.defer()
    assert sys.meta_path.count(deferred.DeferredFinder) == 1

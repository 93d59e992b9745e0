"""Tests for what is loaded beside the records, so that no page waits for it."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from typing import Any

from billops_desktop.ui.starting import loading

LOADED = """
import enum, sys
import billops_desktop.ui
from PySide6.QtWidgets import QApplication, QListView
from billops_desktop.ui.starting import loading
application = QApplication([])
for step in loading.class_steps():
    step()
made = []
create = enum.EnumType._create_
enum.EnumType._create_ = lambda cls, name, *a, **k: made.append(name) or create(cls, name, *a, **k)
QListView().viewport()
print(made)
"""

BESIDE = """
import sys
from billops_desktop.ui.starting import loading
before = set(sys.modules)
loading.open_and_load(lambda progress: None, print)
print([name for name in set(sys.modules) - before if name.startswith("PySide6")])
"""


def test_the_records_are_opened_first_and_told_how_far_they_are() -> None:
    seen: list[Any] = []

    def opened(*, progress: Any) -> Any:
        progress(1, 2)
        return "records"

    found: Any = loading.open_and_load(opened, lambda *told: seen.append(told))
    assert (found, seen) == ("records", [(1, 2)])
    wanted = partial("billops_desktop.services.{}".format)
    assert {wanted(name) for name in loading.USE_CASES} <= set(sys.modules)


def test_what_is_loaded_beside_the_window_touches_no_qt() -> None:
    told = subprocess.run(
        [sys.executable, "-c", BESIDE], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"


def test_the_steps_of_the_main_thread_import_the_pages() -> None:
    for step in (*loading.page_steps(), *loading.page_steps(loading.LATER)):
        step()
    names = (*loading.PAGES, *loading.LATER)
    assert {f"billops_desktop.ui.{name}" for name in names} <= set(sys.modules)


def test_a_viewport_makes_no_classes_afterwards() -> None:
    told = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"

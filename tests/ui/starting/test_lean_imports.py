"""Tests that importing reads no module's source text once PySide is there."""

from __future__ import annotations

import subprocess
import sys

from billops_desktop.ui.starting import lean_imports

WATCHED = """
import linecache
import billops_desktop.ui
read = []
update = linecache.updatecache
linecache.updatecache = lambda name, *rest: read.append(name) or update(name, *rest)
import billops_desktop.ui.theme, sqlite3, wave
print(read)
"""


def test_an_import_reads_no_source() -> None:
    told = subprocess.run(
        [sys.executable, "-c", WATCHED], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"


def test_only_modules_of_the_window_count_as_using_pyside() -> None:
    assert lean_imports._is_ours(lean_imports)
    assert not lean_imports._is_ours(sys)

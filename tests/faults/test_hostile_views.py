"""Hostile text in every view: shown letter by letter; no file is opened and nothing is called."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.faults.outcome import ROOT
from tests.support.disk import Disk, Step, steps_of

SCENES_AT_LEAST = 20


def walk(disk: Disk, folder: Path, *options: str) -> tuple[dict[str, Any], list[Step], Path]:
    """Take the tour; return what it tells, what was opened and reached, and the canary."""
    canary, log = folder / "CANARY.png", folder / "disk.log"
    canary.write_bytes(b"\x89PNG\r\n\x1a\n")
    text = f'<img src="file://{canary}"><a href="smb://evil/x">PAID</a>&amp;\u202e'
    environment = disk.environment(folder / "nothing", log) | {
        "QT_QPA_PLATFORM": "offscreen",
        "LANGUAGE": "en",
    }
    words = [sys.executable, "-m", "tests.faults.hostile_tour", str(folder / "profile"), text]
    done = subprocess.run(
        [*words, *options], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1]), list(steps_of(log)), canary


def test_nothing_is_read_as_markup(disk: Disk, tmp_path: Path) -> None:
    told, steps, canary = walk(disk, tmp_path)
    assert told["failed"] == {}
    assert [step.path for step in steps if step.what == "O" and step.path == str(canary)] == []
    assert [step.path for step in steps if step.what == "C" and step.path == "net"] == []
    assert told["visited"] == []
    seen = told["seen"]
    assert {name: one["wrong"] for name, one in seen.items() if one["wrong"]} == {}
    raw = {hint for one in seen.values() for hint in one["hints"] if "<img" in hint}
    assert raw == set()
    # Not blind: the text stands on nearly every page, as it was typed.
    assert len([name for name, one in seen.items() if one["shown"]]) >= SCENES_AT_LEAST


def test_what_qt_shows_by_itself_opens_the_file(disk: Disk, tmp_path: Path) -> None:
    """The control: the disk sees an image that is loaded by markup."""
    _told, steps, canary = walk(disk, tmp_path, "careless")
    assert [step for step in steps if step.what == "O" and step.path == str(canary)]

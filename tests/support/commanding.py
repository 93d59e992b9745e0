"""The command line within the test's own process: what it answers, says and returns."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from billops_desktop.cli import face
from tests.support.clock import MovableClock


def run(profile: Path, *words: str) -> tuple[int, str, str]:
    """Return exit code, output and errors of a command on a profile."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = face.run(["--profile", str(profile), *words], clock=MovableClock())
    return code, out.getvalue(), err.getvalue()


def answer(profile: Path, *words: str) -> Any:
    """Return what a command that goes through answers in JSON."""
    code, out, err = run(profile, *words, "--json")
    assert code == 0, (words, err)
    return json.loads(out)

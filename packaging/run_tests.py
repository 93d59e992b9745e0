"""Runs the tests: in parallel offscreen, then one by one those that own a screen; then coverage.

Arguments go to pytest as they are (`make test T="tests/domain -k money"`); coverage is asked for
only when the whole suite has run.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".venv" / "bin"
NOTHING_COLLECTED = 5
LATER = "not soak and not bench"
CLOSING_LINE = re.compile(r"^(\S*=+\S* )?\S*\d+ (passed|failed|errors?|skipped|deselected)\b.* in ")

# The domain must never be wrong: every branch of it is taken. Elsewhere, what the screen shows
# and the operating system does is seen by tests that coverage cannot follow into subprocesses.
FLOORS = (
    ("domain", ["--include=billops_desktop/domain/*", "--fail-under=100"]),
    ("everything", ["--fail-under=85"]),
)


# Where the tests' files may lie in memory: thousands of profiles, each write synced.
MEMORY = Path("/dev/shm")
ROOM_FOR_PROFILES = 1 << 30


def folder_in_memory() -> str | None:
    """Return a folder in memory for the tests' files where it has room and may hold programs."""
    try:
        found = os.statvfs(MEMORY)
    except OSError:
        return None
    fits = found.f_bavail * found.f_frsize >= ROOM_FOR_PROFILES
    if not fits or found.f_flag & os.ST_NOEXEC or not os.access(MEMORY, os.W_OK):
        return None
    return str(MEMORY)


def run(command: list[str]) -> tuple[int, str]:
    """Run a command, its words passed through; return its exit code and pytest's last line."""
    closing = ""
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT
    ) as started:
        assert started.stdout is not None
        for line in started.stdout:
            print(line, end="", flush=True)
            if CLOSING_LINE.match(line):
                closing = line.strip()
    return started.returncode, closing


def pytest(name: str, options: list[str]) -> tuple[int, str]:
    """Run one stage; return its exit code and closing line."""
    print(f"\n--- {name}", flush=True)
    with tempfile.TemporaryDirectory(prefix="billops-", dir=folder_in_memory()) as folder:
        return run([str(TOOLS / "pytest"), f"--basetemp={folder}/tests", *options])


def covered() -> int:
    """Hold coverage above its floors; name what is below."""
    worst = 0
    for name, options in FLOORS:
        print(f"\n--- coverage: {name}", flush=True)
        report = ["report", "--skip-covered", "--show-missing", "--precision=1", *options]
        code, _ = run([str(TOOLS / "coverage"), *report])
        worst = max(worst, code)
    return worst


def main(chosen: list[str]) -> int:
    """Run every stage, even after one has failed; return the worst exit code."""
    whole = not chosen
    measure = ["--cov", "--cov-report="] if whole else []
    workers = ["-n", str(min(os.cpu_count() or 2, 8)), "--dist", "worksteal"]
    stages = [
        pytest(
            "offscreen, in parallel", [*workers, *measure, "-m", f"not xvfb and {LATER}", *chosen]
        ),
        pytest("on a screen of their own", ["-m", f"xvfb and {LATER}", *chosen]),
    ]
    # A stage may find nothing to do in what was chosen; both may not.
    codes = [code for code, _ in stages if code != NOTHING_COLLECTED] or [NOTHING_COLLECTED]
    if whole and not any(codes):
        codes.append(covered())
    print()
    for _, closing in stages:
        if closing:
            print(closing)
    return max(codes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

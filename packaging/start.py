"""Opens the window, or, where no display is, does the main job on the sample company in demo/."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import system

ROOT = Path(__file__).resolve().parent.parent
BILLOPS = ROOT / ".venv" / "bin" / "billops"


def main(arguments: list[str]) -> int:
    """Start BillOps with these arguments; return its exit code."""
    if system.display_opens():
        os.execv(BILLOPS, [str(BILLOPS), *arguments])
    print("No display here: the main job runs on the sample company instead.", flush=True)
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([str(BILLOPS), "demo"], env=surroundings, cwd=ROOT, check=False)
    if done.returncode:
        return done.returncode
    print("\nFor the window, run `make run` on a desktop, or over `ssh -X`;")
    print('with this sample company: make run ARGS="--profile demo/profile"')
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

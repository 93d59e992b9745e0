"""Renews the pictures: the demo's, the one of the README, and every scene that is looked at."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "demo"
SCENES = DEMO / "gallery"
SHOWN = ROOT / "resources" / "pictures" / "window.png"


def main() -> int:
    """Run the demo, renew the picture of the README, then take every scene."""
    billops = [sys.executable, "-m", "billops_desktop", "demo", "--to", str(DEMO)]
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(billops, cwd=ROOT, env=surroundings, check=False)
    if done.returncode:
        return done.returncode
    pictures = sorted(DEMO.rglob("*.png"))
    print(f"{len(pictures)} pictures in {DEMO.relative_to(ROOT)}/")
    if _gallery("--to", str(SCENES), "--look", "light", "--only", "time"):
        return 1
    SHOWN.parent.mkdir(exist_ok=True)
    # The demo stops its timer; in this scene one runs.
    shutil.copyfile(SCENES / "light-1-en" / "time.png", SHOWN)
    print(f"one in {SHOWN.relative_to(ROOT)}")
    return _gallery(*sys.argv[1:])


def _gallery(*arguments: str) -> int:
    command = [sys.executable, "-m", "tests.looks.gallery", *arguments]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

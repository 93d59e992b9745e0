"""Renews the pictures: the demo's, the one of the README, and every scene that is looked at."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "demo"
SHOWN = ROOT / "resources" / "pictures" / "window.png"


def main() -> int:
    """Run the demo, keep its picture of the time view in light colours, then take every scene."""
    billops = [sys.executable, "-m", "billops_desktop", "demo", "--to", str(DEMO)]
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(billops, cwd=ROOT, env=surroundings, check=False)
    if done.returncode:
        return done.returncode
    pictures = sorted(DEMO.rglob("*.png"))
    shown = [path for path in pictures if path.stem.startswith("time") and "dark" not in path.stem]
    if not shown:
        print("The demo left no picture of the time view.")
        return 1
    SHOWN.parent.mkdir(exist_ok=True)
    shutil.copyfile(shown[0], SHOWN)
    print(
        f"{len(pictures)} pictures in {DEMO.relative_to(ROOT)}/, one in {SHOWN.relative_to(ROOT)}"
    )
    gallery = [sys.executable, "-m", "tests.looks.gallery", *sys.argv[1:]]
    return subprocess.run(gallery, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

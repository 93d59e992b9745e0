"""Takes a picture of every scene: `python -m tests.looks.gallery --to DIR [--only time] [...]`.

Each scale and language runs in a process of its own, since Qt reads them once, at its start.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.looks.scenes import Scene

ROOT = Path(__file__).resolve().parents[2]
SCALES = ("1", "1.5", "2")
# What is varied, beside the scenes themselves: everything at once would be 2,000 pictures.
RUNS = (
    ("light", "1", "en"),
    ("dark", "1", "en"),
    ("contrast-dark", "1", "en"),
    ("light", "1.25", "en"),
    ("dark", "1.5", "en"),
    ("light", "2", "en"),
    ("light", "1", "de"),
)


# What is compared pixel by pixel (U-17); the pictures are kept as lossless WebP.
APPROVED = Path(__file__).with_name("approved")
APPROVED_RUNS = tuple((look, scale, "en") for look in ("light", "dark") for scale in SCALES)
BEST = 100


def name_of(look: str, scale: str, language: str) -> str:
    """Return the folder of a run's pictures."""
    return f"{look}-{scale}-{language}"


def main(arguments: list[str]) -> int:
    """Take the pictures that were asked for, or all of them; return 1 when one could not be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=ROOT / "demo" / "gallery")
    parser.add_argument(
        "--only", default="", help="scenes whose name begins so, several with commas"
    )
    parser.add_argument("--look", help="one of light, dark, contrast-light, contrast-dark")
    parser.add_argument("--scale", default="1")
    parser.add_argument("--language", default="en")
    parser.add_argument("--main", action="store_true", help="only the eight that are compared")
    parser.add_argument("--approve", action="store_true", help="renew what these are compared to")
    parser.add_argument("--within", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.within:
        return _take(asked)
    if asked.approve:
        asked.main, asked.to = True, APPROVED
        return max(_run(asked, *run) for run in APPROVED_RUNS)
    runs = ((asked.look, asked.scale, asked.language),) if asked.look else RUNS
    return max(_run(asked, *run) for run in runs)


def _run(asked: argparse.Namespace, look: str, scale: str, language: str) -> int:
    folder = asked.to / name_of(look, scale, language)
    surroundings = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QT_SCALE_FACTOR": scale,
        "LANGUAGE": language,
    }
    given = ["--to", str(folder), "--look", look, "--language", language, "--only", asked.only]
    given += [f"--{name}" for name in ("main", "approve") if getattr(asked, name)]
    command = [sys.executable, "-m", "tests.looks.gallery", "--within", *given]
    return subprocess.run(command, cwd=ROOT, env=surroundings, check=False).returncode


def _take(asked: argparse.Namespace) -> int:
    """Take the pictures of one look, scale and language in this process."""
    from PySide6.QtWidgets import QApplication

    from tests.looks.scenes import EVERY, MAIN
    from tests.looks.stage import dress
    from tests.looks.surfaces import SURFACES

    application = QApplication(["billops"])
    dress(application, language=asked.language)
    asked.to.mkdir(parents=True, exist_ok=True)
    scenes = MAIN if asked.main else (*EVERY, *SURFACES)
    wanted = [scene for scene in scenes if scene.name.startswith(tuple(asked.only.split(",")))]
    failed = list(_failures(wanted, asked))
    print(f"{len(wanted) - len(failed)} pictures in {asked.to}")
    for line in failed:
        print(f"  not taken: {line}")
    return int(bool(failed))


def _failures(wanted: list[Scene], asked: argparse.Namespace) -> Iterator[str]:
    """Save each picture, from a copy of its records; say which could not be arranged, and why."""
    from tests.looks.stage import filled, stage

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for scene in wanted:
            template = folder / scene.fill.__name__
            if not template.exists():
                filled(template, scene.fill)
            profile = folder / scene.name
            shutil.copytree(template, profile)
            try:
                with stage(profile, size=scene.size, look=asked.look) as opened:
                    scene.arrange(opened)
                    kind = "webp" if asked.approve else "png"
                    opened.picture().save(
                        str(asked.to / f"{scene.name}.{kind}"),
                        quality=BEST if asked.approve else -1,
                    )
            # One scene that cannot be arranged shall not cost the others.
            except Exception as fault:  # noqa: BLE001 - whatever it was is told and counted
                yield f"{scene.name}: {fault!r}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

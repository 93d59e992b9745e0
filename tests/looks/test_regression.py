"""Eight screens look as they were last approved (U-17): light and dark, at three scales.

`make screens ARGS=--approve` renews tests/looks/approved/ after somebody has looked at the change.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.looks.compare import different_share
from tests.looks.gallery import APPROVED, APPROVED_RUNS, name_of

ROOT = Path(__file__).resolve().parents[2]
MOST_DIFFERENT = 0.001

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="fonts are drawn by another engine; approved on Linux"
)


@pytest.mark.parametrize("run", APPROVED_RUNS, ids=lambda run: name_of(*run))
def test_the_main_screens_look_as_approved(run: tuple[str, str, str], tmp_path: Path) -> None:
    look, scale, language = run
    given = ["--look", look, "--scale", scale, "--language", language, "--main"]
    taken = subprocess.run(
        [sys.executable, "-m", "tests.looks.gallery", "--to", str(tmp_path), *given],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert taken.returncode == 0, taken.stdout + taken.stderr
    odd = {}
    for approved in sorted((APPROVED / name_of(*run)).glob("*.webp")):
        seen = QImage(str(tmp_path / name_of(*run) / f"{approved.stem}.png"))
        share = different_share(QImage(str(approved)), seen)
        if share > MOST_DIFFERENT:
            odd[approved.stem] = f"{share:.3%}"
    assert odd == {}


def test_there_are_eight_of_each() -> None:
    counts = {
        name_of(*run): len(list((APPROVED / name_of(*run)).glob("*.webp"))) for run in APPROVED_RUNS
    }
    assert set(counts.values()) == {8}

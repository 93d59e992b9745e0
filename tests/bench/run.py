"""Runs the measurements, prints one table and writes bench.json; never fails a build."""

from __future__ import annotations

import argparse
import importlib
import json
import platform
import sys
import tempfile
import traceback
from dataclasses import asdict
from pathlib import Path

from tests.bench.measuring import ROOT, Row, table

REPORT = ROOT / "bench.json"
# One module per subject; each has rows(folder) -> list[Row].
SUBJECTS = {
    "start_up": "P1",
    "window": "P4",
    "commands": "P6",
    "drafting": "P8",
    "pdf": "P9",
    "capture": "P11",
    "lists": "P12",
}


def measured(subject: str) -> list[Row]:
    """Run one subject; what goes wrong becomes a row that says so."""
    print(f"measuring {subject} …", file=sys.stderr, flush=True)
    try:
        with tempfile.TemporaryDirectory(prefix="billops-bench-") as folder:
            return list(importlib.import_module(f"tests.bench.{subject}").rows(Path(folder)))
    except Exception as fault:  # noqa: BLE001 - a broken measure must not hide the others
        traceback.print_exc()
        code, why = SUBJECTS[subject], f"({type(fault).__name__})"
        return [Row(code=code, measure=subject, control="-", goal=None, note=why)]


def main() -> None:
    """Measure the named subjects, or all."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("subjects", nargs="*", metavar="SUBJECT", help=", ".join(SUBJECTS))
    chosen = [name for name in asked.parse_args().subjects or SUBJECTS if name in SUBJECTS]
    rows = [row for subject in chosen for row in measured(subject)]
    print(table(rows))
    machine = {"python": platform.python_version(), "machine": platform.machine()}
    report = [{**asdict(row), "ratio": row.ratio, "verdict": row.verdict} for row in rows]
    text = json.dumps({"machine": machine, "rows": report}, indent=2, ensure_ascii=False)
    REPORT.write_text(text + "\n", encoding="utf-8")
    missed = sum(row.verdict == "MISSED" for row in rows)
    print(f"\n{len(rows)} rows, {missed} missed; {REPORT.name} written.")


if __name__ == "__main__":
    main()

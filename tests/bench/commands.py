"""P6: how long the command line takes, against a Python that does nothing."""

from __future__ import annotations

from pathlib import Path

from tests.bench.measuring import Row, in_turn, process
from tests.bench.seeding import seed

ENTRIES = 10_000


def rows(folder: Path) -> list[Row]:
    """Measure `billops status`, and `billops start` with the `stop` that lets it start again."""
    profile = folder / "commands"
    seed(profile, ENTRIES).workspace.close()
    billops = ("-m", "billops_desktop", "--profile", str(profile))
    start = process(*billops, "start", "Sprint review")
    stop = process(*billops, "stop")

    def start_and_stop() -> float:
        spent = start()
        stop()
        return spent

    status, started, nothing = in_turn(
        [process(*billops, "status"), start_and_stop, process("-c", "pass")]
    )
    control = "python -c pass"
    return [
        Row(
            code="P6",
            measure="billops status",
            measured=status,
            control=control,
            controlled=nothing,
            goal=6,
        ),
        Row(
            code="P6",
            measure="billops start",
            measured=started,
            control=control,
            controlled=nothing,
            goal=20,
        ),
    ]

"""A disk that fails at any call: the command says so and changed nothing, or what it did is there.

Each command runs with its first, second, … write or sync failing: full (ENOSPC, and it stays full)
or broken (EIO, once). Whatever happened, the next command works.
"""

from __future__ import annotations

import errno
import io
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from billops_desktop.bootstrap import open_workspace
from billops_desktop.services.upkeep import checking
from billops_desktop.services.upkeep.dumping import dump_logical
from tests.faults.forking import OPEN, SYNC, WRITE, Commands, Failure
from tests.support import money
from tests.support.clock import MovableClock
from tests.support.disk import Disk
from tests.support.profiles import copy_profile

FULL, BROKEN = errno.ENOSPC, errno.EIO
ENVIRONMENT = 3
# The short form tries so many places of each kind of call, spread over all of them.
FEW_PLACES = 3
MANY_PLACES = int(os.environ.get("BILLOPS_FAILING_CALLS", "200"))


@dataclass(frozen=True)
class Workload:
    """A command to be done while the disk fails."""

    name: str
    words: tuple[str, ...]
    changes: bool = True


@pytest.fixture(scope="module")
def draft(haldane_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return a closed profile with a draft and a running timer, and the draft's id."""
    profile = copy_profile(haldane_template, tmp_path_factory.mktemp("failing") / "profile")
    opened = open_workspace(profile, clock=MovableClock())
    job = money.make_job(opened)
    money.log(opened, job)
    draft_id = money.draft(opened, job)
    money.log(opened, job, "2026-11-25 09:00")
    opened.close()
    (profile.parent / "entries.csv").write_text(
        "date;start;end;description\n"
        + "".join(f"2026-11-2{day};09:00;10:00;Work {day}\n" for day in range(5)),
        encoding="utf-8",
    )
    return profile, draft_id


def workloads(draft_id: str, folder: Path) -> dict[str, Workload]:
    """Return the commands by their names."""
    csv = str(folder / "entries.csv")
    return {
        "issue": Workload("issue", ("invoice", "issue", draft_id)),
        "start": Workload("start", ("start", "Review")),
        "log": Workload(
            "log", ("log", "Call", "--on", "yesterday", "--from", "1:00", "--to", "2:00")
        ),
        "import": Workload("import", ("import", "csv", csv)),
        "backup": Workload("backup", ("backup", "make"), changes=False),
    }


@pytest.fixture(scope="module")
def commands(
    disk: Disk, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Commands, Path]]:
    """Return the command line on a disk that can fail, and the folder that is watched."""
    folder = tmp_path_factory.mktemp("watched")
    started = Commands(disk.environment(folder))
    yield started, folder
    started.close()


def dump(profile: Path) -> str:
    """Return all that a profile holds, and prove it."""
    opened = open_workspace(profile, clock=MovableClock())
    text = io.StringIO()
    dump_logical(opened, text)
    broken = [one for one in checking.check(opened) if not one.ok]
    opened.close()
    assert broken == []
    return text.getvalue()


def places(calls: int, most: int) -> list[int]:
    """Return which of so many calls shall fail."""
    if calls <= most:
        return list(range(1, calls + 1))
    return sorted({1 + round(at * (calls - 1) / (most - 1)) for at in range(most)})


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("issue", FEW_PLACES),
        ("start", FEW_PLACES),
        *(
            pytest.param(name, MANY_PLACES, marks=[pytest.mark.soak, pytest.mark.timeout(3600)])
            for name in ("issue", "start", "log", "import", "backup")
        ),
    ],
)
def test_what_a_failing_disk_refuses_is_not_done(
    commands: tuple[Commands, Path], draft: tuple[Path, str], name: str, most: int
) -> None:
    run, folder = commands
    template, draft_id = draft
    work = workloads(draft_id, template.parent)[name]
    before = dump(copy_profile(template, folder / f"{name}-{most}-before"))
    whole = run(copy_profile(template, folder / f"{name}-{most}-whole"), *work.words)
    assert whole.code == 0, whole
    refused = 0
    failures = [
        Failure(kind, nth, error, lasting=error == FULL)
        for kind, error in ((WRITE, FULL), (WRITE, BROKEN), (SYNC, BROKEN), (OPEN, FULL))
        for nth in places(whole.calls[kind], most)
    ]
    for failure in failures:
        profile = copy_profile(template, folder / "failing")
        ended = run(profile, *work.words, fail=failure)
        after = dump(profile)
        assert ended.signal == 0, (failure, ended)
        if ended.code == 0:
            assert not work.changes or after != before, (failure, ended)
        else:
            refused += 1
            assert (ended.code, after) == (ENVIRONMENT, before), (failure, ended)
            assert str(profile) in ended.err, (failure, ended)
            assert "Traceback" not in ended.err
            assert leftovers(profile) == [], (failure, ended)
            again = run(profile, *work.words)
            assert again.code == 0, (failure, again)
        shutil.rmtree(profile)
    # The control: the disk did fail, and it was told.
    assert refused >= len(failures) // 4


def leftovers(profile: Path) -> list[Path]:
    """Return half-written files and backups that do not count."""
    halves = [path for path in profile.rglob("*.part*") if path.is_file()]
    backups = [
        path for path in profile.glob("backups/*T*Z-*") if not list(path.glob("manifest.json"))
    ]
    return halves + backups

"""A backup says the truth: under load it is one moment, killed it does not count, nor altered."""

from __future__ import annotations

import io
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from billops_desktop.bootstrap import open_workspace
from billops_desktop.errors import BillOpsError, IntegrityFault
from billops_desktop.services.invoices import rendering
from billops_desktop.services.upkeep import backups as upkeep
from billops_desktop.services.upkeep import checking
from billops_desktop.services.upkeep.dumping import dump_logical
from billops_desktop.storage.backups import backup, restore, verification
from billops_desktop.storage.connection import connect
from billops_desktop.storage.faults import BACKUP_FILE
from tests.faults.outcome import ROOT, WORKER
from tests.support import money
from tests.support.clock import MovableClock
from tests.support.display import wait_for

CLOCK = MovableClock()
SEED = random.SystemRandom().randrange(2**32)
MANY = int(os.environ.get("BILLOPS_BACKUPS", "30"))
# About two backups.
LINES = 80
HALVES = "SELECT count(*) FROM time_entry WHERE description LIKE 'a%' AND break_seconds <> 30"
# Backs up in small steps until it is killed, a line for each.
MAKER = """
import sys
from pathlib import Path
from billops_desktop.storage.backups import backup
from tests.support.clock import MovableClock

backup.PAGES_A_STEP = 8


def step(done, total):
    print("step", flush=True)


while True:
    backup.make_backup(Path(sys.argv[1]), reason="manual", clock=MovableClock(), progress=step)
    print("made", flush=True)
"""


@pytest.fixture
def busy(profile: Path, tmp_path: Path) -> Iterator[Path]:
    """Return a profile in which another program commits without pause."""
    said = tmp_path / "said"
    with (
        said.open("w") as out,
        subprocess.Popen(
            WORKER, cwd=ROOT, stdin=subprocess.PIPE, stdout=out, text=True, start_new_session=True
        ) as program,
    ):
        assert program.stdin is not None
        program.stdin.write(f"{profile / 'billops.db'}\n")
        program.stdin.flush()
        wait_for(lambda: "ACK" in said.read_text(), "the first commit")
        yield profile
        os.killpg(program.pid, signal.SIGKILL)


def entries(database: Path) -> int:
    """Return how many entries a database has."""
    with closing(connect(database)) as opened:
        return int(opened.execute("SELECT count(*) FROM time_entry").fetchone()[0])


def broken(profile: Path) -> list[checking.CheckResult]:
    """Open a profile and return the invariants that do not hold."""
    opened = open_workspace(profile, clock=CLOCK)
    found = [one for one in checking.check(opened) if not one.ok]
    opened.close()
    return found


@pytest.mark.parametrize("count", [3, pytest.param(MANY, marks=pytest.mark.soak)])
def test_made_while_others_write_it_is_one_moment(busy: Path, tmp_path: Path, count: int) -> None:
    for number in range(count):
        before = entries(busy / "billops.db")
        made = backup.make_backup(busy, reason="manual", clock=CLOCK)
        after = entries(busy / "billops.db")
        fresh = tmp_path / f"restored-{number}"
        fresh.mkdir(mode=0o700)
        restore.restore(fresh, made.folder, clock=CLOCK)
        assert before <= entries(fresh / "billops.db") <= after
        # Each entry is whole: the program fills its break in a second statement.
        assert broken(fresh) == []
        with closing(connect(fresh / "billops.db")) as opened:
            assert opened.execute(HALVES).fetchone()[0] == 0


@pytest.mark.parametrize("kills", [5, pytest.param(MANY, marks=pytest.mark.soak)])
def test_killed_half_way_it_never_counts(profile: Path, tmp_path: Path, kills: int) -> None:
    chance = random.Random(SEED)
    good = upkeep.make(opened := open_workspace(profile, clock=CLOCK))
    opened.close()
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    for kill in range(kills):
        with subprocess.Popen(
            [sys.executable, "-c", MAKER, str(profile)],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        ) as maker:
            assert maker.stdout is not None
            for _line in range(chance.randint(1, LINES)):
                maker.stdout.readline()
            maker.kill()
        for row in backup.backups(profile):
            assert verification.findings(row.folder) == [], f"kill {kill} of seed {SEED}"
    fresh = tmp_path / "restored"
    fresh.mkdir(mode=0o700)
    newest = upkeep.last_verified(profile)
    assert newest is not None
    assert newest.name == good.name
    restore.restore(fresh, newest.folder, clock=CLOCK)
    assert broken(fresh) == []


@pytest.fixture
def kept(profile: Path) -> Path:
    """Return a backup of a profile with an issued invoice and its PDF."""
    opened = open_workspace(profile, clock=CLOCK)
    issued = money.issued_item(opened, money.make_job(opened))
    rendering.keep_pdf(opened, issued.id)
    made = upkeep.make(opened)
    opened.close()
    return made.folder


@pytest.mark.parametrize("flips", [40, pytest.param(200, marks=pytest.mark.soak)])
def test_one_turned_bit_is_refused(kept: Path, tmp_path: Path, flips: int) -> None:
    chance = random.Random(SEED)
    store = kept.parent
    files = [kept / BACKUP_FILE, *(path for path in store.glob("files/*/*") if path.is_file())]
    assert len(files) > 1
    assert verification.findings(kept) == []
    for _flip in range(flips):
        file = chance.choice(files)
        place, bit = chance.randrange(file.stat().st_size), 1 << chance.randrange(8)
        whole = file.read_bytes()
        turned = bytearray(whole)
        turned[place] ^= bit
        file.write_bytes(turned)
        assert verification.findings(kept), f"{file.name}: bit {bit} of byte {place}"
        file.write_bytes(whole)
    assert verification.findings(kept) == []


def test_a_refused_backup_leaves_everything_as_it_was(kept: Path) -> None:
    profile = kept.parents[1]
    file = kept / BACKUP_FILE
    turned = bytearray(file.read_bytes())
    turned[len(turned) // 2] ^= 1
    file.write_bytes(turned)
    before = dumped(profile)
    for act in (upkeep.verify, upkeep.restore_backup):
        with pytest.raises(IntegrityFault) as refusal:
            act(profile, kept.name, clock=CLOCK)
        assert refusal.value.exit_code == 4
        assert kept.name in refusal.value.title
    assert dumped(profile) == before
    assert upkeep.last_verified(profile) is None


def test_without_its_end_it_is_refused_too(kept: Path) -> None:
    file = kept / BACKUP_FILE
    for left in (0, 100, file.stat().st_size - 1):
        shutil.copy(file, whole := file.with_suffix(".whole"))
        os.truncate(file, left)
        with pytest.raises(BillOpsError):
            restore.restore(kept.parents[1], kept, clock=CLOCK)
        whole.replace(file)


def dumped(profile: Path) -> str:
    opened = open_workspace(profile, clock=CLOCK)
    text = io.StringIO()
    dump_logical(opened, text)
    opened.close()
    return text.getvalue()

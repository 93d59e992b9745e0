"""Backups: a moment's truth while others write, private, whole or absent."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from billops_desktop.clock import FixedClock
from billops_desktop.errors import IntegrityFault
from billops_desktop.storage import attachments
from billops_desktop.storage.backups import backup, verification
from billops_desktop.storage.backups.backup import (
    BackupCancelled,
    backups,
    delete_backup,
    make_backup,
    prove_backup,
)
from billops_desktop.storage.connection import connect
from billops_desktop.storage.models import Attachment, Client
from billops_desktop.storage.unit_of_work import UnitOfWork

Unit = Callable[[], UnitOfWork]
PAIR = "INSERT INTO setting (id, name, value_json, created_at, updated_at) VALUES (?, ?, '1', 1, 1)"


def test_a_backup_holds_the_rows_and_says_so(profile: Path, unit: Unit, clock: FixedClock) -> None:
    with unit() as work:
        work.session.add(Client(name="Acme", currency="EUR"))
    steps: list[tuple[int, int]] = []
    made = make_backup(
        profile,
        reason="manual",
        clock=clock,
        progress=lambda done, total: steps.append((done, total)),
    )
    assert steps[-1][0] == steps[-1][1] > 0
    assert made.counts["client"] == 1
    assert (made.made_at, made.reason, made.revision) == (clock.now(), "manual", "0001")
    assert made.proven_at is None
    assert backups(profile) == (made,)
    copy = connect(made.folder / "billops.sqlite", "still")
    assert copy.execute("SELECT name FROM client").fetchall() == [("Acme",)]
    copy.close()


def test_a_proof_is_remembered(profile: Path, clock: FixedClock) -> None:
    made = make_backup(profile, reason="manual", clock=clock)
    assert prove_backup(made.folder, clock=clock).proven_at == clock.now()
    assert backups(profile)[0].proven_at == clock.now()
    (made.folder / "billops.sqlite").write_bytes(b"")
    with pytest.raises(IntegrityFault):
        prove_backup(made.folder, clock=clock)
    assert backups(profile)[0].proven_at is None


def test_backups_are_private(profile: Path, unit: Unit) -> None:
    sha256 = attachments.keep(profile, b"scan")
    with unit() as work:
        work.session.add(Attachment(sha256=sha256, name="a", media_type="t", size=4))
    old = os.umask(0)
    make_backup(profile, reason="manual")
    os.umask(old)
    modes = {
        path.is_dir(): path.stat().st_mode & 0o777 for path in (profile / "backups").rglob("*")
    }
    assert modes == {True: 0o700, False: 0o600}


def test_files_are_kept_once_and_missing_ones_named(profile: Path, unit: Unit) -> None:
    kept = attachments.keep(profile, b"scan")
    with unit() as work:
        work.session.add(Attachment(sha256=kept, name="a", media_type="t", size=4))
        work.session.add(Attachment(sha256="ab" * 32, name="b", media_type="t", size=4))
    first, second = (make_backup(profile, reason="manual") for _ in range(2))
    assert first.missing_files == second.missing_files == ("ab" * 32,)
    assert len([path for path in (profile / "backups" / "files").rglob("*") if path.is_file()]) == 1
    assert verification.findings(first.folder) == []


@pytest.mark.parametrize("point", ["cancelled", "full"])
def test_a_backup_that_stops_leaves_nothing(
    profile: Path, point: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = make_backup(profile, reason="manual")
    if point == "cancelled":
        with pytest.raises(BackupCancelled):
            make_backup(profile, reason="manual", cancelled=lambda: True)
    else:
        monkeypatch.setattr(backup, "_make_durable", fail)
        with pytest.raises(Exception, match="No space left"):
            make_backup(profile, reason="manual")
    assert backups(profile) == (before,)
    assert [path.name for path in (profile / "backups").iterdir()] == [before.folder.name]


def fail(_path: Path) -> None:
    raise OSError(28, "No space left on device")


def test_backups_of_a_moment_while_others_write(profile: Path) -> None:
    """A writer commits rows in pairs; every copy holds whole pairs, and as many as were there."""
    path, stop = profile / "billops.db", threading.Event()
    done: list[int] = []

    def write() -> None:
        with closing(connect(path)) as writer:
            while not stop.is_set():
                count = len(done)
                writer.execute("BEGIN IMMEDIATE")
                for side in "ab":
                    writer.execute(PAIR, (f"{side}{count}", f"{side}{count}"))
                writer.execute("COMMIT")
                done.append(count)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _backup in range(10):
            before = len(done)
            made = make_backup(profile, reason="timer")
            assert made.counts["setting"] % 2 == 0
            assert made.counts["setting"] >= before * 2
            assert verification.findings(made.folder) == []
    finally:
        stop.set()
        writer.join()
    assert len(done) > 10


KILLED = """
import os, sys
from pathlib import Path
from billops_desktop.storage import attachments
from billops_desktop.storage.backups import backup

count = 0
def counted(original):
    def call(*arguments, **options):
        global count
        count += 1
        if count == int(sys.argv[2]):
            os._exit(9)
        return original(*arguments, **options)
    return call

for module, name in ((backup, "_fill"), (backup, "_make_durable"), (attachments, "sync_folder"),
                     (attachments, "digest"), (attachments, "write_whole"), (os, "fsync")):
    setattr(module, name, counted(getattr(module, name)))
backup.make_backup(Path(sys.argv[1]), reason="timer")
"""


def test_a_killed_backup_never_counts(profile: Path) -> None:
    good = make_backup(profile, reason="manual")
    codes = []
    for point in range(1, 30):
        done = subprocess.run(
            [sys.executable, "-c", KILLED, str(profile), str(point)],
            cwd=Path(__file__).resolve().parents[3],
            check=False,
        )
        codes.append(done.returncode)
        assert all(verification.findings(row.folder) == [] for row in backups(profile))
        assert good in backups(profile)
        if done.returncode == 0:
            break
    assert codes[-1] == 0
    assert codes.count(9) >= 5


def test_a_deleted_backup_is_gone(profile: Path) -> None:
    made = make_backup(profile, reason="manual")
    delete_backup(made)
    assert backups(profile) == ()
    assert not made.folder.exists()

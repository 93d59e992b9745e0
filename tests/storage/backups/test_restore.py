"""Restore: proven first, never in place, the old database kept, numbers never given twice."""

from __future__ import annotations

import errno
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from billops_desktop.clock import FixedClock
from billops_desktop.errors import EnvironmentFault, IntegrityFault
from billops_desktop.storage import attachments
from billops_desktop.storage.backups.backup import make_backup
from billops_desktop.storage.backups.restore import RestoreStopped, restore
from billops_desktop.storage.connection import connect
from billops_desktop.storage.database import Database
from billops_desktop.storage.models import (
    Attachment,
    Client,
    Company,
    NumberCounter,
    NumberSeries,
    NumberUsed,
)
from billops_desktop.storage.unit_of_work import UnitOfWork
from billops_desktop.storage.upgrade import open_database

Unit = Callable[[], UnitOfWork]


def give_number(work: UnitOfWork, count: int) -> None:
    series = work.session.scalars(select(NumberSeries)).one()
    counter = work.session.scalars(select(NumberCounter)).one()
    counter.last_given = count
    work.session.add(
        NumberUsed(
            company_id=series.company_id,
            series_id=series.id,
            period="2026",
            count=count,
            number=f"2026-{count:04}",
        )
    )


@pytest.fixture
def book(unit: Unit, profile: Path) -> str:
    """Fill the profile with one client, one file and one number given; return the file's hash."""
    sha256 = attachments.keep(profile, b"scan")
    with unit() as work:
        company = Company(legal_name="Haldane", currency="EUR")
        work.session.add_all([company, Client(name="Acme", currency="EUR")])
        work.session.add(Attachment(sha256=sha256, name="a.pdf", media_type="x", size=4))
        work.session.flush()
        series = NumberSeries(company_id=company.id, kind="invoice", pattern="{YYYY}-{N:4}")
        work.session.add(series)
        work.session.flush()
        work.session.add(NumberCounter(series_id=series.id, period="2026", last_given=0))
        work.session.flush()
        give_number(work, 1)
    return sha256


def names(profile: Path) -> list[str]:
    opened = open_database(profile / "billops.db")
    with opened.reading_session() as session:
        found = list(session.scalars(select(Client.name).order_by(Client.name)))
    opened.close()
    return found


def test_a_restore_brings_back_rows_and_files_and_keeps_the_old(
    profile: Path, database: Database, unit: Unit, clock: FixedClock, book: str
) -> None:
    made = make_backup(profile, reason="manual", clock=clock)
    with unit() as work:
        work.session.add(Client(name="Later", currency="EUR"))
    database.close()
    attachments.path_of(profile, book).unlink()

    kept = restore(profile, made.folder, clock=clock)

    assert names(profile) == ["Acme"]
    assert attachments.read(profile, book) == b"scan"
    assert kept is not None
    old = connect(kept, "still")
    assert old.execute("SELECT count(*) FROM client").fetchone()[0] == 2
    old.close()
    assert not list(profile.glob("*restoring*"))


def test_numbers_given_since_the_backup_stay_given(
    profile: Path, database: Database, unit: Unit, clock: FixedClock, book: str
) -> None:
    made = make_backup(profile, reason="manual", clock=clock)
    with unit() as work:
        give_number(work, 2)
    with unit() as work:
        give_number(work, 3)
    database.close()

    restore(profile, made.folder, clock=clock)

    opened = open_database(profile / "billops.db")
    assert opened.read_only_reason is None
    with opened.reading_session() as session:
        assert session.scalars(select(NumberCounter.last_given)).one() == 3
        used = session.execute(
            select(NumberUsed.number, NumberUsed.void_reason).order_by(NumberUsed.count)
        ).all()
    opened.close()
    assert [number for number, reason in used] == ["2026-0001", "2026-0002", "2026-0003"]
    assert [bool(reason) for number, reason in used] == [False, True, True]


def test_a_profile_that_is_open_is_not_restored(
    profile: Path, unit: Unit, clock: FixedClock, book: str
) -> None:
    made = make_backup(profile, reason="manual", clock=clock)
    before = (profile / "billops.db").read_bytes()
    with unit(), pytest.raises(EnvironmentFault, match="open in another"):
        restore(profile, made.folder, clock=clock)
    assert (profile / "billops.db").read_bytes() == before


def test_a_backup_that_fails_its_proof_changes_nothing(
    profile: Path, database: Database, clock: FixedClock, book: str
) -> None:
    made = make_backup(profile, reason="manual", clock=clock)
    database.close()
    path = made.folder / "billops.sqlite"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    before = (profile / "billops.db").read_bytes()
    with pytest.raises(IntegrityFault, match="cannot be trusted"):
        restore(profile, made.folder, clock=clock)
    assert (profile / "billops.db").read_bytes() == before


@pytest.mark.parametrize("state", ["damaged", "missing"])
def test_a_lost_database_is_restored(
    profile: Path, database: Database, clock: FixedClock, book: str, state: str
) -> None:
    made = make_backup(profile, reason="manual", clock=clock)
    database.close()
    path = profile / "billops.db"
    path.unlink() if state == "missing" else path.write_bytes(b"no database at all" * 500)
    with pytest.raises(IntegrityFault) as fault:
        open_database(path)
    assert made.folder.name in fault.value.hint
    kept = restore(profile, made.folder, clock=clock)
    assert names(profile) == ["Acme"]
    assert (kept is None) == (state == "missing")


@pytest.mark.parametrize("looks", range(3))
def test_a_restore_that_is_stopped_at_any_look_leaves_all_as_it_was(
    profile: Path, database: Database, unit: Unit, clock: FixedClock, book: str, looks: int
) -> None:
    made = make_backup(profile, reason="manual", clock=clock)
    with unit() as work:
        work.session.add(Client(name="Later", currency="EUR"))
    database.close()
    asked: list[bool] = []
    begun: list[str] = []

    def cancelled() -> bool:
        # The first look is that of the proof, which may look often.
        asked.append(not list(profile.glob("*restoring*")))
        return asked.count(False) + 1 > looks if looks else True

    with pytest.raises(RestoreStopped, match="stopped"):
        restore(
            profile, made.folder, clock=clock, cancelled=cancelled, begun=lambda: begun.append("!")
        )
    assert names(profile) == ["Acme", "Later"]
    assert begun == []
    assert not list(profile.glob("*restor*"))


def test_once_the_records_change_places_a_restore_goes_on(
    profile: Path, database: Database, clock: FixedClock, book: str
) -> None:
    made = make_backup(profile, reason="manual", clock=clock)
    database.close()
    begun: list[str] = []
    kept = restore(
        profile,
        made.folder,
        clock=clock,
        cancelled=lambda: bool(begun),
        begun=lambda: begun.append("!"),
    )
    assert (kept is not None, begun) == (True, ["!"])


def test_two_restores_of_one_second_keep_two_old_databases(
    database: Database,
    profile: Path,
    clock: FixedClock,
    book: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    backup = make_backup(profile, reason="manual", clock=clock)
    database.close()
    first = restore(profile, backup.folder, clock=clock)
    with closing(connect(profile / "billops.db", "write")) as again:
        again.execute("PRAGMA user_version = 7")
    second = restore(profile, backup.folder, clock=clock)

    def no_links(_source: Path, _target: Path) -> None:
        raise OSError(errno.EPERM, "no hard links here")

    monkeypatch.setattr("os.link", no_links)
    third = restore(profile, backup.folder, clock=clock)
    assert None not in {first, second, third}
    assert len({first, second, third}) == 3
    assert second is not None
    with closing(connect(second, "still")) as kept:
        assert kept.execute("PRAGMA user_version").fetchone() == (7,)

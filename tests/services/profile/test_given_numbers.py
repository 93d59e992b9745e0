"""Tests of billops_desktop.services.profile.given_numbers: a restore lets none be given twice."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from billops_desktop.bootstrap import open_workspace
from billops_desktop.errors import InvalidInput, Refused
from billops_desktop.paths import BACKUPS_NAME, NUMBERS_NAME, database_file
from billops_desktop.services.invoices import corrections, invoicing, review
from billops_desktop.services.profile import given_numbers, number_series
from billops_desktop.services.upkeep import backups, checking
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage import number_log
from billops_desktop.storage.unit_of_work import ReadingUnit
from tests.support import money
from tests.support.clock import MovableClock

Opening = Callable[[], Workspace]
PAGE = 4096


@pytest.fixture
def reopen(profile: Path, clock: MovableClock) -> Iterator[Opening]:
    opened: list[Workspace] = []

    def again() -> Workspace:
        opened.append(open_workspace(profile, clock=clock))
        return opened[-1]

    yield again
    for workspace in opened:
        workspace.close()


@pytest.fixture
def job(reopen: Opening) -> money.Job:
    """Fill the profile: 2026-0001 is backed up; 2026-0002 and CN-2026-0001 are given after it."""
    workspace = reopen()
    found = money.make_job(workspace)
    first = money.issued_item(workspace, found)
    backups.make(workspace)
    assert money.issued_item(workspace, found).number == "2026-0002"
    workspace.execute(corrections.cancel, first.id, reason="Test")
    workspace.close()
    return found


def damage(profile: Path) -> None:
    """Overwrite the records behind their first page, as a dying disk does."""
    path = database_file(profile)
    size = path.stat().st_size
    for side in ("-wal", "-shm"):
        path.with_name(path.name + side).unlink(missing_ok=True)
    with path.open("r+b") as records:
        records.seek(PAGE)
        records.write(random.Random(7).randbytes(size - PAGE))


def whole(workspace: Workspace) -> bool:
    return all(result.ok for result in checking.check(workspace))


def test_what_the_log_holds_is_not_given_again(
    profile: Path, reopen: Opening, job: money.Job
) -> None:
    damage(profile)
    assert backups.restore_backup(profile).unsure
    workspace = reopen()
    draft = money.draft_item(workspace, job)
    finding = workspace.read(review.findings, draft)[0]
    assert (finding.rule, finding.blocks, finding.field) == ("numbers unsure", True, "series")
    assert finding.message == (
        "After the restore it is not known whether numbers were given after "
        "2026-0002, CN-2026-0001. Confirm the last number given."
    )
    with pytest.raises(invoicing.NotReady):
        workspace.execute(invoicing.issue, draft)
    assert workspace.execute(given_numbers.confirm) == ("2026-0002", "CN-2026-0001")
    assert not workspace.read(given_numbers.are_unsure)
    assert workspace.execute(invoicing.issue, draft).number == "2026-0003"
    assert whole(workspace)


def test_without_a_log_the_last_number_is_named(
    profile: Path, reopen: Opening, job: money.Job
) -> None:
    damage(profile)
    (profile / NUMBERS_NAME).unlink()
    backups.restore_backup(profile)
    workspace = reopen()
    assert workspace.read(given_numbers.last_known) == ("2026-0001",)
    for bad in ("", "7", "2026-0002x", "2026-99999"):
        with pytest.raises(InvalidInput) as refused:
            workspace.execute(given_numbers.confirm, [bad])
        assert refused.value.field == "last"
    assert workspace.read(given_numbers.are_unsure)
    last = workspace.execute(given_numbers.confirm, ["2026-0004", "CN-2026-0001"])
    assert last == ("2026-0004", "CN-2026-0001")
    assert money.issued_item(workspace, job).number == "2026-0005"
    assert whole(workspace)


def test_no_credit_note_is_given_either(profile: Path, reopen: Opening, job: money.Job) -> None:
    damage(profile)
    backups.restore_backup(profile)
    workspace = reopen()
    issued = workspace.read(_first_issued)
    with pytest.raises(Refused, match="a number might be given twice"):
        workspace.execute(corrections.cancel, issued, reason="Test")


def _first_issued(work: ReadingUnit) -> str:
    from sqlalchemy import select

    from billops_desktop.storage.models import Invoice

    return work.session.scalars(select(Invoice.id).where(Invoice.state == "issued")).one()


def test_another_machine_is_unsure_of_an_old_backup(
    tmp_path: Path, profile: Path, clock: MovableClock, job: money.Job
) -> None:
    for begun in (False, True):
        there = tmp_path / f"there-{begun}"
        if begun:
            # A window was opened first, so that there are records: of another book.
            open_workspace(there, clock=clock).close()
        shutil.copytree(profile / BACKUPS_NAME, there / BACKUPS_NAME)
        assert backups.restore_backup(there).unsure


def test_a_restore_over_whole_records_knows_all(
    profile: Path, reopen: Opening, job: money.Job
) -> None:
    (profile / NUMBERS_NAME).unlink()
    assert not backups.restore_backup(profile).unsure
    assert number_log.unsure_token(profile) == ""
    workspace = reopen()
    assert money.issued_item(workspace, job).number == "2026-0003"
    assert whole(workspace)


def test_an_older_machine_is_unsure_of_a_newer_backup(
    tmp_path: Path, profile: Path, reopen: Opening, job: money.Job
) -> None:
    there = tmp_path / "there"
    shutil.copytree(profile, there)
    workspace = reopen()
    money.issued_item(workspace, job)
    newer = backups.make(workspace)
    workspace.close()
    shutil.copytree(newer.folder, there / BACKUPS_NAME / newer.name)
    assert backups.restore_backup(there, newer.name).unsure


def test_a_series_that_is_newer_than_the_backup_is_carried_at_rest(
    profile: Path, reopen: Opening, job: money.Job
) -> None:
    workspace = reopen()
    new: dict[str, Any] = {"pattern": "RE-{N}", "reset": "never"}
    workspace.execute(number_series.edit_series, "invoice", **new)
    assert money.issued_item(workspace, job).number == "RE-1"
    workspace.close()
    for damaged in (False, True):
        if damaged:
            damage(profile)
        backups.restore_backup(profile)
        workspace = reopen()
        workspace.execute(given_numbers.confirm)
        workspace.execute(number_series.edit_series, "invoice", **new)
        on = date(2026, 11, 25)
        assert workspace.read(number_series.series, on)[0].next_number == "RE-2"
        assert whole(workspace)
        workspace.close()


def test_a_log_that_began_late_leaves_no_hole(
    profile: Path, reopen: Opening, job: money.Job
) -> None:
    workspace = reopen()
    (profile / NUMBERS_NAME).unlink()
    assert money.issued_item(workspace, job).number == "2026-0003"
    workspace.close()
    damage(profile)
    backups.restore_backup(profile)
    workspace = reopen()
    assert workspace.execute(given_numbers.confirm)[0] == "2026-0003"
    assert whole(workspace)


def test_what_was_confirmed_as_given_is_known_to_the_next_restore(
    profile: Path, reopen: Opening, job: money.Job
) -> None:
    damage(profile)
    backups.restore_backup(profile)
    workspace = reopen()
    assert workspace.execute(given_numbers.confirm, ["2026-0009"])[0] == "2026-0009"
    workspace.close()
    damage(profile)
    assert backups.restore_backup(profile).unsure
    workspace = reopen()
    assert whole(workspace)
    assert workspace.execute(given_numbers.confirm)[0] == "2026-0009"
    assert money.issued_item(workspace, job).number == "2026-0010"


def test_what_the_log_lacks_is_noted_when_it_is_confirmed(
    profile: Path, reopen: Opening, job: money.Job
) -> None:
    damage(profile)
    (profile / NUMBERS_NAME).unlink()
    backups.restore_backup(profile)
    workspace = reopen()
    for _again in range(2):
        workspace.execute(given_numbers.confirm)
        assert [one.number for one in number_log.noted(profile)] == ["2026-0001"]
        number_log.mark_unsure(profile, "again")


def test_a_refused_number_leaves_the_log_as_it_was(reopen: Opening, profile: Path) -> None:
    workspace = reopen()
    money.make_job(workspace)
    number_log.mark_unsure(profile, "restored")
    with pytest.raises(InvalidInput):
        workspace.execute(given_numbers.confirm, ["2026-0003", "nonsense"])
    assert number_log.noted(profile) == []


def test_a_number_is_confirmed_only_where_a_restore_left_one_open(
    profile: Path, reopen: Opening, job: money.Job
) -> None:
    workspace = reopen()
    with pytest.raises(Refused, match="no restore left one open") as refused:
        workspace.execute(given_numbers.confirm, ["2026-0004"])
    assert refused.value.field == "last"
    assert workspace.execute(given_numbers.confirm) == ("2026-0002", "CN-2026-0001")
    assert money.issued_item(workspace, job).number == "2026-0003"
    number_log.mark_unsure(profile, "restored")
    workspace.execute(given_numbers.confirm, ["2026-0004"])
    with pytest.raises(Refused, match="no restore left one open"):
        workspace.execute(given_numbers.confirm, ["2026-0005"])


@pytest.mark.parametrize("number", ["2028-0001", "2031-0004"])
def test_no_number_of_a_year_after_the_next_is_taken(
    profile: Path, reopen: Opening, job: money.Job, number: str
) -> None:
    workspace = reopen()
    number_log.mark_unsure(profile, "restored")
    with pytest.raises(InvalidInput, match="Its year is later than next year") as refused:
        workspace.execute(given_numbers.confirm, [number])
    assert refused.value.field == "last"
    assert workspace.execute(given_numbers.confirm, ["2027-0001"])[0] == "2027-0001"


def test_no_number_of_a_month_that_is_none_is_taken(
    profile: Path, reopen: Opening, job: money.Job
) -> None:
    workspace = reopen()
    monthly: dict[str, Any] = {"pattern": "{YYYY}{MM}-{N:3}", "reset": "month"}
    workspace.execute(number_series.edit_series, "invoice", **monthly)
    number_log.mark_unsure(profile, "restored")
    with pytest.raises(InvalidInput, match="There is no such month"):
        workspace.execute(given_numbers.confirm, ["202613-001"])
    assert workspace.execute(given_numbers.confirm, ["202611-002"])[0] == "202611-002"


def test_more_than_a_hundred_numbers_are_voided_only_when_asked(
    profile: Path, reopen: Opening, job: money.Job
) -> None:
    workspace = reopen()
    number_log.mark_unsure(profile, "restored")
    for named in (["2026-0103"], ["2026-0053", "2027-0050"]):
        with pytest.raises(given_numbers.ManyVoid, match="101 numbers would be void") as refused:
            workspace.execute(given_numbers.confirm, named)
        assert (refused.value.field, refused.value.count) == ("last", 101)
    assert workspace.read(given_numbers.are_unsure)
    workspace.execute(given_numbers.confirm, ["2026-0102", "2026-0102"])
    number_log.mark_unsure(profile, "again")
    last = workspace.execute(given_numbers.confirm, ["2026-0203"], many=True)
    assert last[0] == "2026-0203"
    assert whole(workspace)

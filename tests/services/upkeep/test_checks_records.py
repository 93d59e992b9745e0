"""Checks of file and rows: undone changes replay to what is stored, zones decide the day."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from billops_desktop.services.directory import clients
from billops_desktop.services.drafts import drafting
from billops_desktop.services.upkeep import checks_records
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.unit_of_work import ReadingUnit
from tests.support import money


def found_by(work: ReadingUnit, check: Callable[[ReadingUnit], Iterable[str]]) -> list[str]:
    return list(check(work))


def test_changes_deletions_and_undrafted_lines_replay_to_what_is_stored(
    workspace: Workspace,
) -> None:
    job = money.make_job(workspace)
    invoice_id = money.draft_item(workspace, job)
    workspace.execute(drafting.save, invoice_id, drafting.DraftEdit(lines=()))
    workspace.execute(clients.edit, job.client_id, clients.ClientEdit(name="Acme SE"))
    assert workspace.read(lambda work: list(checks_records.change_records(work))) == []


def test_the_day_of_an_entry_follows_from_its_own_zone(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    money.log(workspace, job, "2026-11-24 23:30", zone="Asia/Kolkata")
    assert workspace.read(lambda work: list(checks_records.durations(work))) == []


def test_engine_and_references_are_sound(workspace: Workspace) -> None:
    for check in (
        checks_records.quick_check,
        checks_records.foreign_keys,
        checks_records.triggers,
        checks_records.one_timer,
        checks_records.files,
    ):
        assert workspace.read(found_by, check) == []

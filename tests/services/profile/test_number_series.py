"""Number series: previews, and changes that never make a hole."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from billops_desktop.errors import InvalidInput, NotFound
from billops_desktop.services.profile import number_series
from billops_desktop.services.upkeep import checks_money
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.models import NumberCounter, NumberSeries
from billops_desktop.storage.unit_of_work import UnitOfWork
from tests.support import money

TODAY = date(2026, 11, 25)


def upcoming(workspace: Workspace, kind: str = "invoice") -> str:
    rows = workspace.read(number_series.series, TODAY)
    return next(row.next_number for row in rows if row.kind == kind)


def change(workspace: Workspace, pattern: str, reset: str = "year", first: int = 1) -> None:
    workspace.execute(
        number_series.edit_series, "invoice", pattern=pattern, reset=reset, first_number=first
    )


def test_the_usual_series(workspace: Workspace) -> None:
    assert upcoming(workspace) == "2026-0001"
    assert upcoming(workspace, "credit_note") == "CN-2026-0001"


def test_an_unused_series_is_changed_in_place(workspace: Workspace) -> None:
    before = [row.id for row in workspace.read(number_series.series, TODAY)]
    change(workspace, "RE{YY}{MM}-{N:3}", "month", 40)
    assert upcoming(workspace) == "RE2611-040"
    assert [row.id for row in workspace.read(number_series.series, TODAY)] == before


def test_a_used_series_rests_and_a_new_one_begins(workspace: Workspace) -> None:
    old = next(row for row in workspace.read(number_series.series, TODAY) if row.kind == "invoice")

    def give(work: UnitOfWork) -> None:
        work.session.add(NumberCounter(series_id=old.id, period="2026", last_given=7))

    workspace.execute(give)
    assert upcoming(workspace) == "2026-0008"
    change(workspace, "{YYYY}-{N:4}")
    assert upcoming(workspace) == "2026-0008"
    change(workspace, "R{YYYY}/{N}")
    assert upcoming(workspace) == "R2026/1"
    kept = select(NumberSeries.active).where(NumberSeries.id == old.id)
    assert workspace.read(lambda work: work.session.scalar(kept)) is False


def test_previews_and_what_is_wrong_with_a_pattern(workspace: Workspace) -> None:
    assert number_series.next_numbers("{YYYY}-{client}-{N:2}", "year", TODAY, first=9) == (
        "2026-C1-09",
        "2026-C1-10",
        "2026-C1-11",
    )
    for pattern, reset in (("{YYYY}", "year"), ("{N}", "year"), ("{YYYY}-{N", "year")):
        with pytest.raises(InvalidInput) as refused:
            change(workspace, pattern, reset)
        assert refused.value.field == "pattern"
    with pytest.raises(InvalidInput):
        change(workspace, "{YYYY}-{N}", first=0)
    with pytest.raises(NotFound):
        workspace.execute(number_series.edit_series, "letter", pattern="{N}", reset="never")


def test_going_back_to_a_pattern_goes_on_after_its_last_number(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    assert money.issued_item(workspace, job).number == "2026-0001"
    assert money.issued_item(workspace, job).number == "2026-0002"
    change(workspace, "R{YYYY}-{N:4}")
    assert money.issued_item(workspace, job).number == "R2026-0001"
    change(workspace, "{YYYY}-{N:4}")
    assert upcoming(workspace) == "2026-0003"
    assert money.issued_item(workspace, job).number == "2026-0003"
    change(workspace, "2026-{N:4}", "never")
    assert money.issued_item(workspace, job).number == "2026-0004"
    change(workspace, "{YYYY}-{N:4}")
    assert money.issued_item(workspace, job).number == "2026-0005"
    assert workspace.read(lambda work: list(checks_money.numbers(work))) == []


def test_two_kinds_of_document_never_share_a_number(workspace: Workspace) -> None:
    with pytest.raises(InvalidInput) as refused:
        change(workspace, "CN-{YYYY}-{N:4}")
    assert refused.value.field == "pattern"
    assert upcoming(workspace) == "2026-0001"

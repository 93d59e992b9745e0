"""The rate book: the nearest rule, room for new ones, and a preview of what they change."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from billops_desktop.domain.money import Money
from billops_desktop.domain.rates import Rate
from billops_desktop.errors import InvalidInput
from billops_desktop.services.entries import entry_rows
from billops_desktop.services.rates import rate_book
from billops_desktop.services.rates.pricing import PRICED, RateBook
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.models import TimeEntry
from billops_desktop.storage.unit_of_work import ReadingUnit
from tests.support.factories import log, make_client, make_project, make_task, set_rate


def validity(workspace: Workspace) -> list[tuple[str, str | None, str | None]]:
    def day(on: date | None) -> str | None:
        return None if on is None else str(on)

    found = (
        (str(row.price), day(row.valid_from), day(row.valid_to))
        for row in workspace.read(rate_book.rules)
    )
    return sorted(found, key=str)


def test_the_nearest_scope_wins_and_says_why(workspace: Workspace) -> None:
    client_id = make_client(workspace)
    project_id = make_project(workspace, client_id=client_id)
    task_id = make_task(workspace, project_id=project_id)
    row = log(workspace, task_id=task_id)

    def rate_now(work: ReadingUnit) -> Rate | None:
        chosen = PRICED.where(TimeEntry.id == row.id)
        return RateBook.of(work).rate_of(work.session.execute(chosen).one())

    def price() -> Decimal | None:
        found = workspace.read(rate_now)
        return None if found is None else found.price

    assert price() is None
    for amount, scope in (
        ("90", {}),
        ("95", {"client_id": client_id}),
        ("100", {"project_id": project_id}),
        ("105", {"task_id": task_id}),
        ("110", {"task_id": task_id, "person_id": workspace.person_id}),
    ):
        set_rate(workspace, amount, **scope)
        assert price() == Decimal(amount)
    found = workspace.read(rate_now)
    assert found is not None
    assert "for this person" in found.reason


def test_a_new_rate_makes_room_for_itself(workspace: Workspace) -> None:
    set_rate(workspace, "90")
    set_rate(workspace, "100", valid_from=date(2026, 7, 1))
    assert validity(workspace) == [("100", "2026-07-01", None), ("90", None, "2026-06-30")]
    set_rate(workspace, "80", valid_from=date(2026, 2, 1), valid_to=date(2026, 2, 28))
    assert validity(workspace) == [
        ("100", "2026-07-01", None),
        ("80", "2026-02-01", "2026-02-28"),
        ("90", "2026-03-01", "2026-06-30"),
        ("90", None, "2026-01-31"),
    ]
    set_rate(workspace, "120")
    assert validity(workspace) == [("120", None, None)]


def test_the_preview_is_what_then_happens(workspace: Workspace) -> None:
    set_rate(workspace, "90")
    project_id = make_project(workspace)
    old = log(workspace, "2026-06-30 09:00", project_id=project_id)
    new = log(workspace, "2026-07-01 09:00", hours=2, project_id=project_id)
    typed = log(workspace, "2026-07-02 09:00", project_id=project_id, rate=Decimal(50))
    rule = rate_book.NewRule(price=Decimal(100), currency="EUR", valid_from=date(2026, 7, 1))
    [change] = workspace.read(rate_book.preview, rule)
    assert (change.entry_id, change.old, change.new) == (
        new.id,
        Money(18000, "EUR"),
        Money(20000, "EUR"),
    )
    workspace.execute(rate_book.set_rate, rule)
    values = [workspace.read(entry_rows.entry, row.id).value for row in (old, new, typed)]
    assert values == [Money(9000, "EUR"), Money(20000, "EUR"), Money(5000, "EUR")]
    assert workspace.read(rate_book.preview, rule) == ()


def test_a_preview_shows_entries_that_had_no_rate(workspace: Workspace) -> None:
    row = log(workspace, project_id=make_project(workspace))
    rule = rate_book.NewRule(price=Decimal(100), currency="EUR", project_id=row.project_id)
    [change] = workspace.read(rate_book.preview, rule)
    assert (change.old, change.new) == (None, Money(10000, "EUR"))


def test_a_removed_rule_prices_nothing(workspace: Workspace) -> None:
    rule_id = set_rate(workspace, "90")
    row = log(workspace, project_id=make_project(workspace))
    workspace.execute(rate_book.remove, rule_id)
    assert workspace.read(entry_rows.entry, row.id).value is None


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"price": Decimal(-1)}, "price"),
        ({"price": Decimal("NaN")}, "price"),
        ({"currency": "EURO"}, "currency"),
        ({"kind": "yearly"}, "kind"),
        ({"valid_from": date(2026, 2, 1), "valid_to": date(2026, 1, 1)}, "valid_to"),
        ({"day_seconds": 0}, "day_seconds"),
        ({"client_id": "a", "project_id": "b"}, "id"),
    ],
)
def test_a_rate_that_cannot_be_is_refused(
    workspace: Workspace, wrong: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        workspace.execute(
            rate_book.set_rate,
            rate_book.NewRule(**{"price": Decimal(90), "currency": "EUR", **wrong}),  # type: ignore[arg-type]  # wrong on purpose
        )
    assert refused.value.field == field
    assert workspace.read(rate_book.rules) == ()


def test_a_rate_is_for_one_place(workspace: Workspace) -> None:
    client_id = make_client(workspace)
    project_id = make_project(workspace, client_id=client_id)
    with pytest.raises(InvalidInput, match="one client, one project or one task"):
        set_rate(workspace, client_id=client_id, project_id=project_id)

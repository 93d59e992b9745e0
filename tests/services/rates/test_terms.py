"""Tests of billops_desktop.services.rates.terms: one price for all days between two turns."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from billops_desktop.domain.rates import EntryFacts, Rate
from billops_desktop.services.rates.pricing import RateBook
from billops_desktop.services.rates.terms import NO_RATE, Pricing, Unpriced, surroundings
from billops_desktop.services.workspace import Workspace
from tests.support.factories import make_client, make_project, make_task, set_rate

TURN = date(2026, 6, 1)


def pricing(workspace: Workspace, client_id: str, *, include_unpriced: bool = False) -> Pricing:
    with workspace.reading() as work:
        return Pricing(
            RateBook.of(work),
            surroundings(work),
            client_id=client_id,
            currency="EUR",
            include_unpriced=include_unpriced,
        )


def test_each_day_is_priced_as_the_rate_book_prices_it(workspace: Workspace) -> None:
    client = make_client(workspace)
    site = make_project(workspace, client_id=client)
    set_rate(workspace, "90", valid_to=date(2026, 5, 31))
    set_rate(workspace, "120", project_id=site, valid_from=TURN, valid_to=date(2026, 8, 1))
    found = pricing(workspace, client)
    seen: dict[date | None, set[int]] = {}
    for day in (date(2026, month, number) for month in range(3, 9) for number in (1, 2, 28)):
        facts = EntryFacts(client_id=client, project_id=site, local_on=day)
        rate = found.terms((str(day), None, site, None, None, "EUR"))[1]
        with workspace.reading() as work:
            wanted = RateBook.of(work).rate(facts)
        assert rate == (wanted or Unpriced(NO_RATE))
        if isinstance(rate, Rate):
            seen.setdefault(day if day < TURN else None, set()).add(id(rate))
    assert len({one for ids in seen.values() for one in ids}) == 2


def test_unpriced_time_is_worth_nothing_when_it_is_asked_for(workspace: Workspace) -> None:
    client = make_client(workspace)
    site = make_project(workspace, client_id=client)
    about = ("2026-11-25", None, site, None, None, "EUR")
    assert pricing(workspace, client).terms(about)[1] == Unpriced(NO_RATE)
    free = pricing(workspace, client, include_unpriced=True).terms(about)[1]
    assert isinstance(free, Rate)
    assert free.price == Decimal(0)


def test_what_is_around_has_names_and_the_nearest_policy(workspace: Workspace) -> None:
    client = make_client(workspace, "Acme")
    site = make_project(workspace, "Shop", client_id=client)
    task = make_task(workspace, "Design", project_id=site)
    with workspace.reading() as work:
        around = surroundings(work)
    assert around.projects[site] == "Shop"
    assert around.tasks[task] == "Design"
    assert around.policies[None].mode == "none"

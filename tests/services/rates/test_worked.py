"""Sums of what is not billed yet: exact per project, rounded once."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest

from billops_desktop.domain.money import Money
from billops_desktop.services import tracking
from billops_desktop.services.rates import worked
from billops_desktop.services.rates.pricing import RateBook
from billops_desktop.services.workspace import Workspace
from tests.support.factories import log, make_client, make_project, make_task, set_rate


def test_only_billable_stopped_live_time_counts_and_is_rounded_once(workspace: Workspace) -> None:
    set_rate(workspace, "100")
    client_id = make_client(workspace)
    site = make_project(workspace, client_id=client_id)
    for _time in range(3):
        log(workspace, hours=1 / 3, project_id=site)
    log(workspace, project_id=site, billable=False)
    workspace.execute(tracking.delete, [log(workspace, project_id=site).id])
    log(workspace)
    workspace.execute(tracking.start, project_id=site)
    sums = workspace.read(worked.unbilled_by_client)
    assert sums == {client_id: worked.Worked(seconds=3600, values=(Money(10000, "EUR"),))}
    assert workspace.read(worked.unbilled_seconds) == {site: 3600}
    assert workspace.read(worked.unbilled_seconds, site) == {site: 3600}
    assert workspace.read(worked.unbilled_seconds, "other") == {}


def test_unlike_rates_of_one_project_are_summed_exactly(workspace: Workspace) -> None:
    set_rate(workspace, "100")
    client_id = make_client(workspace)
    site = make_project(workspace, client_id=client_id)
    log(workspace, hours=1 / 3, project_id=site)
    log(workspace, hours=1 / 3, project_id=site, rate=Decimal("0.07"))
    log(workspace, hours=1 / 3, project_id=site, rate=Decimal(101))
    sums = workspace.read(worked.unbilled_by_client)
    # 33.333… + 0.02333… + 33.666… = 67.02333…
    assert sums[client_id] == worked.Worked(seconds=3600, values=(Money(6702, "EUR"),))


def test_sums_add_up_per_currency() -> None:
    first = worked.Worked(seconds=1, values=(Money(1, "EUR"), Money(2, "USD")))
    second = worked.Worked(seconds=2, values=(Money(3, "CHF"), Money(4, "USD")))
    assert first + second == worked.Worked(
        seconds=3, values=(Money(3, "CHF"), Money(1, "EUR"), Money(6, "USD"))
    )


def some_work(workspace: Workspace, chance: Random) -> None:
    """Work for two clients under dated rates of unlike scopes and currencies, some typed."""
    sites = []
    for name, currency in (("Acme", "EUR"), ("Globex", "JPY"), ("Initech", "KWD")):
        client = make_client(workspace, name, currency=currency)
        sites += [
            make_project(workspace, f"{name} {n}", client_id=client, currency=currency)
            for n in range(2)
        ]
        set_rate(workspace, str(chance.randint(1, 9999) / 100), currency, client_id=client)
    turn = date(2026, 3, 1) + timedelta(chance.randrange(200))
    if chance.random() < 0.8:
        set_rate(workspace, "99.99", project_id=sites[0], valid_from=turn)
        day = turn + timedelta(30)
        set_rate(workspace, "71.5", project_id=sites[1], valid_from=turn, valid_to=day)
    for number in range(40):
        day = date(2026, 1, 1) + timedelta(chance.randrange(300))
        log(
            workspace,
            f"{day} {number % 20:02}:{chance.randrange(60):02}",
            hours=chance.randint(1, 9_999) / 3600,
            project_id=chance.choice(sites),
            rate=Decimal(chance.randint(1, 999)) / 7 // 1 if chance.random() < 0.2 else None,
        )


@pytest.mark.parametrize("seed", range(4))
def test_both_ways_of_summing_give_the_same(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    some_work(workspace, Random(seed))
    assert workspace.read(lambda work: RateBook.of(work).by_place_alone)
    fast = workspace.read(worked.unbilled_by_client)
    monkeypatch.setattr(worked, "MOST_STRETCHES", 0)
    assert workspace.read(worked.unbilled_by_client) == fast
    by_project = workspace.read(worked.unbilled_seconds)
    assert sum(one.seconds for one in fast.values()) == sum(by_project.values())


def test_a_rate_of_a_task_or_a_person_is_not_passed_by(workspace: Workspace) -> None:
    set_rate(workspace, "100")
    client_id = make_client(workspace)
    site = make_project(workspace, client_id=client_id)
    task = make_task(workspace, project_id=site)
    log(workspace, project_id=site)
    log(workspace, "2026-11-23 09:00", project_id=site, task_id=task)
    set_rate(workspace, "150", task_id=task)
    assert workspace.read(worked.unbilled_by_client)[client_id].values == (Money(25_000, "EUR"),)
    set_rate(workspace, "200", person_id=workspace.person_id)
    assert workspace.read(worked.unbilled_by_client)[client_id].values == (Money(35_000, "EUR"),)


def test_typed_rates_are_looked_for_among_themselves(workspace: Workspace) -> None:
    statement = f"EXPLAIN QUERY PLAN {worked._rated_parts(()).sql}"
    with workspace.reading() as work:
        plan = work.session.connection().exec_driver_sql(statement, ("",)).all()
    assert "ix_time_entry_unbilled_rated" in str(plan)

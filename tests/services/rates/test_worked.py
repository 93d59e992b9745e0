"""Sums of what is not billed yet: exact per project, rounded once."""

from __future__ import annotations

from decimal import Decimal

from billops_desktop.domain.money import Money
from billops_desktop.services import tracking
from billops_desktop.services.rates import worked
from billops_desktop.services.workspace import Workspace
from tests.support.factories import log, make_client, make_project, set_rate


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
    sums = workspace.read(worked.unbilled_by_project)
    assert sums == {site: worked.Worked(seconds=3600, values=(Money(10000, "EUR"),))}
    assert workspace.read(worked.unbilled_by_client) == {client_id: sums[site]}
    assert workspace.read(worked.unbilled_seconds) == {site: 3600}
    assert workspace.read(worked.unbilled_seconds, site) == {site: 3600}
    assert workspace.read(worked.unbilled_seconds, "other") == {}


def test_unlike_rates_of_one_project_are_summed_exactly(workspace: Workspace) -> None:
    set_rate(workspace, "100")
    site = make_project(workspace, client_id=make_client(workspace))
    log(workspace, hours=1 / 3, project_id=site)
    log(workspace, hours=1 / 3, project_id=site, rate=Decimal("0.07"))
    log(workspace, hours=1 / 3, project_id=site, rate=Decimal(101))
    sums = workspace.read(worked.unbilled_by_project)
    # 33.333… + 0.02333… + 33.666… = 67.02333…
    assert sums[site] == worked.Worked(seconds=3600, values=(Money(6702, "EUR"),))


def test_sums_add_up_per_currency() -> None:
    first = worked.Worked(seconds=1, values=(Money(1, "EUR"), Money(2, "USD")))
    second = worked.Worked(seconds=2, values=(Money(3, "CHF"), Money(4, "USD")))
    assert first + second == worked.Worked(
        seconds=3, values=(Money(3, "CHF"), Money(1, "EUR"), Money(6, "USD"))
    )

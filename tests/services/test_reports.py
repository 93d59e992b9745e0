"""Reports add up to the entries, whatever they sum by."""

from __future__ import annotations

from datetime import date

import pytest

from billops_desktop.domain.money import Money
from billops_desktop.services import reports
from billops_desktop.services.entries import entry_rows
from billops_desktop.services.profile import settings
from billops_desktop.services.workspace import Workspace
from tests.support.factories import log, make_client, make_project, set_rate

FROM, TO = date(2026, 11, 1), date(2026, 11, 30)


@pytest.fixture
def worked(workspace: Workspace) -> Workspace:
    """Have time of two clients, some without a project, some of it not billable."""
    set_rate(workspace, "100")
    acme, globex = make_client(workspace, "Acme"), make_client(workspace, "Globex", currency="USD")
    site = make_project(workspace, "Site", client_id=acme)
    data = make_project(workspace, "Platform", client_id=globex)
    set_rate(workspace, "120", "USD", client_id=globex)
    log(workspace, "2026-11-02 09:00", hours=1.5, project_id=site)
    log(workspace, "2026-11-08 09:00", hours=2, project_id=site, billable=False)
    log(workspace, "2026-11-09 09:00", hours=0.25, project_id=data)
    log(workspace, "2026-11-09 22:30", hours=1)
    log(workspace, "2026-12-01 09:00", hours=8, project_id=site)
    return workspace


@pytest.mark.parametrize("by", list(reports.By))
def test_every_sum_is_the_sum_of_the_entries(worked: Workspace, by: reports.By) -> None:
    found = worked.read(reports.report, from_on=FROM, to_on=TO, by=by)
    listed = worked.read(entry_rows.entries, from_on=FROM, to_on=TO)
    assert found.seconds == sum(row.seconds for row in found.rows)
    assert found.seconds == sum(row.seconds or 0 for row in listed) == 17_100
    assert found.billable_seconds == 6_300
    assert found.values == (Money(15000, "EUR"), Money(3000, "USD"))


def test_rows_by_project(worked: Workspace) -> None:
    found = worked.read(reports.report, from_on=FROM, to_on=TO)
    assert [(row.client_name, row.name, row.seconds, row.values) for row in found.rows] == [
        ("", "", 3600, ()),
        ("Acme", "Site", 12_600, (Money(15000, "EUR"),)),
        ("Globex", "Platform", 900, (Money(3000, "USD"),)),
    ]


def test_weeks_begin_where_the_workspace_says(worked: Workspace) -> None:
    def weeks() -> list[date | None]:
        found = worked.read(reports.report, from_on=FROM, to_on=TO, by="week")
        return [row.on for row in found.rows]

    assert weeks() == [date(2026, 11, 2), date(2026, 11, 9)]
    worked.execute(settings.edit_workspace, settings.WorkspaceEdit(first_weekday=7))
    assert weeks() == [date(2026, 11, 1), date(2026, 11, 8)]


def test_unbilled_up_to_a_day_by_client(worked: Workspace) -> None:
    found = worked.read(
        reports.report,
        from_on=date.min,
        to_on=date(2026, 11, 8),
        by=reports.By.CLIENT,
        unbilled_only=True,
    )
    assert [(row.name, row.seconds) for row in found.rows] == [("Acme", 5_400)]

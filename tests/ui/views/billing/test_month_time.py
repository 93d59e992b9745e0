"""What can be invoiced of a month: who has time of it or of earlier months."""

from __future__ import annotations

from datetime import date

import pytest

from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.views.billing.month_time import (
    NOTHING,
    MonthTime,
    earlier_words,
    net_sums,
    read_month,
)
from tests.support import money

NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))


@pytest.fixture
def jobs_done(workspace: Workspace) -> None:
    """Log for three clients: in November, in both months, in October only."""
    acme, both, old = (money.make_job(workspace, name) for name in ("Acme", "Both", "Old"))
    money.log(workspace, acme, "2026-11-24 09:00")
    money.log(workspace, both, "2026-11-23 09:00", hours=2)
    money.log(workspace, both, "2026-10-23 09:00")
    money.log(workspace, old, "2026-10-20 09:00", hours=3)


def read(workspace: Workspace, *, included: bool) -> MonthTime:
    return workspace.read(read_month, *NOVEMBER, "task", included=included)


def hours(month: MonthTime) -> dict[str, int]:
    return {row.client_name: row.seconds // 3600 for row in month.rows}


def test_every_client_is_listed_once_by_name(jobs_done: None, workspace: Workspace) -> None:
    month = read(workspace, included=False)
    assert hours(month) == {"Acme": 1, "Both": 2, "Old": 3}
    ids = {row.client_name: row.client_id for row in month.rows}
    assert month.only_earlier == {ids["Old"]}
    assert [month.takes_earlier(ids[name]) for name in ids] == [False, False, True]
    assert [month.note(ids[name]) for name in ids] == [
        "",
        "From earlier: 1 h 00, €100.00",
        "All from earlier months",
    ]
    assert earlier_words(month) == "Also unbilled from earlier months: 4 h 00, €400.00"


def test_earlier_time_is_taken_along(jobs_done: None, workspace: Workspace) -> None:
    month = read(workspace, included=True)
    assert hours(month) == {"Acme": 1, "Both": 3, "Old": 3}
    assert all(month.takes_earlier(row.client_id) for row in month.rows)
    assert month.note(month.rows[1].client_id) == "With earlier: 1 h 00, €100.00"
    assert earlier_words(month) == "With unbilled time of earlier months: 4 h 00, €400.00"


def test_nothing_says_nothing() -> None:
    assert earlier_words(NOTHING) == ""
    assert net_sums(()) == ()

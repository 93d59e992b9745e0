"""Tests of billops_desktop.cli.commands.reports: unbilled, day, week and month."""

from __future__ import annotations

from billops_desktop.cli.commands.reports import ROW_KEYS, SUM_KEYS, UNBILLED_KEYS, WAYS
from billops_desktop.services.reports import By
from tests.cli.conftest import Billops, bad, refuse_all


def worked(billops: Billops) -> None:
    """Log two hours for Acme today and one for Globex on the first of the month."""
    billops.done("log", "a", "--project", "Website", "--duration", "2h")
    billops.done("log", "b", "--project", "Audit", "--on", "1.11.2026", "--from", "9", "--to", "10")


def test_the_ways_are_those_of_the_service() -> None:
    assert set(WAYS) == set(By)


def test_unbilled_time_by_client(billops: Billops) -> None:
    assert billops.done("report", "unbilled") == "All time is invoiced, or not billable.\n"
    worked(billops)
    rows = billops.json("report", "unbilled")["clients"]
    assert tuple(rows[0]) == UNBILLED_KEYS
    assert [(row["client_name"], row["net"]["amount"]) for row in rows] == [
        ("Acme GmbH", "190.00"),
        ("Globex Ltd", "120.00"),
    ]
    assert len(billops.json("report", "unbilled", "--client", "Acme")["clients"]) == 1
    assert len(billops.json("report", "unbilled", "--until", "2.11.2026")["clients"]) == 1
    assert "Website" in billops.done("report", "unbilled", "--since", "20.11.2026")


def test_a_month_sums_per_currency(billops: Billops) -> None:
    worked(billops)
    report = billops.json("report", "month")
    assert tuple(report) == (*SUM_KEYS, "rows")
    assert tuple(report["rows"][0]) == ROW_KEYS
    assert (report["from_on"], report["to_on"]) == ("2026-11-01", "2026-11-30")
    assert [value["currency"] for value in report["values"]] == ["EUR", "GBP"]
    shown = billops.done("report", "month", "--by", "client")
    assert "€190.00 + £120.00" in shown


def test_a_day_and_a_week(billops: Billops) -> None:
    worked(billops)
    assert billops.json("report", "day")["seconds"] == 7200
    assert billops.json("report", "day", "1.11.2026")["seconds"] == 3600
    week = billops.json("report", "week")
    assert (week["from_on"], week["to_on"]) == ("2026-11-23", "2026-11-29")
    assert week["rows"][0]["on"] == "2026-11-25"
    assert billops.done("report", "day", "2.11.2026") == "No time in this period.\n"


def test_bad_input_is_named_and_changes_nothing(billops: Billops) -> None:
    cases = [
        bad("report", None, "Nothing was done. Still missing: COMMAND."),
        bad("report year", "command"),
        bad("report day someday", "on"),
        bad("report week --by colour", "by"),
        bad("report unbilled --until never", "until"),
        bad("report unbilled --client Nobody", "client"),
    ]
    refuse_all(billops, cases)

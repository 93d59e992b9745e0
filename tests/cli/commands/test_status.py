"""Tests of billops_desktop.cli.commands.status: what runs, today, what waits."""

from __future__ import annotations

from billops_desktop.cli.commands.status import KEYS
from tests.cli.conftest import Billops, bad, refuse_all


def test_a_fresh_profile(fresh: Billops) -> None:
    assert fresh.done("status") == "No timer is running.\nToday 0:00 in 0 entries.\n"


def test_what_runs_and_todays_total(billops: Billops) -> None:
    billops.done("log", "Early", "--project", "Website", "--from", "9:00", "--to", "10:30")
    billops.done("start", "Review", "--project", "Website")
    billops.clock.move(minutes=20)
    content = billops.json("status")
    assert tuple(content["running"]) == (*KEYS, "seconds")
    assert content["running"]["seconds"] == 1200
    assert content["today"] == {"day": "2026-11-25", "seconds": 6600, "entries": 2}
    assert billops.done("status") == (
        "Review (Acme GmbH/Website) has been running since 14:00, 0:20.\nToday 1:50 in 2 entries.\n"
    )


def test_a_timer_left_running_yesterday_is_not_todays(billops: Billops) -> None:
    billops.done("start", "Night")
    billops.clock.move(hours=24)
    content = billops.json("status")
    assert content["running"]["seconds"] == 86_400
    assert content["today"]["seconds"] == 0


def test_overdue_invoices_are_counted(billops: Billops) -> None:
    billops.done("log", "x", "--project", "Website", "--duration", "1h")
    draft = billops.json("invoice", "draft", "--client", "Acme")["invoice"]["id"]
    assert billops.json("status")["drafts"] == 1
    billops.done("invoice", "issue", draft)
    billops.clock.move(days=30)
    assert "1 invoice is overdue." in billops.done("status")


def test_bad_input_is_named_and_changes_nothing(billops: Billops) -> None:
    refuse_all(billops, [bad("status now", None), bad("status --all", None)])

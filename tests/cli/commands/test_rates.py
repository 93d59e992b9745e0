"""Tests of billops_desktop.cli.commands.rates: list, and set with what it changes."""

from __future__ import annotations

from billops_desktop.cli.commands.rates import CHANGE_KEYS, KEYS
from tests.cli.conftest import Billops, bad, refuse_all


def test_the_rate_book(billops: Billops) -> None:
    rows = billops.json("rates", "list")["rates"]
    assert {row["scope_name"] for row in rows} == {"Website", "Audit"}
    assert tuple(rows[0]) == KEYS
    assert "project Website   €95.00/h" in billops.done("rates", "list")
    assert len(billops.json("rates", "list", "--project", "Audit")["rates"]) == 1
    assert "No rates yet." in billops.done("rates", "list", "--client", "Acme")


def test_a_preview_shows_what_would_change_and_writes_nothing(billops: Billops) -> None:
    billops.done("log", "x", "--project", "Website", "--duration", "2h")
    before = billops.dump()
    content = billops.json("rates", "set", "100", "--project", "Website", "--preview")
    assert content["rate"] is None
    assert tuple(content["changes"][0]) == CHANGE_KEYS
    assert content["changes"][0]["old"]["amount"] == "190.00"
    assert content["changes"][0]["new"]["amount"] == "200.00"
    assert billops.dump() == before
    shown = billops.done("rates", "set", "100", "--project", "Website", "--preview")
    assert shown.startswith("Nothing is saved yet.")
    assert shown.endswith("1 unbilled entry changes\n")


def test_a_rate_is_set_and_unbilled_entries_follow(billops: Billops) -> None:
    billops.done("log", "x", "--project", "Website", "--duration", "2h")
    content = billops.json("rates", "set", "100", "--project", "Website", "--from", "1.11.2026")
    assert content["rate"]["price"] == "100"
    assert content["rate"]["valid_from"] == "2026-11-01"
    assert billops.json("entries", "list")["values"][0]["amount"] == "200.00"
    assert "No unbilled entry changes." in billops.done("rates", "set", "50", "--client", "Globex")


def test_a_rate_without_a_day_keeps_what_held_before(billops: Billops) -> None:
    shown = billops.done("rates", "set", "110", "--project", "Website")
    assert shown.split("\n")[:2] == [
        "project Website: €110.00/h, from 25 Nov 2026 on.",
        "€95.00/h (always) holds until 24 Nov 2026.",
    ]
    content = billops.json("rates", "set", "120", "--project", "Website", "--from", "always")
    assert [one["left"] for one in content["displaced"]] == [[], []]
    assert content["rate"]["valid_from"] is None
    [rate] = billops.json("rates", "list", "--project", "Website")["rates"]
    assert rate["price"] == "120"
    assert billops.done("rates", "remove", rate["id"][-8:]).startswith("Removed project Website:")
    assert billops.json("rates", "list", "--project", "Website")["rates"] == []


def test_a_rate_is_for_one_task_or_person(billops: Billops) -> None:
    task = billops.json("rates", "set", "130", "--project", "Website", "--task", "Design")
    assert (task["rate"]["scope"], task["rate"]["scope_name"]) == ("task", "Design")
    assert task["rate"]["valid_from"] is None
    refuse_all(
        billops,
        [
            bad("rates set 95 --person Nobody", "person", "There is no person Nobody."),
            bad("rates set 95 --client Acme --task Design", "task", "Nothing was done."),
            bad("rates remove 00000000", "rate", "There is no rate 00000000."),
        ],
    )


def test_the_currency_is_that_of_the_place(billops: Billops) -> None:
    assert billops.json("rates", "set", "80", "--client", "Globex")["rate"]["currency"] == "GBP"
    assert billops.json("rates", "set", "80")["rate"]["currency"] == "EUR"
    daily = billops.json("rates", "set", "900", "--client", "Acme", "--daily")["rate"]
    assert daily["kind"] == "daily"


def test_bad_input_is_named_and_changes_nothing(billops: Billops) -> None:
    cases = [
        bad("rates set", "price", "Nothing was done. Still missing: price."),
        bad("rates set cheap", "price", "“cheap” is not a number."),
        bad("rates set -1", "price"),
        bad("rates set 1e5", "price"),
        bad("rates set 95 --currency XXQ", "currency"),
        bad("rates set 95 --from 2.12.2026 --to 1.12.2026", None),
        bad("rates set 95 --client A --project B", "project", "Nothing was done."),
        bad("rates set 95 --client Nobody", "client"),
        bad("rates list --project Nowhere", "project"),
    ]
    refuse_all(billops, cases)

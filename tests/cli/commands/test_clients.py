"""Tests of billops_desktop.cli.commands.clients: list, add, edit, archive, activate, show."""

from __future__ import annotations

from billops_desktop.cli.commands.clients import FIELDS, KEYS, LIST_KEYS
from billops_desktop.services.directory.clients import ClientEdit, NewClient
from tests.cli.conftest import Bad, Billops, bad, refuse_all


def test_every_field_offered_is_one_of_the_records() -> None:
    assert set(FIELDS) <= set(NewClient.__dataclass_fields__)
    assert set(FIELDS) <= set(ClientEdit.__dataclass_fields__)


def test_the_list_shows_unbilled_time_and_open_money(billops: Billops) -> None:
    billops.done("log", "x", "--project", "Website", "--duration", "2h")
    rows = billops.json("clients", "list")["clients"]
    assert [row["name"] for row in rows] == ["Acme GmbH", "Globex Ltd"]
    assert tuple(rows[0]) == LIST_KEYS
    assert rows[0]["unbilled"] == [{"amount": "190.00", "currency": "EUR", "minor": 19000}]
    assert "Acme GmbH   K-1     Berlin" in billops.done("clients", "list")
    assert "No clients here." in billops.done("clients", "list", "--text", "zzz")


def test_add_with_its_contact(billops: Billops) -> None:
    words = ("Initech", "--terms-days", "30", "--email", "pay@initech.example", "--currency", "usd")
    client = billops.json("clients", "add", *words)["client"]
    assert tuple(client) == (*KEYS, "contacts")
    assert (client["terms_days"], client["currency"]) == (30, "USD")
    assert client["contacts"][0]["email"] == "pay@initech.example"
    assert client["contacts"][0]["receives_invoices"] == "to"


def test_edit_show_archive_and_activate(billops: Billops) -> None:
    edited = billops.json("clients", "edit", "Acme", "--city", "Köln", "--name", "Acme AG")[
        "client"
    ]
    assert (edited["name"], edited["city"], edited["street"]) == ("Acme AG", "Köln", "Hauptstr.")
    assert "Köln" in billops.done("clients", "show", "K-1")
    assert billops.done("clients", "archive", "Acme AG") == "Archived Acme AG.\n"
    assert len(billops.json("clients", "list")["clients"]) == 1
    assert billops.json("clients", "list", "--archived")["clients"][0]["name"] == "Acme AG"
    billops.done("clients", "activate", "Acme AG")
    assert len(billops.json("clients", "list")["clients"]) == 2


def test_a_name_with_a_dash_says_how_it_is_typed(billops: Billops) -> None:
    answer = billops("clients", "add", "-Dash")
    assert answer.code == 2
    assert 'after --: -- "-Dash"' in answer.err
    assert billops.done("clients", "add", "--", "-Dash") == "Added -Dash.\n"


def test_bad_input_is_named_and_changes_nothing(billops: Billops) -> None:
    cases = [
        bad("clients add", "name", "Nothing was done. Still missing: name."),
        bad("clients add ''", "name"),
        bad("clients add '  '", "name"),
        bad("clients add New --number K-1", "number", "Another client has this number."),
        bad("clients add New --currency XXQ", "currency"),
        bad("clients add New --vat-id DE1", "vat_id"),
        bad("clients add New --terms-days soon", "terms_days", "Nothing was done."),
        bad("clients add New --terms-days -1", "terms_days"),
        bad("clients add New --country Germany", "country"),
        bad("clients add New --email nobody", "email"),
        Bad(("clients", "add", "a\nb"), "name"),
        Bad(("clients", "add", "a\x1b[31m"), "name"),
        Bad(("clients", "add", "x" * 5_000), "name"),
        bad("clients edit Acme", None, "Nothing was changed: no field was named."),
        bad("clients edit Nobody --city X", "client", "There is no client Nobody."),
        bad("clients edit Acme --name ''", "name"),
        bad("clients show Nobody", "client"),
        bad("clients archive Nobody", "client"),
        bad("clients remove Acme", "command"),
    ]
    refuse_all(billops, cases)


def test_a_client_is_shown_under_titles(billops: Billops) -> None:
    shown = billops.done("clients", "show", "Acme")
    assert "Client number, unique" not in shown
    assert "Language of its invoices" not in shown
    assert "Number" in shown
    assert "Germany" in shown


def test_a_client_is_shown_with_what_is_unbilled_and_open(billops: Billops) -> None:
    billops.done("log", "Workshop", "--project", "Website", "--duration", "2h")
    shown = billops.done("clients", "show", "Acme")
    assert "Unbilled" in shown
    assert "2:00 h, €190.00" in shown
    client = billops.json("clients", "show", "Acme")["client"]
    assert (client["unbilled_seconds"], client["open"], client["credit"]) == (7_200, [], [])

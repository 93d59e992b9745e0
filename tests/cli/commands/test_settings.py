"""Tests of billops_desktop.cli.commands.settings: list, get and set."""

from __future__ import annotations

from billops_desktop.config import DECLARED
from tests.cli.conftest import COMPANY, Billops, bad, refuse_all


def test_all_settings_are_listed(billops: Billops) -> None:
    held = billops.json("config", "list")["settings"]
    assert {declaration.name for declaration in DECLARED} <= set(held)
    assert held["company.legal_name"] == COMPANY["company.legal_name"]
    assert held["bank.iban"] == "DE89370400440532013000"
    assert held["series.invoice"] == "{YYYY}-{N:4}"
    assert held["workspace.zone"] == "Europe/Berlin"
    assert "company.id" not in held
    assert "tray.shown" in billops.done("config", "list")


def test_each_kind_of_setting_is_set(billops: Billops) -> None:
    cases = {
        "appearance.theme": ("dark", "dark"),
        "tray.shown": ("no", False),
        "tracking.daily_target_seconds": ("25200", 25200),
        "company.terms_days": ("30", 30),
        "company.small_business": ("yes", True),
        "company.website": ("haldane.example", "haldane.example"),
        "bank.bank_name": ("Bank", "Bank"),
        "workspace.first_weekday": ("7", 7),
        "workspace.locked_until": ("31.10.2026", "2026-10-31"),
        "series.invoice": ("RE-{YYYY}-{N:3}", "RE-{YYYY}-{N:3}"),
    }
    for name, (typed, value) in cases.items():
        told = billops.json("config", "set", name, typed)
        assert told == {"name": name, "value": value, "notice": ""}
        assert billops.json("config", "get", name)["value"] == value
    assert billops.json("config", "set", "workspace.locked_until", "")["value"] is None
    assert billops.done("config", "get", "tray.shown") == "no\n"


def test_the_language_is_spoken_from_then_on(billops: Billops) -> None:
    billops.done("log", "x", "--project", "Website", "--duration", "2h")
    assert "€190.00" in billops.done("entries", "list")
    billops.done("config", "set", "appearance.language", "de")
    assert "190,00\u00a0€" in billops.done("entries", "list")


def test_bad_input_is_named_and_changes_nothing(billops: Billops) -> None:
    cases = [
        bad("config get nothing.here", "name", "There is no setting nothing.here."),
        bad("config get company.id", "name"),
        bad("config set nothing.here 1", "name"),
        bad("config set appearance.theme", "value"),
        bad("config set appearance.theme pink", "appearance.theme"),
        bad("config set appearance.text_size 900", "appearance.text_size"),
        bad("config set appearance.text_size 1e2", "appearance.text_size"),
        bad("config set tray.shown maybe", "tray.shown"),
        bad("config set company.small_business maybe", "company.small_business"),
        bad("config set company.terms_days soon", "company.terms_days"),
        bad("config set company.terms_days ٣", "company.terms_days"),
        bad("config set company.vat_id DE1", "vat_id"),
        bad("config set company.currency XXQ", "currency"),
        bad("config set company.paper A3", "paper"),
        bad("config set bank.iban DE00", "iban"),
        bad("config set workspace.zone Mars/Olympus", None),
        bad("config set workspace.language xx", "language"),
        bad("config set company.language fr", "language", "BillOps does not write"),
        bad("config set workspace.first_weekday 9", None),
        bad("config set workspace.locked_until never", "locked_until"),
        bad("config set series.invoice nothing", "pattern"),
        bad("config set series.invoice {N}", "pattern"),
    ]
    refuse_all(billops, cases)


def test_another_country_brings_its_taxes_or_says_what_is_left(billops: Billops) -> None:
    assert billops.json("config", "set", "company.country", "AT")["notice"] == ""
    billops.done("log", "Work", "--project", "Acme GmbH/Website", "--duration", "1:00")
    draft = billops.json("invoice", "draft", "--client", "Acme GmbH")["invoice"]
    assert draft["total"]["amount"] == "114.00"
    billops("invoice", "issue", draft["id"])
    told = billops.done("config", "set", "company.country", "FR")
    assert "New lines still bear USt 20 %" in told


def test_the_zone_says_what_follows_it_and_what_does_not(billops: Billops) -> None:
    told = billops.json("config", "set", "workspace.zone", "Asia/Tokyo")
    assert told["notice"].endswith("Entries keep the zone of this machine: Europe/Berlin.")
    entry = billops.json("log", "x", "--duration", "1h")["entry"]
    assert entry["zone"] == "Europe/Berlin"
    draft = billops.json("invoice", "draft", "--client", "Acme", "--blank")["invoice"]
    assert draft["issue_on"] == "2026-11-25"
    billops.clock.move(hours=3)
    late = billops.json("invoice", "draft", "--client", "Acme", "--blank")["invoice"]
    assert late["issue_on"] == "2026-11-26"

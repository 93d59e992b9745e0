"""A profile with one of everything, made by commands, and the ids that its records were given."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from billops_desktop.i18n import use_language
from tests.support.commanding import answer

COMPANY = {
    "legal_name": "Haldane",
    "street": "Torstr. 1",
    "post_code": "10119",
    "city": "Berlin",
    "country": "DE",
    "vat_id": "DE136695976",
}


@dataclass(frozen=True)
class Filled:
    """A closed profile to be copied; the short ids of its last entry and of its draft."""

    profile: Path
    entry: str
    draft: str


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    """Return a profile with work, a task, a rounding, an issued invoice 2026-0001 and a draft."""
    profile = tmp_path_factory.mktemp("filled") / "profile"
    for name, value in COMPANY.items():
        answer(profile, "config", "set", f"company.{name}", value)
    address = ("--street", "Hauptstr.", "--post-code", "10117", "--city", "Berlin")
    answer(profile, "clients", "add", "Acme GmbH", *address, "--country", "DE")
    answer(profile, "projects", "add", "Acme GmbH/Website", "--rate", "95")
    answer(profile, "projects", "task", "Acme/Website", "Design")
    answer(profile, "rounding", "add", "Usual", "--step", "15m")
    entry = draft = ""
    for hour in ("8", "10"):
        work = ("log", "Work", "--project", "Website", "--on", "2026-11-24", "--from", hour)
        entry = answer(profile, *work, "--duration", "1:00")["entry"]["id"][-8:]
        made = answer(profile, "invoice", "draft", "--client", "Acme", "--month", "2026-11")
        draft = made["invoice"]["id"][-8:]
        if hour == "8":
            answer(profile, "invoice", "issue", draft)
    use_language("en")
    return Filled(profile, entry, draft)

"""Tests of billops_desktop.cli.wording: how rows read in a terminal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from billops_desktop.cli.wording import (
    amounts_label,
    clock_of,
    count_label,
    day_label,
    invoice_label,
    short_id,
    status_label,
    work_label,
)
from billops_desktop.domain.billing.lifecycle import Status
from billops_desktop.domain.money import Money


@dataclass
class Worked:
    description: str = ""
    project_name: str | None = None
    client_name: str | None = None
    task_name: str | None = None


@dataclass
class Numbered:
    id: str
    number: str | None


@pytest.mark.parametrize(
    ("row", "label"),
    [
        (Worked("Review", "Website", "Acme", "Design"), "Review (Acme/Website, Design)"),
        (Worked("Review"), "Review"),
        (Worked("", "Website", None, None), "Website"),
        (Worked(), "work without a description"),
        (Worked("a\x1bb"), "a\\x1bb"),
    ],
)
def test_work(row: Worked, label: str) -> None:
    assert work_label(row) == label


def test_clocks_are_those_of_the_entrys_zone() -> None:
    assert clock_of(datetime(2026, 7, 1, 7, 5, tzinfo=UTC), "Europe/Berlin") == "09:05"


def test_days_and_amounts() -> None:
    assert day_label(date(2026, 11, 25)) == "25 Nov 2026"
    assert day_label(None) == ""
    assert amounts_label((Money(100, "EUR"), Money(5, "JPY"))) == "€1.00 + JP¥5"
    assert amounts_label(()) == ""


def test_counts_have_their_number() -> None:
    assert count_label(1, "{count} entry", "{count} entries") == "1 entry"
    assert count_label(2, "{count} entry", "{count} entries") == "2 entries"


def test_drafts_are_named_by_the_end_of_their_id() -> None:
    assert invoice_label(Numbered("0" * 24 + "12345678", None)) == "12345678"
    assert invoice_label(Numbered("x", "2026-0001")) == "2026-0001"
    assert short_id("abc") == "abc"


def test_every_status_has_its_words() -> None:
    for status in Status:
        assert status_label(status) != status or status in {"draft", "paid", "overdue"}

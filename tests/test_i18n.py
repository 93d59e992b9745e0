"""Words and numbers in a language; nothing heavy is imported before it is needed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest
from babel.dates import format_time as babel_time

from billops_desktop import i18n
from billops_desktop.domain.money import Money
from billops_desktop.domain.reading.typed_dates import read_time

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    i18n.use_language("en")


def test_screen_and_document_speak_their_own_language() -> None:
    i18n.use_language("en")
    assert i18n._("Invoice date") == "Invoice date"
    assert i18n.translator("de").text("Invoice date") == "Rechnungsdatum"
    i18n.use_language("de")
    assert i18n._("Invoice date") == "Rechnungsdatum"
    assert i18n.ngettext("day", "days", 2) == "Tage"
    assert i18n.translator("en").text("Invoice date") == "Invoice date"
    assert i18n.current_language() == "de"


def test_a_region_falls_back_to_its_language_and_the_unknown_to_english() -> None:
    assert i18n.translator("de_AT").text("Draft") == "Entwurf"
    assert i18n.translator("xx").text("Draft") == "Draft"
    assert i18n.translator("de").text("no such message") == "no such message"
    assert i18n.translator("de").text("") == ""


@pytest.mark.parametrize(
    ("written", "code"),
    [("de", "de"), ("de-AT", "de_AT"), ("de_DE.UTF-8", "de_DE"), ("en_GB@euro", "en_GB"),
     ("C", "en"), ("C.UTF-8", "en"), ("../../etc", "en"), ("DE", "de"), ("zh_Hans_CN", "zh_CN")],
)  # fmt: skip
def test_a_code_is_read_as_systems_write_it(written: str, code: str) -> None:
    assert i18n.normal_language(written) == code


def test_system_asks_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "de_CH.UTF-8")
    i18n.use_language("system")
    assert i18n.current_language() == "de_CH"
    monkeypatch.setenv("LANGUAGE", "de:en")
    i18n.use_language("system")
    assert i18n.current_language() == "de"


@pytest.mark.parametrize(
    ("minor", "currency", "language", "text"),
    [
        (1534803, "EUR", "en", "€15,348.03"),
        (1534803, "EUR", "de", "15.348,03 €"),
        (-145000, "USD", "en", "−US$1,450.00"),
        (-145000, "USD", "en_US", "−$1,450.00"),
        (12345, "KWD", "de", "12,345 KWD"),
        (1200, "JPY", "en", "JP¥1,200"),
        (1534803, "CHF", "de_CH", "CHF 15’348.03"),
        (12345678900, "INR", "hi", "₹12,34,56,789.00"),
    ],
)
def test_money_has_the_decimals_of_its_currency(
    minor: int, currency: str, language: str, text: str
) -> None:
    assert i18n.format_money(Money(minor, currency), language).replace("\u00a0", " ") == text


def test_money_without_symbol_and_with_plus() -> None:
    assert i18n.format_money(Money(100, "EUR"), "de", symbol=False, plus=True) == "+1,00"


@dataclass(frozen=True)
class Odd:
    """An amount finer than its print."""

    decimal: Decimal = Decimal("0.125")
    currency: str = "EUR"


def test_rounding_is_half_up_before_babel_sees_the_number() -> None:
    # Babel alone prints 0.12: it rounds half to even.
    assert i18n.format_decimal(Decimal("0.125"), "en", places=2) == "0.13"
    assert i18n.format_decimal(Decimal("-0.125"), "hi", places=2).endswith("0.13")
    assert i18n.format_money(Odd(), "en") == "€0.125"


def test_a_number_keeps_its_digits_unless_places_are_given() -> None:
    assert i18n.format_decimal(Decimal("1234.5678901"), "en") == "1,234.5678901"
    assert i18n.format_decimal(Decimal("1E+3"), "de", at_least=2) == "1.000,00"
    assert i18n.format_percent(Decimal("8.10"), "en") == "8.1%"
    assert i18n.format_percent(Decimal(19), "de") == "19\u00a0%"


def test_dates_read_in_one_way() -> None:
    day = date(2025, 11, 30)
    assert i18n.format_date(day, "en", "long") == "30 November 2025"
    assert i18n.format_date(day, "en", "short") == "30/11/2025"
    assert i18n.format_date(day, "de", "short") == "30.11.2025"
    assert i18n.format_date(day, "de", "long") == "30. November 2025"
    i18n.use_language("de")
    assert i18n.format_date(day) == "30.11.2025"
    i18n.use_language("en")
    assert i18n.format_date(day) == "30 Nov 2025"
    assert i18n.format_time(time(9, 5), "de") == "09:05"


def test_the_sign_of_a_currency_stands_alone_too() -> None:
    assert i18n.currency_symbol("EUR", "de") == "€"
    assert i18n.currency_symbol("USD", "en") == "US$"


def test_a_region_that_babel_does_not_know_is_written_as_its_language() -> None:
    assert i18n.format_decimal(Decimal("1234.5"), "de_JP") == "1.234,5"
    assert i18n.format_decimal(Decimal("1234.5"), "qq") == "1,234.5"


def test_a_period_in_short_and_in_a_language_without_a_pattern_for_it() -> None:
    first, last = date(2025, 11, 1), date(2025, 11, 30)
    assert i18n.format_period(first, last, "de", "short").replace("\u2009", "") == "01.–30.11.2025"


def test_a_period_repeats_nothing() -> None:
    first, last = date(2025, 11, 1), date(2025, 11, 30)
    plain = [
        i18n.format_period(first, last, "de"),
        i18n.format_period(first, last, "en"),
        i18n.format_period(first, date(2026, 1, 30), "en"),
        i18n.format_period(first, first, "en"),
    ]
    assert [text.replace("\u2009", " ") for text in plain] == [
        "1.–30. November 2025",
        "1–30 November 2025",
        "1 November 2025 – 30 January 2026",
        "1 November 2025",
    ]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(138_600, "38.50 h"), (1_200, "0:20 h"), (3_605, "1:00:05 h"), (0, "0.00 h"),
     (-1_200, "−0:20 h"), (36, "0.01 h")],
)  # fmt: skip
def test_hours_can_be_multiplied(seconds: int, text: str) -> None:
    assert i18n.format_hours(seconds, "en").replace("\u00a0", " ") == text


def test_every_word_of_a_document_is_translated_and_compiled() -> None:
    asked = [sys.executable, str(ROOT / "packaging" / "messages.py"), "--check"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_babel_and_catalogues_wait_until_they_are_asked() -> None:
    code = (
        "import sys; from billops_desktop.i18n import _; _('Invoice');"
        "import billops_desktop.documents.content, billops_desktop.documents.pdf_invoice;"
        "print(sorted({'babel', 'reportlab', 'PIL', 'bidi', 'arabic_reshaper'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 h 00"), (20, "0 h 01"), (3600, "1 h 00"), (60_375, "16 h 46"), (169_800, "47 h 10")],
)
def test_a_span_is_told_in_hours_and_minutes(seconds: int, text: str) -> None:
    assert i18n.format_span(seconds) == text


@pytest.mark.parametrize("language", sorted(i18n.ROUND_THE_CLOCK))
def test_clocks_known_by_heart_are_those_of_babel(language: str) -> None:
    identifier = i18n.number_format(language).identifier
    for hour, minute in ((0, 5), (9, 15), (22, 50)):
        assert i18n.format_time(time(hour, minute), language) == babel_time(
            time(hour, minute), format="short", locale=identifier
        )


@pytest.mark.parametrize(
    ("language", "shown"),
    [("en_US", "9:05 PM"), ("en_AU", "9:05 pm"), ("fr_CA", "21 h 05"), ("ko", "21:05")],
)
def test_a_clock_of_twelve_hours_is_written_so_that_it_can_be_typed_back(
    language: str, shown: str
) -> None:
    written = i18n.format_time(time(21, 5), language)
    assert written.replace("\u00a0", " ") == shown
    assert read_time(written) == time(21, 5)

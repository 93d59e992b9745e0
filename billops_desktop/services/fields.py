"""What a form's fields are checked and cleaned by before they are kept: one table per record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, DecimalException
from typing import Any

from billops_desktop.domain.money import decimals_of
from billops_desktop.domain.parties import check_bic, check_country, check_email, check_iban
from billops_desktop.domain.reading.typed import check_text
from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import LANGUAGES, _

LONGEST_LINE = 200
LONGEST_NUMBER = 40
MOST_TERMS_DAYS = 3_650
LARGEST = 2**63 - 1
MICRO = Decimal(1_000_000)
Check = Callable[[Any, str], Any]

# The hues that every theme paints; neighbours in the list are easy to tell apart.
COLOURS = (
    "blue",
    "teal",
    "amber",
    "violet",
    "green",
    "pink",
    "orange",
    "indigo",
    "lime",
    "red",
    "brown",
    "slate",
)


def line(text: str, field: str) -> str:
    """Return one line of text without blanks around it."""
    return check_text(text, field, max_length=LONGEST_LINE, multiline=False).strip()


def short(text: str, field: str) -> str:
    """Return a code or number of at most 40 characters."""
    return check_text(text, field, max_length=LONGEST_NUMBER, multiline=False).strip()


def name(text: str, field: str) -> str:
    """Return one line that may not be empty."""
    kept = line(text, field)
    if not kept:
        raise InvalidInput(_("A name is needed."), _("Nothing was saved."), field=field)
    return kept


def prose(text: str, field: str) -> str:
    """Return text of several lines."""
    return check_text(text, field)


def currency(code: str, field: str) -> str:
    """Return a currency code that ISO 4217 lists, in capitals."""
    upper = code.strip().upper()
    decimals_of(upper)
    return upper


def language(code: str, field: str) -> str:
    """Return the code of a language that documents can be written in."""
    lower = code.strip().lower()
    if lower not in LANGUAGES:
        raise InvalidInput(
            _("BillOps does not write the language “{code}”.").format(code=code[:40]),
            _("Nothing was saved. Choose one of {codes}.").format(codes=", ".join(LANGUAGES)),
            field=field,
        )
    return lower


def terms_days(days: int | None, field: str) -> int | None:
    """Return days until an invoice is due."""
    if days is not None and not 0 <= days <= MOST_TERMS_DAYS:
        raise InvalidInput(
            _("{days} days is not a term of payment.").format(days=str(days)[:40]),
            _("Nothing was saved. Use 0 to {most} days.").format(most=MOST_TERMS_DAYS),
            field=field,
        )
    return days


def seconds(count: int | None, field: str) -> int | None:
    """Return a length of time that is not negative, or none."""
    if count is not None and count < 0:
        raise InvalidInput(
            _("A length of time is not negative."), _("Nothing was saved."), field=field
        )
    return kept_number(count, field)


def amount_minor(count: int | None, field: str) -> int | None:
    """Return an amount in the smallest unit that is not negative, or none."""
    if count is not None and count < 0:
        raise InvalidInput(_("An amount is not negative."), _("Nothing was saved."), field=field)
    return kept_number(count, field)


def exact(value: Decimal, field: str) -> Decimal:
    """Return a number with at most six decimal places: the tables hold no more of it."""
    try:
        fits = value.is_finite() and (value * MICRO) % 1 == 0
    except DecimalException:
        fits = False
    if not fits:
        raise InvalidInput(
            _("{number} is not a number with at most six decimal places.").format(
                number=str(value)[:40]
            ),
            _("Nothing was saved. Round it."),
            field=field,
        )
    return value


def kept_number(count: int | None, field: str) -> int | None:
    """Return a whole number of the size that the database keeps, or none."""
    if count is not None and abs(count) > LARGEST:
        raise InvalidInput(
            _("A number is too large to be kept."),
            _("Nothing was saved. Type a smaller one."),
            field=field,
        )
    return count


def colour(value: str, field: str) -> str:
    """Return one of the colours that every theme has."""
    if value not in COLOURS:
        raise InvalidInput(
            _("There is no colour {colour}.").format(colour=value[:40]),
            _("Choose one of {colours}.").format(colours=", ".join(COLOURS)),
            field=field,
        )
    return value


def one_of(*values: str) -> Check:
    """Return the check that a field holds one of ``values``."""

    def check(value: str, field: str) -> str:
        if value not in values:
            raise InvalidInput(
                _("{value} does not fit here.").format(value=str(value)[:40]),
                _("Choose one of {values}.").format(values=", ".join(filter(None, values))),
                field=field,
            )
        return value

    return check


def unless_empty(check: Callable[[str], str]) -> Check:
    """Return a domain check for a field that may also be left empty."""

    def checked(text: str, field: str) -> str:
        kept = line(text, field)
        return check(kept) if kept else ""

    return checked


def kept(value: Any, field: str) -> Any:
    """Return what needs no check: a switch, an id whose record the database demands, a date."""
    return value


ADDRESS: Mapping[str, Check] = {
    "street": line,
    "street_more": line,
    "post_code": short,
    "city": line,
    "region": line,
    "country": unless_empty(check_country),
}
BANK: Mapping[str, Check] = {
    "holder": line,
    "iban": unless_empty(check_iban),
    "bic": unless_empty(check_bic),
    "account_number": short,
    "bank_name": line,
}
email = unless_empty(check_email)


def checked(checks: Mapping[str, Check], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``values`` as they are kept; a field without its check is a fault of the program."""
    return {field: checks[field](value, field) for field, value in values.items()}

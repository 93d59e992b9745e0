"""Cash discounts: what the terms of an invoice let a client leave off who pays early."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from billops_desktop.domain.money import Money
from billops_desktop.values import dataclass

# The written form of XRechnung (BR-DE-18): #SKONTO#TAGE=14#PROZENT=2.25#
CODED = re.compile(r"#SKONTO#TAGE=(?P<days>\d{1,3})#PROZENT=(?P<percent>\d{1,2}\.\d{2})#")
# As merchants write it: 2/10 net 30.
SHORT = re.compile(r"\b(?P<percent>\d{1,2}(?:[.,]\d+)?)/(?P<days>\d{1,3}),? net? ?\d{1,3}\b")
CLAUSE_ENDS = re.compile(r"[;\n]|[.,](?=\s|$)")
WORDS = re.compile(r"skonto|discount|escompte|descuento|sconto", re.IGNORECASE)
DENIED = re.compile(r"\b(?:no|not|without|kein\w*|ohne|pas|sans|aucun|sin|senza)\b", re.IGNORECASE)
PERCENT = re.compile(r"(?<![\d.,])(\d{1,2}(?:[.,]\d{1,4})?)\s*%")
DAYS = re.compile(
    r"(?<![\d.,])(\d{1,3})\s*(?:days?|tagen?|jours?|d[ií]as?|giorni)\b", re.IGNORECASE
)
MOST_PERCENT = Decimal(50)


@dataclass(frozen=True, slots=True)
class CashDiscount:
    """So many percent of the total may be left off within so many days of the invoice date."""

    percent: Decimal
    days: int

    def last_day(self, issue_on: date) -> date:
        """Return the last day on which it may be taken.

        >>> CashDiscount(Decimal(2), 10).last_day(date(2026, 11, 25))
        datetime.date(2026, 12, 5)
        """
        return issue_on + timedelta(days=self.days)


def cash_discounts(terms: str) -> tuple[CashDiscount, ...]:
    """Return the cash discounts that terms of payment grant; what is not plain is none.

    >>> [str(one.percent) for one in cash_discounts("2 % Skonto innerhalb von 10 Tagen, sonst 30")]
    ['2']
    >>> cash_discounts("Pas d’escompte. Late payment: 9 % a year after 30 days.")
    ()
    """
    found = dict.fromkeys(_coded(terms))
    return tuple(found or dict.fromkeys(_in_words(terms)))


def taken_in_time(terms: str, gross: Money, *, issue_on: date, received_on: date) -> Money | None:
    """Return what may be left off a total by money of that day; None outside every term.

    >>> early = date(2026, 11, 30)
    >>> taken_in_time("3/7 net 30", Money(11900, "EUR"), issue_on=date(2026, 11, 25),
    ...               received_on=early)
    Money(minor=357, currency='EUR')
    """
    percents = [
        one.percent for one in cash_discounts(terms) if received_on <= one.last_day(issue_on)
    ]
    return gross.percent(max(percents)) if percents else None


def _coded(terms: str) -> Iterator[CashDiscount]:
    for pattern in (CODED, SHORT):
        for match in pattern.finditer(terms):
            yield from _checked(match["percent"], match["days"])


def _in_words(terms: str) -> Iterator[CashDiscount]:
    """Read each clause that names a discount with one percentage and one number of days."""
    for clause in CLAUSE_ENDS.split(terms):
        if not WORDS.search(clause) or DENIED.search(clause):
            continue
        percents, days = PERCENT.findall(clause), DAYS.findall(clause)
        if len(percents) == len(days) == 1:
            yield from _checked(percents[0], days[0])


def _checked(percent: str, days: str) -> Iterator[CashDiscount]:
    share = Decimal(percent.replace(",", "."))
    if 0 < share <= MOST_PERCENT:
        yield CashDiscount(share, int(days))

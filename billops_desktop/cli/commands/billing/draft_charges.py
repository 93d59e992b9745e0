"""Discounts and charges on a whole draft, as invoice edit takes them: '5% Loyal client'."""

from __future__ import annotations

import re
from argparse import Namespace
from typing import TYPE_CHECKING

from billops_desktop.cli import asking
from billops_desktop.cli.parsing import Parser, shorten
from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _

if TYPE_CHECKING:
    from billops_desktop.services.drafts.draft_edits import ChargeEdit

CHARGE = re.compile(r"(?P<number>[^\s%]+)\s*(?P<percent>%?)(?:\s+(?P<reason>.*))?", re.DOTALL)


def declare(parser: Parser) -> None:
    """Add the options by which discounts and charges are named."""
    parser.add_argument(
        "--discount",
        action="append",
        default=[],
        metavar="TEXT",
        help=_("Take off a share or an amount: '5%% Loyal client', '20.00'"),
    )
    parser.add_argument(
        "--charge", action="append", default=[], metavar="TEXT", help=_("Put on: '12.50 Courier'")
    )
    parser.add_argument(
        "--charge-tax", metavar="TAX", help=_("Tax that they fall under; without it all, in shares")
    )
    parser.add_argument(
        "--no-charges", action="store_true", help=_("Without the discounts and charges of before")
    )


def read(asked: Namespace, currency: str) -> tuple[ChargeEdit, ...]:
    """Return the discounts, then the charges that were typed."""
    if asked.charge_tax is not None and not (asked.discount or asked.charge):
        raise InvalidInput(
            _("Nothing was changed. --charge-tax goes with --discount or --charge."),
            _("Name what shall fall under that tax."),
            field="charge_tax",
        )
    return tuple(
        _read(text, kind, currency)
        for kind, typed in (("discount", asked.discount), ("charge", asked.charge))
        for text in typed
    )


def _read(text: str, kind: str, currency: str) -> ChargeEdit:
    from billops_desktop.services.drafts.draft_edits import ChargeEdit

    found = CHARGE.fullmatch(text.strip())
    if found is None:
        raise InvalidInput(
            _("Nothing was changed. “{text}” names no amount.").format(text=shorten(text)),
            _("Type a share or an amount, then the reason: '5% Loyal client', '20.00 Courier'"),
            field=kind,
        )
    reason = found["reason"] or ""
    if found["percent"]:
        percent = asking.price(found["number"], kind)
        _check_counts(kind, counts=bool(percent))
        return ChargeEdit(kind=kind, reason=reason, percent=percent)
    code, _space, rest = reason.partition(" ")
    if code.upper() == currency:
        reason = rest.strip()
    amount = asking.money(found["number"], currency, kind)
    _check_counts(kind, counts=bool(amount.minor))
    return ChargeEdit(kind=kind, reason=reason, amount=amount)


def _check_counts(kind: str, *, counts: bool) -> None:
    """Refuse what comes to nothing: it would not be on the draft."""
    if not counts:
        raise InvalidInput(
            _("Nothing was changed. A discount or charge of zero is none."),
            _("Type what is taken off or put on."),
            field=kind,
        )

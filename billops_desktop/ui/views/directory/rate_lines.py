"""One rate as a line of a client's or a project's page, with the way to take it away."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from billops_desktop.domain.money import Money
from billops_desktop.i18n import _, format_date, format_decimal, format_money
from billops_desktop.services.rates import rate_book
from billops_desktop.services.rates.rate_book import RuleRow
from billops_desktop.ui.widgets.buttons import IconButton
from billops_desktop.ui.widgets.facts import RecordLine

if TYPE_CHECKING:
    from billops_desktop.ui.view import View


def price_words(rule: RuleRow) -> str:
    """Return what an hour or a day costs: €120.00 per hour; all digits of the price are kept."""
    money = Money.of(rule.price, rule.currency)
    amount = format_money(money)
    if money.decimal != rule.price:
        amount = f"{format_decimal(rule.price)} {rule.currency}"
    words = _("{amount} per day") if rule.kind == "daily" else _("{amount} per hour")
    return words.format(amount=amount)


def validity_words(rule: RuleRow) -> str:
    """Return when a rule holds."""
    start, end = rule.valid_from, rule.valid_to
    if start and end:
        return _("{start} to {end}").format(start=format_date(start), end=format_date(end))
    if start:
        return _("since {start}").format(start=format_date(start))
    return _("until {end}").format(end=format_date(end)) if end else _("always")


def rate_line(view: View, rule: RuleRow, parent: QWidget) -> RecordLine:
    """Return the line of a rule; taking it away can be undone."""
    line = RecordLine(price_words(rule), validity_words(rule), parent)
    remove = IconButton("trash-2", _("Remove this rate"), line, size=28)
    remove.clicked.connect(partial(_remove, view, rule.id))
    line.offer(remove)
    return line


def _remove(view: View, rule_id: str, *_checked: bool) -> None:
    def done(_result: Any, changes: Any) -> None:
        view.shell.feedback.undoable(_("Rate removed"), changes)

    view.run(rate_book.remove, rule_id, done=done)

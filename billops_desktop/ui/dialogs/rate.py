"""The sheet that sets a rate: before it is kept it shows which unbilled entries it changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from billops_desktop.domain import periods
from billops_desktop.errors import BillOpsError, InvalidInput
from billops_desktop.i18n import _, format_date, format_money, ngettext
from billops_desktop.services.entries.entry_rows import sums
from billops_desktop.services.rates import rate_book
from billops_desktop.services.rates.rate_book import Displaced, NewRule, RateChange
from billops_desktop.services.rates.rate_words import rate_label
from billops_desktop.ui.dialogs.record_sheet import RecordSheet, Then
from billops_desktop.ui.widgets.input.edits import DateEdit, DecimalEdit, short_decimal
from billops_desktop.ui.widgets.input.fields import Combo, make_room
from billops_desktop.ui.widgets.labels import PlainLabel
from billops_desktop.ui.widgets.panels import Card
from billops_desktop.ui.widgets.wording import amounts_text, short_text

if TYPE_CHECKING:
    from billops_desktop.ui.view import View

MOST_LINES: Final = 6
Effect = tuple[Sequence[RateChange], Sequence[Displaced]]


def read_effect(work: Any, rule: NewRule) -> Effect:
    """Return what a new rule changes and which rules make room for it; runs on the db lane."""
    return rate_book.preview(work, rule), rate_book.displaced(work, rule)


class RateSheet(RecordSheet):
    """Sets a rate for one client, project or task: ``scope`` is its one id by its name."""

    def __init__(
        self, view: View, scope: dict[str, str], currency: str, *, name: str, then: Then
    ) -> None:
        super().__init__(_("Rate for {name}").format(name=name), _("Save rate"), view)
        self.setObjectName("rateSheet")
        self.scope = scope
        self.currency = currency
        self.then = then
        example = short_decimal(Decimal(95), 2)
        self.price = DecimalEdit("rate-price", self, placeholder=example, required=True, least=2)
        kinds = (("hourly", _("per hour")), ("daily", _("per day of 8 h")))
        self.kind = Combo("rate-kind", self, choices=kinds)
        self.valid_from = DateEdit("rate-from", self._today, self)
        self.valid_to = DateEdit("rate-to", self._today, self)
        price = _("Price in {currency}").format(currency=currency)
        self.line(self.field("price", price, self.price), self.field("kind", _("For"), self.kind))
        self.line(
            self.field("valid_from", _("From"), self.valid_from, hint=_("Empty: always")),
            self.field("valid_to", _("To"), self.valid_to, hint=_("Empty: until further notice")),
        )
        self.moved = PlainLabel("", self, ink="warn", wrap=True)
        self.moved.setObjectName("rateDisplaced")
        self.effect = PlainLabel("", self, style="body_strong", wrap=True)
        self.effect.setObjectName("rateEffect")
        self.entries = PlainLabel("", self, style="small", ink="text2", wrap=True)
        self.entries.setObjectName("rateEntries")
        card = Card(self, name="ratePreview")
        card.column.setSpacing(4)
        card.column.addWidget(self.moved)
        card.column.addWidget(self.effect)
        card.column.addWidget(self.entries)
        self.body.addWidget(card)
        for edit in (self.price, self.valid_from, self.valid_to):
            edit.committed.connect(lambda _value: self.preview())
            edit.refused.connect(lambda _error: self.preview())
        self.kind.chosen.connect(lambda _value: self.preview())
        self.show_effect(((), ()))
        self.price.setFocus()

    def rule(self) -> NewRule:
        """Return the rule that was typed; InvalidInput names the field that cannot be."""
        values: dict[str, Any] = dict(self.scope)
        for name, edit in (
            ("price", self.price), ("valid_from", self.valid_from), ("valid_to", self.valid_to),
        ):  # fmt: skip
            try:
                values[name] = edit.value()
            except InvalidInput as error:
                error.field = name
                raise
        return NewRule(currency=self.currency, kind=self.kind.value(), **values)

    def preview(self) -> None:
        """Ask which unbilled entries the rule would change; nothing is kept."""
        try:
            rule = self.rule()
        except BillOpsError:
            self.show_effect(((), ()))
            return
        self.view.shell.jobs.query(
            read_effect, rule, done=self.show_effect, failed=self.show_error, owner=self
        )

    def show_effect(self, effect: Effect) -> None:
        """Say which rates make room, what the rule changes, and the first entries of it."""
        changes, moved = effect
        self.moved.setText("\n".join(displaced_words(one) for one in moved))
        self.moved.setVisible(bool(moved))
        self._show_changes(changes)
        make_room(self)

    def _show_changes(self, changes: Sequence[RateChange]) -> None:
        if not changes:
            self.effect.setText(_("No unbilled entry changes."))
            self.entries.setText(_("What is on an invoice keeps its price."))
            return
        words = ngettext(
            "{count} unbilled entry changes", "{count} unbilled entries change", len(changes)
        )
        before = amounts_text(sums(change.old for change in changes)) or "–"
        after = amounts_text(sums(change.new for change in changes)) or "–"
        words = f"{words}: {{before}} → {{after}}"
        self.effect.setText(words.format(count=len(changes), before=before, after=after))
        lines = [_line(change) for change in changes[:MOST_LINES]]
        if len(changes) > MOST_LINES:
            lines.append(_("and {count} more").format(count=len(changes) - MOST_LINES))
        self.entries.setText("\n".join(lines))

    def submit(self) -> None:
        """Keep the rate."""
        try:
            rule = self.rule()
        except InvalidInput as error:
            self.show_error(error)
            return
        self.perform(rate_book.set_rate, rule, then=self.then)

    def _today(self) -> date:
        clock = self.view.shell.clock
        return periods.wall_time(clock.now(), clock.zone()).date()


def displaced_words(one: Displaced) -> str:
    """Say from when to when a rate held, and what is left of it: "€95.00/h (always) ends"."""
    rule = one.rule
    price = rate_label(rule.price, rule.currency, rule.kind)
    before = _span_words(rule.valid_from, rule.valid_to)
    if not one.left:
        return _("{price} ({before}) is replaced.").format(price=price, before=before)
    words = [_span_words(*span) for span in one.left]
    if len(words) == 1:
        return _("{price} ({before}) then holds {left}.").format(
            price=price, before=before, left=words[0]
        )
    return _("{price} ({before}) then holds {first} and {second}.").format(
        price=price, before=before, first=words[0], second=words[-1]
    )


def _span_words(start: date | None, end: date | None) -> str:
    if start and end:
        return _("from {start} to {end}").format(start=format_date(start), end=format_date(end))
    if start:
        return _("from {start} on").format(start=format_date(start))
    return _("until {end}").format(end=format_date(end)) if end else _("always")


def _line(change: RateChange) -> str:
    what = change.description or change.project_name or _("Without description")
    before, after = (
        format_money(value) if value is not None else "–" for value in (change.old, change.new)
    )
    day, time = format_date(change.local_on, style="short"), short_text(change.seconds)
    return f"{day}  {what[:48]}  {time}  {before} → {after}"

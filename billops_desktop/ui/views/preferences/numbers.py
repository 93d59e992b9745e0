"""Number series: pattern and reset of invoices and credit notes, with the numbers to come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from billops_desktop.errors import BillOpsError, InvalidInput
from billops_desktop.i18n import _
from billops_desktop.services.profile import given_numbers, settings
from billops_desktop.services.profile.settings import SeriesRow
from billops_desktop.ui.views.preferences.section import Group, Section
from billops_desktop.ui.widgets.buttons import Button
from billops_desktop.ui.widgets.input.edits import TypedEdit, whole
from billops_desktop.ui.widgets.input.fields import Combo, FieldSet, FormField, TextField
from billops_desktop.ui.widgets.labels import PlainLabel
from billops_desktop.values import dataclass


@dataclass(frozen=True, slots=True)
class Numbering:
    """How one kind of document is numbered."""

    kind: str
    pattern: str
    reset: str
    first: int


def read_first(text: str) -> int:
    """Read the number that a series begins with."""
    first = whole(text)
    if not first:
        raise InvalidInput(
            _("No series can begin with this number."), _("Example: 1"), field="first"
        )
    return first


class SeriesForm(QWidget):
    """Pattern, reset and first number of one series; ``wanted`` when they are to be saved."""

    wanted = Signal(object)

    def __init__(self, kind: str, today: Callable[[], date], group: Group, parent: QWidget) -> None:
        super().__init__(parent)
        self.kind = kind
        self.today = today
        self.saved: Numbering | None = None
        self.fields = FieldSet()
        self.pattern = TextField(f"{kind}-pattern", self, placeholder="{YYYY}-{N:4}")
        resets = (("never", _("never")), ("year", _("every year")), ("month", _("every month")))
        self.reset = Combo(f"{kind}-reset", self, choices=resets)
        self.first = TypedEdit(f"{kind}-first", (read_first, str), self, placeholder="1")
        self.next = PlainLabel("", self, style="small", ink="text2", wrap=True)
        self.next.setObjectName(f"{kind}-next")
        hint = _("{YYYY} {YY} {MM} {DD} from the date, {N:4} the number, {client} {company}")
        add = self.fields.add
        group.add(add("pattern", FormField(_("Pattern"), self.pattern, self, hint=hint)))
        group.add(add("reset", FormField(_("Counts from the start"), self.reset, self)))
        group.add(add("first_number", FormField(_("First number"), self.first, self)))
        group.add(self.next, wide=True)
        self.hide()
        self.pattern.textChanged.connect(lambda _text: self.preview())
        self.pattern.editingFinished.connect(self.commit)
        self.reset.chosen.connect(lambda _key: self.commit())
        self.first.committed.connect(lambda _value: self.commit())

    def show_series(self, row: SeriesRow) -> None:
        """Show a series; what is being typed stays."""
        same = self.typed() == self.saved
        found = Numbering(row.kind, row.pattern, row.reset, row.first_number)
        if self.saved is None or same:
            self.saved = found
            self.pattern.setText(row.pattern)
            self.reset.choose(row.reset)
            self.first.set_value(row.first_number)
        self.upcoming = row.next_number
        self.preview()

    def typed(self) -> Numbering | None:
        """Return what stands in the fields; None while the first number is none."""
        try:
            first = self.first.value() or 1
        except InvalidInput:
            return None
        return Numbering(self.kind, self.pattern.text().strip(), self.reset.value(), first)

    def preview(self) -> bool:
        """Show the next numbers while typing; return whether the pattern is good."""
        typed = self.typed()
        if typed is None:
            return False
        try:
            numbers = settings.next_numbers(
                typed.pattern, typed.reset, self.today(), first=typed.first
            )
        except InvalidInput as error:
            self.fields.fields["pattern"].show_error(error)
            self.next.setText("")
            return False
        self.fields.fields["pattern"].clear_error()
        upcoming = _("Next: {number}").format(number=getattr(self, "upcoming", numbers[0]))
        shown = (
            upcoming
            if typed == self.saved
            else _("Will be: {numbers}, …").format(numbers=", ".join(numbers))
        )
        self.next.setText(shown)
        return True

    def commit(self) -> None:
        """Have it saved when it differs; a bad pattern stays, with its reason under it."""
        typed = self.typed()
        if typed is None or typed == self.saved:
            return
        if not self.preview():
            return
        self.fields.clear()
        self.wanted.emit(typed)

    def take(self, typed: Numbering) -> None:
        """Take what was saved as the saved one."""
        self.saved = typed
        self.preview()

    def show_error(self, error: BillOpsError) -> None:
        """Put an error under its field, else under the pattern."""
        if not self.fields.show_error(error):
            self.fields.fields["pattern"].show_error(error)


def _question(work: Any) -> str:
    return given_numbers.unsure_words(work) if given_numbers.are_unsure(work) else ""


class NumbersSection(Section):
    """How invoices and credit notes are numbered."""

    id = "numbers"

    def build(self) -> None:
        """Add a group per series; above them, after a restore, what is to be confirmed."""
        self._add_question()
        self.forms: dict[str, SeriesForm] = {}
        line = _("Numbers are given when a document is issued, without gaps, never twice.")
        for kind, title in (("invoice", _("Invoices")), ("credit_note", _("Credit notes"))):
            group = self.group(title, line if kind == "invoice" else "")
            form = self.forms[kind] = SeriesForm(kind, self.today, group, self)
            form.wanted.connect(self._save)

    def today(self) -> date:
        """Return the day it is where the user is."""
        clock = self.view.shell.clock
        return clock.now().astimezone(ZoneInfo(clock.zone())).date()

    def load(self) -> None:
        """Ask for the series, and whether a restore left numbers to be confirmed."""
        self.view.query(settings.series, self.today(), done=self.show_series)
        self.view.query(_question, done=self.show_question)

    def show_question(self, words: str) -> None:
        """Show what is to be confirmed; without words there is nothing."""
        self.question.setText(words)
        self.question_card.setVisible(bool(words))

    def confirm(self, *, many: bool = False) -> None:
        """Confirm the last numbers given: those that are typed, else those that are known.

        Where many become void a second button asks, as long as nothing else is typed: not the same
        one, which a double click would press twice.
        """
        typed = self.last.text()

        def done(last: tuple[str, ...], _changes: Any) -> None:
            self.last.clear()
            words = _("Numbers confirmed: {numbers}").format(numbers=", ".join(last) or "–")
            self.view.shell.feedback.say(words)
            self.load()

        self.fields.clear()
        self.view.run(
            given_numbers.confirm,
            typed.split(),
            many=many,
            done=done,
            failed=lambda error: self._refused(error, typed),
        )

    def _refused(self, error: BillOpsError, typed: str) -> None:
        if isinstance(error, given_numbers.ManyVoid) and typed == self.last.text():
            self.voiding.setText(_("Void {count} numbers").format(count=error.count))
            self.voiding.show()
        if not self.fields.show_error(error):
            self.view.show_error(error)

    def _add_question(self) -> None:
        group = self.group(_("After a restore"))
        self.question_card = group.card
        self.question = PlainLabel("", group.card, wrap=True)
        self.question.setObjectName("numbersQuestion")
        self.last = TextField("lastNumber", group.card)
        hint = _("Only where a later one was given: as it stands on the invoice")
        field = self.fields.add(
            "last", FormField(_("Last number"), self.last, group.card, hint=hint)
        )
        button = Button(_("Confirm numbers"), group.card, kind="primary", name="confirmNumbers")
        button.clicked.connect(lambda _checked=False: self.confirm())
        self.voiding = Button("", group.card, name="voidNumbers")
        self.voiding.clicked.connect(lambda _checked=False: self.confirm(many=True))
        self.last.textChanged.connect(lambda _text: self.voiding.hide())
        group.add(self.question, wide=True)
        group.add(field, wide=True)
        group.add(button, wide=True)
        group.add(self.voiding, wide=True)
        self.voiding.hide()
        group.card.hide()

    def show_series(self, rows: tuple[SeriesRow, ...]) -> None:
        """Show what was read."""
        for row in rows:
            if row.kind in self.forms:
                self.forms[row.kind].show_series(row)

    def _save(self, typed: Numbering) -> None:
        form = self.forms[typed.kind]

        def done(_result: Any, _changes: Any) -> None:
            form.take(typed)
            self.load()

        self.view.run(
            settings.edit_series,
            typed.kind,
            pattern=typed.pattern,
            reset=typed.reset,
            first_number=typed.first,
            done=done,
            failed=form.show_error,
        )

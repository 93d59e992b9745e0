"""The form of a draft: checks, client, fields, lines, sums and note, in one scrolling column."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from billops_desktop.domain.reading import typed
from billops_desktop.errors import BillOpsError, InvalidInput
from billops_desktop.i18n import _
from billops_desktop.services.invoices.invoice_rows import InvoiceDetail
from billops_desktop.ui.views.editor.checks import Checks
from billops_desktop.ui.views.editor.client_card import ClientCard
from billops_desktop.ui.views.editor.desk import Opened
from billops_desktop.ui.views.editor.draft import Draft, DraftLine
from billops_desktop.ui.views.editor.editor_fields import EditorFields
from billops_desktop.ui.views.editor.line_entries import LineEntriesSheet
from billops_desktop.ui.views.editor.lines.cells import COLUMNS
from billops_desktop.ui.views.editor.lines.column_widths import REMEMBERED
from billops_desktop.ui.views.editor.lines.editor_lines import EditorLines
from billops_desktop.ui.views.editor.totals import Totals
from billops_desktop.ui.widgets.buttons import Button
from billops_desktop.ui.widgets.chips import Badge
from billops_desktop.ui.widgets.edges import flush_row
from billops_desktop.ui.widgets.input.fields import Combo, FormField, TextArea
from billops_desktop.ui.widgets.labels import ElidedLabel, set_tooltip
from billops_desktop.ui.widgets.panels import Card, Line, ScrollColumn
from billops_desktop.ui.widgets.wording import hours_text

if TYPE_CHECKING:
    from billops_desktop.ui.growing import Steps
    from billops_desktop.ui.view import View

LINE_FIELD: Final = re.compile(r"lines[.\[](\d+)\]?(?:\.(\w+))?")
COLUMN_OF: Final = {"description": 1, "quantity": 2, "price": 3, "tax": 4, "amount": 5}
CHARGE_FIELD: Final = re.compile(r"charges\.(\d+)")
COLUMN_OF_CELL: Final = {name: number for number, name in enumerate(COLUMNS)}
TYPING_MS: Final = 60
CLICK_MS: Final = 50


class LinesCard(Card):
    """The table of lines with what stands under it: add a line, add unbilled time."""

    unbilled_wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, name="linesCard")
        self.lines = EditorLines(self)
        self.problem = ElidedLabel("", self, style="small", ink="bad")
        self.problem.setObjectName("lineProblem")
        self.problem.hide()
        self._unbilled_seconds = 0
        self.add = Button(_("Add line"), self, kind="link", icon="plus", name="addLine")
        self.unbilled = Button(
            _("Add unbilled time"), self, kind="link", icon="clock", name="addUnbilled"
        )
        self.left = Badge("", "accent", self)
        self.left.setObjectName("unbilledLeft")
        self.grouping = Combo("unbilledGrouping", self, choices=_groupings())
        self.grouping.setAccessibleName(_("Lines of the added time"))
        self.grouping.setMaximumWidth(220)
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 2, 14, 2)
        foot.setSpacing(10)
        foot.addWidget(self.add)
        foot.addWidget(self.unbilled)
        foot.addWidget(self.left)
        # What cannot be read takes the place of what else can be added: nothing moves.
        foot.addWidget(self.problem, 1000)
        foot.addStretch(1)
        foot.addWidget(self.grouping, 100)
        self.column.setContentsMargins(1, 1, 1, 1)
        self.column.setSpacing(0)
        self.column.addWidget(self.lines)
        self.column.addWidget(Line(self))
        self.column.addLayout(foot)
        self.add.clicked.connect(self.lines.add_line)
        self.unbilled.clicked.connect(lambda: self.unbilled_wanted.emit(self.grouping.value()))
        self.lines.slipped.connect(self.show_problem)
        self._left = QTimer(self, singleShot=True, interval=0)
        self._left.timeout.connect(self.drop_blank)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)

    def _on_focus(self, _old: QWidget | None, _new: QWidget | None) -> None:
        """Look again once the focus has come to rest: a cell that closes sends it about."""
        if any(line.is_blank for line in self.lines.lines):
            self._left.start(0)

    def drop_blank(self) -> None:
        """Take lines off that were begun and left empty; another window in front leaves them."""
        lines, focused = self.lines.lines, QApplication.focusWidget()
        kept = tuple(line for line in lines if not line.is_blank)
        if len(kept) == len(lines) or focused is None:
            return
        if focused is self.lines or self.lines.isAncestorOf(focused):
            return
        if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            # What is being clicked must not move away under the pointer.
            self._left.start(CLICK_MS)
            return
        self.lines.close_cell()
        self.lines.edited.emit(kept)

    def show_problem(self, words: str) -> None:
        """Say under the table what could not be read, or nothing."""
        first, _break, rest = words.partition("\n")
        more = rest.count("\n") + 1 if rest else 0
        self.problem.setText(f"{first}  +{more}" if more else first)
        self.problem.setVisible(bool(words))
        set_tooltip(self.problem, words)
        self.lines.setAccessibleDescription(words)
        self.show_unbilled(self._unbilled_seconds)

    def show_unbilled(self, seconds: int) -> None:
        """Offer the client's time that is not on the invoice."""
        self._unbilled_seconds = seconds
        for widget in (self.unbilled, self.left, self.grouping):
            widget.setVisible(seconds > 0 and not self.problem.text())
        self.left.show_state(hours_text(seconds), "accent")


class DraftForm(ScrollColumn):
    """Says ``changed`` for committed cells and fields, ``typed`` for running text."""

    changed = Signal(object)
    typed = Signal(object)
    unbilled_wanted = Signal(str)

    def __init__(self, view: View, parent: QWidget) -> None:
        super().__init__(parent, name="draftForm")
        self.view = view
        self.draft: Draft | None = None
        self._showing = False

    @classmethod
    def steps(cls, view: View, parent: QWidget) -> Steps[DraftForm]:
        """Make a form, its parts one after the other: all of them together take too long."""
        made = cls(view, parent)
        made.make_upper()
        yield
        made.make_lower()
        return made

    def make_upper(self) -> None:
        """Make what stands above the lines."""
        clock, inner = self.view.shell.clock, self.inner
        self.checks = Checks(inner)
        self.client = ClientCard(inner)
        self.fields = EditorFields(
            lambda: clock.now().astimezone(ZoneInfo(clock.zone())).date(), inner
        )

    def make_lower(self) -> None:
        """Make the lines and what stands under them, and put all in its place."""
        inner = self.inner
        self.lines_card = LinesCard(inner)
        self.lines = self.lines_card.lines
        self.totals = Totals(inner)
        self.note = TextArea("note", inner, lines=3)
        self.note_field = FormField(_("Note on the invoice"), self.note, inner)
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typing.timeout.connect(self._on_note)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.column.setContentsMargins(28, 20, 28, 24)
        self.column.setSpacing(16)
        for part in (self.checks, self.client, self.fields, self.lines_card):
            self.column.addWidget(part)
        self.column.addLayout(flush_row(self.totals))
        self.column.addWidget(self.note_field)
        self.column.addStretch(1)
        layout = self.column
        assert isinstance(layout, QVBoxLayout)

    def _connect(self) -> None:
        self.fields.changed.connect(self._on_field)
        self.lines.edited.connect(lambda lines: self.changed.emit({"lines": lines}))
        self.totals.edited.connect(lambda charges: self.changed.emit({"charges": charges}))
        self.lines_card.unbilled_wanted.connect(self.unbilled_wanted)
        self.lines.entries_wanted.connect(self._show_entries)
        self.lines.widths.take(self.view.shell.state.get(REMEMBERED, {}))
        self.lines.widths.changed.connect(partial(self.view.shell.state.put, REMEMBERED))
        self.note.textChanged.connect(self._on_typed)

    # What is shown.

    def show_opened(self, opened: Opened) -> None:
        """Show what stands around the draft: client, taxes, checks, unbilled time."""
        found = opened.detail
        self.client.show_client(found.row.client_name, opened.client_parts)
        self.lines.taxes = opened.taxes
        self.checks.show_findings(found.findings)
        self.show_unbilled(found)

    def show_unbilled(self, found: InvoiceDetail) -> None:
        """Offer the client's time that is not on the invoice."""
        self.lines_card.show_unbilled(found.unbilled_seconds)

    def show_draft(self, draft: Draft) -> None:
        """Show the draft in hand."""
        self.draft = draft
        self.fields.show_draft(draft)
        self.lines.show_lines(draft.lines, draft.currency)
        self.totals.show_draft(draft)
        if not self._typing.isActive() and self.note.text() != draft.note:
            self._showing = True
            self.note.setText(draft.note)
            self._showing = False

    def _show_entries(self, line: DraftLine) -> None:
        """Open the sheet of the entries behind a line."""
        if self.draft is not None and line.edit.id:
            jobs = self.view.shell.jobs
            LineEntriesSheet(line, self.draft.currency, jobs, self.window()).open()

    # What is typed.

    def commit(self) -> bool:
        """Read everything now; return whether all is good. The first bad place gets the focus."""
        self.lines.commit_cell()
        if self._typing.isActive():
            self._typing.stop()
            self._on_note()
        good = self.fields.commit()
        bad = next((n for n, line in enumerate(self.lines.lines) if line.slips), None)
        if bad is not None:
            self.lines.choose_row(bad)
            self.lines.setFocus(Qt.FocusReason.OtherFocusReason)
        return good and bad is None and not self.note.property("wrong")

    def go_to_slip(self) -> int:
        """Open the first cell that could not be read; return how many there are."""
        slips = [
            (row, COLUMN_OF_CELL[column])
            for row, line in enumerate(self.lines.lines)
            for column in line.slips
        ]
        if slips:
            self.lines.open_cell(*min(slips))
            self.ensureWidgetVisible(self.lines)
        return len(slips)

    def _on_field(self, name: str, value: Any) -> None:
        if name == "period":
            first, last = value or (None, None)
            self.changed.emit({"supply_from": first, "supply_to": last})
        else:
            self.changed.emit({name: value})

    def _on_typed(self) -> None:
        if not self._showing:
            self._typing.start()

    def _on_note(self) -> None:
        try:
            text = typed.check_text(self.note.text(), "note")
        except InvalidInput as error:
            self.note.setProperty("wrong", True)
            self.note_field.show_error(error)
            return
        if self.note.property("wrong"):
            self.note.setProperty("wrong", False)
            self.note_field.clear_error()
        self.typed.emit({"note": text})

    # Where things are.

    def show_error(self, error: BillOpsError) -> bool:
        """Put an error of saving beside its field; False when it is about none of ours."""
        field = error.field or ""
        match = LINE_FIELD.match(field)
        if match is not None:
            self.lines_card.show_problem(f"{error.title} {error.hint}".strip())
            self.lines.choose_row(int(match[1]))
            return True
        if field == "note":
            self.note_field.show_error(error)
            return True
        if field.startswith("charges"):
            self.totals.show_error(error)
            return True
        return self.fields.fields.show_error(error)

    def focus_field(self, field: str) -> None:
        """Go to the field that a finding is about."""
        match = LINE_FIELD.match(field)
        if match is not None and self.lines.lines:
            row = min(max(int(match[1]) - 1, 0), len(self.lines.lines) - 1)
            self.lines.open_cell(row, COLUMN_OF.get(match[2] or "", 1))
            self.ensureWidgetVisible(self.lines)
        elif field in {"client", "client_number"}:
            self.client.change.setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureWidgetVisible(self.client)
        elif (charge := CHARGE_FIELD.match(field)) is not None:
            self.totals.go_to(int(charge[1]))
            self.ensureWidgetVisible(self.totals)
        elif field.startswith("lines"):
            self.lines_card.add.setFocus(Qt.FocusReason.OtherFocusReason)
            if not self.lines.lines:
                self.lines.add_line()
        else:
            names = {"supply_to": "supply_from", "terms": "due_on"}
            found = self.fields.fields.fields.get(names.get(field, field))
            target = found.editor if found is not None else self.note
            target.setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureWidgetVisible(target)


def field_of(form: DraftForm, focused: QWidget | None) -> str:
    """Return the field that a widget with the focus types into, as regions of a page name it."""
    if focused is None or not form.isAncestorOf(focused):
        return ""
    if form.lines.isAncestorOf(focused) or focused is form.lines:
        row, column = form.lines.cell_now()
        names = {number: name for name, number in COLUMN_OF.items()}
        return f"lines.{row + 1}.{names.get(column, 'description')}" if row >= 0 else ""
    if form.totals.isAncestorOf(focused):
        return form.totals.field_of(focused)
    if form.client.isAncestorOf(focused):
        return "client"
    if focused is form.note:
        return "note"
    fields = form.fields.fields.fields.items()
    return next((name for name, field in fields if field.isAncestorOf(focused)), "")


def _groupings() -> tuple[tuple[str, str], ...]:
    return (
        ("task", _("One line per task")),
        ("project", _("One line per project")),
        ("person", _("One line per person")),
        ("day", _("One line per day")),
        ("entry", _("One line per entry")),
        ("all", _("One line for all")),
    )

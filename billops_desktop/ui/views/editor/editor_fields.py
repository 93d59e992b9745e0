"""The fields of a draft: dates, period, references, language and paper, each saved when left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _
from billops_desktop.ui import fonts
from billops_desktop.ui.views.editor.draft import Draft
from billops_desktop.ui.views.editor.period_edit import PeriodEdit
from billops_desktop.ui.widgets.input.edits import DateEdit, TypedEdit
from billops_desktop.ui.widgets.input.fields import Combo, FieldSet, FormField
from billops_desktop.ui.widgets.input.floating import FloatingField
from billops_desktop.ui.widgets.input.line_field import LineField

TERMS: Final = (0, 7, 14, 30, 60)
# What a choice keeps free beside its words.
AROUND_TERMS: Final = 42


class EditorFields(QWidget):
    """A grid of three columns; ``changed`` carries the name of a field of Draft and its value."""

    changed = Signal(str, object)

    def __init__(self, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("editorFields")
        self.fields = FieldSet()
        self.issue_on = DateEdit("issue_on", today, self, required=True)
        self.due_on = DateEdit("due_on", today, self)
        self.terms = Combo("terms", self, choices=self._terms())
        self.period = PeriodEdit("supply_from", today, self)
        self.client_reference = LineField("client_reference", self)
        self.purchase_order = LineField("purchase_order", self)
        self.language = Combo("language", self, choices=(("en", _("English")), ("de", _("German"))))
        self.paper = Combo("paper", self, choices=(("A4", "A4"), ("Letter", _("US Letter"))))
        self._lay_out()
        self._connect()

    def _terms(self) -> list[tuple[int | None, str]]:
        return [(None, _("free")), *((days, _net(days)) for days in TERMS)]

    def _lay_out(self) -> None:
        due = QWidget(self)
        row = QHBoxLayout(due)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.terms.setAccessibleName(_("Payment terms"))
        self.terms.setMinimumContentsLength(4)
        words = fonts.metrics("body").horizontalAdvance
        widest = max(words(self.terms.itemText(row)) for row in range(self.terms.count()))
        self.terms.setFixedWidth(max(fonts.scaled(86), widest + AROUND_TERMS))
        row.addWidget(self.terms)
        spec: tuple[tuple[str, str, QWidget], ...] = (
            ("issue_on", _("Invoice date"), self.issue_on),
            ("due_on", _("Due"), self.due_on),
            ("supply_from", _("Service period"), self.period),
            ("client_reference", _("Client reference"), self.client_reference),
            ("purchase_order", _("Purchase order"), self.purchase_order),
            ("language", _("Language"), self.language),
            ("paper", _("Paper"), self.paper),
        )
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        for number, (name, label, editor) in enumerate(spec):
            field = self.fields.add(name, FloatingField(label, editor, self))
            if name == "due_on":
                self._beside(field, due)
                row.insertWidget(0, self.due_on, 1)
            place, span = PLACES[number]
            grid.addWidget(field, *place, 1, span, Qt.AlignmentFlag.AlignTop)
        for column, share in enumerate((6, 9, 4, 4)):
            grid.setColumnStretch(column, share)
            grid.setColumnMinimumWidth(column, 60)
        # An error about the end of the period stands under the period too.
        self.fields.fields["supply_to"] = self.fields.fields["supply_from"]

    def _beside(self, field: FormField, row: QWidget) -> None:
        """Put the terms beside the due date, above the place of its error."""
        column = field.layout()
        if isinstance(column, QVBoxLayout):
            column.insertWidget(1, row)

    def _connect(self) -> None:
        for name in ("issue_on", "due_on"):
            edit: Any = getattr(self, name)
            edit.committed.connect(lambda value, name=name: self.changed.emit(name, value))
        self.period.committed.connect(lambda value: self.changed.emit("period", value))
        for name in ("client_reference", "purchase_order"):
            line: Any = getattr(self, name)
            line.committed.connect(lambda value, name=name: self.changed.emit(name, value))
        self.language.chosen.connect(lambda value: self.changed.emit("language", value))
        self.paper.chosen.connect(lambda value: self.changed.emit("paper", value))
        self.terms.chosen.connect(self._on_terms)

    def show_draft(self, draft: Draft) -> None:
        """Show a draft; a field that is being typed in keeps what it has."""
        period = (draft.supply_from or draft.supply_to, draft.supply_to or draft.supply_from)
        values: tuple[tuple[TypedEdit, Any], ...] = (
            (self.issue_on, draft.issue_on),
            (self.due_on, draft.due_on),
            (self.period, period if period[0] is not None else None),
        )
        for edit, value in values:
            if not (edit.hasFocus() and edit.isModified()) and not edit.property("wrong"):
                edit.set_value(value)
        self.client_reference.set_value(draft.client_reference)
        self.purchase_order.set_value(draft.purchase_order)
        self.language.choose(draft.language.split("_")[0])
        self.paper.choose(draft.paper)
        days = None if draft.due_on is None else (draft.due_on - draft.issue_on).days
        self.terms.choose(days if days in TERMS else None)

    def commit(self) -> bool:
        """Read all fields now; return whether all are good."""
        edits = (self.issue_on, self.due_on, self.period)
        good = [edit.commit() for edit in edits]
        good += [self.client_reference.commit(), self.purchase_order.commit()]
        return all(good)

    def _on_terms(self, days: int | None) -> None:
        try:
            issued = self.issue_on.value()
        except InvalidInput:
            return
        if days is None or issued is None:
            self.due_on.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.due_on.set_value(issued + timedelta(days=days))
        self.changed.emit("due_on", issued + timedelta(days=days))


PLACES: Final = (
    ((0, 0), 1),
    ((0, 1), 1),
    ((0, 2), 2),
    ((1, 0), 1),
    ((1, 1), 1),
    ((1, 2), 1),
    ((1, 3), 1),
)


def _net(days: int) -> str:
    return _("net {days}").format(days=days) if days else _("at once")

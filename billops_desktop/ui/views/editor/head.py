"""The head of the editor: the way back, what is edited, when it was saved, the main step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from billops_desktop.i18n import _, format_day
from billops_desktop.services.invoices.invoice_rows import InvoiceDetail
from billops_desktop.ui import icons
from billops_desktop.ui.views.billing.statuses import status_words
from billops_desktop.ui.views.editor.tour import TourSwitch
from billops_desktop.ui.widgets.buttons import Button, IconButton, Segments
from billops_desktop.ui.widgets.chips import Badge
from billops_desktop.ui.widgets.labels import ElidedLabel, set_tooltip

BETWEEN: Final = "  ·  "
TITLE_LEAST: Final = 200
# Narrower than this the head keeps icons where it had words, so that the title can be read.
COMPACT_BELOW: Final = 930


class _Chevron(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(16, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        icons.paint(QPainter(self), QRectF(self.rect()), "chevron-right", "text3", 14)


class SavedNote(ElidedLabel):
    """Says as much of what there is to say as there is room for, in whole parts."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent, ink="text3")
        self.setObjectName("savedNote")
        self.parts: tuple[str, ...] = ()
        self.urgent = False

    def say(self, *parts: str, urgent: bool = False) -> None:
        """Show parts, the most important first; half a word is shown of urgent ones only."""
        self.parts, self.urgent = parts, urgent
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the last parts out where they do not fit."""
        self._fit()
        super().resizeEvent(event)
        set_tooltip(self, BETWEEN.join(self.parts))

    def _fit(self) -> None:
        shown = list(self.parts)
        while len(shown) > 1 and self._width(shown) > self.width():
            shown.pop()
        if not self.urgent and self._width(shown) > self.width():
            shown.clear()
        self.setText(BETWEEN.join(shown))
        self.setMaximumWidth(self._width(self.parts) + 8)

    def _width(self, parts: Sequence[str]) -> int:
        return self.fontMetrics().horizontalAdvance(BETWEEN.join(parts))


class EditorHead(QWidget):
    """Title, state and the buttons at the right end."""

    back_wanted = Signal()
    undo_wanted = Signal()
    redo_wanted = Signal()
    export_wanted = Signal()
    issue_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("editorHead")
        self.setFixedHeight(64)
        self.back = Button(_("Invoices"), self, kind="link", name="backToInvoices")
        self.title = ElidedLabel("", self, style="subtitle")
        self.title.setObjectName("editorTitle")
        self.badge = Badge("", "neutral", self)
        self.tour = TourSwitch(self)
        self.saved = SavedNote(self)
        self.tabs = Segments((("edit", _("Edit")), ("preview", _("Preview"))), _("Side"), self)
        self.undo = IconButton("undo-2", _("Undo"), self)
        self.redo = IconButton("redo-2", _("Redo"), self)
        self.pdf = Button(_("PDF"), self, icon="download", name="editorPdf")
        self.issue = Button(_("Review and issue…"), self, kind="primary", name="reviewAndIssue")
        self.undo.setObjectName("editorUndo")
        self.redo.setObjectName("editorRedo")
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(28, 0, 20, 0)
        self.row.setSpacing(6)
        for widget in (self.back, _Chevron(self)):
            self.row.addWidget(widget)
        self.row.addWidget(self.title, 100)
        self.row.addWidget(self.badge)
        self.row.addWidget(self.tour)
        self.row.addSpacing(4)
        self.row.addWidget(self.saved, 200)
        self.row.addStretch(1)
        ends: tuple[QWidget, ...] = (self.tabs, self.undo, self.redo, self.pdf, self.issue)
        for end in ends:
            self.row.addWidget(end)
        self.back.clicked.connect(self.back_wanted)
        self.undo.clicked.connect(self.undo_wanted)
        self.redo.clicked.connect(self.redo_wanted)
        self.pdf.clicked.connect(self.export_wanted)
        self.issue.clicked.connect(self.issue_wanted)

    def show_detail(self, detail: InvoiceDetail, saved_at: str) -> None:
        """Show what is edited."""
        row = detail.row
        draft = row.state == "draft"
        title = _draft_title(detail) if draft else f"{row.number}, {row.client_name}"
        self.title.setText(title)
        width = self.title.fontMetrics().horizontalAdvance(title) + 8
        self.title.setMinimumWidth(min(width, TITLE_LEAST))
        self.title.setMaximumWidth(width)
        self.badge.show_state(*status_words(row))
        for widget in (self.undo, self.redo, self.issue):
            widget.setVisible(draft)
        self.show_saved(saved_at, detail.next_number if draft else None)
        self.saved.setVisible(draft)

    def show_tour(self, stops: Sequence[str], invoice_id: str) -> None:
        """Show where an invoice stands on a tour, and lead back to where the tour began."""
        self.tour.show_stops(stops, invoice_id)
        self.back.setText(_("To invoice") if self.tour.stops else _("Invoices"))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the title readable in a narrow window."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        compact = self.width() < COMPACT_BELOW
        self.pdf.setText("" if compact else _("PDF"))
        self.pdf.setAccessibleName(_("PDF"))
        set_tooltip(self.pdf, _("Export PDF"))
        # On a tour everything is a draft.
        self.badge.setVisible(not (compact and self.tour.stops))

    def show_saved(self, saved_at: str, number: str | None) -> None:
        """Say when the draft was saved and which number it would get."""
        parts = [_("Saved {time}").format(time=saved_at)] if saved_at else []
        if number:
            parts.append(_("gets number {number} when issued").format(number=number))
        self.saved.set_ink("text3")
        self.saved.say(*parts)

    def show_unsaved(self, words: str) -> None:
        """Say that something is not saved, and why."""
        self.saved.set_ink("bad")
        self.saved.say(words, urgent=True)

    def show_steps(self, *, can_undo: bool, can_redo: bool) -> None:
        """Light the steps that there are."""
        self.undo.setEnabled(can_undo)
        self.redo.setEnabled(can_redo)


def _draft_title(detail: InvoiceDetail) -> str:
    """Return client and title of a draft; without a title the month whose work it bills."""
    row, last = detail.row, detail.supply_to
    if row.title and row.title != row.client_name:
        return f"{row.client_name}, {row.title}"
    if last is None:
        return row.client_name
    parts = "LLLL" if last.year == row.issue_on.year else "yMMMM"
    return f"{row.client_name}, {format_day(last, parts=parts)}"

"""A look at the pages of the invoice that is chosen in a list: Space opens it and puts it away."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from billops_desktop.i18n import _
from billops_desktop.services.invoices.invoice_rows import InvoiceRow
from billops_desktop.ui import theme
from billops_desktop.ui.jobs import Jobs
from billops_desktop.ui.table import Table
from billops_desktop.ui.view import View
from billops_desktop.ui.views.billing import invoice_deeds
from billops_desktop.ui.views.billing.statuses import status_words
from billops_desktop.ui.views.paper.preview import Preview
from billops_desktop.ui.widgets.buttons import IconButton
from billops_desktop.ui.widgets.chips import Badge
from billops_desktop.ui.widgets.labels import ElidedLabel, PlainLabel
from billops_desktop.ui.widgets.panels import Line

WIDTH: Final = 680
ABOVE: Final = 40
STEPS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class Peek(QDialog):
    """The pages of one invoice over the window; Up and Down go on to the next of the list."""

    stepped = Signal(int)
    open_wanted = Signal(object)

    def __init__(self, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("peek")
        theme.dress(self)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.row: InvoiceRow | None = None
        self.title = ElidedLabel("", self, style="subtitle")
        self.title.setObjectName("peekTitle")
        self.badge = Badge("", "neutral", self)
        self.away = IconButton("x", _("Put away (Space)"), self)
        self.away.clicked.connect(self.reject)
        self.preview = Preview(jobs, self, job="peek")
        self.problem = PlainLabel("", self, ink="bad", wrap=True)
        self.problem.setObjectName("peekProblem")
        self.problem.setContentsMargins(20, 8, 20, 8)
        self.problem.hide()
        self.preview.failed.connect(self._on_failed)
        self.preview.paper.installEventFilter(self)
        self._lay_out()
        window = parent.window()
        self.resize(min(WIDTH, window.width() - 2 * ABOVE), window.height() - 2 * ABOVE)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(20, 10, 12, 10)
        head.setSpacing(8)
        head.addWidget(self.title, 100)
        head.addWidget(self.badge)
        head.addStretch(1)
        head.addWidget(self.away)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Line(self))
        column.addWidget(self.problem)
        column.addWidget(self.preview, 1)

    def show_row(self, row: InvoiceRow | None) -> None:
        """Show the pages of an invoice."""
        if row is None or row == self.row:
            return
        self.row = row
        title = f"{row.number or _('Draft')}, {row.client_name}"
        self.title.setText(title)
        self.title.setMaximumWidth(self.title.fontMetrics().horizontalAdvance(title) + 8)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.badge.show_state(*status_words(row))
        self.problem.hide()
        self.preview.invoice_id = row.id
        self.preview.render_now()
        self.preview.paper.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_failed(self, error: Any) -> None:
        self.problem.setText(f"{error.title} {error.hint}".strip())
        self.problem.show()

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        """Take the keys of the list before the pages scroll with them."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._took(event)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put the pages away, go on in the list, or open the invoice."""
        if not self._took(event):
            super().keyPressEvent(event)

    def _took(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Space:
            self.reject()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.accept()
            self.open_wanted.emit(self.row)
        elif key in STEPS:
            self.stepped.emit(STEPS[key])
        else:
            return False
        return True


def open_peek(view: View, table: Table) -> Peek | None:
    """Show the pages of the chosen invoice of a list; None where nothing is chosen."""
    row = table.current()
    if row is None:
        return None
    peek = Peek(view.shell.jobs, view.window())

    def step(by: int) -> None:
        number = table.currentIndex().row() + by
        if 0 <= number < table.rows_model.rowCount():
            table.selectRow(number)
            peek.show_row(table.current())

    peek.stepped.connect(step)
    peek.open_wanted.connect(lambda one: invoice_deeds.open_row(view, one))
    peek.open()
    peek.show_row(row)
    return peek

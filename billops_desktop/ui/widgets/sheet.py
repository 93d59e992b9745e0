"""The window-modal sheet that every dialog is: title, body, a verb on the main button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from billops_desktop.errors import BillOpsError
from billops_desktop.i18n import _
from billops_desktop.ui import fonts, keys, theme
from billops_desktop.ui.widgets.buttons import Button
from billops_desktop.ui.widgets.input.fields import FieldSet
from billops_desktop.ui.widgets.labels import PlainLabel
from billops_desktop.ui.widgets.panels import Line


class Sheet(QDialog):
    """A dialog over its window: fill ``body``, connect ``confirmed`` with on_confirm.

    It stays open until close_done is called, so that an error can be shown beside its field.
    """

    def __init__(
        self,
        title: str,
        verb: str,
        parent: QWidget | None,
        *,
        danger: bool = False,
        width: int = 480,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("sheet")
        theme.dress(self)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(fonts.scaled(width))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fields = FieldSet()
        self.heading = PlainLabel(title, self, style="subtitle", wrap=True)
        self.heading.setObjectName("sheetTitle")
        self.problem = PlainLabel("", self, ink="bad", wrap=True)
        self.problem.setObjectName("sheetProblem")
        self.problem.hide()
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        self.confirm = Button(verb, self, kind="danger" if danger else "primary", name="confirm")
        self.cancel = Button(_("Cancel"), self, name="cancel")
        self.confirm.clicked.connect(self._on_confirm)
        self.cancel.clicked.connect(self.reject)
        self._take: Callable[[], object] | None = None
        self.left = QHBoxLayout()
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(6)
        self.buttons.addLayout(self.left)
        self.buttons.addStretch(1)
        for button in (self.cancel, self.confirm):
            self.buttons.addWidget(button)
        if danger:
            # Enter pressed in haste must not do what cannot be taken back.
            self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        self._lay_out()

    def _lay_out(self) -> None:
        inner = QVBoxLayout()
        inner.setContentsMargins(24, 20, 24, 16)
        inner.setSpacing(16)
        inner.addWidget(self.heading)
        inner.addLayout(self.body, 1)
        inner.addWidget(self.problem)
        foot = QVBoxLayout()
        foot.setContentsMargins(21, 10, 21, 12)
        foot.addLayout(self.buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(inner, 1)
        column.addWidget(Line(self))
        column.addLayout(foot)

    def say(self, text: str, *, ink: str = "text2") -> PlainLabel:
        """Add a paragraph of plain text."""
        label = PlainLabel(text, self, ink=ink, wrap=True)
        self.body.addWidget(label)
        return label

    def on_confirm(self, take: Callable[[], object]) -> None:
        """Name what the main button does; it closes the sheet itself when all went well."""
        self._take = take

    def busy(self, busy: bool) -> None:
        """Hold the main button while its job runs: a second press must not do it twice."""
        self.confirm.setEnabled(not busy)

    def show_error(self, error: BillOpsError) -> None:
        """Show an error under its field, or above the buttons when it belongs to none."""
        self.busy(False)
        if self.fields.show_error(error):
            return
        self.problem.setText(f"{error.title} {error.hint}".strip())
        self.problem.show()

    def close_done(self) -> None:
        """Close: what the verb says has been done."""
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Confirm with Ctrl+Enter from any field, leave with Esc."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if keys.pressed(event, "sheet"):
            self.confirm.click()
        elif not enter:
            super().keyPressEvent(event)

    def _on_confirm(self) -> None:
        self.problem.hide()
        if self._take is None:
            self.accept()
        else:
            self._take()

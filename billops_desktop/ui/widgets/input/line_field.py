"""One line of text that is saved when it is left; what is refused stays, with its reason."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from billops_desktop.domain.reading import typed
from billops_desktop.errors import InvalidInput
from billops_desktop.ui.widgets.input.fields import TextField


class LineField(TextField):
    """Says ``committed`` with a text that differs from the saved one."""

    committed = Signal(object)
    accepted = Signal()
    refused = Signal(object)

    def __init__(
        self, name: str, parent: QWidget, *, longest: int = 200, placeholder: str = ""
    ) -> None:
        super().__init__(name, parent, placeholder=placeholder)
        self.longest = longest
        self._kept = ""
        self.editingFinished.connect(self.commit)

    def set_value(self, text: str) -> None:
        """Show a text as the saved one; what is being typed or was refused stays."""
        busy = self.isModified() or bool(self.property("wrong"))
        if not busy or text != self._kept:
            self._kept = text
            if self.text() != text:
                self.setText(text)
            self.setModified(False)
            self.accepted.emit()

    def commit(self) -> bool:
        """Read the field now; return whether it is good."""
        text = self.text().strip()
        if text == self._kept and not self.property("wrong"):
            self.setModified(False)
            return True
        try:
            typed.check_text(text, self.objectName(), max_length=self.longest, multiline=False)
        except InvalidInput as error:
            self.refuse(error)
            return False
        self.accepted.emit()
        self.setModified(False)
        self._kept, before = text, self._kept
        if text != before:
            self.committed.emit(text)
        return not self.property("wrong")

    def refuse(self, error: Exception) -> None:
        """Say that what stands here was not saved; leaving the field tries again."""
        self._kept = "\0"
        self.mark_wrong(True)
        self.refused.emit(error)

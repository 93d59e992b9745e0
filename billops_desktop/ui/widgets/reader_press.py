"""What a screen reader does to a button that can be checked counts as a click."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractButton

if TYPE_CHECKING:
    _Button = QAbstractButton
else:
    _Button = object


class PressedByReaders(_Button):
    """Part of a button: Qt lets readers toggle what is checkable, and reports no click then.

    The state changes in three ways: by a click, which goes through nextCheckState, by the program,
    which calls setChecked, and by a reader, which comes from within Qt. Only the last is silent.
    """

    _expected = False

    def follow_readers(self) -> None:
        """Report as a click what neither a click nor the program did; call it once."""
        self.toggled.connect(self._on_toggled_by)

    def setChecked(self, checked: bool) -> None:
        """Change the state without a click."""
        before, self._expected = self._expected, True
        super().setChecked(checked)
        self._expected = before

    def nextCheckState(self) -> None:
        """Change the state as a click does."""
        before, self._expected = self._expected, True
        super().nextCheckState()
        self._expected = before

    def _on_toggled_by(self, checked: bool) -> None:
        if not self._expected:
            self.clicked[bool].emit(checked)  # type: ignore[index] # the stubs know one form

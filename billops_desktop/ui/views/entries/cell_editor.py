"""The line that opens over a field of an entry: Enter keeps, Esc takes back, Tab goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from billops_desktop.errors import BillOpsError
from billops_desktop.i18n import _
from billops_desktop.services.tracking import EntryEdit, EntryRow
from billops_desktop.ui import fonts, theme
from billops_desktop.ui.views.entries.entry_fields import (
    duration_hint,
    edit_of_description,
    edit_of_duration,
    edit_of_range,
    range_text,
)
from billops_desktop.ui.views.entries.entry_model import TITLES, Field
from billops_desktop.ui.widgets.input.fields import TextField
from billops_desktop.ui.widgets.wording import short_text
from billops_desktop.values import dataclass

NOTE_WIDTH: Final = 300
PADDING: Final = 9
WRAPPED: Final = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Typing:
    """How one field is edited: what stands there, how it is read, what is said meanwhile."""

    text: str
    read: Callable[[str, bool], EntryEdit | None]
    hint: Callable[[str, bool], str]


def typing_of(row: EntryRow, field: Field) -> Typing:
    """Return how a field of an entry is typed; the flag is whether Alt is held."""
    if field == Field.DESCRIPTION:
        return Typing(
            row.description.replace("\n", " "),
            lambda text, _alt: edit_of_description(row, text),
            lambda _text, _alt: "",
        )
    if field == Field.RANGE:
        example = _("Example: {example}").format(example="9:15-10:30")
        return Typing(
            range_text(row), lambda text, _alt: edit_of_range(row, text), lambda _t, _a: example
        )
    return Typing(
        short_text(row.seconds or 0),
        lambda text, alt: edit_of_duration(row, text, moves_start=alt),
        lambda text, alt: duration_hint(row, text, moves_start=alt),
    )


class EditorNote(QWidget):
    """What stands under the line: what the typing does, or what is wrong with it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("editorNote")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.words = ""
        self.ink = "text2"
        self.hide()

    def say(self, words: str, *, ink: str, under: QRect, within: QRect) -> None:
        """Show words under a line, or over it where the list ends; none hides the note."""
        self.words, self.ink = words, ink
        self.setVisible(bool(words))
        if not words:
            return
        metrics = fonts.metrics("small")
        width = min(max(metrics.horizontalAdvance(words) + 2 * PADDING + 4, 120), NOTE_WIDTH)
        room = QRect(0, 0, width - 2 * PADDING, 400)
        height = metrics.boundingRect(room, WRAPPED, words).height() + 12
        self.resize(width, height)
        left = min(max(under.right() - width, within.left()), within.right() - width)
        below, above = under.bottom() + 3, under.top() - height - 3
        self.move(left, below if below + height < within.bottom() else above)
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint frame and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("border"))
        painter.setBrush(theme.colour("bg_surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(theme.colour(self.ink))
        painter.setFont(fonts.font("small"))
        painter.drawText(self.rect().adjusted(PADDING, 6, -PADDING, -6), WRAPPED, self.words)


class CellEditor(TextField):
    """Edits one field of one entry in its place."""

    wanted = Signal(object)
    closed = Signal(int)

    def __init__(self, row: EntryRow, field: Field, parent: QWidget) -> None:
        super().__init__(f"entry{field.name.title()}", parent)
        self.row = row
        self.field = field
        self._over_list = parent
        self.typing = typing_of(row, field)
        self.note = EditorNote(parent)
        self.step = 0
        self._over = False
        self._alt = False
        self._asked = False
        self.setProperty("kind", "cell")
        self.setAccessibleName(_(TITLES[field]))
        figures = field in {Field.RANGE, Field.DURATION}
        self.setFont(fonts.font("body" if figures else "body_medium", figures=figures))
        self.setMinimumHeight(fonts.scaled(theme.HEIGHT["inline"]))
        if figures:
            self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setText(self.typing.text)
        self.selectAll()
        self.textEdited.connect(self._on_typed)

    def open_over(self, cell: QRect) -> None:
        """Open over a cell with the focus and the field's hint."""
        self.setGeometry(cell)
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._say_hint()

    def saved(self) -> None:
        """Close: what was typed is kept."""
        self._close()

    def show_error(self, error: BillOpsError) -> None:
        """Say under the field what is wrong; what was typed stays, with the focus."""
        self._asked = False
        self.step = 0
        words = f"{error.title} {error.hint}".strip()
        self.mark_wrong(True)
        self.setAccessibleDescription(words)
        self._say(words, "bad")
        if self.isVisible():
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def commit(self, step: int = 0) -> None:
        """Read the line and ask to keep it; ``step`` says where to go on afterwards."""
        if self._asked or self._over:
            return
        self.step = step
        try:
            edit = self.typing.read(self.text(), self._alt)
        except BillOpsError as error:
            self.show_error(error)
            return
        if edit is None:
            self._close()
            return
        self._asked = True
        self.wanted.emit(edit)

    def give_up(self) -> None:
        """Close without keeping anything."""
        self.step = 0
        self._close()

    def event(self, event: QEvent) -> bool:
        """Take Tab before Qt moves the focus, and letters typed with Alt before shortcuts do."""
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress and event.key() in {
                Qt.Key.Key_Tab,
                Qt.Key.Key_Backtab,
            }:
                self.commit(-1 if event.key() == Qt.Key.Key_Backtab else 1)
                return True
            if event.type() == QEvent.Type.ShortcutOverride and self._types_with_alt(event):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep with Enter, take back with Esc; Alt lets a length move the start."""
        if event.key() == Qt.Key.Key_Alt:
            self._hold_alt(True)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self._alt = True
            self.commit()
        elif event.key() == Qt.Key.Key_Escape:
            self.give_up()
        elif self._types_with_alt(event):
            self.insert(event.text())
            self._on_typed()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Let a length move the end again."""
        if event.key() == Qt.Key.Key_Alt:
            self._hold_alt(False)
        super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep what was typed when the field is left."""
        super().focusOutEvent(event)
        if event.reason() not in {
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        }:
            self.commit()

    def _types_with_alt(self, event: QKeyEvent) -> bool:
        return (
            self.field == Field.DURATION
            and bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            and event.text().isprintable()
            and bool(event.text())
        )

    def _hold_alt(self, held: bool) -> None:
        if self.field == Field.DURATION and held != self._alt:
            self._alt = held
            self._say_hint()

    def _on_typed(self) -> None:
        self.mark_wrong(False)
        self._say_hint()

    def _say_hint(self) -> None:
        self._say(self.typing.hint(self.text(), self._alt), "text2")

    def _say(self, words: str, ink: str) -> None:
        self.note.say(words, ink=ink, under=self.geometry(), within=self._over_list.rect())

    def _close(self) -> None:
        if self._over:
            return
        self._over = True
        self.hide()
        self.note.hide()
        self.note.deleteLater()
        self.deleteLater()
        self.closed.emit(self.step)

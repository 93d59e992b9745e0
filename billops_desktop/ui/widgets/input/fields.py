"""Fields of forms: text, search, choice, check box; each with its label and its error under it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from billops_desktop.errors import BillOpsError
from billops_desktop.ui import fonts, icons, theme
from billops_desktop.ui.widgets.labels import PlainLabel, set_tooltip
from billops_desktop.ui.widgets.reader_press import PressedByReaders

# More than any text may have, so that one too long is refused and never cut unseen.
LONGEST_TYPED: Final = 10_001
# Qt counts an emoji as two.
LONGEST_LINE: Final = 2 * LONGEST_TYPED
# What a search keeps free beside its words: glass, frame and padding.
AROUND_SEARCH: Final = 52
# Between a field and the list that it opens.
GAP: Final = 4


class TextField(QLineEdit):
    """One line of text."""

    def __init__(
        self, name: str = "", parent: QWidget | None = None, *, placeholder: str = ""
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(placeholder)
        self.setPlaceholderText(placeholder)
        self.setMaxLength(LONGEST_LINE)
        self.setFont(fonts.font("body"))
        self.setMinimumHeight(fonts.scaled(theme.HEIGHT["control"]))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def mark_wrong(self, wrong: bool) -> None:
        """Frame the field in red, or no longer."""
        if bool(self.property("wrong")) != wrong:
            self.setProperty("wrong", wrong)
            self.style().unpolish(self)
            self.style().polish(self)


class SearchField(TextField):
    """A field with a glass that filters the page; Esc clears it."""

    def __init__(self, name: str, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent, placeholder=placeholder)
        # A narrow field cuts what it says it finds.
        set_tooltip(self, placeholder)
        self.setTextMargins(22, 0, 0, 0)
        self.setClearButtonEnabled(False)

    def sizeHint(self) -> QSize:
        """Return the room for the glass and for what the field says it finds."""
        words = self.fontMetrics().horizontalAdvance(self.placeholderText())
        return QSize(max(words + AROUND_SEARCH, fonts.scaled(160)), super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field, then the glass."""
        super().paintEvent(event)
        painter = QPainter(self)
        icons.paint(painter, QRectF(8, 0, 18, self.height()), "search", "text3")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Clear with Esc; an empty field leaves Esc to the page."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)


class TextArea(QPlainTextEdit):
    """Several lines of plain text; Tab moves on instead of being typed."""

    def __init__(self, name: str = "", parent: QWidget | None = None, *, lines: int = 3) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setTabChangesFocus(True)
        self.setFont(fonts.font("body"))
        self.setFixedHeight(fonts.metrics("body").lineSpacing() * lines + 20)

    def text(self) -> str:
        """Return what was typed."""
        return self.toPlainText()

    def setText(self, text: str) -> None:
        """Show a text."""
        self.setPlainText(text)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste plain text; what is far too long to be kept is not laid out to its end."""
        self.insertPlainText(source.text()[:LONGEST_TYPED])


class Combo(QComboBox):
    """A choice of one out of a list; ``value`` is the key, not the words."""

    chosen = Signal(object)

    def __init__(
        self,
        name: str = "",
        parent: QWidget | None = None,
        *,
        choices: Sequence[tuple[Any, str]] = (),
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFont(fonts.font("body"))
        self.setMinimumHeight(fonts.scaled(theme.HEIGHT["control"]))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setMaxVisibleItems(14)
        # The list takes padding and height from the style sheet only through this delegate.
        self.setItemDelegate(QStyledItemDelegate(self))
        self.set_choices(choices)
        self.activated.connect(self._on_activated)

    def set_choices(self, choices: Sequence[tuple[Any, str]]) -> None:
        """Replace the list, keeping the chosen key when it is still there."""
        kept = self.value()
        self.blockSignals(True)
        self.clear()
        for key, words in choices:
            self.addItem(words, key)
        self.blockSignals(False)
        self.choose(kept)

    def value(self) -> Any:
        """Return the chosen key; None while the list is empty."""
        return self.currentData()

    def choose(self, key: Any) -> None:
        """Choose a key without a signal; an unknown one chooses the first."""
        found = next((row for row in range(self.count()) if self.itemData(row) == key), 0)
        self.blockSignals(True)
        self.setCurrentIndex(found if self.count() else -1)
        self.blockSignals(False)
        self._tell_whole()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the chosen words as a tooltip where they are cut."""
        super().resizeEvent(event)
        self._tell_whole()

    def showPopup(self) -> None:
        """Open the list as a framed sheet of its own, a little off the field."""
        super().showPopup()
        drop = self.view().window()
        under = self.mapToGlobal(QPoint(0, self.height())).y()
        drop.move(drop.x(), drop.y() + (GAP if drop.y() >= under - GAP else -GAP))

    def sizeHint(self) -> QSize:
        """Return the control height."""
        return QSize(super().sizeHint().width(), fonts.scaled(theme.HEIGHT["control"]))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint frame, words and chevron."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        focused = self.hasFocus()
        painter.setBrush(theme.colour("bg_surface" if self.isEnabled() else "bg_subtle"))
        line = QPen(theme.colour("focus" if focused else "border_control"), 2 if focused else 1)
        painter.setPen(line)
        inset = line.widthF() / 2
        painter.drawRoundedRect(area.adjusted(inset, inset, -inset, -inset), 6, 6)
        painter.setFont(self.font())
        painter.setPen(theme.colour("text" if self.isEnabled() else "text_disabled"))
        room = area.adjusted(12, 0, -28, 0)
        words = painter.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, int(room.width())
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        place = QRectF(area.right() - 26, area.top(), 16, area.height())
        icons.paint(painter, place, "chevron-down", "text3")

    def _on_activated(self, row: int) -> None:
        self._tell_whole()
        self.chosen.emit(self.itemData(row))

    def _tell_whole(self) -> None:
        words = self.currentText()
        cut = self.fontMetrics().horizontalAdvance(words) > self.width() - 40
        set_tooltip(self, words if cut else "")


class CheckBox(PressedByReaders, QCheckBox):
    """A check box painted from the tokens: 18 px box, words beside it."""

    def __init__(self, words: str = "", parent: QWidget | None = None, *, name: str = "") -> None:
        super().__init__(words, parent)
        self.follow_readers()
        self.setObjectName(name)
        self.setFont(fonts.font("body"))
        self.setAccessibleName(words)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """Return room for box and words, 28 px high."""
        words = self.text().replace("&&", "&")
        width = fonts.metrics("body").horizontalAdvance(words) if words else -8
        return QSize(26 + 8 + width, fonts.scaled(28))

    def hitButton(self, pos: Any) -> bool:
        """Take a click anywhere on box and words."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box in its state, then the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(3, (self.height() - 18) / 2, 18, 18)
        paint_check(painter, box, self.checkState(), enabled=self.isEnabled())
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), 6, 6)
        painter.setFont(self.font())
        painter.setPen(theme.colour("text" if self.isEnabled() else "text_disabled"))
        room = QRectF(self.rect()).adjusted(29, 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.text().replace("&&", "&"))


def paint_check(
    painter: QPainter, box: QRectF, state: Qt.CheckState, *, enabled: bool = True
) -> None:
    """Paint an 18 px check box: empty, ticked or half."""
    ticked = state != Qt.CheckState.Unchecked
    fill = "accent" if ticked and enabled else "border" if ticked else "bg_surface"
    painter.setBrush(theme.colour(fill))
    border = "border_control" if enabled else "border"
    painter.setPen(Qt.PenStyle.NoPen if ticked else theme.colour(border))
    inset = 0.0 if ticked else 0.5
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), 4, 4)
    if ticked:
        mark = "check" if state == Qt.CheckState.Checked else "minus"
        icons.paint(painter, box, mark, "on_accent", 14)


class FormField(QWidget):
    """A label, its editor, and under it the hint or what is wrong with what was typed."""

    def __init__(
        self, label: str, editor: QWidget, parent: QWidget | None = None, *, hint: str = ""
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self.hint = hint
        self.label = PlainLabel(label, self, style="small_medium", ink="text2")
        self.label.setBuddy(editor)
        self.note = PlainLabel(hint, self, style="small", ink="text3", wrap=True)
        self.note.setVisible(bool(hint))
        editor.setAccessibleName(label)
        if not editor.objectName():
            editor.setObjectName(label)
        self.setObjectName(f"{editor.objectName()}Field")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.label)
        column.addWidget(editor)
        column.addWidget(self.note)
        column.addStretch(1)
        editor.installEventFilter(self)
        refused = getattr(editor, "refused", None)
        if refused is not None:
            refused.connect(self.show_error)
            editor.accepted.connect(self.clear_error)  # type: ignore[attr-defined] # beside refused

    def show_error(self, error: BillOpsError) -> None:
        """Say under the field what is wrong and frame it in red."""
        text = f"{error.title} {error.hint}".strip()
        self.note.set_ink("bad")
        self.note.setText(text)
        self.note.setVisible(True)
        self.editor.setAccessibleDescription(text)
        if isinstance(self.editor, TextField):
            self.editor.mark_wrong(True)
        make_room(self.window())

    def clear_error(self) -> None:
        """Show the hint again."""
        self.note.set_ink("text3")
        self.note.setText(self.hint)
        self.note.setVisible(bool(self.hint))
        self.editor.setAccessibleDescription(self.hint)
        if isinstance(self.editor, TextField):
            self.editor.mark_wrong(False)

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        """Take an old error away as soon as something else is typed."""
        if event.type() == QEvent.Type.KeyPress and self.editor.property("wrong"):
            self.clear_error()
        return super().eventFilter(watched, event)


def make_room(window: QWidget) -> None:
    """Let a dialog or popup grow for words that wrap; Qt takes no account of them by itself."""
    kinds = {Qt.WindowType.Dialog, Qt.WindowType.Popup}
    layout = window.layout()
    if layout is None or window.windowType() not in kinds:
        return
    layout.activate()
    needed = max(layout.totalHeightForWidth(window.width()), layout.totalMinimumSize().height())
    if needed > window.height():
        window.resize(window.width(), needed)


class FieldSet:
    """The fields of a form by the names that errors carry."""

    def __init__(self) -> None:
        self.fields: dict[str, FormField] = {}

    def add(self, name: str, field: FormField) -> FormField:
        """Register a field under the name that InvalidInput uses for it."""
        self.fields[name] = field
        return field

    def show_error(self, error: BillOpsError) -> bool:
        """Put an error under its field and go there; False when no field of ours is meant."""
        field = self.fields.get(error.field or "")
        if field is None:
            return False
        field.show_error(error)
        field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def clear(self) -> None:
        """Take all errors away."""
        for field in self.fields.values():
            field.clear_error()

"""Buttons painted from the tokens: primary, secondary, ghost, link, icon, round, segments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from billops_desktop.ui import fonts, icons, theme
from billops_desktop.ui.widgets.input.staying import step_aside
from billops_desktop.ui.widgets.labels import set_tooltip
from billops_desktop.ui.widgets.reader_press import PressedByReaders

GAP: Final = 8
ARROWS: Final = {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down}

# Kind of button: fill, fill under the pointer, fill when pressed, border, text.
LOOKS: Final[dict[str, tuple[str, str, str, str, str]]] = {
    "primary": ("accent", "accent_hover", "accent_pressed", "", "on_accent"),
    "secondary": ("bg_surface", "bg_hover", "bg_pressed", "border", "text"),
    "ghost": ("", "bg_hover", "bg_pressed", "", "text2"),
    "link": ("", "", "", "", "accent_text"),
    "danger": ("bad_solid", "bad_solid", "bad_solid", "", "on_bad"),
    "toggle": ("", "bg_hover", "bg_pressed", "", "text2"),
}


def ring(painter: QPainter, area: QRectF, radius: float, *, ink: str = "focus") -> None:
    """Paint the 2 px focus ring just inside an area."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour(ink), 2))
    painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), radius, radius)


def edged(painter: QPainter, area: QRectF, token: str, radius: float) -> None:
    """Paint a fill that tells what is chosen or how far; in high contrast it has an outline."""
    painter.setPen(theme.edge())
    painter.setBrush(theme.colour(token))
    painter.drawRoundedRect(within(painter, area), radius, radius)


def within(painter: QPainter, area: QRectF) -> QRectF:
    """Return an area by half the pen smaller, so that an outline lies in it and stays sharp."""
    half = 0.0 if painter.pen().style() == Qt.PenStyle.NoPen else painter.pen().widthF() / 2
    return area.adjusted(half, half, -half, -half)


class Button(PressedByReaders, QAbstractButton):
    """A push button of one kind: a verb, an icon before it, or both.

    The focus ring stands 2 px outside the face, so the face is 3 px smaller than the widget.
    """

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        kind: str = "secondary",
        icon: str = "",
        name: str = "",
    ) -> None:
        super().__init__(parent)
        self.follow_readers()
        self.kind = kind
        self.icon_name = icon
        self.height_token = theme.HEIGHT["control"]
        self.style_name = "body_medium" if kind in {"ghost", "link"} else "body_strong"
        self.setText(text)
        self.setObjectName(name or (f"{icon}Button" if not text else "button"))
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setFont(fonts.font(self.style_name))

    def set_kind(self, kind: str) -> None:
        """Become another kind of button."""
        self.kind = kind
        self.update()

    def set_icon(self, name: str) -> None:
        """Show another icon before the words."""
        self.icon_name = name
        self.updateGeometry()
        self.update()

    def setEnabled(self, enabled: bool) -> None:
        """Hold or release the button; held with the focus it gives it to its neighbour."""
        if not enabled and self.hasFocus():
            step_aside(self)
        super().setEnabled(enabled)

    def setText(self, text: str) -> None:
        """Change the words, and the name that screen readers speak."""
        super().setText(text.replace("&", "&&") if "&" in text else text)
        if text:
            self.setAccessibleName(text)
        self.updateGeometry()

    def words(self) -> str:
        """Return the words as they are painted."""
        return self.text().replace("&&", "&")

    def sizeHint(self) -> QSize:
        """Return the room for icon, words and padding."""
        height = fonts.scaled(self.height_token) + 6
        words = self.words()
        if not words:
            return QSize(height, height)
        padding = 0 if self.kind == "link" else 2 * (12 if self.height_token < 32 else 14)
        width = fonts.metrics(self.style_name).horizontalAdvance(words) + padding + 6
        if self.icon_name:
            width += icons.DEFAULT_SIZE + GAP
        return QSize(width, height)

    def minimumSizeHint(self) -> QSize:
        """Return the size hint: words of a button are never cut."""
        return self.sizeHint()

    def event(self, event: QEvent) -> bool:
        """Repaint when the pointer comes or goes."""
        if event.type() in {QEvent.Type.HoverEnter, QEvent.Type.HoverLeave}:
            self.update()
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Note whether a ring is due."""
        note_focus(self, event)
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Enter too: Qt gives plain buttons only the space bar."""
        note_focus(self, QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.OtherFocusReason))
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.click()
            return
        if event.key() in ARROWS:
            # Qt would move the focus; a row of choices around walks by itself.
            event.ignore()
            return
        super().keyPressEvent(event)

    def face(self) -> QRectF:
        """Return the painted face within the widget."""
        return QRectF(self.rect()).adjusted(3, 3, -3, -3)

    def ink(self) -> str:
        """Return the token that words and icon are painted in."""
        if not self.isEnabled():
            return "text_disabled"
        if self.kind == "toggle" and self.isChecked():
            return "accent_text"
        return LOOKS[self.kind][4]

    def fill(self) -> QColor | None:
        """Return the colour of the face now; None for a see-through one."""
        rest, hover, pressed, border, _ink = LOOKS[self.kind]
        if not self.isEnabled():
            chosen = "bg_sunken" if rest and not border else rest
        elif self.kind == "toggle" and self.isChecked():
            chosen = "accent_subtle"
        elif self.isDown():
            chosen = pressed
        else:
            chosen = hover if self.underMouse() else rest
        return theme.colour(chosen) if chosen else None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint face, icon, words and, with focus, the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        face, radius = self.face(), float(theme.RADIUS["control"])
        self.paint_face(painter, face, radius)
        self.paint_words(painter, face)
        if self.hasFocus() and shows_ring(self):
            ring(painter, QRectF(self.rect()), radius + 2)

    def paint_face(self, painter: QPainter, face: QRectF, radius: float) -> None:
        """Paint the fill and the border."""
        border = LOOKS[self.kind][3]
        fill = self.fill()
        painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
        lit = self.kind == "toggle" and self.isChecked()
        painter.setPen(theme.edge(border) if lit or border else Qt.PenStyle.NoPen)
        area = within(painter, face)
        painter.drawRoundedRect(area, radius, radius)

    def paint_words(self, painter: QPainter, face: QRectF) -> None:
        """Paint icon and words, centred together."""
        words, ink, size = self.words(), self.ink(), icons.DEFAULT_SIZE
        painter.setFont(fonts.font(self.style_name))
        width = painter.fontMetrics().horizontalAdvance(words) if words else 0
        extra = (size + (GAP if words else 0)) if self.icon_name else 0
        left = round(face.center().x() - (width + extra) / 2)
        if self.icon_name:
            icon_ink = "text2" if self.kind == "secondary" and not words else ink
            place = QRectF(left, face.top(), size, face.height())
            icons.paint(painter, place, self.icon_name, icon_ink, size)
        if words:
            painter.setPen(theme.colour(ink))
            place = QRectF(left + extra, face.top(), width + 2, face.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, words)


class IconButton(Button):
    """A square button with an icon only; its name is spoken and shown as its tooltip."""

    def __init__(
        self,
        icon: str,
        name: str,
        parent: QWidget | None = None,
        *,
        kind: str = "ghost",
        size: int = 32,
    ) -> None:
        super().__init__("", parent, kind=kind, icon=icon)
        self.height_token = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.say(name)

    def say(self, name: str) -> None:
        """Change the spoken name and the tooltip."""
        self.setAccessibleName(name)
        set_tooltip(self, name)


class RoundButton(Button):
    """The 40 px round start and stop button."""

    def __init__(self, icon: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__("", parent, kind="primary", icon=icon)
        self.diameter = 40
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.say(name)

    def say(self, name: str) -> None:
        """Change the spoken name and the tooltip."""
        self.setAccessibleName(name)
        set_tooltip(self, name)

    def sizeHint(self) -> QSize:
        """Return the circle and its ring."""
        return QSize(self.diameter + 6, self.diameter + 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the circle and a filled triangle or square."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        face = self.face()
        self.paint_face(painter, face, face.width() / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(self.ink()))
        middle, unit = face.center(), face.width() / 40
        if self.icon_name == "square":
            side = 13 * unit
            painter.drawRoundedRect(
                QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side), 2, 2
            )
        else:
            painter.drawPolygon(
                [
                    middle + QPointF(-4.5 * unit, -7 * unit),
                    middle + QPointF(7.5 * unit, 0),
                    middle + QPointF(-4.5 * unit, 7 * unit),
                ]
            )
        if self.hasFocus() and shows_ring(self):
            ring(painter, QRectF(self.rect()), self.width() / 2)


class Segments(QWidget):
    """A control of two to five choices side by side, one of them chosen."""

    chosen = Signal(str)

    def __init__(
        self, choices: Sequence[tuple[str, str]], name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("segments")
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.buttons: dict[str, _Segment] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        for key, words in choices:
            button = _Segment(words, self)
            button.setObjectName(f"segment-{key}")
            button.clicked.connect(lambda _checked=False, key=key: self._on_clicked(key))
            row.addWidget(button)
            self.buttons[key] = button
        self.value = choices[0][0]
        self.choose(self.value)

    def choose(self, key: str) -> None:
        """Mark a choice without a signal; an unknown key changes nothing."""
        if key not in self.buttons:
            return
        self.value = key
        for other, button in self.buttons.items():
            button.setChecked(other == key)
            # One stop for Tab; the arrow keys walk between the choices.
            policy = Qt.FocusPolicy.StrongFocus if other == key else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)

    def set_words(self, key: str, words: str, count: int | None = None) -> None:
        """Change the words of a choice, with a quiet count after them."""
        self.buttons[key].count = "" if count is None else str(count)
        self.buttons[key].setText(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrow keys."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        keys = list(self.buttons)
        where = min(max(keys.index(self.value) + step, 0), len(keys) - 1)
        self._on_clicked(keys[where])
        self.buttons[keys[where]].setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sunken track."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("bg_sunken"))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)

    def _on_clicked(self, key: str) -> None:
        different = key != self.value
        self.choose(key)
        if different:
            self.chosen.emit(key)


class _Segment(Button):
    count = ""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent, kind="ghost")
        self.setCheckable(True)
        self.height_token = theme.HEIGHT["inline"] - 6
        self.style_name = "body_medium"

    def sizeHint(self) -> QSize:
        words = self.words() + (f"  {self.count}" if self.count else "")
        width = fonts.metrics("body_strong").horizontalAdvance(words) + 28
        return QSize(width, fonts.scaled(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        face = QRectF(self.rect())
        if self.isChecked():
            dark = theme.SWITCH.theme.dark
            painter.setPen(theme.edge("" if dark else "border_subtle"))
            painter.setBrush(theme.colour("bg_pressed" if dark else "bg_surface"))
            painter.drawRoundedRect(face.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        ink = "text" if self.isChecked() or self.underMouse() else "text2"
        painter.setFont(fonts.font("body_strong" if self.isChecked() else "body_medium"))
        painter.setPen(theme.colour(ink if self.isEnabled() else "text_disabled"))
        words = self.words() + (f"  {self.count}" if self.count else "")
        painter.drawText(face, Qt.AlignmentFlag.AlignCenter, words)
        if self.hasFocus() and shows_ring(self):
            ring(painter, face, 5)


def shows_ring(widget: QWidget) -> bool:
    """Return whether the focus came by keyboard: a click needs no ring."""
    return widget.property("clicked") is not True


def note_focus(widget: QWidget, event: QFocusEvent) -> None:
    """Remember how the focus came, for shows_ring; call it from focusInEvent."""
    widget.setProperty("clicked", event.reason() == Qt.FocusReason.MouseFocusReason)


def action_hint(action: QAction) -> str:
    """Return an action's words and shortcut as one tooltip line."""
    keys = action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)
    words = action.text().replace("&", "").rstrip("…")
    return f"{words}  {keys}" if keys else words

"""What is wrong with a field, said in a small sheet over the page, so that nothing moves."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QVBoxLayout, QWidget

from billops_desktop.domain.reading import typed
from billops_desktop.errors import BillOpsError, InvalidInput
from billops_desktop.ui import theme
from billops_desktop.ui.widgets.input.fields import FormField, TextField
from billops_desktop.ui.widgets.labels import PlainLabel

WIDEST = 340
GAP = 3


class Bubble(QWidget):
    """Words under a widget, over whatever lies there; it scrolls with the page."""

    def __init__(self, under: QWidget) -> None:
        super().__init__(under)
        self.setObjectName("bubble")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.under = under
        self.words = PlainLabel("", self, style="small", ink="bad", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 7)
        column.addWidget(self.words)
        under.installEventFilter(self)
        under.destroyed.connect(self.deleteLater)
        self.hide()

    def say(self, text: str) -> None:
        """Show words, or go away where there are none."""
        self.words.setText(text)
        # What has gone from the page has nothing to say any more.
        if not text or self.under.isHidden():
            self.hide()
            return
        page = _page_of(self.under)
        if self.parentWidget() is not page:
            self.setParent(page)
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        page = self.parentWidget()
        if page is None:
            return
        metrics = self.words.fontMetrics()
        wanted = metrics.horizontalAdvance(self.words.text()) + 28
        width = min(wanted, WIDEST, page.width() - 8)
        layout = self.layout()
        height = layout.totalHeightForWidth(width) if layout is not None else self.height()
        at = self.under.mapTo(page, QPoint(0, self.under.height() + GAP))
        left = max(min(at.x(), page.width() - width - 4), 0)
        area = QRect(left, at.y(), width, height)
        for other in self._others(page):
            if area.intersects(other):
                # What is wrong with two fields side by side is said one under the other.
                area.moveTop(other.bottom() + GAP)
        self.setGeometry(area)

    def _others(self, page: QWidget) -> list[QRect]:
        """Return where other words lie over the page, from the top down."""
        shown = (one for one in page.findChildren(Bubble) if one is not self and one.isVisible())
        return sorted((one.geometry() for one in shown), key=QRect.top)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay under the widget where it goes, and go with it."""
        if event.type() in {QEvent.Type.Move, QEvent.Type.Resize} and self.isVisible():
            self._place()
        if event.type() == QEvent.Type.Hide:
            self.hide()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground and border."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("bad"))
        painter.setBrush(theme.colour("bad_bg"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)


class FloatingField(FormField):
    """A form field whose errors lie over the page instead of pushing it down."""

    def __init__(self, label: str, editor: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(label, editor, parent)
        self._said = False

    @cached_property
    def bubble(self) -> Bubble:
        """Return the words over the page, made when the first thing is wrong."""
        self._said = True
        return Bubble(self)

    def show_error(self, error: BillOpsError) -> None:
        """Say over the page what is wrong and frame the field in red."""
        text = f"{error.title} {error.hint}".strip()
        self.bubble.say(text)
        self.editor.setAccessibleDescription(text)
        if isinstance(self.editor, TextField):
            self.editor.mark_wrong(True)

    def clear_error(self) -> None:
        """Take the words away."""
        super().clear_error()
        if self._said:
            self.bubble.say("")


class RefusedLine:
    """Says under a line without a label what cannot be kept of it, until it is typed anew."""

    def __init__(self, line: TextField) -> None:
        self.line = line
        self.bubble: Bubble | None = None
        line.textEdited.connect(self.clear)

    def takes(self, text: str, field: str) -> bool:
        """Tell whether a text can be kept; one that cannot stays in the line, with the reason."""
        try:
            typed.check_text(text.strip(), field)
        except InvalidInput as error:
            words = f"{error.title} {error.hint}".strip()
            self.line.mark_wrong(True)
            self.line.setAccessibleDescription(words)
            self.bubble = self.bubble or Bubble(self.line)
            self.bubble.say(words)
            return False
        self.clear()
        return True

    def clear(self) -> None:
        """Take the words away."""
        if self.bubble is not None and self.line.property("wrong"):
            self.line.mark_wrong(False)
            self.line.setAccessibleDescription("")
            self.bubble.say("")


def _page_of(widget: QWidget) -> QWidget:
    """Return what scrolls with a widget, or the window where nothing does."""
    page = widget
    while (parent := page.parentWidget()) is not None:
        area = parent.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is parent:
            return page
        page = parent
    return page

"""The live preview: the very bytes that are exported, painted as paper, swapped in one paint."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import (
    QPointF,
    QRectF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from billops_desktop.i18n import _
from billops_desktop.services.invoices import rendering
from billops_desktop.services.invoices.rendering import MarkedPdf
from billops_desktop.ui import theme
from billops_desktop.ui.jobs import Jobs, Task
from billops_desktop.ui.views.paper.pdf_sheet import Sheet
from billops_desktop.ui.widgets.buttons import Button, IconButton
from billops_desktop.ui.widgets.labels import PlainLabel

DEBOUNCE_MS: Final = 120
MARGIN: Final = 36
GAP: Final = 20
STEP: Final = 1.25
SMALLEST, LARGEST = 0.25, 4.0


class Paper(QAbstractScrollArea):
    """Pages under each other on a backdrop; zoom and scroll outlive the bytes."""

    moved = Signal()
    field_wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("previewPaper")
        self.regions: tuple[Any, ...] = ()
        self.lit = ""
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(_("Pages of the invoice"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.sheet: Sheet | None = None
        self.zoom: float | None = None
        self.verticalScrollBar().valueChanged.connect(self.moved)

    def show_sheet(self, sheet: Sheet) -> None:
        """Swap the pages; the place that is looked at stays."""
        old, self.sheet = self.sheet, sheet
        at = (self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        self._lay_out()
        self.horizontalScrollBar().setValue(at[0])
        self.verticalScrollBar().setValue(at[1])
        # Drawn before the paint, so that no frame shows a blank page.
        for page in self._seen():
            sheet.image(page, self.page_width(page), self.devicePixelRatioF())
        self.viewport().update()
        if old is not None:
            old.close()
        self.moved.emit()

    def set_zoom(self, zoom: float | None) -> None:
        """Zoom in logical pixels per point; None fits the width."""
        self.zoom = None if zoom is None else min(max(zoom, SMALLEST), LARGEST)
        self._lay_out()
        self.viewport().update()

    def scale(self) -> float:
        """Return logical pixels per point now."""
        if self.zoom is not None or self.sheet is None or not self.sheet.pages:
            return self.zoom or 1.0
        room = max(self.viewport().width() - 2 * MARGIN, 80)
        return float(room / max(self.sheet.size(page)[0] for page in range(self.sheet.pages)))

    def page_width(self, page: int) -> int:
        """Return a page's width in logical pixels."""
        return 0 if self.sheet is None else round(self.sheet.size(page)[0] * self.scale())

    def page_now(self) -> int:
        """Return the page in the middle of what is seen, from 0."""
        middle = self.verticalScrollBar().value() + self.viewport().height() / 2
        tops = self._tops()
        passed = (page for page, (top, _height) in enumerate(tops) if top <= middle)
        return max(passed, default=0)

    def _tops(self) -> list[tuple[float, float]]:
        tops, top = [], float(GAP // 2)
        for page in range(self.sheet.pages if self.sheet else 0):
            assert self.sheet is not None
            height = self.sheet.size(page)[1] * self.scale()
            tops.append((top, height))
            top += height + GAP
        return tops

    def _seen(self) -> list[int]:
        first = self.verticalScrollBar().value()
        last = first + self.viewport().height()
        return [
            page
            for page, (top, height) in enumerate(self._tops())
            if top < last and top + height > first
        ]

    def _lay_out(self) -> None:
        tops = self._tops()
        whole = tops[-1][0] + tops[-1][1] + GAP if tops else 0
        widest = max((self.page_width(page) for page in range(len(tops))), default=0) + 2 * GAP
        view = self.viewport().size()
        for bar, length, room in (
            (self.verticalScrollBar(), whole, view.height()),
            (self.horizontalScrollBar(), widest, view.width()),
        ):
            bar.setRange(0, max(0, round(length - room)))
            bar.setPageStep(room)
            bar.setSingleStep(40)

    def resizeEvent(self, event: Any) -> None:
        """Fit again."""
        super().resizeEvent(event)
        self._lay_out()
        self.moved.emit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Paint again: pages are drawn where they are, nothing is copied."""
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the backdrop and the pages that are seen; paper is white in every theme."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.colour("canvas"))
        if self.sheet is None:
            return
        shift_y = self.verticalScrollBar().value()
        tops = self._tops()
        for page in self._seen():
            top, height = tops[page]
            width = self.page_width(page)
            area = QRectF(self._left(page), round(top - shift_y), width, round(height))
            for spread in (3, 2, 1):
                shade = theme.colour("text")
                shade = shade.__class__(0, 0, 0, 10)
                painter.fillRect(area.adjusted(-spread, -1, spread, spread + 1), shade)
            painter.fillRect(area, Qt.GlobalColor.white)
            image = self.sheet.image(page, width, self.devicePixelRatioF())
            painter.drawImage(area.topLeft(), image)
            self._paint_lit(painter, page, area)

    def _paint_lit(self, painter: QPainter, page: int, area: QRectF) -> None:
        """Outline where the field with the focus is printed."""
        scale = self.scale()
        for region in self.regions if self.lit else ():
            if region.page == page and region.field == self.lit:
                place = QRectF(region.left, region.top, region.width, region.height)
                place = QRectF(place.topLeft() * scale, place.size() * scale)
                # Paper is white in every theme, and so the outline is that of the light one.
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(theme.colour("accent"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                around = place.translated(area.topLeft()).adjusted(-3, -2, 3, 2)
                painter.drawRoundedRect(around, 3, 3)

    def light(self, field: str) -> None:
        """Outline the region of a field, or none."""
        if field != self.lit:
            self.lit = field
            self.viewport().update()

    def field_at(self, at: QPointF) -> str:
        """Return the field that is printed at a point of what is seen, or nothing."""
        scale, shift = self.scale(), self.verticalScrollBar().value()
        for page in self._seen() if self.sheet is not None else ():
            top, height = self._tops()[page]
            left = self._left(page)
            x, y = (at.x() - left) / scale, (at.y() - top + shift) / scale
            found = [one for one in self.regions if one.holds(page, x, y)]
            if found and 0 <= y * scale <= height:
                return str(min(found, key=lambda one: one.width * one.height).field)
        return ""

    def _left(self, page: int) -> float:
        room = (self.viewport().width() - self.page_width(page)) / 2
        return round(max(room, GAP) - self.horizontalScrollBar().value())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show a hand where a click leads to a field."""
        over = bool(self.field_at(event.position()))
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask for the field that was clicked."""
        field = self.field_at(event.position())
        if field and event.button() == Qt.MouseButton.LeftButton:
            self.field_wanted.emit(field)
        super().mouseReleaseEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, scroll without."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self.scale() * (1.1 if event.angleDelta().y() > 0 else 1 / 1.1))
            self.moved.emit()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows and the page keys."""
        bar = self.verticalScrollBar()
        steps = {
            Qt.Key.Key_Down: bar.singleStep(),
            Qt.Key.Key_Up: -bar.singleStep(),
            Qt.Key.Key_PageDown: bar.pageStep(),
            Qt.Key.Key_PageUp: -bar.pageStep(),
            Qt.Key.Key_Home: -bar.maximum(),
            Qt.Key.Key_End: bar.maximum(),
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
        else:
            bar.setValue(bar.value() + step)


class Preview(QFrame):
    """The paper with its bar: which page, smaller, fit, larger; renders off the main thread."""

    failed = Signal(object)
    shown = Signal()

    def __init__(self, jobs: Jobs, parent: QWidget, *, job: str = "preview") -> None:
        super().__init__(parent)
        self.setObjectName("preview")
        self.jobs = jobs
        self.job = job
        self.invoice_id = ""
        self.content = b""
        self.renders = 0
        self._again = False
        self._late = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._late.timeout.connect(self._render)
        self.paper = Paper(self)
        self.pages = PlainLabel("", self, style="small", ink="text3")
        self.pages.setObjectName("previewPages")
        self.smaller = IconButton("zoom-out", _("Smaller"), self, size=28)
        self.fit = Button(_("Fit"), self, kind="ghost", name="previewFit")
        self.larger = IconButton("zoom-in", _("Larger"), self, size=28)
        self.fit.height_token = 28
        # Percentages are wider than Fit, and the form beside the pages must not move.
        self.fit.setFixedWidth(68)
        self.smaller.clicked.connect(lambda: self._zoom(1 / STEP))
        self.larger.clicked.connect(lambda: self._zoom(STEP))
        self.fit.clicked.connect(self._fit)
        self.tear = IconButton("external-link", _("Show the pages in a window"), self, size=28)
        self.tear.setObjectName("tearOff")
        self.tear.hide()
        self.paper.moved.connect(self._say_page)
        self._lay_out()

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(20, 10, 16, 6)
        bar.setSpacing(8)
        bar.addWidget(PlainLabel(_("Preview"), self, style="small_medium", ink="text2"))
        bar.addWidget(self.pages)
        bar.addStretch(1)
        for button in (self.smaller, self.fit, self.larger, self.tear):
            bar.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.paper, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the backdrop under the bar too."""
        QPainter(self).fillRect(self.rect(), theme.colour("canvas"))

    def show_invoice(self, invoice_id: str) -> None:
        """Render an invoice soon; changes that come in quick succession are rendered once."""
        self.invoice_id = invoice_id
        self._late.start()

    def render_now(self) -> None:
        """Render without waiting for further changes."""
        self._late.stop()
        self._render()

    def _render(self) -> None:
        wanted = self.invoice_id
        if not wanted or not self.jobs.ready:
            return

        def job(task: Task) -> tuple[str, MarkedPdf]:
            return wanted, rendering.render_marked(task.workspace, wanted)

        token = self.jobs.work(self.job, job, done=self._on_done, failed=self._on_failed)
        self._again = token is None

    def _on_done(self, made: tuple[str, MarkedPdf]) -> None:
        invoice_id, marked = made
        content = marked.content
        if invoice_id == self.invoice_id:
            self.paper.regions = marked.regions
        if invoice_id == self.invoice_id and content != self.content:
            self.content = content
            self.renders += 1
            self.paper.show_sheet(Sheet(content))
            self._say_page()
            self.shown.emit()
        self._catch_up()

    def _on_failed(self, error: object) -> None:
        self.failed.emit(error)
        self._catch_up()

    def _catch_up(self) -> None:
        if self._again:
            self._again = False
            self._render()

    def _zoom(self, factor: float) -> None:
        self.paper.set_zoom(self.paper.scale() * factor)
        self._say_page()

    def _fit(self) -> None:
        self.paper.set_zoom(None)
        self._say_page()

    def _say_page(self) -> None:
        sheet = self.paper.sheet
        self.pages.setText(
            ""
            if sheet is None
            else _("Page {page} of {pages}").format(
                page=self.paper.page_now() + 1, pages=sheet.pages
            )
        )
        if self.paper.zoom is None:
            self.fit.setText(_("Fit"))
        else:
            self.fit.setText(f"{round(self.paper.zoom * 100 * 72 / 96)}%")

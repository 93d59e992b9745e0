"""The command palette: every action, and every client, project and invoice, by a few letters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, ClassVar, Final, TypeVar

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from billops_desktop.i18n import _
from billops_desktop.ui import fonts, icons, theme
from billops_desktop.ui.actions import Actions
from billops_desktop.ui.jobs import Jobs
from billops_desktop.ui.live.directory import Directory, ProjectItem
from billops_desktop.ui.widgets.chips import paint_square
from billops_desktop.ui.widgets.found_list import ITEM_ROLE, FoundList, FoundPainter, fits
from billops_desktop.ui.widgets.input.fields import TextField
from billops_desktop.ui.widgets.labels import PlainLabel, line
from billops_desktop.ui.widgets.panels import Line
from billops_desktop.values import dataclass

WIDTH: Final = 640
TOP: Final = 120
SHOWN: Final = 9
FOUND: Final = 6
PAUSE_MS: Final = 60
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A line of the palette; ``run`` is None for a heading."""

    words: str
    note: str = ""
    icon: str = ""
    hue: str = ""
    keys: str = ""
    run: Callable[[], object] | None = None

    @property
    def heading(self) -> str:
        """Return the words of a heading, nothing of what can be run."""
        return self.words if self.run is None else ""

    def spoken(self) -> str:
        """Return the line as it is read aloud."""
        return ", ".join(filter(None, (self.words, self.note, self.keys)))


class _Painter(FoundPainter):
    heading_height: ClassVar[int] = 32
    line_height: ClassVar[int] = 40
    heading_left: ClassVar[int] = 20
    inset: ClassVar[tuple[int, int]] = (8, 0)

    def paint_line(self, painter: QPainter, area: QRectF, found: Hit) -> None:
        area = area.adjusted(8, 0, -8, 0)
        if found.hue:
            paint_square(painter, area.left() + 15, area.center().y(), found.hue)
        elif found.icon:
            mark = QRectF(area.left() + 11, area.top(), 18, area.height())
            icons.paint(painter, mark, found.icon, "text2")
        room = area.adjusted(40, 0, -110, 0)
        room.setLeft(room.left() + line(painter, room, found.words, style="body_medium") + 10)
        line(painter, room, found.note, ink="text3")
        keys = QRectF(area.right() - 110, area.top(), 98, area.height())
        painter.setFont(fonts.font("caption"))
        painter.setPen(theme.colour("text3"))
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(keys, side, found.keys)


class Palette(QWidget):
    """A veil over the window with the panel on it; Esc clears, then closes."""

    def __init__(
        self,
        window: QWidget,
        actions: Actions,
        directory: Directory,
        jobs: Jobs,
        go: Callable[..., object],
    ) -> None:
        super().__init__(window)
        self.setObjectName("palette")
        theme.dress(self)
        self._over = window
        self.actions_table = actions
        self.directory = directory
        self.jobs = jobs
        self.go = go
        self.invoices: Sequence[Any] = ()
        self._opener: QWidget | None = None
        self.panel = _Panel(self)
        self.field = TextField("paletteField", self.panel, placeholder=_("Search or run…"))
        self.list = FoundList("paletteList", _("Results"), self.panel)
        self.model = self.list.found
        self.nothing = PlainLabel("", self.panel, ink="text3")
        self._build()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask_invoices)
        self.field.textChanged.connect(self._on_typed)
        self.field.installEventFilter(self)
        window.installEventFilter(self)
        for one in actions:
            if one.in_palette:
                # Whatever is done over it by a shortcut takes its place.
                actions[one.id].triggered.connect(self.step_aside)
        self.hide()

    def _build(self) -> None:
        self.field.setProperty("kind", "bare")
        self.field.setFont(fonts.font("input"))
        self.field.setFixedHeight(fonts.scaled(56))
        self.field.setTextMargins(48, 0, 16, 0)
        self.list.setItemDelegate(_Painter(self.list))
        self.list.clicked.connect(self._on_chosen)
        self.nothing.setContentsMargins(20, 12, 20, 16)
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(1, 1, 1, 8)
        column.setSpacing(0)
        column.addWidget(self.field)
        column.addWidget(Line(self.panel))
        column.addSpacing(4)
        column.addWidget(self.list)
        column.addWidget(self.nothing)

    def open(self) -> None:
        """Open over the window, empty."""
        self._opener = self._over.focusWidget()
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()
        self.field.clear()
        self._on_typed("")
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_palette(self) -> None:
        """Close and give the focus back."""
        self.hide()
        if self._opener is not None:
            self._opener.setFocus(Qt.FocusReason.PopupFocusReason)

    def step_aside(self) -> None:
        """Close under what a shortcut has opened; the focus that went there stays there."""
        if not self.isVisible():
            return
        held = self._over.focusWidget()
        if self.isAncestorOf(held):
            self.close_palette()
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the veil."""
        veil = theme.colour("text") if not theme.SWITCH.theme.dark else theme.colour("bg_sunken")
        painter = QPainter(self)
        painter.setOpacity(0.28 if not theme.SWITCH.theme.dark else 0.55)
        painter.fillRect(self.rect(), veil)

    def mousePressEvent(self, event: object) -> None:
        """Close with a click beside the panel."""
        self.close_palette()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk the list while the field keeps the focus; follow the window's size."""
        if watched is self._over and event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._over.rect())
            self._place()
        if watched is self.field and isinstance(event, QKeyEvent):
            return event.type() == QEvent.Type.KeyPress and self._on_key(event)
        return False

    def _on_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.list.walk(1 if key == Qt.Key.Key_Down else -1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._on_chosen(self.list.currentIndex())
        elif key == Qt.Key.Key_Escape:
            if self.field.text():
                self.field.clear()
            else:
                self.close_palette()
        else:
            return key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}
        return True

    def _on_typed(self, text: str) -> None:
        self.invoices = ()
        self._show()
        if text.strip() and not text.startswith((">", "@")):
            self._pause.start()

    def _ask_invoices(self) -> None:
        text = self.field.text().lstrip("#").strip()
        if text and self.jobs.ready:
            self.jobs.query(_invoices, text, done=self._on_invoices, owner=self)

    def _on_invoices(self, found: tuple[str, Sequence[Any]]) -> None:
        if self.isVisible() and found[0] == self.field.text().lstrip("#").strip():
            self.invoices = found[1]
            self._show()

    def _show(self) -> None:
        text = self.field.text().strip()
        kind, words = (text[:1], text[1:].strip()) if text[:1] in {">", "@", "#"} else ("", text)
        hits: list[Hit] = []
        for heading, wanted, make in (
            (_("Actions"), kind in {"", ">"}, self._actions),
            (_("Go to"), kind in {"", "@"} and bool(words or kind), self._places),
            (_("Invoices"), kind in {"", "#"}, self._found_invoices),
        ):
            found = make(words) if wanted else []
            if found:
                hits += [Hit(words=heading), *found]
        self.list.show_lines(hits)
        self.nothing.setText(_("Nothing matches “{text}”.").format(text=text))
        self.nothing.setVisible(not hits)
        self.list.setVisible(bool(hits))
        self._place()

    def _actions(self, words: str) -> list[Hit]:
        offered = [one for one in self.actions_table.offered() if one.in_palette]
        fitting = _ranked(offered, lambda one: (one.words, f"{one.words} {one.group}"), words)
        return [
            Hit(
                words=one.words.rstrip("…"),
                note=one.group,
                icon=one.icon,
                keys=_native(one.keys[:1]),
                run=self.actions_table[one.id].trigger,
            )
            for one in fitting[: FOUND if words else 40]
        ]

    def _places(self, words: str) -> list[Hit]:
        hits = [
            Hit(
                words=client.name,
                note=_("Client"),
                icon="building-2",
                run=partial(self.go, "clients", client_id=client.id),
            )
            for client in _ranked(self.directory.clients, lambda one: (one.name,), words)[:FOUND]
        ]
        hits += [
            Hit(
                words=project.name,
                note=project.client_name or _("Project"),
                hue=project.colour,
                run=partial(self.go, "projects", project_id=project.id),
            )
            for project in _ranked(self.directory.projects, _project_names, words)[:FOUND]
        ]
        return hits

    def _found_invoices(self, words: str) -> list[Hit]:
        return [
            Hit(
                words=row.number or _("Draft"),
                note=f"{row.client_name} · {row.title}" if _tells_more(row) else row.client_name,
                icon="file-text",
                run=partial(self.go, "invoice", invoice_id=row.id),
            )
            for row in self.invoices[:FOUND]
        ]

    def _on_chosen(self, index: QModelIndex) -> None:
        hit = index.data(ITEM_ROLE) if index.isValid() else None
        if hit is not None and hit.run is not None:
            self.close_palette()
            hit.run()

    def _place(self) -> None:
        rows = _Painter.height_of(self.model.lines)
        top = min(TOP, max(16, self.height() // 8))
        height = min(70 + (rows or 44), self.height() - top - 32)
        width = min(WIDTH, self.width() - 32)
        self.list.setFixedHeight(max(height - 70, 0))
        self.panel.setGeometry((self.width() - width) // 2, top, width, height)


class _Panel(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("border"))
        painter.setBrush(theme.colour("bg_surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)
        icons.paint(painter, QRectF(18, 1, 20, fonts.scaled(56)), "search", "text2", 18)

    def mousePressEvent(self, event: object) -> None:
        """Keep a click on the panel from closing it."""


def _ranked(
    found: Iterable[Found], named: Callable[[Found], Sequence[str]], typed: str
) -> list[Found]:
    """Return what fits, starts of words first; ``named`` gives its names, the best one first.

    What fits by its own name comes before what fits only with the longer one.
    """
    scored = []
    for one in found:
        names = named(one)
        whole = fits(typed, names[-1])
        if whole is not None:
            scored.append(((whole, fits(typed, names[0]) != whole), one))
    scored.sort(key=lambda pair: pair[0])
    return [one for _score, one in scored]


def _project_names(project: ProjectItem) -> tuple[str, str]:
    return project.name, f"{project.name} {project.client_name}"


def _native(keys: Sequence[str]) -> str:
    """Return keys as the system and its language write them."""
    style = QKeySequence.SequenceFormat.NativeText
    return "  ".join(QKeySequence(key).toString(style) for key in keys)


def _tells_more(row: Any) -> bool:
    """Return whether a draft has a title of its own, beyond its client's name."""
    return not row.number and bool(row.title) and row.title != row.client_name


def _invoices(work: Any, text: str) -> tuple[str, Sequence[Any]]:
    from billops_desktop.services.invoices import invoice_rows

    return text, invoice_rows.invoices(work, text=text, limit=FOUND, offset=0).rows

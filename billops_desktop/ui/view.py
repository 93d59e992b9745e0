"""A page of the window: which kinds it shows, how it loads, whether it is fresh."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Protocol
from zoneinfo import ZoneInfo

from PySide6.QtCore import QMetaObject, QObject, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from billops_desktop.errors import BillOpsError
from billops_desktop.i18n import ngettext
from billops_desktop.ui import theme
from billops_desktop.ui.jobs import Jobs
from billops_desktop.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from billops_desktop.clock import Clock
    from billops_desktop.domain.changes import Changes
    from billops_desktop.ui.actions import Actions
    from billops_desktop.ui.feedback import Feedback
    from billops_desktop.ui.live.directory import Directory
    from billops_desktop.ui.live.timer import Timer
    from billops_desktop.ui.shell.window_state import WindowState

MARGIN = 28


class Shell(Protocol):
    """What a view may ask of the window around it."""

    timer: Timer
    directory: Directory
    state: WindowState

    @property
    def jobs(self) -> Jobs:
        """Return the way to run use cases and queries off screen."""
        ...

    @property
    def feedback(self) -> Feedback:
        """Return toasts, questions and errors."""
        ...

    @property
    def actions_table(self) -> Actions:
        """Return the table of all actions."""
        ...

    @property
    def clock(self) -> Clock:
        """Return the injected clock."""
        ...

    def go(self, page: str, **place: Any) -> None:
        """Show a page at a place within it and remember the way back."""
        ...

    def timer_chip(self, parent: QWidget) -> QWidget:
        """Return a chip with the running timer for a page's header; hidden while none runs."""
        ...


class HeaderRow(QWidget):
    """The 64 px line on top of a page: title, then what follows it; the right-hand end apart."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("pageHeader")
        self.setMinimumHeight(64)
        self.title = PlainLabel(title, self, style="title")
        self.title.setObjectName("pageTitle")
        self.left = QHBoxLayout()
        self.left.setSpacing(8)
        self.right = QHBoxLayout()
        self.right.setSpacing(8)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.title)
        row.addLayout(self.left)
        row.addStretch(1)
        row.addLayout(self.right)


class View(QWidget):
    """Base of every page; a page says what it shows and how it loads, the rest is here.

    ``shows`` names the tables whose changes make the page stale. A visible page loads again at
    once, a hidden one when it is shown next.
    """

    shows: ClassVar[frozenset[str]] = frozenset()
    name: ClassVar[str] = ""
    has_timer_bar: ClassVar[bool] = False

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(self.name or type(self).__name__)
        theme.dress(self)
        # A click beside everything takes the focus out of a field, so that single letters act.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.shell = shell
        self.fresh = False
        self._filtered = ""
        self._connections: list[QMetaObject.Connection] = []
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._load_now)
        self.track(shell.jobs.changed, self._on_changed)
        self.track(shell.jobs.opened, self._on_opened)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(MARGIN, 0, MARGIN, 20)
        self.body.setSpacing(12)

    # What a page says of itself.

    def load(self) -> None:
        """Ask for the rows of this page; called on the main thread, answers come later."""

    def heading(self) -> str:
        """Return the words of the window's title for this page."""
        return ""

    def open_at(self, place: Mapping[str, Any]) -> None:
        """Go to a place within the page: a client, an invoice, a tab."""

    def place(self) -> dict[str, Any]:
        """Return where the page stands (tab, filter, scroll), for the way back."""
        return {}

    def filter_field(self) -> QWidget | None:
        """Return the field that Ctrl+F goes to."""
        return None

    def toggle_panel(self) -> None:
        """Show or hide the panel at the right, on a page that has one."""

    # What every page can do.

    def header(self, title: str) -> HeaderRow:
        """Add the header line with the timer chip at its right end."""
        row = HeaderRow(title, self)
        if not self.has_timer_bar:
            row.right.addWidget(self.shell.timer_chip(row))
        self.body.addWidget(row)
        return row

    def reload(self) -> None:
        """Load now if the page is visible, else when it is shown next."""
        self.fresh = False
        if not self.isVisible():
            return
        if self.shell.jobs.inline:
            self._load_now()
        else:
            self._soon.start()

    def run(
        self,
        use_case: Callable[..., Any],
        *args: Any,
        done: Callable[..., object] | None = None,
        failed: Callable[..., object] | None = None,
        **kwargs: Any,
    ) -> None:
        """Perform a use case; an error is shown by the page unless ``failed`` takes it."""
        take = failed or self.show_error
        self.shell.jobs.run(use_case, *args, done=done, failed=take, owner=self, **kwargs)

    def query(
        self,
        fn: Callable[..., Any],
        *args: Any,
        done: Callable[..., object],
        failed: Callable[..., object] | None = None,
        **kwargs: Any,
    ) -> None:
        """Read; an error is shown by the page unless ``failed`` takes it."""
        take = failed or self.show_error
        self.shell.jobs.query(fn, *args, done=done, failed=take, owner=self, **kwargs)

    def show_error(self, error: BillOpsError) -> None:
        """Show an error as a banner on top of this page."""
        self.shell.feedback.show_error(error, self)

    def tell_found(self, text: str, count: int) -> None:
        """Let screen readers speak how many rows a filter leaves: once for each text typed."""
        if text != self._filtered:
            self._filtered = text
            words = ngettext("{count} row found", "{count} rows found", count)
            self.shell.feedback.announce(words.format(count=count))

    def track(self, signal: Any, slot: Callable[..., object]) -> None:
        """Connect to a signal of something that outlives this page."""
        self._connections.append(signal.connect(slot))

    def today(self) -> date:
        """Return the day it is where the user is."""
        clock = self.shell.clock
        return clock.now().astimezone(ZoneInfo(clock.zone())).date()

    def release(self) -> None:
        """Drop all tracked connections; the window calls this before it lets a page go."""
        for connection in self._connections:
            QObject.disconnect(connection)
        self._connections.clear()

    def load_ahead(self) -> None:
        """Load while hidden, so that the page is filled when it is first shown."""
        self._load_now()

    def showEvent(self, event: QShowEvent) -> None:
        """Load when shown and stale."""
        super().showEvent(event)
        if not self.fresh:
            self.reload()

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave a pending load to the next showing."""
        self._soon.stop()
        super().hideEvent(event)

    def _load_now(self) -> None:
        if self.shell.jobs.ready:
            self.fresh = True
            self.load()

    def _on_opened(self, workspace: object) -> None:
        if not self.fresh:
            self.reload()

    def _on_changed(self, changes: Changes) -> None:
        if changes.meets(self.shows):
            self.reload()


def rule(parent: QWidget) -> QWidget:
    """Return a hairline that divides two parts of a page."""
    line = QWidget(parent)
    line.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    line.setProperty("kind", "line")
    line.setFixedHeight(1)
    return line

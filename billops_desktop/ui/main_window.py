"""The window: sidebar, a stack of pages made when first shown, the way back, actions wired."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QWidget

from billops_desktop.errors import BillOpsError
from billops_desktop.i18n import _
from billops_desktop.ui import keys, theme
from billops_desktop.ui.actions import Actions, focus_types_text
from billops_desktop.ui.feedback import Feedback
from billops_desktop.ui.jobs import Jobs
from billops_desktop.ui.live.directory import (
    Counts,
    Directory,
    ProjectItem,
    set_preference,
)
from billops_desktop.ui.live.timer import Timer
from billops_desktop.ui.shell import pages
from billops_desktop.ui.shell.journey import Journey
from billops_desktop.ui.shell.sidebar import Sidebar
from billops_desktop.ui.shell.slots import window_slots
from billops_desktop.ui.shell.undo import UndoStack
from billops_desktop.ui.shell.window_state import SMALLEST, WindowState
from billops_desktop.ui.starting.first_page import FirstPage
from billops_desktop.ui.timer.timer_bar import TimerBar, TimerChip
from billops_desktop.ui.view import View
from billops_desktop.ui.widgets.input.letters import typed_letter
from billops_desktop.ui.widgets.wording import started_text, stopped_text

if TYPE_CHECKING:
    from billops_desktop.clock import Clock
    from billops_desktop.ui.shell.palette import Palette

NARROW_BELOW: Final = 1080
GO_MS: Final = 1_500


class MainWindow(QMainWindow):
    """The frame around the pages; it is the Shell that pages see."""

    shown_page = Signal(str)
    close_asked = Signal()
    quit_wanted = Signal()

    def __init__(
        self,
        jobs: Jobs,
        clock: Clock,
        *,
        state: WindowState | None = None,
        declared: tuple[pages.PageDeclaration, ...] | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle("BillOps")
        self.setMinimumSize(*SMALLEST)
        self._jobs = jobs
        self._clock = clock
        self.state = state or WindowState(None)
        self.timer = Timer(jobs, clock)
        self.directory = Directory(jobs)
        for owned in (self.timer, self.directory):
            owned.setParent(self)
        self._feedback = Feedback(self)
        self._actions = Actions(self)
        self.undo_stack = UndoStack(jobs, self._feedback)
        self.pages = {page.id: page for page in declared or pages.declarations()}
        self.views: dict[str, View] = {}
        self.journey = Journey()
        self.may_close = True
        self.first_page: QWidget | None = None
        self._narrow_chosen: bool | None = None
        self._goes = QTimer(self, singleShot=True, interval=GO_MS)
        self._build()
        self._connect()
        self._actions.connect_slots(window_slots(self))
        self._on_undo()

    # What pages see.

    @property
    def jobs(self) -> Jobs:
        """Return the way to run use cases and queries off screen."""
        return self._jobs

    @property
    def feedback(self) -> Feedback:
        """Return toasts, questions and errors."""
        return self._feedback

    @property
    def actions_table(self) -> Actions:
        """Return the table of all actions."""
        return self._actions

    @property
    def clock(self) -> Clock:
        """Return the injected clock."""
        return self._clock

    def go(self, page: str, **place: Any) -> None:
        """Show a page at a place within it and remember the way back."""
        if page not in self.pages:
            return
        self.journey.leave(self.place_now())
        self.journey.arrive(page, place)
        self._show(page, place)

    def timer_chip(self, parent: QWidget) -> QWidget:
        """Return a chip with the running timer; hidden while none runs."""
        return TimerChip(self.timer, parent)

    # What the application tells the window.

    def show_first(self, glance: Any) -> None:
        """Show what the first glance knows, before the records are open; None knows nothing."""
        bar = TimerBar(self.timer, self.directory)
        rows = () if glance is None else glance.today_rows
        first = FirstPage(bar, rows, 0 if glance is None else glance.today_seconds)
        self.first_page = first
        self.stack.addWidget(first)
        self.sidebar.light("time")
        # Not in a field: single letters act from the first moment.
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        if glance is not None:
            self.timer.show_glance(glance.running)
            counts = Counts(drafts=glance.draft_count, overdue=glance.overdue_count)
            self.directory.show_glance(glance.company_name, counts)

    def start_page(self, page: str) -> None:
        """Put the real first page in the place of the glance: the records are open."""
        if not self.journey.here:
            self.journey.arrive(page, {})
            self._show(page, {})
            # Not in a field, not in the sidebar: single letters act from the first moment.
            self.views[page].setFocus(Qt.FocusReason.OtherFocusReason)

    def view(self, page: str) -> View:
        """Return a page's view, made now if it was never shown."""
        if page not in self.views:
            made = self.pages[page].factory(self)
            # It takes the focus itself, and must not be read out as "filler".
            made.setAccessibleName(self.pages[page].words)
            self.views[page] = made
            self.stack.addWidget(made)
        return self.views[page]

    def current(self) -> View | None:
        """Return the view that is shown; None before the first one."""
        return self.views.get(self.journey.here)

    def page_now(self) -> QWidget:
        """Return the page that is shown: a view, or the first frame's."""
        return self.stack.currentWidget() or self.stack

    def bring_forward(self) -> None:
        """Show the window before all others."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    # Building.

    def _build(self) -> None:
        self.sidebar = Sidebar(tuple(self.pages.values()), self)
        self.stack = QStackedWidget(self)
        self.stack.setObjectName("pages")
        middle = QWidget(self)
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addWidget(self.stack, 1)
        self.setCentralWidget(middle)

    def _connect(self) -> None:
        side = self.sidebar
        side.page_wanted.connect(self.go)
        side.search_wanted.connect(self.on_palette)
        side.company_wanted.connect(self.open_menu)
        side.project_wanted.connect(lambda one: self.go("projects", project_id=one))
        side.start_wanted.connect(lambda one: self.timer.start(project_id=one))
        side.menu_wanted.connect(self._on_pinned_menu)
        self.directory.changed.connect(self._on_directory)
        self.directory.did.connect(self._feedback.undoable)
        self.timer.changed.connect(self._on_timer)
        self.timer.failed.connect(self._on_error)
        # What runs on is never announced, only that it began and ended.
        self.timer.started.connect(lambda row: self._feedback.announce(started_text(row)))
        self.timer.stopped.connect(self._on_stopped)
        self._jobs.failed.connect(self._on_error)
        self.undo_stack.changed.connect(self._on_undo)
        self.sidebar.company.show_company("", "")

    # Moving about.

    def _show(self, page: str, place: Mapping[str, Any]) -> None:
        view = self.view(page)
        if place:
            view.open_at(place)
        self.stack.setCurrentWidget(view)
        # Not into a field of the page: single letters act until one is entered.
        view.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.first_page is not None:
            self.stack.removeWidget(self.first_page)
            self.first_page.deleteLater()
            self.first_page = None
        declared = self.pages[page]
        self.sidebar.light(declared.within or declared.id)
        self.refresh_title()
        self._actions["go.back"].setEnabled(self.journey.can_go_back)
        self._actions["go.forward"].setEnabled(self.journey.can_go_forward)
        self.shown_page.emit(page)

    def refresh_title(self) -> None:
        """Write the page's words into the window's title."""
        view = self.current()
        words = view.heading() if view else ""
        words = words or (self.pages[self.journey.here].words if self.journey.here else "")
        self.setWindowTitle(f"{words} – BillOps" if words else "BillOps")

    def place_now(self) -> dict[str, Any]:
        """Return where the page that is shown stands."""
        view = self.current()
        return view.place() if view is not None else {}

    def on_back(self) -> None:
        """Go to the page before, as it was left."""
        step = self.journey.back(self.place_now())
        if step is not None:
            self._show(*step)

    def on_forward(self) -> None:
        """Go to the page that Back left."""
        step = self.journey.forward(self.place_now())
        if step is not None:
            self._show(*step)

    def on_new_entry(self) -> None:
        """Go to the timer bar."""
        if self.first_page is None:
            self.go("time")
        for bar in self.page_now().findChildren(TimerBar):
            bar.focus()

    def on_filter(self) -> None:
        """Go to the page's filter."""
        view = self.current()
        field = view.filter_field() if view else None
        if field is not None:
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @cached_property
    def palette_panel(self) -> Palette:
        """Return the command palette, made when it is first opened."""
        from billops_desktop.ui.shell.palette import Palette

        return Palette(self, self._actions, self.directory, self._jobs, self.go)

    def on_palette(self) -> None:
        """Open the command palette."""
        self.palette_panel.open()

    def on_region(self, step: int) -> None:
        """Go to the next or previous region: sidebar, timer bar, page."""
        from billops_desktop.ui.shell.regions import step_region

        step_region(self.sidebar, self.page_now(), step)

    # The rest of what actions do.

    def on_sidebar(self) -> None:
        """Show the sidebar's words, or its icons only."""
        self._narrow_chosen = not self.sidebar.narrow
        self.sidebar.set_narrow(self._narrow_chosen)

    def on_panel(self) -> None:
        """Show or hide the page's panel at the right."""
        view = self.current()
        if view is not None:
            view.toggle_panel()

    def on_theme(self) -> None:
        """Switch between light and dark, and keep the choice."""
        choice = "light" if theme.SWITCH.theme.dark else "dark"
        theme.SWITCH.choose(choice)
        if self._jobs.ready:
            self._jobs.run(set_preference, "appearance.theme", choice)

    def open_menu(self) -> None:
        """Open the application's menu under the company; its icons are drawn only here."""
        from billops_desktop.ui.shell.menus import company_menu

        company_menu(self._actions, self, self.sidebar.company)

    # Events.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on single letters while no text field has the focus."""
        letter = typed_letter(event)
        if not letter or focus_types_text():
            super().keyPressEvent(event)
            return
        if self._goes.isActive():
            self._goes.stop()
            self.go(keys.GO_LETTERS.get(letter, ""))
        elif letter == "G":
            self._goes.start()
        else:
            # Before the records are open, the first frame is the Time page.
            action = self._actions.letter(letter, self.journey.here or "time")
            if action is not None:
                action.trigger()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go back and forward with the mouse's side buttons."""
        if event.button() == Qt.MouseButton.BackButton:
            self.on_back()
        elif event.button() == Qt.MouseButton.ForwardButton:
            self.on_forward()
        else:
            super().mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show icons only while the window is narrow, unless the user chose."""
        super().resizeEvent(event)
        before, now = event.oldSize().width() < NARROW_BELOW, self.width() < NARROW_BELOW
        if before != now:
            self._narrow_chosen = None
        wanted = now if self._narrow_chosen is None else self._narrow_chosen
        if wanted != self.sidebar.narrow:
            self.sidebar.set_narrow(wanted)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the window's place; the application decides whether it goes on in the tray."""
        self.state.keep(self)
        self.state.save()
        if self.may_close:
            super().closeEvent(event)
            return
        event.ignore()
        self.close_asked.emit()

    # What others report.

    def _on_directory(self) -> None:
        directory, side = self.directory, self.sidebar
        side.company.show_company(directory.company, directory.note(self._clock))
        side.show_pinned(directory.pinned)
        for page, count, tone in (
            ("to_invoice", directory.counts.to_invoice, "neutral"),
            ("invoices", directory.counts.overdue, "bad"),
        ):
            if page in side.buttons:
                side.buttons[page].show_count(count, tone)

    def _on_timer(self) -> None:
        words = _("Stop the timer") if self.timer.running else _("Start the timer")
        self._actions["timer.toggle"].setText(words)

    def _on_stopped(self, row: Any, changes: Any) -> None:
        self._feedback.undoable(stopped_text(row), changes)

    def _on_undo(self) -> None:
        for action_id, steps, words in (
            ("edit.undo", self.undo_stack.done, _("Undo")),
            ("edit.redo", self.undo_stack.undone, _("Redo")),
        ):
            action = self._actions[action_id]
            action.setEnabled(bool(steps))
            action.setText(f"{words}: {steps[-1].words}".replace("&", "&&") if steps else words)

    def _on_error(self, error: BillOpsError) -> None:
        self._feedback.show_error(error, self.current())

    def _on_pinned_menu(self, project: ProjectItem, where: QPoint) -> None:
        from billops_desktop.ui.shell.menus import pinned_menu

        pinned_menu(self, project, where)

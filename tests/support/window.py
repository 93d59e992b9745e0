"""A real window over a real profile for tests: jobs run on the spot, pages are small ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

import pytest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from billops_desktop.services.workspace import Workspace
    from billops_desktop.ui.jobs import Jobs
    from billops_desktop.ui.main_window import MainWindow
    from billops_desktop.ui.view import View
    from tests.support.clock import MovableClock

ViewT = TypeVar("ViewT", bound="View")


class OpenView(Protocol):
    """Shows a real page in a real window and hands it over loaded."""

    def __call__(self, page_id: str, factory: Callable[[MainWindow], ViewT]) -> ViewT: ...


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    """Dress the application in the light theme and the bundled fonts."""
    from billops_desktop.ui import fonts, theme

    fonts.install(qapp)
    theme.SWITCH.install(qapp, "light")
    yield qapp
    theme.SWITCH.choose("light")
    fonts.install(qapp)


@pytest.fixture
def jobs(workspace: Workspace, dressed: QApplication) -> Iterator[Jobs]:
    """Return jobs that run on the spot over a profile that is set up."""
    from billops_desktop.ui.jobs import Jobs

    made = Jobs(workspace, inline=True)
    yield made
    made.closed = True


def small_page(page_id: str, *, listed: bool = True) -> Any:
    """Return the declaration of a page that counts its loads and remembers its place."""
    from PySide6.QtWidgets import QVBoxLayout

    from billops_desktop.ui.shell.pages import PageDeclaration
    from billops_desktop.ui.timer.timer_bar import TimerBar
    from billops_desktop.ui.view import View
    from billops_desktop.ui.widgets.input.fields import SearchField

    class SmallView(View):
        name = page_id
        shows = frozenset({"time_entry"})
        has_timer_bar = page_id == "time"

        def __init__(self, shell: Any) -> None:
            super().__init__(shell)
            self.loads = 0
            self.at: dict[str, Any] = {}
            assert isinstance(self.body, QVBoxLayout)
            if self.has_timer_bar:
                self.body.addWidget(TimerBar(shell.timer, shell.directory, self))
            self.head = self.header(page_id)
            self.filter = SearchField("pageFilter", "Filter", self)
            self.body.addWidget(self.filter)
            self.body.addStretch(1)

        def load(self) -> None:
            self.loads += 1

        def open_at(self, place: Any) -> None:
            self.at = dict(place)

        def place(self) -> dict[str, Any]:
            return dict(self.at)

        def filter_field(self) -> Any:
            return self.filter

    return PageDeclaration(
        id=page_id, words=page_id.title(), icon="clock", factory=SmallView, listed=listed
    )


@pytest.fixture
def small_window(jobs: Jobs, clock: MovableClock, qtbot: QtBot) -> MainWindow:
    """Return a shown window with the pages time, invoices, clients and projects."""
    from billops_desktop.ui.main_window import MainWindow

    names = ("time", "invoices", "clients", "projects")
    window = MainWindow(jobs, clock, declared=tuple(small_page(name) for name in names))
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show_first(None)
    window.show()
    window.start_page("time")
    jobs.opened.emit(jobs.workspace)
    return window


@pytest.fixture
def open_view(jobs: Jobs, clock: MovableClock, qtbot: QtBot) -> Iterator[OpenView]:
    """Return a function that shows a real page in a real window and hands it over loaded."""
    from billops_desktop.ui.main_window import MainWindow
    from billops_desktop.ui.shell.pages import PageDeclaration

    windows: list[MainWindow] = []

    def show(page_id: str, factory: Callable[[MainWindow], ViewT]) -> ViewT:
        listed = page_id != "invoice"
        page = PageDeclaration(
            id=page_id, words=page_id, icon="clock", factory=factory, listed=listed
        )
        others = ("time", "invoice", "invoices", "clients", "projects", "to_invoice", "settings")
        rest = tuple(
            small_page(name, listed=name != "invoice") for name in others if name != page_id
        )
        window = MainWindow(jobs, clock, declared=(page, *rest))
        qtbot.addWidget(window)
        windows.append(window)
        window.resize(1440, 900)
        window.show()
        window.start_page(page_id)
        jobs.opened.emit(jobs.workspace)
        return cast("ViewT", window.view(page_id))

    yield show
    windows.clear()

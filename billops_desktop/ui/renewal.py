"""The window made anew where it stands, in the language and text size that were just chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from billops_desktop.ui.main_window import MainWindow

if TYPE_CHECKING:
    from billops_desktop.ui.growing import Steps


def renewal(old: MainWindow) -> Steps[MainWindow]:
    """Make a new window on the page of one, in steps; ``put_in_place`` shows it.

    Words and sizes are read when a widget is made: making all of it again is surer than telling
    each widget, and it is done twice in the life of a profile. The old window is of use until then,
    but is not painted any more.
    """
    # Every widget of it is to be painted after the change of font, in the new size on the old
    # places: one frame that takes the longest turn from some 33 to 50 ms of the main thread, and
    # the first time from 65 to 95. What shows still instead is over within three short turns.
    old.setUpdatesEnabled(False)
    new = MainWindow(old.jobs, old.clock, state=old.state)
    try:
        new.may_close = old.may_close
        new.setGeometry(old.geometry())
        yield
        new.view(_page_of(old))
        yield
    except BaseException:
        _let_go(new)
        old.setUpdatesEnabled(True)
        raise
    for owned in (new.timer, new.directory):
        owned.load()
    new.directory.count()
    _take_place(old, new)
    return new


def put_in_place(new: MainWindow, old: MainWindow) -> None:
    """Show the new window where the old one stood; steps can still be taken back."""
    new.undo_stack.take_over(old.undo_stack)
    if _page_of(old) != new.journey.here:
        # Used while the new one was made.
        new.go(_page_of(old), **old.place_now())
    elif old.place_now() != new.place_now():
        _take_place(old, new)
    new.setWindowState(old.windowState())
    new.setVisible(old.isVisible())
    _let_go(old)


def _page_of(old: MainWindow) -> str:
    return old.journey.here or next(iter(old.pages))


def _take_place(old: MainWindow, new: MainWindow) -> None:
    """Go to the page and the place at which the old window stands."""
    page = _page_of(old)
    new.start_page(page)
    if old.journey.here:
        new.view(page).open_at(old.place_now())


def _let_go(window: MainWindow) -> None:
    for view in window.views.values():
        view.release()
    window.hide()
    window.deleteLater()

"""The window made anew where it stands, in the language and text size that were just chosen."""

from __future__ import annotations

from billops_desktop.ui.main_window import MainWindow


def renewed(old: MainWindow) -> MainWindow:
    """Put a new window in the place of one, on the same page; steps can still be taken back.

    Words and sizes are read when a widget is made: making all of it again is surer than telling
    each widget, and it is done twice in the life of a profile.
    """
    new = MainWindow(old.jobs, old.clock, state=old.state)
    new.may_close = old.may_close
    new.undo_stack.take_over(old.undo_stack)
    new.setGeometry(old.geometry())
    for owned in (new.timer, new.directory):
        owned.load()
    new.directory.count()
    page, place = old.journey.here, old.place_now()
    new.start_page(page or next(iter(new.pages)))
    if page:
        new.view(page).open_at(place)
    new.setWindowState(old.windowState())
    new.setVisible(old.isVisible())
    for view in old.views.values():
        view.release()
    old.hide()
    old.deleteLater()
    return new

"""Messages, questions, errors and the crash dialog: the only ways in which the app speaks up."""

from __future__ import annotations

import logging
import sys
import traceback
from collections import deque
from collections.abc import Callable
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Final, Protocol, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QBoxLayout, QWidget

from billops_desktop.errors import BillOpsError
from billops_desktop.i18n import _
from billops_desktop.ui.jobs import Unexpected

if TYPE_CHECKING:
    from billops_desktop.domain.changes import Changes
    from billops_desktop.ui.widgets.panels import Banner
    from billops_desktop.ui.widgets.sheet import Sheet
    from billops_desktop.ui.widgets.toast import Toast

RECENT: Final = 50
log = logging.getLogger(__name__)


class Page(Protocol):
    """What a page must have so that a banner can stand under its header."""

    body: QBoxLayout


class Feedback(QObject):
    """Speaks for one window: toast, banner, question, crash.

    What it speaks through is imported when it speaks: the first frame must not wait for that.
    """

    undo_wanted = Signal(str)
    undoable_done = Signal(str, str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("feedback")
        self.window = window
        self.recent: deque[str] = deque(maxlen=RECENT)

    @cached_property
    def toast(self) -> Toast:
        """Return the one toast of the window."""
        from billops_desktop.ui.widgets.toast import Toast

        return Toast(self.window)

    def say(
        self, text: str, undo: Callable[[], object] | None = None, *, verb: str | None = None
    ) -> None:
        """Show a toast; with ``undo`` it has a button that takes the step back."""
        self.recent.appendleft(text)
        self.toast.say(text, undo, verb=verb)
        self.announce(text)

    def undoable(self, text: str, changes: Changes) -> None:
        """Show a toast for a finished step and keep it for Undo (Ctrl+Z)."""
        transaction = changes.transaction
        if not transaction:
            self.say(text)
            return
        self.undoable_done.emit(text, transaction)
        self.say(text, lambda: self.undo_wanted.emit(transaction))

    def announce(self, text: str, *, assertive: bool = False) -> None:
        """Let screen readers speak a message."""
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

        event = QAccessibleAnnouncementEvent(self.window, text)
        if assertive:
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)

    def show_error(self, error: BillOpsError, page: QWidget | None = None) -> Banner | None:
        """Show an error as a banner under the page's header, or as a toast without a page."""
        log.info("Shown to the user: %s", error)
        self.recent.appendleft(str(error))
        self.announce(str(error), assertive=True)
        body = getattr(page, "body", None)
        if page is None or not isinstance(body, QBoxLayout):
            self.toast.say(str(error))
            return None
        return self.show_banner("bad", error.title, error.hint, page=page, error=error)

    def show_banner(
        self,
        tone: str,
        title: str,
        text: str = "",
        *,
        page: QWidget,
        error: BillOpsError | None = None,
    ) -> Banner:
        """Put a banner under a page's header; a newer one of the same tone replaces it."""
        from billops_desktop.ui.widgets.panels import Banner

        for old in page.findChildren(Banner):
            if old.tone == tone:
                old.hide()
                old.deleteLater()
        banner = Banner(tone, title, text, page)
        if isinstance(error, Unexpected):
            banner.offer(_("Show details"), lambda: self.show_details(error))
        body = cast("Page", page).body
        body.insertWidget(min(1, body.count()), banner)
        banner.show()
        return banner

    def clear(self, page: QWidget) -> None:
        """Take the error banners of a page away."""
        from billops_desktop.ui.widgets.panels import Banner

        for old in page.findChildren(Banner):
            if old.tone == "bad":
                old.hide()
                old.deleteLater()

    def ask(
        self,
        title: str,
        text: str,
        verb: str,
        *,
        then: Callable[[], object],
        danger: bool = False,
    ) -> Sheet:
        """Ask before a step that cannot be taken back; ``then`` runs when the verb is pressed."""
        from billops_desktop.ui.widgets.sheet import Sheet

        sheet = Sheet(title, verb, self.window, danger=danger)
        sheet.setObjectName("question")
        sheet.say(text)

        def take() -> None:
            sheet.close_done()
            then()

        sheet.on_confirm(take)
        sheet.open()
        return sheet

    def show_details(self, error: Unexpected) -> Sheet:
        """Show the trace of a fault, selectable, with a button that copies it."""
        from PySide6.QtGui import QGuiApplication

        from billops_desktop.ui.widgets.input.fields import TextArea
        from billops_desktop.ui.widgets.sheet import Sheet

        sheet = Sheet(error.title, _("Copy details"), self.window, width=640)
        sheet.setObjectName("crash")
        sheet.say(error.hint)
        trace = TextArea("trace", sheet, lines=14)
        trace.setReadOnly(True)
        trace.setText(error.details)
        trace.setAccessibleName(_("Details"))
        sheet.body.addWidget(trace)
        sheet.cancel.setText(_("Close"))
        sheet.on_confirm(lambda: QGuiApplication.clipboard().setText(error.details))
        sheet.open()
        return sheet


def install_crash_hook(window: Callable[[], Feedback | None]) -> None:
    """Log every uncaught fault and show it once, without ending the program."""

    def hook(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        log.critical("Uncaught fault", exc_info=(kind, fault, trace))
        speaker = window()
        if speaker is None:
            return
        words = Unexpected(
            _("BillOps met a fault in itself."),
            _("Saved time and invoices are not affected. You can go on working."),
            "".join(traceback.format_exception(kind, fault, trace)),
        )
        if not speaker.window.findChildren(QWidget, "crash"):
            speaker.show_details(words)

    sys.excepthook = hook

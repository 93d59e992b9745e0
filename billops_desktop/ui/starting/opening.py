"""What the first page says while records are upgraded, or when they cannot be opened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from billops_desktop.errors import BillOpsError
from billops_desktop.i18n import _
from billops_desktop.ui.widgets.panels import Banner, ProgressPanel


class OpeningPage:
    """Puts a progress line or a banner on top of a page that has a column of widgets."""

    @staticmethod
    def report(page: QWidget, done: int, total: int) -> ProgressPanel:
        """Show how far an upgrade is."""
        for panel in page.findChildren(ProgressPanel):
            panel.report(done, total)
            return panel
        words = _("Your records are being brought up to date. A backup was made first.")
        panel = ProgressPanel(words, page)
        panel.cancel.hide()
        panel.report(done, total)
        _put(page, panel)
        return panel

    @staticmethod
    def fail(
        page: QWidget,
        error: BillOpsError,
        *,
        again: Callable[[], object],
        leave: Callable[[], object],
    ) -> Banner:
        """Say why the records cannot be opened and offer what can be done."""
        for old in (*page.findChildren(Banner), *page.findChildren(ProgressPanel)):
            old.hide()
            old.deleteLater()
        banner = Banner("bad", error.title, error.hint, page)
        banner.keep_open()

        def retry() -> None:
            banner.hide()
            again()

        banner.offer(_("Try again"), retry)
        banner.offer(_("Quit"), leave)
        _put(page, banner)
        return banner


def _put(page: QWidget, widget: QWidget) -> None:
    layout = page.layout()
    if layout is not None:
        layout.insertWidget(min(1, layout.count()), widget)  # type: ignore[attr-defined] # the page's layout is a column
    widget.show()

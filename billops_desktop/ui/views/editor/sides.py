"""The two sides of the editor: form and pages side by side or a tab each, widths remembered."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from billops_desktop.ui.views.billing.invoice_panel import WIDTH, InvoicePanel
from billops_desktop.ui.views.paper.torn import TornWindow
from billops_desktop.ui.widgets.buttons import Segments

if TYPE_CHECKING:
    from billops_desktop.ui.shell.window_state import WindowState
    from billops_desktop.ui.views.paper.preview import Preview

WIDE_FROM: Final = 1180
WIDEST: Final = 16_777_215
SHARES: Final = [672, 530]
REMEMBERED: Final = "editor sides"


class Sides(QSplitter):
    """Form or panel at the left, pages at the right; where it is narrow one of them at a time.

    ``pages`` makes the pages with these sides as their parent; form and panel are children of
    ``left``, made when one of them is first needed.
    """

    def __init__(
        self,
        pages: Callable[[QWidget], Preview],
        tabs: Segments,
        state: WindowState,
        *,
        parent: QWidget,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("editorSplitter")
        self.left = QStackedWidget(self)
        self.pages, self.tabs, self.state = pages(self), tabs, state
        self.wide = True
        self.torn: TornWindow | None = None
        self._sizes = self._remembered()
        self.left.setMinimumWidth(WIDTH)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.addWidget(self.left)
        self.addWidget(self.pages)
        self.setStretchFactor(0, 0)
        self.setStretchFactor(1, 1)
        self.setSizes(self._sizes)
        self.splitterMoved.connect(self._on_moved)
        tabs.chosen.connect(self.show_tab)

    def tear_off(self, title: str) -> None:
        """Give the pages a window of their own; closing it brings them back."""
        if self.torn is not None:
            self.torn.activateWindow()
            return
        self._sizes = self.sizes() if self._beside() and not self._issued() else self._sizes
        self.torn = TornWindow(self.pages, title, self.state, self.window())
        self.torn.closed.connect(self._on_torn_closed)
        self.pages.show()
        self.fit(self.wide)
        self.torn.show()

    def bring_back(self) -> None:
        """Close the window of the pages, if there is one."""
        if self.torn is not None:
            self.torn.close()

    def _on_torn_closed(self) -> None:
        self.torn = None
        self.addWidget(self.pages)
        self.setSizes([WIDTH, self.width() - WIDTH] if self._issued() else self._sizes)
        self.fit(self.wide)

    def hideEvent(self, event: QHideEvent) -> None:
        """Bring the pages back when the invoice is left."""
        if not event.spontaneous():
            self.bring_back()
        super().hideEvent(event)

    def hold(self, made: QWidget) -> None:
        """Take a form or panel that was just made; Tab goes through it before the pages."""
        self.left.addWidget(made)
        last = made
        while (following := last.nextInFocusChain()) is not None and made.isAncestorOf(following):
            last = following
        for stop in self.findChildren(QWidget) if self.torn is None else ():
            if self.pages.isAncestorOf(stop) and stop.focusPolicy() & Qt.FocusPolicy.TabFocus:
                self.setTabOrder(last, stop)
                last = stop

    def show_left(self, widget: QWidget) -> None:
        """Show the form of a draft or the panel of an issued invoice at the left."""
        self.left.setCurrentWidget(widget)

    def fit(self, wide: bool) -> None:
        """Fit to a window that is wide enough for both, or is not."""
        self.wide = wide
        self.tabs.setVisible(not (self._beside() or self.torn))
        self.show_tab(self.tabs.value)

    def show_tab(self, tab: str) -> None:
        """Show one side where there is no room for both."""
        self.tabs.choose(tab)
        torn = self.torn is not None
        self.left.setVisible(self._beside() or torn or tab == "edit")
        self.pages.setVisible(self._beside() or torn or tab == "preview")
        if not torn:
            self._share()

    def _beside(self) -> bool:
        """Return whether form and pages stand side by side; a panel has room for it anywhere."""
        return self.wide or self._issued()

    def _issued(self) -> bool:
        return isinstance(self.left.currentWidget(), InvoicePanel)

    def _share(self) -> None:
        """Give the panel of an issued invoice its width, the form of a draft what it had."""
        issued = self._issued()
        if issued == (self.left.maximumWidth() == WIDTH):
            return
        if issued:
            self._sizes = self.sizes()
        self.left.setMaximumWidth(WIDTH if issued else WIDEST)
        whole = sum(self.sizes())
        self.setSizes([WIDTH, whole - WIDTH] if issued else self._sizes)

    def _on_moved(self) -> None:
        if not self._issued() and self._beside() and self.torn is None:
            self._sizes = self.sizes()
            self.state.put(REMEMBERED, self._sizes)

    def _remembered(self) -> list[int]:
        known = self.state.get(REMEMBERED, SHARES)
        fine = len(known) == len(SHARES) and all(type(size) is int and size > 0 for size in known)
        return list(known) if fine else list(SHARES)

"""F6: walk between the regions of the window: sidebar, timer bar, page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from billops_desktop.ui.timer.timer_bar import TimerBar


def step_region(sidebar: QWidget, page: QWidget, step: int) -> None:
    """Put the focus on the first stop of the next (1) or previous (-1) region."""
    bars = [bar for bar in page.findChildren(TimerBar) if bar.isVisible()]
    regions: list[QWidget] = [sidebar, *bars, page]
    target = regions[(_region_now(regions) + step) % len(regions)]
    for child in target.findChildren(QWidget):
        if target is page and any(bar.isAncestorOf(child) for bar in bars):
            continue
        if child.isVisible() and child.isEnabled() and takes_tab(child):
            child.setFocus(Qt.FocusReason.TabFocusReason)
            return


def takes_tab(widget: QWidget) -> bool:
    """Return whether Tab stops at a widget."""
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _region_now(regions: list[QWidget]) -> int:
    focused = QApplication.focusWidget()
    # A bar lies inside its page and before it in the list: the smaller region is found first.
    holding = (
        number
        for number, region in enumerate(regions)
        if focused is not None and region.isAncestorOf(focused)
    )
    return next(holding, -1)

"""Keeps the keyboard's focus in its form when the part that has it is held or goes."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def step_aside(leaving: QWidget) -> None:
    """Give the focus of a part that is held or taken away to its nearest neighbour in the form.

    Left alone, the toolkit goes on in the order of the whole window: after the last part of a form
    stands the first one of the sidebar, and what is typed then is lost.
    """
    focused = QApplication.focusWidget()
    if focused is None or not (focused is leaving or leaving.isAncestorOf(focused)):
        return
    form = leaving.parentWidget()
    while form is not None:
        for near in _before(leaving, focused):
            if form.isAncestorOf(near):
                near.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        if form.isWindow():
            return
        form = form.parentWidget()


def in_order(first: QWidget, *others: QWidget) -> None:
    """Let Tab go from each part to the next, wherever they were made."""
    for other in others:
        QWidget.setTabOrder(first, other)
        first = other


def _before(leaving: QWidget, focused: QWidget) -> Iterator[QWidget]:
    """Walk what Tab can reach, backwards from the focus, without the part that leaves."""
    near = focused.previousInFocusChain()
    while near is not None and near is not focused:
        reached = near.focusPolicy() & Qt.FocusPolicy.TabFocus and near.isEnabled()
        apart = near is not leaving and not leaving.isAncestorOf(near)
        if reached and apart and near.isVisible():
            yield near
        near = near.previousInFocusChain()

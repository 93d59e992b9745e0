"""What is pressed is large enough (U-14), and what has the focus shows it (U-15)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QWidget,
)

from billops_desktop.ui.shell.regions import takes_tab
from tests.support.contrast import contrast
from tests.support.tour import every_scene, page_scenes, parts, sheet_scenes, told, tops

LEAST = 24
PRESSED = (QAbstractButton, QComboBox, QLineEdit)
# The ring is two pixels thick; a checked corner is rounded, so a little is missing.
THICK, ROUNDED = 2, 0.65
TELLS = 3.0


def targets(top: QWidget) -> dict[QWidget, QRect]:
    """Return what can be pressed, and where in the window."""
    return {
        one: QRect(one.mapTo(top, QPoint()), one.size())
        for one in parts(top)
        if isinstance(one, PRESSED) and one.isEnabled() and not one.visibleRegion().isEmpty()
    }


def too_small(top: QWidget) -> Iterator[QWidget]:
    """Yield targets under 24 px that have another one within the circle WCAG 2.5.8 draws."""
    found = targets(top)
    for one, area in found.items():
        if min(area.width(), area.height()) >= LEAST:
            continue
        circle = QRect(0, 0, LEAST, LEAST)
        circle.moveCenter(area.center())
        near = [
            other
            for other, place in found.items()
            if other is not one and place.intersects(circle) and not other.isAncestorOf(one)
        ]
        if near:
            yield one


def test_targets_are_24_px_or_stand_apart(tour: Any) -> None:
    faults = [
        f"{name}: {told(one)} {one.width()}x{one.height()}"
        for name, stage in tour(every_scene())
        for top in tops(stage)
        for one in too_small(top)
    ]
    assert not faults, "\n".join(faults)


def test_rows_of_lists_are_24_px_high(tour: Any) -> None:
    faults = []
    for name, stage in tour(page_scenes()):
        for view in stage.window.findChildren(QAbstractItemView):
            model = view.model()
            listed = not isinstance(view, QHeaderView) and model.rowCount()
            if view.isVisible() and listed:
                height = view.visualRect(model.index(0, 0)).height()
                if height < LEAST:
                    faults.append(f"{name}: {told(view)} {height}")
    assert not faults, "\n".join(faults)


def grabbed(one: QWidget, top: QWidget) -> QImage:
    """Return what is painted where a widget is."""
    area = QRect(one.mapTo(top, QPoint()), one.size())
    return top.grab(area).toImage().convertToFormat(QImage.Format.Format_RGB32)


def ring_pixels(before: QImage, after: QImage) -> int:
    """Return how many pixels changed to what can be told from the ground or from before."""
    ours, theirs = (memoryview(image.constBits()).cast("I").tolist() for image in (before, after))
    ground = QColor.fromRgb(Counter(ours).most_common(1)[0][0])
    changed = Counter(pair for pair in zip(ours, theirs, strict=True) if pair[0] != pair[1])
    return sum(
        count
        for (old, new), count in changed.items()
        if contrast(QColor.fromRgb(new), ground) >= TELLS
        or contrast(QColor.fromRgb(new), QColor.fromRgb(old)) >= TELLS
    )


def perimeter(one: QWidget) -> int:
    """Return the outline of what the ring goes round, in pixels: of a check box, its box."""
    if isinstance(one, QCheckBox):
        return 4 * 18
    if isinstance(one, QAbstractItemView) and one.currentIndex().isValid():
        row = one.visualRect(one.currentIndex())
        return 2 * (row.width() + row.height())
    return 2 * (one.width() + one.height())


def unringed(stage: Any, top: QWidget) -> Iterator[str]:
    """Yield what has the focus and does not show it."""
    for one in [one for one in parts(top) if one.isEnabled() and takes_tab(one)]:
        if one.visibleRegion().boundingRect().size() != one.size() or one is top:
            continue
        # The palette's field is its only stop, and has the focus as long as it is open.
        if one.objectName() == "paletteField":
            continue
        top.setFocus(Qt.FocusReason.OtherFocusReason)
        one.clearFocus()
        stage.settle()
        # Left empty where it must not be, it has a red frame of two pixels already.
        if one.property("wrong"):
            continue
        before = grabbed(one, top)
        one.setFocus(Qt.FocusReason.TabFocusReason)
        stage.settle()
        if not one.hasFocus():
            continue
        found, wanted = ring_pixels(before, grabbed(one, top)), THICK * perimeter(one) * ROUNDED
        if found < wanted:
            yield f"{told(one)} {found} of {wanted:.0f}"


@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_focus_is_seen(tour: Any, hands: Any, look: str) -> None:
    faults = []
    for name, stage in tour((*page_scenes(), *sheet_scenes()), look=look):
        for top in tops(stage):
            hands.activate(top.window())
            faults += [f"{name}: {fault}" for fault in unringed(stage, top)]
    assert not faults, "\n".join(faults)

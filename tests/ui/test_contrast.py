"""Words and signs as they are painted can be read on every page, light and dark (U-13)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QTableView, QWidget

from billops_desktop.ui.widgets.labels import PlainLabel
from tests.support.contrast import contrast
from tests.support.tour import page_scenes, parts, sheet_scenes, told, tops

# Rendered large, so that the middle of a stroke has the full colour of its ink.
SCALE = 3
TEXT, SIGN = 4.5, 3.0
# The frame of a field, which has more contrast than the words in it may have.
FRAME = 3
SEEN: dict[int, float] = {}
# What rounding of blended colours may cost.
SLACK = 0.1


def picture(top: QWidget) -> QImage:
    """Return a window as it is painted, each pixel as nine."""
    image = QImage(top.size() * SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SCALE)
    image.fill(QColor("white"))
    top.render(image, QPoint())
    image.setDevicePixelRatio(1)
    return image


def best_contrast(image: QImage, area: QRect) -> float:
    """Return the contrast of the strongest ink of an area against its commonest colour."""
    large = QRect(area.topLeft() * SCALE, area.size() * SCALE).intersected(image.rect())
    part = image.copy(large).convertToFormat(QImage.Format.Format_RGB32)
    if part.isNull():
        return 99.0
    pixels, wide = bytes(part.constBits()), part.bytesPerLine()
    # What looks the same on every page is measured on the first.
    known = SEEN.get(look := hash((wide, pixels)))
    if known is None:
        known = SEEN[look] = _strongest(pixels, wide)
    return known


def _strongest(pixels: bytes, wide: int) -> float:
    # Above and below the words every line is the same, and counted once.
    lines = Counter(pixels[at : at + wide] for at in range(0, len(pixels), wide))
    colours: Counter[int] = Counter()
    for line, times in lines.items():
        for value, count in Counter(memoryview(line).cast("I").tolist()).items():
            colours[value] += count * times
    ground = QColor.fromRgb(colours.most_common(1)[0][0])
    # A single stray pixel is no stroke.
    inks = [QColor.fromRgb(value) for value, count in colours.items() if count >= SCALE]
    return max((contrast(ground, ink) for ink in inks), default=1.0)


def areas(top: QWidget) -> Iterator[tuple[QWidget, QRect, float]]:
    """Yield what shows words or a sign: the widget, where, and the least contrast it needs."""
    for one in parts(top):
        if not one.isEnabled() or one.visibleRegion().isEmpty():
            continue
        at = one.visibleRegion().boundingRect().translated(one.mapTo(top, QPoint()))
        if isinstance(one, PlainLabel) and one.text().strip():
            yield one, at, TEXT
        elif isinstance(one, QAbstractButton):
            yield one, at, TEXT if one.text() else SIGN
        elif isinstance(one, QLineEdit) and (one.text() or one.placeholderText()):
            yield one, at.adjusted(FRAME, FRAME, -FRAME, -FRAME), TEXT
        elif isinstance(one, QTableView):
            yield from ((one, cell, least) for cell, least in cells(one, top))


def cells(view: QTableView, top: QWidget) -> Iterator[tuple[QRect, float]]:
    """Yield the first rows' cells that hold words; a column without a title holds signs."""
    model = view.model()
    for row in range(min(model.rowCount(), 3)):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            area = view.visualRect(index).intersected(view.viewport().rect())
            if str(index.data() or "").strip("–") and not area.isEmpty():
                titled = model.headerData(column, Qt.Orientation.Horizontal)
                at = area.translated(view.viewport().mapTo(top, QPoint()))
                yield at, TEXT if titled else SIGN


@pytest.mark.parametrize("look", ["light", "dark", "contrast-dark"])
def test_what_is_painted_can_be_read(tour: Any, look: str) -> None:
    faults = []
    for name, stage in tour((*page_scenes(), *sheet_scenes()), look=look):
        for top in tops(stage):
            image = picture(top)
            for one, area, least in areas(top):
                found = best_contrast(image, area)
                if found < least - SLACK:
                    faults.append(f"{name}: {found:.1f} of {least} in {told(one)}")
    assert not faults, "\n".join(faults)

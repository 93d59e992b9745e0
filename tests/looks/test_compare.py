"""Two pictures are told apart by the pixel, and a rounding is not a difference."""

from __future__ import annotations

from PySide6.QtGui import QColor, QImage

from tests.looks.compare import different_share


def _grey(value: int = 200, size: int = 10) -> QImage:
    image = QImage(size, size, QImage.Format.Format_RGB32)
    image.fill(QColor(value, value, value))
    return image


def test_the_share_counts_pixels() -> None:
    other = _grey()
    for column in range(3):
        other.setPixelColor(column, 4, QColor("red"))
    assert different_share(_grey(), other) == 0.03


def test_a_rounding_is_no_difference() -> None:
    assert different_share(_grey(200), _grey(201)) == 0.0
    assert different_share(_grey(200), _grey(205)) == 1.0


def test_another_size_differs_wholly() -> None:
    assert different_share(_grey(), _grey(size=11)) == 1.0

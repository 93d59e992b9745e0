"""How far two pictures differ: the share of pixels that are not the same colour."""

from __future__ import annotations

from PySide6.QtGui import QImage

# Of 255, per channel: what rounding of a blended edge may make of it.
TOLERANCE = 2
BYTES_A_PIXEL = 4


def different_share(one: QImage, other: QImage) -> float:
    """Return the share of differing pixels, 0 to 1; pictures of two sizes differ wholly."""
    if one.size() != other.size() or one.isNull():
        return 1.0
    form = QImage.Format.Format_RGB32
    ours, theirs = (bytes(image.convertToFormat(form).constBits()) for image in (one, other))
    if ours == theirs:
        return 0.0
    row = one.width() * BYTES_A_PIXEL
    differing = 0
    for start in range(0, len(ours), row):
        left, right = ours[start : start + row], theirs[start : start + row]
        if left != right:
            differing += _differing(left, right)
    return differing / (one.width() * one.height())


def _differing(left: bytes, right: bytes) -> int:
    """Count the pixels of a row that differ by more than the tolerance in some channel."""
    return sum(
        any(abs(left[at + channel] - right[at + channel]) > TOLERANCE for channel in range(3))
        for at in range(0, len(left), BYTES_A_PIXEL)
        if left[at : at + BYTES_A_PIXEL] != right[at : at + BYTES_A_PIXEL]
    )

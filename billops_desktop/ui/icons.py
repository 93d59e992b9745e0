"""Icons: line drawings coloured by token, rendered at the screen's ratio, cached."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from billops_desktop.paths import resources_folder
from billops_desktop.ui import theme

DEFAULT_SIZE: Final = 16
RATIOS: Final = (1.0, 2.0)
_pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}


@lru_cache(maxsize=128)
def drawing(name: str) -> str:
    """Return the SVG text of an icon; FileNotFoundError for a name that is not shipped."""
    return (resources_folder() / "icons" / f"{name}.svg").read_text("utf-8")


def pixmap(
    name: str, ink: str = "text2", size: int = DEFAULT_SIZE, *, ratio: float = 1.0
) -> QPixmap:
    """Return an icon in a token's colour, size in logical pixels."""
    key = (name, theme.colour(ink).name(), size, ratio)
    known = _pixmaps.get(key)
    if known is None:
        known = _pixmaps[key] = _render(*key)
    return known


def icon(name: str, ink: str = "text2", size: int = DEFAULT_SIZE) -> QIcon:
    """Return a QIcon with normal and disabled colours at both common screen ratios."""
    made = QIcon()
    for ratio in RATIOS:
        made.addPixmap(pixmap(name, ink, size, ratio=ratio))
        made.addPixmap(pixmap(name, "text_disabled", size, ratio=ratio), mode=QIcon.Mode.Disabled)
    return made


def paint(
    painter: QPainter, area: QRectF, name: str, ink: str = "text2", size: int = DEFAULT_SIZE
) -> None:
    """Paint an icon centred in an area."""
    picture = pixmap(name, ink, size, ratio=painter.device().devicePixelRatio())
    corner = area.center() - QRectF(0, 0, size, size).center()
    painter.drawPixmap(QRectF(round(corner.x()), round(corner.y()), size, size).toRect(), picture)


def forget() -> None:
    """Drop every rendered icon: the colours or the screen have changed."""
    _pixmaps.clear()


def _render(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    # The drawings are made for 24: at 16 their line is kept a little heavier than at 20 and up.
    stroke = 1.75 if size < 20 else 1.5
    text = drawing(name).replace("currentColor", colour)
    text = text.replace('stroke-width="2"', f'stroke-width="{stroke}"')
    renderer = QSvgRenderer(QByteArray(text.encode()))
    side = QSize(round(size * ratio), round(size * ratio))
    image = QImage(side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, side.width(), side.height()))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return QPixmap.fromImage(image)

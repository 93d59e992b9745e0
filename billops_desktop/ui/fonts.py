"""The type scale: bundled Inter where the system has no face of its own, figures of one width."""

from __future__ import annotations

import sys
from functools import lru_cache
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics, QStaticText, QTransform
from PySide6.QtWidgets import QApplication

from billops_desktop.paths import resources_folder

# Name of the style: size in logical pixels, weight.
SCALE: Final[dict[str, tuple[int, int]]] = {
    "caption": (11, 500),
    "small": (12, 400),
    "small_medium": (12, 500),
    "body": (13, 400),
    "body_medium": (13, 500),
    "body_strong": (13, 600),
    "input": (15, 500),
    "subtitle": (15, 600),
    "title": (20, 600),
    "display": (28, 600),
    "timer": (22, 600),
}
FAMILY: Final = "Inter"
# The weights of the scale; other faces are of no use to the first frame.
FACES: Final = ("Regular", "Medium", "SemiBold")
FALLBACKS: Final = ("Noto Sans", "DejaVu Sans")
# What Inter cannot write, and the bundled face that can.
SCRIPTS: Final = (
    (QFontDatabase.WritingSystem.Hebrew, "NotoSansHebrew-Regular.ttf"),
    (QFontDatabase.WritingSystem.Arabic, "NotoSansArabic-Regular.ttf"),
    (QFontDatabase.WritingSystem.SimplifiedChinese, "DroidSansFallback.ttf"),
)
SMALLEST_PERCENT: Final = 90
LARGEST_PERCENT: Final = 160


class _Size:
    percent = 100
    families: tuple[str, ...] = ()


def install(application: QApplication, percent: int = 100) -> None:
    """Load the bundled faces once and give the application its body font at a text size."""
    if not _Size.families:
        _Size.families = _load()
    _Size.percent = min(max(percent, SMALLEST_PERCENT), LARGEST_PERCENT)
    font.cache_clear()
    metrics.cache_clear()
    laid_out.cache_clear()
    elided.cache_clear()
    application.setFont(font("body"))


def add_italic() -> None:
    """Load the italic face: drafts of invoice lines use it, the first frame does not."""
    _add("Italic")


def add_scripts() -> None:
    """Load the bundled faces of scripts that the system has no face for: not boxes, but letters.

    Qt falls back to them letter by letter. What the system has is left to it: it knows which
    shapes of the shared signs a Japanese or a Chinese reader wants.
    """
    for script, face in SCRIPTS:
        if not QFontDatabase.families(script):
            QFontDatabase.addApplicationFont(str(resources_folder() / "fonts" / face))
    laid_out.cache_clear()
    elided.cache_clear()
    metrics.cache_clear()


def _add(face: str) -> None:
    QFontDatabase.addApplicationFont(str(resources_folder() / "fonts" / f"{FAMILY}-{face}.ttf"))


def _load() -> tuple[str, ...]:
    for face in FACES:
        _add(face)
    own = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    if sys.platform in {"darwin", "win32"}:
        return (own, FAMILY, *FALLBACKS)
    return (FAMILY, own, *FALLBACKS)


@lru_cache(maxsize=64)
def font(style: str = "body", *, figures: bool = False) -> QFont:
    """Return a style of the scale, cached; with ``figures`` all digits have one width."""
    size, weight = SCALE[style]
    made = QFont(list(_Size.families or (FAMILY, *FALLBACKS)))
    made.setPixelSize(round(size * _Size.percent / 100))
    made.setWeight(QFont.Weight(weight))
    # Whole-pixel advances would space small text unevenly.
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if figures:
        # Columns of figures stand still while a clock or a total changes. Not for all text:
        # Inter widens the hyphen with it, which tears words apart.
        made.setFeature(QFont.Tag.fromString("tnum"), 1)
    return made


@lru_cache(maxsize=64)
def metrics(style: str = "body", *, figures: bool = False) -> QFontMetrics:
    """Return the metrics of a style, cached: delegates ask for them in every cell."""
    return QFontMetrics(font(style, figures=figures))


@lru_cache(maxsize=4096)
def elided(words: str, style: str, width: int, *, figures: bool = False) -> str:
    """Return words as they fit a width, cached: a list asks again at every paint."""
    return metrics(style, figures=figures).elidedText(words, Qt.TextElideMode.ElideRight, width)


@lru_cache(maxsize=4096)
def laid_out(
    words: str, style: str, width: int, *, figures: bool = False
) -> tuple[QStaticText, float]:
    """Return a line of text elided to a width, ready to be painted, and the width it takes.

    Shaping text is most of what a list costs to paint, and it paints the same words again at every
    step of the pointer.
    """
    measured = metrics(style, figures=figures)
    fitting = measured.elidedText(words, Qt.TextElideMode.ElideRight, width)
    text = QStaticText(fitting)
    text.setTextFormat(Qt.TextFormat.PlainText)
    text.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    text.prepare(QTransform(), font(style, figures=figures))
    return text, float(measured.horizontalAdvance(fitting))


def row_height(token: int, style: str = "body") -> int:
    """Return a row's height in logical pixels: the token, or more when the text is large."""
    return max(token, round(metrics(style).height() * 1.9))


def scaled(pixels: int) -> int:
    """Return a length that grows with the text size but never shrinks below its design."""
    return max(pixels, round(pixels * _Size.percent / 100))

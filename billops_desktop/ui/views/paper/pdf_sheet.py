"""One loaded PDF: its pages as pictures, each drawn once for the pixels of the screen."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument


class Sheet:
    """One loaded PDF: the buffer lives as long as the document that reads from it."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self._bytes = QByteArray(content)
        self._buffer = QBuffer(self._bytes)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document = QPdfDocument()
        self.document.load(self._buffer)
        self._images: dict[tuple[int, int], QImage] = {}

    @property
    def pages(self) -> int:
        """Return the number of pages."""
        return self.document.pageCount()

    def size(self, page: int) -> tuple[float, float]:
        """Return a page's width and height in points."""
        size = self.document.pagePointSize(page)
        return size.width(), size.height()

    def image(self, page: int, width: int, ratio: float) -> QImage:
        """Return a page at a width in logical pixels, drawn once for the screen's own pixels."""
        pixels = round(width * ratio)
        known = self._images.get((page, pixels))
        if known is None:
            across, down = self.size(page)
            known = self.document.render(page, QSize(pixels, round(pixels * down / across)))
            known.setDevicePixelRatio(ratio)
            if len(self._images) > 8:
                self._images.clear()
            self._images[page, pixels] = known
        return known

    def close(self) -> None:
        """Let document and buffer go, in this order."""
        self.document.close()
        self._buffer.close()

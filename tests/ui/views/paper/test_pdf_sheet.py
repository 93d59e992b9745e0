"""A loaded PDF: its pages, their size, and pictures that are drawn once."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from billops_desktop.documents.pdf_invoice import render_invoice
from billops_desktop.ui.views.paper.pdf_sheet import Sheet
from tests.documents import samples


def test_pages_have_their_size_and_are_drawn_once(qapp: QApplication) -> None:
    sheet = Sheet(render_invoice(samples.of_lines(60)))
    assert sheet.pages > 1
    across, down = sheet.size(0)
    assert (round(across), round(down)) == (595, 842)
    image = sheet.image(0, 300, 2.0)
    assert image.width() == 600
    assert image.devicePixelRatio() == 2.0
    assert sheet.image(0, 300, 2.0) is image
    sheet.close()

"""Prints an invoice: the very pages that are previewed and exported, by the system's dialog."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

from billops_desktop.i18n import _, ngettext
from billops_desktop.services.invoices import rendering
from billops_desktop.ui.jobs import Task
from billops_desktop.ui.view import View
from billops_desktop.ui.views.billing.pdf_files import export_pdf
from billops_desktop.ui.views.paper.pdf_sheet import Sheet

# Finer than this no eye tells apart on paper, and a page takes a hundred megabytes.
MOST_DPI: Final = 300


def print_invoice(view: View, invoice_id: str) -> None:
    """Ask for the printer and print; where there is none say so and offer the export."""
    if not QPrinterInfo.availablePrinterNames():
        banner = view.shell.feedback.show_banner(
            "warn",
            _("Not printed: this computer knows no printer."),
            _("The PDF has the same pages and can be printed anywhere."),
            page=view,
        )
        banner.offer(_("Export PDF"), lambda: export_pdf(view.shell, [invoice_id], view))
        return

    def job(task: Task) -> bytes:
        return rendering.render(task.workspace, invoice_id)

    view.shell.jobs.work(
        f"print-{invoice_id}", job, done=partial(_ask, view), failed=view.show_error
    )


def _ask(view: View, content: bytes) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, view.window())
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintSelection, on=False)

    # The systems' own print dialogs know only this way; it returns once an answer is given.
    if dialog.exec() == QPrintDialog.DialogCode.Accepted:
        pages = paint_pages(content, printer)
        words = ngettext(
            "{count} page sent to the printer", "{count} pages sent to the printer", pages
        )
        view.shell.feedback.say(words.format(count=pages))
    dialog.deleteLater()


def paint_pages(content: bytes, printer: QPrinter) -> int:
    """Paint the pages of a PDF onto a printer, each fitted to its sheet; return how many."""
    sheet = Sheet(content)
    printer.setFullPage(True)
    chosen = range(sheet.pages)
    if printer.fromPage():
        chosen = range(printer.fromPage() - 1, min(printer.toPage(), sheet.pages))
    painter = QPainter(printer)
    try:
        for number, page in enumerate(chosen):
            if number:
                printer.newPage()
            _paint_page(painter, sheet, page, printer)
    finally:
        painter.end()
        sheet.close()
    return len(chosen)


def _paint_page(painter: QPainter, sheet: Sheet, page: int, printer: QPrinter) -> None:
    dpi = min(printer.resolution(), MOST_DPI)
    across, down = sheet.size(page)
    image = sheet.document.render(page, QSize(round(across / 72 * dpi), round(down / 72 * dpi)))
    room = painter.viewport()
    scale = min(room.width() / image.width(), room.height() / image.height())
    size = QSize(round(image.width() * scale), round(image.height() * scale))
    left = (room.width() - size.width()) // 2
    painter.drawImage(QRect(left, 0, size.width(), size.height()), image)

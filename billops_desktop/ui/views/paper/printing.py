"""Prints an invoice: the very pages that are previewed and exported, by the system's dialog."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

from billops_desktop.errors import BillOpsError
from billops_desktop.i18n import _, ngettext
from billops_desktop.services.invoices import rendering
from billops_desktop.ui.jobs import Task
from billops_desktop.ui.view import View
from billops_desktop.ui.views.billing.pdf_files import export_pdf
from billops_desktop.ui.views.paper.pdf_sheet import Sheet
from billops_desktop.ui.widgets.panels import ProgressPanel

# Finer than this no eye tells apart on paper, and a page takes a hundred megabytes.
MOST_DPI: Final = 300
# A page goes to the printer in strips: Qt holds Python up as long as it draws one of them.
STRIPS: Final = 16
# Each strip lies a little over the one before, so that no line of paper shows between them.
OVERLAP: Final = 2


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
        _print(view, content, printer)
    dialog.deleteLater()


def _print(view: View, content: bytes, printer: QPrinter) -> None:
    """Print beside the window, with progress where there are many pages, and a way to stop."""
    panel = ProgressPanel(_("Printing…"), view)
    panel.hide()
    view.body.addWidget(panel)

    def job(task: Task) -> int:
        return paint_pages(content, printer, report=task.report, cancelled=task.cancelled)

    def progress(done: int, total: int) -> None:
        panel.setVisible(total > 1)
        panel.report(done, total)

    def done(pages: int) -> None:
        panel.deleteLater()
        words = ngettext(
            "{count} page sent to the printer", "{count} pages sent to the printer", pages
        )
        view.shell.feedback.say(words.format(count=pages))

    def failed(error: BillOpsError) -> None:
        panel.deleteLater()
        view.show_error(error)

    token = view.shell.jobs.work("print", job, done=done, failed=failed, progress=progress)
    if token is None:
        panel.deleteLater()
    else:
        panel.cancelled.connect(token.cancel)


def paint_pages(
    content: bytes,
    printer: QPrinter,
    *,
    report: Callable[[int, int], object] | None = None,
    cancelled: Callable[[], bool] = bool,
) -> int:
    """Paint the pages of a PDF onto a printer, each fitted to its sheet; return how many.

    Qt lets any thread paint onto a printer, so this may run beside the window. Once ``cancelled``
    says so no further page is begun.
    """
    sheet = Sheet(content)
    printer.setFullPage(True)
    chosen = range(sheet.pages)
    if printer.fromPage():
        chosen = range(printer.fromPage() - 1, min(printer.toPage(), sheet.pages))
    painted = 0
    painter = QPainter(printer)
    try:
        for page in chosen:
            if painted and cancelled():
                break
            if painted:
                printer.newPage()
            if report is not None:
                report(painted, len(chosen))
            _paint_page(painter, sheet, page, printer)
            painted += 1
    finally:
        painter.end()
        sheet.close()
    return painted


def _paint_page(painter: QPainter, sheet: Sheet, page: int, printer: QPrinter) -> None:
    dpi = min(printer.resolution(), MOST_DPI)
    across, down = sheet.size(page)
    whole = QSize(round(across / 72 * dpi), round(down / 72 * dpi))
    room = painter.viewport()
    scale = min(room.width() / whole.width(), room.height() / whole.height())
    left = (room.width() - round(whole.width() * scale)) // 2
    drawn = _drawn(sheet, page, whole)
    step = -(-whole.height() // STRIPS)
    for top in range(0, whole.height(), step):
        strip = QRect(0, top, whole.width(), min(step + OVERLAP, whole.height() - top))
        first, last = round(top * scale), round((top + strip.height()) * scale)
        place = QRect(left, first, round(whole.width() * scale), last - first)
        painter.drawImage(place, drawn.copy(strip))


def _drawn(sheet: Sheet, page: int, size: QSize) -> QImage:
    """Return a page on white: paper shows through nothing, and so there is half as much to send."""
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    onto = QPainter(image)
    onto.drawImage(QPoint(0, 0), sheet.document.render(page, size))
    onto.end()
    return image

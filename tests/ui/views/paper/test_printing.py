"""Printing: the pages that are exported go to the printer; without one that is said."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from billops_desktop.services.drafts import drafting
from billops_desktop.services.invoices import rendering
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.views.editor.lines.line_cell import CellEdit
from billops_desktop.ui.views.invoice_editor import InvoiceEditorView
from billops_desktop.ui.views.paper import printing
from billops_desktop.ui.widgets.buttons import Button
from billops_desktop.ui.widgets.panels import Banner
from tests.support.invoicing import RATE, stored
from tests.support.present import of_kind

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def printer(tmp_path: Path) -> QPrinter:
    """Return a printer whose sheets land in a file."""
    made = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(tmp_path / "printed.pdf"))
    return made


def test_without_a_printer_it_says_so_and_offers_the_export(
    editor: InvoiceEditorView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    exported: list[list[str]] = []
    monkeypatch.setattr(printing, "export_pdf", lambda _shell, ids, _page: exported.append(ids))
    QTest.keyClick(editor, Qt.Key.Key_P, CTRL)
    (banner,) = editor.findChildren(Banner)
    assert banner.title.text() == "Not printed: this computer knows no printer."
    next(one for one in banner.findChildren(Button) if one.words() == "Export PDF").click()
    assert exported == [[editor.invoice_id]]


def test_what_is_typed_is_saved_and_printed_as_it_is_exported(
    editor: InvoiceEditorView,
    workspace: Workspace,
    monkeypatch: pytest.MonkeyPatch,
    printer: QPrinter,
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(lambda: ["Office"]))
    monkeypatch.setattr(printing, "QPrinter", _Factory(printer))
    painted: list[bytes] = []
    whole = printing.paint_pages

    def paint(content: bytes, to: QPrinter, **told: Any) -> int:
        painted.append(content)
        return whole(content, to, **told)

    monkeypatch.setattr(printing, "paint_pages", paint)
    monkeypatch.setattr(printing, "QPrintDialog", _Accepted)
    editor.form.lines.open_cell(0, RATE)
    of_kind(editor.form.lines.cell, CellEdit).setText("77")
    QTest.keyClick(editor, Qt.Key.Key_P, CTRL)
    assert stored(editor).lines[0].price == 77
    assert painted == [rendering.render(workspace, editor.invoice_id)]
    assert editor.shell.feedback.recent[0] == "1 page sent to the printer"
    monkeypatch.setattr(_Accepted, "answer", QDialog.DialogCode.Rejected)
    QTest.keyClick(editor, Qt.Key.Key_P, CTRL)
    assert len(painted) == 1


def test_every_page_is_painted_or_those_that_were_asked_for(
    editor: InvoiceEditorView, workspace: Workspace, printer: QPrinter, tmp_path: Path
) -> None:
    lines = tuple(drafting.LineEdit(description=f"Line {number}") for number in range(90))
    workspace.execute(drafting.save, editor.invoice_id, drafting.DraftEdit(lines=lines))
    content = rendering.render(workspace, editor.invoice_id)
    pages = len(PdfReader(_file(tmp_path, content)).pages)
    assert pages > 2
    assert printing.paint_pages(content, printer) == pages
    assert len(PdfReader(printer.outputFileName()).pages) == pages
    told: list[tuple[int, int]] = []
    asked: dict[str, Any] = {
        "report": lambda *at: told.append(at),
        "cancelled": lambda: len(told) == 2,
    }
    assert printing.paint_pages(content, printer, **asked) == 2
    assert told == [(0, pages), (1, pages)]
    printer.setFromTo(2, 2)
    assert printing.paint_pages(content, printer) == 1
    assert len(PdfReader(printer.outputFileName()).pages) == 1


def test_a_page_goes_to_the_printer_in_strips(
    editor: InvoiceEditorView,
    workspace: Workspace,
    printer: QPrinter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = rendering.render(workspace, editor.invoice_id)
    drawn: list[tuple[QRect, int]] = []

    class Watched(QPainter):
        def drawImage(self, place: QRect, image: QImage) -> None:  # type: ignore[override]  # one form
            drawn.append((place, image.height()))
            super().drawImage(place, image)

    monkeypatch.setattr(
        printing, "_drawn", lambda *_at: QImage(600, 800, QImage.Format.Format_RGB32)
    )
    monkeypatch.setattr(printing, "QPainter", Watched)
    assert printing.paint_pages(content, printer) == 1
    assert len(drawn) == printing.STRIPS
    assert all(height * 10 < 842 for _place, height in drawn)
    # Nothing of the paper shows between two of them.
    assert all(over.bottom() >= under.top() for (over, _), (under, _) in pairwise(drawn))


def _file(folder: Path, content: bytes) -> str:
    path = folder / "content.pdf"
    path.write_bytes(content)
    return str(path)


class _Accepted(QDialog):
    """Stands in for the system's dialog, which takes no printer that writes a file."""

    PrintDialogOption = QPrintDialog.PrintDialogOption
    answer = QDialog.DialogCode.Accepted

    def __init__(self, _printer: QPrinter, parent: QWidget) -> None:
        super().__init__(parent)

    def setOption(self, option: QPrintDialog.PrintDialogOption, *, on: bool) -> None:
        assert (option, on) == (self.PrintDialogOption.PrintSelection, False)

    def exec(self) -> QDialog.DialogCode:
        return self.answer


class _Factory:
    """Stands in for the class of printers and hands out the one of the test."""

    PrinterMode = QPrinter.PrinterMode

    def __init__(self, printer: QPrinter) -> None:
        self.printer = printer

    def __call__(self, _mode: QPrinter.PrinterMode) -> QPrinter:
        return self.printer

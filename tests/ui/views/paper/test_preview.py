"""The preview: the bytes that are exported, the place that is looked at, white paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from billops_desktop.services.invoices import invoicing, rendering
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui import theme
from billops_desktop.ui.views.invoice_editor import InvoiceEditorView
from billops_desktop.ui.views.paper.pdf_sheet import Sheet
from billops_desktop.ui.views.paper.preview import Preview
from tests.support.invoicing import AMOUNT, QUANTITY, RATE, stored, type_cell
from tests.support.present import present


@pytest.fixture
def preview(editor: InvoiceEditorView, qtbot: QtBot) -> Preview:
    qtbot.waitUntil(lambda: editor.preview.renders > 0, timeout=10_000)
    return editor.preview


def again(qtbot: QtBot, preview: Preview, before: int) -> None:
    qtbot.waitUntil(lambda: preview.renders > before, timeout=10_000)


def test_the_bytes_that_are_seen_are_those_that_are_exported(
    editor: InvoiceEditorView, preview: Preview, workspace: Workspace, tmp_path: Path, qtbot: QtBot
) -> None:
    type_cell(editor, 0, QUANTITY, "3")
    again(qtbot, preview, 1)
    written = rendering.export_pdf(workspace, [editor.invoice_id], tmp_path)[0]
    assert preview.content == written.path.read_bytes()
    assert bytes(present(preview.paper.sheet).content) == preview.content


def test_quick_changes_are_rendered_once(
    editor: InvoiceEditorView, preview: Preview, qtbot: QtBot
) -> None:
    before = preview.renders
    for quantity in ("2", "3", "4"):
        type_cell(editor, 0, QUANTITY, quantity)
    again(qtbot, preview, before)
    qtbot.wait(200)
    assert preview.renders == before + 1
    assert stored(editor).lines[0].quantity == 4


def test_scroll_and_zoom_stay_while_the_pages_are_swapped(
    editor: InvoiceEditorView, preview: Preview, qtbot: QtBot
) -> None:
    preview.paper.set_zoom(2.0)
    preview.paper.verticalScrollBar().setValue(300)
    type_cell(editor, 0, QUANTITY, "3")
    again(qtbot, preview, 1)
    assert preview.paper.verticalScrollBar().value() == 300
    assert preview.paper.scale() == 2.0


def test_fit_follows_the_width_and_the_buttons_zoom(preview: Preview) -> None:
    fitting = preview.paper.scale()
    QTest.mouseClick(preview.larger, Qt.MouseButton.LeftButton)
    assert preview.paper.scale() == pytest.approx(fitting * 1.25)
    QTest.mouseClick(preview.smaller, Qt.MouseButton.LeftButton)
    QTest.mouseClick(preview.fit, Qt.MouseButton.LeftButton)
    assert preview.paper.zoom is None
    assert preview.paper.scale() == pytest.approx(fitting)


def test_the_page_that_is_seen_is_named_and_walked_by_keys(
    editor: InvoiceEditorView, preview: Preview, qtbot: QtBot
) -> None:
    editor.form.lines.paste_rows("\n".join(f"Line {n}\t1\t10" for n in range(60)))
    editor.desk.flush()
    again(qtbot, preview, 1)
    pages = present(preview.paper.sheet).pages
    assert pages > 1
    assert preview.pages.text() == f"Page 1 of {pages}"
    QTest.keyClick(preview.paper, Qt.Key.Key_End)
    assert preview.pages.text() == f"Page {pages} of {pages}"
    QTest.keyClick(preview.paper, Qt.Key.Key_Home)
    assert preview.pages.text() == f"Page 1 of {pages}"


def test_paper_stays_white_in_the_dark(editor: InvoiceEditorView, preview: Preview) -> None:
    theme.SWITCH.choose("dark")
    image = preview.paper.viewport().grab().toImage()
    middle = image.pixelColor(image.width() // 2, image.height() // 2)
    assert middle == QColor("white")
    assert image.pixelColor(2, image.height() - 2) == theme.colour("canvas")


def test_a_page_is_drawn_for_the_pixels_of_the_screen(preview: Preview) -> None:
    sheet = Sheet(preview.content)
    image = sheet.image(0, 300, 2.0)
    assert image.width() == 600
    assert image is sheet.image(0, 300, 2.0)
    sheet.close()


def test_what_cannot_be_rendered_is_told(preview: Preview) -> None:
    told: list[object] = []
    preview.failed.connect(told.append)
    preview.invoice_id = "0" * 32
    preview.render_now()
    assert told


def middle(editor: InvoiceEditorView, field: str) -> QPoint:
    """Return the point of the preview where a field of the first page is printed."""
    paper = editor.preview.paper
    region = next(one for one in paper.regions if one.field == field)
    scale, top = paper.scale(), paper._tops()[0][0] - paper.verticalScrollBar().value()
    x = paper._left(0) + (region.left + region.width / 2) * scale
    return QPointF(x, top + (region.top + region.height / 2) * scale).toPoint()


@pytest.mark.parametrize(
    ("field", "cell"),
    [("lines.1.quantity", QUANTITY), ("lines.1.price", RATE), ("lines.1.amount", AMOUNT)],
)
def test_a_click_on_the_page_opens_the_cell_that_it_shows(
    editor: InvoiceEditorView, field: str, cell: int
) -> None:
    editor.preview.render_now()
    paper = editor.preview.paper
    QTest.mouseClick(paper.viewport(), Qt.MouseButton.LeftButton, pos=middle(editor, field))
    assert editor.form.lines.cell is not None
    assert editor.form.lines.cell_now() == (0, cell)
    assert paper.lit == field


def test_a_click_leads_to_dates_and_the_client_and_beside_them_nowhere(
    editor: InvoiceEditorView,
) -> None:
    editor.preview.render_now()
    paper = editor.preview.paper
    for field, target in (
        ("due_on", editor.form.fields.due_on),
        ("issue_on", editor.form.fields.issue_on),
        ("client", editor.form.client.change),
    ):
        QTest.mouseClick(paper.viewport(), Qt.MouseButton.LeftButton, pos=middle(editor, field))
        assert target.hasFocus()
        assert paper.lit == field
    QTest.mouseClick(paper.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert editor.form.client.change.hasFocus() or paper.hasFocus()


def test_in_a_narrow_window_a_click_goes_to_the_form(editor: InvoiceEditorView) -> None:
    editor.window().resize(1100, 800)
    editor.head.tabs.buttons["preview"].click()
    editor.preview.render_now()
    editor.preview.paper.field_wanted.emit("note")
    assert editor.sides.left.isVisibleTo(editor)
    assert editor.form.note.hasFocus()


def test_an_issued_invoice_has_nothing_to_click(
    editor: InvoiceEditorView, workspace: Workspace
) -> None:
    workspace.execute(invoicing.issue, editor.invoice_id)
    editor.reload()
    editor.preview.render_now()
    assert editor.preview.paper.regions == ()

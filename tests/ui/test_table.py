"""Tests for the table: lists and pages, sorting, copying, ticking, all by one model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from billops_desktop.ui import theme
from billops_desktop.ui.table import BLOCK, Column, Table, TableModel, check_column
from tests.support.hands import Hands


@dataclass(frozen=True)
class Row:
    number: str
    client: str
    total: int | None


ROWS = [Row("0139", "Umbra AG", 833), Row("0141", "Globex <b>", 248), Row("0146", "Initech", None)]
COLUMNS = (
    Column(name="number", title="Number", value=lambda row: row.number, width=90, sort="number"),
    Column(name="client", title="Client", value=lambda row: row.client, sort="client"),
    Column(
        name="total",
        title="Total",
        value=lambda row: row.total,
        text=lambda row: f"€{row.total}.00" if row.total else "—",
        align="right",
        width=110,
        sort="total",
        style="body_strong",
        hint=lambda row: f"<i>{row.client}</i>",
    ),
)


@pytest.fixture
def table(dressed: QApplication, qtbot: QtBot) -> Table:
    made = Table(COLUMNS, "invoices")
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.set_rows(ROWS)
    made.show()
    return made


def test_the_model_keeps_qts_rules(dressed: QApplication) -> None:
    model = TableModel(COLUMNS)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_rows(ROWS)
    model.set_rows(ROWS[:2])
    model.set_rows([])
    model.set_rows(ROWS)
    model.sort_by("total", descending=True)
    model.set_pages(lambda *_ask: None, 1000)
    model.row(500)
    model.take_page(384, [ROWS[0]] * BLOCK)


def test_cells_give_words_and_tooltips_escaped(table: Table) -> None:
    model = table.rows_model
    assert model.index(0, 2).data() == "€833.00"
    assert model.index(1, 1).data() == "Globex <b>"
    assert "&lt;i&gt;" in model.index(1, 2).data(Qt.ItemDataRole.ToolTipRole)
    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "0139, Umbra AG, €833.00"
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Client"


def test_a_header_click_sorts_and_what_has_no_value_stays_last(table: Table, qtbot: QtBot) -> None:
    place = QPoint(table.columnViewportPosition(2) + 40, 10)
    QTest.mouseClick(table.header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [row.number for row in table.rows_model.rows] == ["0141", "0139", "0146"]
    QTest.mouseClick(table.header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [row.number for row in table.rows_model.rows] == ["0139", "0141", "0146"]
    assert table.header.descending


def test_pages_are_asked_for_once_and_shown_when_they_come(
    dressed: QApplication, qtbot: QtBot
) -> None:
    made = Table(COLUMNS, "big")
    qtbot.addWidget(made)
    asked: list[tuple[int, int, str, bool]] = []
    made.rows_model.set_pages(lambda *ask: asked.append(ask), 1_000_000)
    made.resize(700, 500)
    made.show()
    made.grab()
    made.grab()
    assert asked == [(0, BLOCK, "", False)]
    assert made.rows_model.index(0, 1).data() == "…"
    made.rows_model.take_page(0, [Row(str(n), "Client", n) for n in range(BLOCK)])
    assert made.rows_model.index(5, 0).data() == "5"
    made.verticalScrollBar().setValue(made.verticalScrollBar().maximum())
    made.grab()
    assert asked[-1][0] > 999_000
    made.rows_model.sort_by("total", descending=True)
    made.grab()
    assert asked[-1][2:] == ("total", True)


def test_selecting_a_million_rows_does_not_ask_each_of_them(
    dressed: QApplication, qtbot: QtBot
) -> None:
    made = Table(COLUMNS, "big")
    qtbot.addWidget(made)
    asked: list[int] = []

    def ask(offset: int, limit: int, key: str, descending: bool) -> None:
        asked.append(offset)
        rows = [Row(str(n), "Client", n) for n in range(offset, offset + limit)]
        made.rows_model.take_page(offset, rows)

    made.rows_model.set_pages(ask, 1_000_000)
    made.resize(700, 500)
    made.show()
    made.selectAll()
    made.grab()
    assert len(asked) < 5


def test_copy_gives_raw_values_as_tsv(table: Table, qtbot: QtBot) -> None:
    table.selectAll()
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "Number\tClient\tTotal"
    assert lines[1] == "0139\tUmbra AG\t833"
    assert lines[3] == "0146\tInitech\t"


def test_keys_and_clicks_choose_and_open(table: Table, qtbot: QtBot) -> None:
    chosen: list[Row] = []
    opened: list[Row] = []
    table.chosen.connect(chosen.append)
    table.opened.connect(opened.append)
    assert table.choose(lambda row: row.client == "Initech")
    assert not table.choose(lambda row: row.client == "nobody")
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert chosen[-1] == opened[-1] == ROWS[2]
    assert table.current() == ROWS[2]
    assert table.selected() == [ROWS[2]]
    place = table.visualRect(table.rows_model.index(0, 1)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened[-1] == ROWS[0]


def test_letters_are_left_to_the_page(dressed: QApplication, qtbot: QtBot) -> None:
    heard: list[str] = []

    class Page(QWidget):
        def keyPressEvent(self, event: Any) -> None:
            heard.append(event.text())

    page = Page()
    qtbot.addWidget(page)
    made = Table(COLUMNS, "t", page)
    made.set_rows(ROWS)
    QTest.keyClick(made, Qt.Key.Key_P)
    assert heard == ["p"]


def test_boxes_are_ticked_by_click_space_and_header(dressed: QApplication, qtbot: QtBot) -> None:
    ticked: set[str] = set()
    made = Table((check_column(lambda row: row.number in ticked), *COLUMNS), "t")
    qtbot.addWidget(made)
    made.header.check_state = Qt.CheckState.Unchecked
    made.toggled.connect(lambda row: ticked.symmetric_difference_update({row.number}))
    every: list[int] = []
    made.all_toggled.connect(lambda: every.append(1))
    made.resize(700, 300)
    made.set_rows(ROWS)
    made.show()
    place = made.visualRect(made.rows_model.index(1, 0)).center()
    QTest.mouseClick(made.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert ticked == {"0141"}
    made.selectRow(0)
    QTest.keyClick(made, Qt.Key.Key_Space)
    assert ticked == {"0141", "0139"}
    QTest.mouseClick(made.header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    assert every == [1]
    assert not made.grab().isNull()


def test_the_same_number_of_rows_keeps_selection_and_scroll(table: Table) -> None:
    table.selectRow(1)
    table.set_rows([Row("0139", "Umbra AG", 0), *ROWS[1:]])
    assert table.selected() == [ROWS[1]]


def test_the_row_under_the_pointer_is_lit_and_the_selected_one_has_a_bar(
    table: Table, qtbot: QtBot
) -> None:
    middle = table.visualRect(table.rows_model.index(1, 1)).center()
    QTest.mouseMove(table.viewport(), middle)
    table._hover(1)
    table.selectRow(0)
    image = table.viewport().grab().toImage()
    assert image.pixelColor(middle.x() - 40, middle.y() - 16) == theme.colour("bg_hover")
    first = table.visualRect(table.rows_model.index(0, 0))
    assert image.pixelColor(1, first.center().y()) == theme.colour("accent")
    table.leaveEvent(None)
    assert table.delegate.hovered == -1


def test_a_fitted_table_is_as_high_as_its_rows(table: Table) -> None:
    table.fit_rows()
    rows = 3 * table.verticalHeader().defaultSectionSize()
    assert table.maximumHeight() == table.header.sizeHint().height() + rows + 2


def test_the_ring_goes_around_the_row_and_moves_with_the_focus(table: Table, hands: Hands) -> None:
    hands.activate(table)
    table.setFocus(Qt.FocusReason.TabFocusReason)
    table.selectRow(0)
    focus = theme.colour("focus").name()

    def ringed(row: int) -> list[bool]:
        picture = table.viewport().grab().toImage()
        cells = [table.visualRect(table.model().index(row, column)) for column in range(3)]
        return [
            picture.pixelColor(cell.center().x(), cell.top() + 2).name() == focus for cell in cells
        ]

    assert ringed(0) == [True, True, True]
    assert ringed(1) == [False, False, False]
    first = table.visualRect(table.model().index(0, 0))
    picture = table.viewport().grab().toImage()
    edge = picture.pixelColor(first.right(), first.center().y()).name()
    assert edge != focus, "a cell within the row has a ring of its own"
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert ringed(0) == [False, False, False]
    assert ringed(1) == [True, True, True]

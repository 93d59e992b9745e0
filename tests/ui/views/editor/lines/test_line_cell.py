"""The field over a cell: which keys leave it, and where to."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from billops_desktop.ui.views.editor.lines.line_cell import CellEdit, TaxCell


@pytest.mark.parametrize(
    ("key", "step"),
    [
        (Qt.Key.Key_Tab, (1, 0)),
        (Qt.Key.Key_Backtab, (-1, 0)),
        (Qt.Key.Key_Return, (0, 1)),
        (Qt.Key.Key_Up, (0, -1)),
    ],
)
def test_keys_leave_a_text_cell(
    dressed: QApplication, qtbot: QtBot, key: Qt.Key, step: tuple[int, int]
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    cell = CellEdit("rate", "5", "Rate", parent)
    steps = []
    cell.left.connect(lambda *there: steps.append(there))
    QTest.keyClick(cell, key)
    assert steps == [step]
    assert cell.accessibleName() == "Rate"


def test_tab_leaves_a_tax_cell_and_escape_gives_it_up(dressed: QApplication, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    cell = TaxCell("VAT", parent, [("a", "19%")])
    told = []
    cell.left.connect(lambda *there: told.append(there))
    cell.given_up.connect(lambda: told.append("given up"))
    QTest.keyClick(cell, Qt.Key.Key_Tab)
    QTest.keyClick(cell, Qt.Key.Key_Escape)
    assert told == [(1, 0), "given up"]


def test_a_tax_is_read_whole_in_a_narrow_column(dressed: QApplication, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    cell = TaxCell("VAT", parent, [("a", "19%"), ("b", "0% reverse charge")])
    cell.setGeometry(0, 0, 58, 32)
    assert cell.width() > cell.fontMetrics().horizontalAdvance("0% reverse charge") + 24

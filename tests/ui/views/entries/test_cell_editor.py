"""The line over a field: Enter, Esc, Tab, Alt, and the note under it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from billops_desktop.errors import InvalidInput
from billops_desktop.services import tracking
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.views.entries.cell_editor import CellEditor
from billops_desktop.ui.views.entries.entry_model import Field
from tests.support.factories import log, utc
from tests.support.present import present


class HeardEditor(CellEditor):
    """Keeps what it asked for and where it said to go on."""

    def __init__(self, row: tracking.EntryRow, field: Field, page: QWidget) -> None:
        super().__init__(row, field, page)
        self.asked: list[tracking.EntryEdit] = []
        self.ended: list[int] = []
        self.wanted.connect(self.asked.append)
        self.closed.connect(self.ended.append)


@pytest.fixture
def row(workspace: Workspace) -> tracking.EntryRow:
    return log(workspace, "2026-11-25 09:00", description="Call")


@pytest.fixture
def open_editor(
    dressed: QApplication, qtbot: QtBot, row: tracking.EntryRow
) -> Callable[[Field], HeardEditor]:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(600, 300)
    page.show()

    def opened(field: Field) -> HeardEditor:
        editor = HeardEditor(row, field, page)
        editor.open_over(QRect(300, 50, 90, 30))
        return editor

    return opened


def test_enter_asks_once_and_closes_when_saved(open_editor: Callable[[Field], HeardEditor]) -> None:
    editor = open_editor(Field.DESCRIPTION)
    assert editor.selectedText() == "Call"
    QTest.keyClicks(editor, "Talk")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert editor.asked == [tracking.EntryEdit(description="Talk")]
    assert editor.ended == []
    editor.saved()
    assert editor.ended == [0]


def test_what_did_not_change_is_not_asked_for(open_editor: Callable[[Field], HeardEditor]) -> None:
    editor = open_editor(Field.RANGE)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert (editor.asked, editor.ended) == ([], [0])


def test_tab_says_where_to_go_on(open_editor: Callable[[Field], HeardEditor]) -> None:
    editor = open_editor(Field.DESCRIPTION)
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert editor.ended == [1]


def test_alt_turns_the_length_around_while_it_is_held(
    open_editor: Callable[[Field], HeardEditor],
) -> None:
    editor = open_editor(Field.DURATION)
    editor.selectAll()
    QTest.keyClicks(editor, "2h")
    assert editor.note.words.startswith("Ends at 12:00")
    QTest.keyPress(editor, Qt.Key.Key_Alt)
    assert editor.note.words == "Starts at 09:00"
    QTest.keyClick(editor, Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier)
    QTest.keyRelease(editor, Qt.Key.Key_Alt)
    editor.setText("0:30")
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert editor.asked == [tracking.EntryEdit(started_at=utc("2026-11-25 09:30"))]


def test_digits_typed_with_alt_are_typed(open_editor: Callable[[Field], HeardEditor]) -> None:
    editor = open_editor(Field.DURATION)
    editor.selectAll()
    QTest.keyClicks(editor, "2", Qt.KeyboardModifier.AltModifier)
    assert editor.text() == "2"


def test_a_refusal_stays_with_what_was_typed(open_editor: Callable[[Field], HeardEditor]) -> None:
    editor = open_editor(Field.DESCRIPTION)
    editor.setText("Talk")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    editor.show_error(InvalidInput("That day is locked.", "Nothing was changed."))
    assert editor.note.isVisible()
    assert (editor.note.words, editor.note.ink) == (
        "That day is locked. Nothing was changed.",
        "bad",
    )
    assert editor.property("wrong") is True
    QTest.keyClicks(editor, "x")
    assert not editor.property("wrong")
    assert not editor.note.isVisible()
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert editor.ended == [0]


def test_the_note_stays_within_the_list(open_editor: Callable[[Field], HeardEditor]) -> None:
    editor = open_editor(Field.DURATION)
    editor.setGeometry(QRect(500, 260, 90, 30))
    editor.setText("abc")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    inside = present(editor.note.parentWidget()).rect()
    assert inside.contains(editor.note.geometry())

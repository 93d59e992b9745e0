"""Tests for fields: errors stand under their field, choices are keys, Esc clears a search."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from billops_desktop.domain.reading import typed
from billops_desktop.errors import InvalidInput
from billops_desktop.ui import theme
from billops_desktop.ui.widgets.input.fields import (
    CheckBox,
    Combo,
    FieldSet,
    FormField,
    SearchField,
    TextArea,
    TextField,
)
from tests.support.present import present


def test_an_error_stands_under_its_field_and_goes_when_typing(
    dressed: QApplication, qtbot: QtBot
) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    column = QVBoxLayout(holder)
    fields = FieldSet()
    name = fields.add("name", FormField("Name", TextField("name"), holder, hint="As on letters"))
    other = fields.add("city", FormField("City", TextField("city"), holder))
    column.addWidget(name)
    column.addWidget(other)
    holder.show()
    holder.activateWindow()
    error = InvalidInput("This name is taken.", "Choose another.", field="name")
    assert fields.show_error(error)
    assert "taken" in name.note.text()
    assert "taken" in name.editor.accessibleDescription()
    assert name.editor.property("wrong") is True
    assert holder.focusWidget() is name.editor
    QTest.keyClick(name.editor, Qt.Key.Key_X)
    assert name.note.text() == "As on letters"
    assert name.editor.property("wrong") is False
    assert not fields.show_error(InvalidInput("Elsewhere.", field="zip"))
    fields.clear()


def test_the_label_belongs_to_its_editor(dressed: QApplication, qtbot: QtBot) -> None:
    field = FormField("Due date", TextField("due"))
    qtbot.addWidget(field)
    assert field.label.buddy() is field.editor
    assert field.editor.accessibleName() == "Due date"


def test_a_combo_keeps_its_key_when_its_list_changes(dressed: QApplication, qtbot: QtBot) -> None:
    combo = Combo("method", choices=[("bank", "Bank transfer"), ("card", "Card")])
    qtbot.addWidget(combo)
    seen: list[Any] = []
    combo.chosen.connect(seen.append)
    combo.choose("card")
    combo.set_choices([("cash", "Cash"), ("card", "Card")])
    assert combo.value() == "card"
    assert seen == []
    combo.choose("unknown")
    assert combo.value() == "cash"
    combo.activated.emit(1)
    assert seen == ["card"]
    assert not combo.grab().isNull()
    combo.set_choices([])
    assert combo.value() is None


def test_esc_clears_a_search(dressed: QApplication, qtbot: QtBot) -> None:
    field = SearchField("filter", "Filter")
    qtbot.addWidget(field)
    field.show()
    QTest.keyClicks(field, "acme")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""


def test_a_check_box_is_ticked_on_its_words_too(dressed: QApplication, qtbot: QtBot) -> None:
    box = CheckBox("Billable")
    qtbot.addWidget(box)
    box.show()
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center())
    assert box.isChecked()
    assert not box.grab().isNull()


def test_a_text_area_is_plain_and_leaves_tab_to_the_form(
    dressed: QApplication, qtbot: QtBot
) -> None:
    area = TextArea("note")
    qtbot.addWidget(area)
    area.setText("<b>bold</b>\nsecond")
    assert area.text() == "<b>bold</b>\nsecond"
    assert area.tabChangesFocus()


def test_a_dialog_grows_for_an_error_that_wraps(dressed: QApplication, qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    column = QVBoxLayout(dialog)
    field, below = FormField("Price", TextField("price"), dialog), TextField("below")
    column.addWidget(field)
    column.addWidget(below)
    dialog.setFixedWidth(180)
    dialog.show()
    field.show_error(
        InvalidInput("“abc” is not an amount of money.", "Type it as 1,450.00, without a sign.")
    )
    QCoreApplication.processEvents()
    assert field.note.height() >= field.note.heightForWidth(field.note.width())
    assert field.note.y() >= field.editor.geometry().bottom()
    assert below.y() >= field.geometry().bottom()


def test_the_list_of_a_combo_is_a_framed_sheet_off_the_field(
    dressed: QApplication, qtbot: QtBot
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    theme.dress(page)
    combo = Combo("method", page, choices=[("bank", "Bank transfer"), ("card", "Card")])
    page.show()
    combo.showPopup()
    drop = combo.view().parentWidget()
    under = combo.mapToGlobal(QPoint(0, combo.height())).y()
    assert (
        present(drop).y() >= under + 2
        or present(drop).geometry().bottom() <= under - combo.height() - 2
    )
    frame = present(drop).grab().toImage()
    assert frame.pixelColor(0, frame.height() // 2) == theme.colour("border")
    combo.hidePopup()


def test_a_line_takes_more_than_any_text_may_have_so_that_nothing_is_cut_unseen(
    dressed: Any, qtbot: Any
) -> None:
    line, area = TextField("line"), TextArea("area")
    qtbot.addWidget(line)
    qtbot.addWidget(area)
    QApplication.clipboard().setText("😀" * 11_000)
    line.paste()
    area.paste()
    for field in (line, area):
        with pytest.raises(InvalidInput, match=r"longer than 10,000"):
            typed.check_text(field.text(), "note")
    assert len(area.text()) == 10_001

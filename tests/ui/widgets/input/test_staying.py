"""Tests for the focus: held or taken away, a part gives it to its neighbour in the same form."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from billops_desktop.ui.widgets.buttons import Button
from billops_desktop.ui.widgets.input.fields import TextField
from billops_desktop.ui.widgets.input.staying import in_order, step_aside


class Form(QWidget):
    """A form of a field and a button, under a page that begins with another button."""

    def __init__(self) -> None:
        self.page = QWidget()
        self.first = Button("Company", self.page)
        super().__init__(self.page)
        self.field = TextField("field", self)
        self.save = Button("Save", self)
        outer, inner = QVBoxLayout(self.page), QVBoxLayout(self)
        outer.addWidget(self.first)
        outer.addWidget(self)
        inner.addWidget(self.field)
        inner.addWidget(self.save)


@pytest.fixture
def form(dressed: QApplication, qtbot: QtBot) -> Form:
    made = Form()
    qtbot.addWidget(made.page)
    made.page.show()
    made.page.activateWindow()
    return made


def focus() -> QWidget | None:
    return QApplication.focusWidget()


def test_a_button_that_is_held_leaves_the_focus_in_its_form(form: Form) -> None:
    form.save.setFocus()
    form.save.setEnabled(False)
    assert focus() is form.field
    form.save.setEnabled(True)
    assert focus() is form.field


def test_a_part_without_the_focus_moves_nothing(form: Form) -> None:
    form.first.setFocus()
    form.save.setEnabled(False)
    step_aside(form)
    assert focus() is form.first


def test_a_whole_form_gives_the_focus_to_the_page_around_it(form: Form) -> None:
    form.save.setFocus()
    step_aside(form)
    assert focus() is form.first


def test_the_order_of_tab_is_as_it_is_told(form: Form) -> None:
    late = TextField("late", form)
    late.show()
    in_order(form.field, late, form.save)
    assert form.field.nextInFocusChain() is late
    assert late.nextInFocusChain() is form.save

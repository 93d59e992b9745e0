"""Errors that lie over the page: they are read, they stay beside their field, nothing moves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from billops_desktop.errors import InvalidInput
from billops_desktop.ui.widgets.input.fields import TextField
from billops_desktop.ui.widgets.input.floating import FloatingField
from billops_desktop.ui.widgets.labels import PlainLabel
from billops_desktop.ui.widgets.panels import ScrollColumn


@pytest.fixture
def page(
    dressed: QApplication, qtbot: QtBot
) -> Iterator[tuple[ScrollColumn, FloatingField, PlainLabel]]:
    """Return a scrolling page with a field and something under it."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(500, 200)
    column = ScrollColumn(window, name="page")
    field = FloatingField("City", TextField("city"), column)
    after = PlainLabel("What follows", column)
    column.column.addWidget(field)
    column.column.addWidget(after)
    column.column.addSpacing(600)
    row = QVBoxLayout(window)
    row.addWidget(column)
    window.show()
    yield column, field, after
    window.hide()


def test_nothing_under_it_moves_and_the_words_stand_under_the_field(
    page: tuple[ScrollColumn, FloatingField, PlainLabel],
) -> None:
    _column, field, after = page
    before = after.pos()
    field.show_error(InvalidInput("This is no city.", "Example: Berlin", field="city"))
    assert after.pos() == before
    assert field.bubble.isVisible()
    assert field.bubble.words.text() == "This is no city. Example: Berlin"
    assert field.editor.accessibleDescription() == "This is no city. Example: Berlin"
    under = field.mapToGlobal(QPoint(0, field.height()))
    assert abs(field.bubble.mapToGlobal(QPoint(0, 0)).y() - under.y()) < 8
    field.clear_error()
    assert not field.bubble.isVisible()
    assert after.pos() == before


def test_the_words_scroll_with_the_field_and_go_with_it(
    page: tuple[ScrollColumn, FloatingField, PlainLabel],
) -> None:
    column, field, _after = page
    field.show_error(InvalidInput("This is no city.", "", field="city"))
    column.verticalScrollBar().setValue(40)
    under = field.mapToGlobal(QPoint(0, field.height()))
    assert abs(field.bubble.mapToGlobal(QPoint(0, 0)).y() - under.y()) < 8
    field.hide()
    assert not field.bubble.isVisible()


def test_the_words_of_two_fields_side_by_side_do_not_cover_each_other(
    page: tuple[ScrollColumn, FloatingField, PlainLabel],
) -> None:
    column, field, _after = page
    second = FloatingField("Region", TextField("region"), column.widget())
    second.setGeometry(field.geometry().translated(60, 0))
    second.show()
    field.show_error(InvalidInput("This is no city.", "Example: Berlin", field="city"))
    second.show_error(InvalidInput("This is no region.", "Example: Saxony", field="region"))
    assert not field.bubble.geometry().intersects(second.bubble.geometry())
    assert second.bubble.y() > field.bubble.y()

"""A line saved when it is left: what differs is told once, what is refused stays."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from billops_desktop.errors import InvalidInput
from billops_desktop.ui.widgets.input.line_field import LineField


@pytest.fixture
def field(dressed: QApplication, qtbot: QtBot) -> Iterator[LineField]:
    holder = QWidget()
    qtbot.addWidget(holder)
    made = LineField("city", holder, longest=10)
    made.set_value("Berlin")
    holder.show()
    yield made
    holder.hide()


@pytest.fixture
def told(field: LineField) -> list[str]:
    found: list[str] = []
    field.committed.connect(found.append)
    return found


def type_into(field: LineField, text: str) -> None:
    field.selectAll()
    QTest.keyClicks(field, text)


def test_what_differs_is_told_once(field: LineField, told: list[str]) -> None:
    type_into(field, "  Potsdam ")
    assert field.commit()
    assert field.commit()
    assert told == ["Potsdam"]


def test_the_same_again_is_not_told(field: LineField, told: list[str]) -> None:
    type_into(field, "Berlin")
    assert field.commit()
    assert told == []


@pytest.mark.parametrize("text", ["far too long a city", "nul\0"])
def test_text_that_cannot_be_kept_is_refused_and_stays(
    field: LineField, told: list[str], text: str, qtbot: QtBot
) -> None:
    field.setText(text)
    with qtbot.waitSignal(field.refused) as refused:
        assert not field.commit()
    assert isinstance(refused.args[0], InvalidInput)
    assert field.property("wrong")
    assert told == []
    assert field.text() == text


def test_typing_outlives_what_is_read_again(field: LineField) -> None:
    type_into(field, "Pots")
    field.set_value("Berlin")
    assert field.text() == "Pots"
    field.set_value("Hamburg")
    assert field.text() == "Hamburg"


def test_leaving_a_refused_field_tries_again(field: LineField, told: list[str]) -> None:
    type_into(field, "Atlantis")
    field.commit()
    field.refuse(InvalidInput("There is no such place."))
    assert field.property("wrong")
    field.commit()
    assert told == ["Atlantis", "Atlantis"]

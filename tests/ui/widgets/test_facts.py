"""Parts of a page about one record."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from billops_desktop.ui.widgets.buttons import IconButton
from billops_desktop.ui.widgets.facts import FactGrid, RecordLine, Section, Tile, record_body
from billops_desktop.ui.widgets.labels import PlainLabel


def texts(widget: QWidget) -> list[str]:
    return [one.text() for one in widget.findChildren(PlainLabel) if one.isVisibleTo(widget)]


def test_a_tile_speaks_its_figure(dressed: QApplication, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    tile = Tile("Unbilled", page, name="tile")
    tile.show_figure("€10.00", "1 h 00")
    assert tile.accessibleName() == "Unbilled: €10.00 1 h 00"


def test_a_section_replaces_its_lines(dressed: QApplication, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    section = Section("Contacts", page, name="contacts")
    pressed = []
    section.offer("Add", lambda: pressed.append(1), name="add").click()
    assert pressed == [1]
    line = RecordLine("<b>Marta</b>", "Design", section, end="€1.00")
    line.offer(IconButton("pencil", "Edit", line))
    section.show_lines([line])
    assert texts(section) == ["Contacts", "<b>Marta</b>", "Design", "€1.00"]
    section.show_lines([], "Nobody yet.")
    assert texts(section) == ["Contacts", "Nobody yet."]


def test_unknown_facts_are_left_out(dressed: QApplication, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    facts = FactGrid(page)
    facts.show_facts([("Number", "7"), ("VAT ID", "")])
    assert texts(facts) == ["Number", "7"]
    facts.show_facts([])
    assert texts(facts) == []


def test_the_body_of_a_record_has_its_tiles_over_two_columns(
    dressed: QApplication, qtbot: QtBot
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    tiles = [Tile(name, page, name=name) for name in ("Unbilled", "Open")]
    left, right = (Section(name, page, name=name) for name in ("Projects", "Details"))
    body = record_body(page, tiles, [left], [right], name="body")
    body.resize(900, 500)
    page.resize(900, 500)
    page.show()

    def place(part: QWidget) -> tuple[int, int]:
        at = part.mapTo(page, part.rect().topLeft())
        return at.x(), at.y()

    (one, two), (a, b) = map(place, tiles), (place(left), place(right))
    assert one[1] == two[1] < a[1] == b[1]
    assert one[0] < two[0]
    assert a[0] < b[0]
    page.hide()

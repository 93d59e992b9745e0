"""Parts of a page about one record."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from billops_desktop.ui.widgets.buttons import IconButton
from billops_desktop.ui.widgets.facts import FactGrid, RecordLine, Section, Tile
from billops_desktop.ui.widgets.labels import PlainLabel


def texts(widget) -> list[str]:
    return [one.text() for one in widget.findChildren(PlainLabel) if one.isVisibleTo(widget)]


def test_a_tile_speaks_its_figure(dressed, qtbot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    tile = Tile("Unbilled", page, name="tile")
    tile.show_figure("€10.00", "1 h 00")
    assert tile.accessibleName() == "Unbilled: €10.00 1 h 00"


def test_a_section_replaces_its_lines(dressed, qtbot) -> None:
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


def test_unknown_facts_are_left_out(dressed, qtbot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    facts = FactGrid(page)
    facts.show_facts([("Number", "7"), ("VAT ID", "")])
    assert texts(facts) == ["Number", "7"]
    facts.show_facts([])
    assert texts(facts) == []

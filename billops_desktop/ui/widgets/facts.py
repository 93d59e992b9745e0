"""Parts of a page about one record: tiles of figures, titled sections, label beside value."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from billops_desktop.ui.widgets.buttons import Button
from billops_desktop.ui.widgets.labels import ElidedLabel, PlainLabel
from billops_desktop.ui.widgets.panels import Card, ScrollColumn


class Tile(Card):
    """A figure with its label above and a note under it."""

    def __init__(self, label: str, parent: QWidget, *, name: str) -> None:
        super().__init__(parent, name=name)
        self.column.setSpacing(2)
        self.column.setContentsMargins(16, 12, 16, 12)
        self.label = PlainLabel(label, self, style="small_medium", ink="text2")
        # Amounts of several currencies go on in a further line; none is cut.
        self.figure = PlainLabel("", self, style="title", wrap=True).use_figures()
        self.figure.setObjectName(f"{name}Figure")
        self.note = PlainLabel("", self, style="small", ink="text3", wrap=True)
        for widget in (self.label, self.figure, self.note):
            self.column.addWidget(widget)
        # In a row of tiles the figures stand on one line, however high one of them is.
        self.column.addStretch(1)

    def show_figure(self, figure: str, note: str = "") -> None:
        """Show a figure and what belongs to it."""
        self.figure.setText(figure)
        self.note.setText(note)
        self.setAccessibleName(f"{self.label.text()}: {figure} {note}".strip())


class Section(QWidget):
    """A titled part of a page, with what can be done in it at the right of its title."""

    def __init__(self, title: str, parent: QWidget, *, name: str) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.head = QHBoxLayout()
        self.head.addWidget(PlainLabel(title, self, style="subtitle"))
        self.head.addStretch(1)
        # As high as a button, so that titles side by side stand on one line.
        self.head.addStrut(38)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)
        self.column.addLayout(self.head)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(0)
        self.column.addLayout(self.lines)

    def offer(self, words: str, slot: Callable[[], object], *, name: str) -> Button:
        """Add a quiet button beside the title."""
        button = Button(words, self, kind="link", name=name)
        button.clicked.connect(lambda _checked=False: slot())
        self.head.addWidget(button)
        return button

    def show_lines(self, lines: Sequence[QWidget], empty: str = "") -> None:
        """Show these widgets under the title; words where there are none."""
        while (item := self.lines.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        if not lines and empty:
            self.lines.addWidget(PlainLabel(empty, self, ink="text3", wrap=True))
        for line in lines:
            self.lines.addWidget(line)
            line.show()


class RecordLine(QWidget):
    """One line of a section: a strong word, a quiet one beside it, buttons at its end."""

    def __init__(self, strong: str, quiet: str, parent: QWidget, *, end: str = "") -> None:
        super().__init__(parent)
        self.setObjectName("recordLine")
        self.setAccessibleName(", ".join(filter(None, (strong, quiet, end))))
        self.setMinimumHeight(36)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(10)
        self.strong = _yielding(ElidedLabel(strong, self, style="body_medium"))
        self.row.addWidget(self.strong)
        self.row.addWidget(_yielding(ElidedLabel(quiet, self, ink="text2")), 1)
        if end:
            self.row.addWidget(PlainLabel(end, self, style="body_strong").use_figures())

    def offer(self, button: Button) -> None:
        """Add a button at the end."""
        button.setParent(self)
        self.row.addWidget(button)


def _yielding(label: ElidedLabel) -> ElidedLabel:
    """Return a label as wide as its words, that is cut rather than its line be too wide."""
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    return label


class FactGrid(QWidget):
    """Labels in a first column, what is known in a second; unknown facts are left out."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("facts")
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(24)
        self.grid.setVerticalSpacing(8)
        self.grid.setColumnStretch(1, 1)

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show the facts that are known."""
        while (item := self.grid.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        known = [fact for fact in facts if fact[1]]
        for row, (label, value) in enumerate(known):
            top = Qt.AlignmentFlag.AlignTop
            name = PlainLabel(label, self, ink="text2")
            self.grid.addWidget(name, row, 0, top)
            shown = PlainLabel(value, self, wrap=True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.grid.addWidget(shown, row, 1, top)
            name.show()
            shown.show()


def record_body(
    page: QWidget,
    tiles: Sequence[Tile],
    left: Sequence[QWidget],
    right: Sequence[QWidget],
    *,
    name: str,
) -> ScrollColumn:
    """Return the body of a page about one record: tiles in a row, sections in two columns."""
    row, halves = QHBoxLayout(), QHBoxLayout()
    row.setSpacing(12)
    for tile in tiles:
        row.addWidget(tile, 1)
    halves.setSpacing(48)
    for sections in (left, right):
        side = QVBoxLayout()
        side.setSpacing(0)
        for section in sections:
            side.addWidget(section)
            side.addSpacing(28)
        side.addStretch(1)
        halves.addLayout(side, 1)
    scroll = ScrollColumn(page, name=name)
    scroll.column.setSpacing(24)
    scroll.column.addLayout(row)
    scroll.column.addLayout(halves, 1)
    return scroll

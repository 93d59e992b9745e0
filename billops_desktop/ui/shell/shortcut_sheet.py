"""The sheet that lists every shortcut, opened with ? or F1."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from billops_desktop.i18n import _
from billops_desktop.ui import keys
from billops_desktop.ui.actions import Actions
from billops_desktop.ui.widgets.labels import KeyCap, PlainLabel
from billops_desktop.ui.widgets.panels import ScrollColumn
from billops_desktop.ui.widgets.sheet import Sheet


def shortcut_sheet(actions: Actions, window: QWidget) -> Sheet:
    """Return the sheet with every key that acts, by group."""
    sheet = Sheet(_("Keyboard shortcuts"), _("Close"), window, width=520)
    sheet.setObjectName("shortcuts")
    sheet.cancel.hide()
    sheet.say(_("Single letters act while no field has the focus; N and S on the Time page."))
    scroll = ScrollColumn(sheet, name="shortcutList")
    scroll.setMinimumHeight(420)
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 12, 0)
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(6)
    row = 0
    for group, members in groupby(_lines(actions), key=lambda one: one[0]):
        grid.addWidget(PlainLabel(group, sheet, style="caption", ink="text3"), row, 0)
        for _group, words, shown in members:
            row += 1
            grid.addWidget(PlainLabel(words.rstrip("…"), sheet), row, 0)
            grid.addLayout(_caps(shown[:2], sheet), row, 1)
        row += 1
    grid.setColumnStretch(0, 1)
    scroll.column.addLayout(grid)
    scroll.column.addStretch(1)
    sheet.body.addWidget(scroll)
    return sheet


def _lines(actions: Actions) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return group, words and keys of each line: the window's actions, then those of places."""
    letters = {page: letter for letter, page in keys.GO_LETTERS.items()}
    found = []
    for one in sorted(actions.offered(), key=lambda one: one.group):
        letter = letters.get(one.id.removeprefix("go.")) if one.id.startswith("go.") else None
        also = (f"G, {letter}",) if letter else ()
        if one.keys or also:
            found.append((one.group, one.words, (*one.keys, *also)))
    return found + [(one.group, one.words, one.keys) for one in keys.listed()]


def _caps(strokes: Sequence[str], sheet: QWidget) -> QHBoxLayout:
    """Return the keys of one action side by side: the second belongs to the first."""
    row = QHBoxLayout()
    row.setSpacing(6)
    for one in strokes:
        row.addWidget(KeyCap(keys.native(one), sheet))
    row.addStretch(1)
    return row

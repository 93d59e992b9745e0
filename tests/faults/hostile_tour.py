"""Goes through every scene of a window whose records hold hostile text; tells what it showed.

``python -m tests.faults.hostile_tour PROFILE TEXT [careless]`` writes TEXT into every text column
of the sample company, arranges each scene, draws it and opens each tooltip. "careless" shows the
text once as Qt shows it by itself: the control.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QToolTip,
    QWidget,
)

from billops_desktop.errors import EnvironmentFault
from tests.looks.scenes import EVERY, the_sample
from tests.looks.stage import SIZE, Stage, dress, filled, stage
from tests.support import hostile

MOST_ROWS = 20
TOOLTIP = Qt.ItemDataRole.ToolTipRole


def places(widget: QWidget) -> Iterator[QModelIndex]:
    """Return the cells of a list or table."""
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        model, root = widget.model(), QModelIndex()
        for row in range(min(model.rowCount(root), MOST_ROWS)):
            # Qt keeps the columns of a list to itself: there is one.
            lists = isinstance(model, QAbstractListModel)
            for column in range(1 if lists else model.columnCount(root)):
                yield model.index(row, column, root)


def words(widget: QWidget) -> Iterator[str]:
    """Return what a widget shows, as far as it tells."""
    if isinstance(widget, (QLabel, QAbstractButton, QLineEdit)):
        yield widget.text()
    for place in places(widget):
        yield str(place.data() or "")


def tooltips(widget: QWidget) -> Iterator[str]:
    """Return the tooltips of a widget and of the rows in it."""
    yield widget.toolTip()
    for place in places(widget):
        yield str(place.data(TOOLTIP) or "")


def marked_up(widget: QWidget, mark: str) -> bool:
    """Tell whether Qt reads the text of a label as markup."""
    if not isinstance(widget, QLabel) or mark not in widget.text():
        return False
    return widget.textFormat() is not Qt.TextFormat.PlainText


def look_around(opened: Stage, mark: str) -> dict[str, list[str]]:
    """Draw everything, open every tooltip; return what holds the mark, and what reads markup."""
    opened.picture()
    shown, wrong, hints = [], [], set()
    for widget in QApplication.allWidgets():
        if not widget.isVisible():
            continue
        shown += [widget.objectName() for text in words(widget) if mark in text]
        wrong += [widget.objectName()] if marked_up(widget, mark) else []
        hints |= {hint for hint in tooltips(widget) if hint}
    for hint in hints:
        QToolTip.showText(QPoint(1, 1), hint, opened.window)
        opened.settle()
    QToolTip.hideText()
    return {"shown": shown, "wrong": wrong, "hints": [hint for hint in hints if "img" in hint]}


def tour(profile: Path, text: str) -> dict[str, object]:
    """Arrange every scene of the sample company; return what was seen, scene by scene."""
    filled(profile, the_sample)
    hostile.write(profile, lambda _t, column, row: f"{row}" if column == "number" else text)
    mark, seen, failed = text[:4], {}, {}
    with stage(profile) as opened:
        for scene in EVERY:
            if scene.fill is not the_sample or scene.size != SIZE:
                continue
            try:
                scene.arrange(opened)
            except Exception as fault:  # noqa: BLE001 - what could not be arranged is told
                failed[scene.name] = repr(fault)
            seen[scene.name] = look_around(opened, mark)
            opened.clear()
        opened.window.feedback.show_error(EnvironmentFault(text, hint=text))
        seen["an error of others"] = look_around(opened, mark)
        opened.clear()
        opened.window.feedback.say(text)
        seen["a message"] = look_around(opened, mark)
    return {"seen": seen, "failed": failed}


def show_carelessly(text: str) -> None:
    """Show the text as Qt shows it by itself."""
    label = QLabel(text)
    label.show()
    label.grab()


def main(arguments: list[str]) -> int:
    """Take the tour and print what was seen."""
    application = QApplication(["billops"])
    visited: list[str] = []

    def visit(url: QUrl | str) -> bool:
        visited.append(QUrl(url).toString())
        return True

    setattr(QDesktopServices, "openUrl", visit)  # noqa: B010 - a spy in the place of a method
    dress(application)
    if arguments[2:] == ["careless"]:
        show_carelessly(arguments[1])
        told: dict[str, object] = {}
    else:
        told = tour(Path(arguments[0]), arguments[1])
    sys.stdout.write(json.dumps(told | {"visited": visited}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

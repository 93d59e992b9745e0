"""What screen readers meet: everything that can be used has a name, on every screen (U-09)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractItemView
from pytestqt.qtbot import QtBot

from billops_desktop.errors import InvalidInput
from billops_desktop.ui.feedback import Feedback
from billops_desktop.ui.views.clients import ClientsView
from tests.support.present import of_kind
from tests.support.tour import Tour, every_scene, page_scenes, told, tops

ROLE = QAccessible.Role
NAMED = {
    ROLE.Button,
    ROLE.CheckBox,
    ROLE.RadioButton,
    ROLE.ComboBox,
    ROLE.EditableText,
    ROLE.List,
    ROLE.ListItem,
    ROLE.Table,
    ROLE.Tree,
    ROLE.MenuItem,
    ROLE.PageTab,
    ROLE.Slider,
    ROLE.SpinBox,
    ROLE.Dialog,
}
MANY = 60


def interfaces(node: Any, depth: int = 0) -> Iterator[Any]:
    """Yield what assistive technology sees below a node; of long lists, the first lines."""
    yield node
    if depth > 30:
        return
    for number in range(min(node.childCount(), MANY)):
        child = node.child(number)
        if child is not None and child.isValid() and not child.state().invisible:
            yield from interfaces(child, depth + 1)


def unnamed(stage: Any) -> Iterator[str]:
    """Yield what can be used or focused and has no name."""
    for top in tops(stage):
        for one in interfaces(QAccessible.queryAccessibleInterface(top)):
            state = one.state()
            # A cell may be empty, as its row is read as one sentence.
            reached = state.focusable and not state.disabled and one.role() != ROLE.Cell
            if (one.role() in NAMED or reached) and not one.text(QAccessible.Text.Name).strip():
                owner = one.object()
                name = owner.objectName() or type(owner).__name__ if owner else "?"
                yield f"{one.role().name} {name}"
        for view in top.findChildren(QAbstractItemView):
            if view.isVisible():
                yield from (f"row {row} of {told(view)}" for row in unspoken(view.model()))


def unspoken(model: Any) -> Iterator[int]:
    """Yield the rows that are not read as a sentence."""
    for row in range(min(model.rowCount(), MANY)):
        if not str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) or "").strip():
            yield row


def test_everything_that_can_be_used_has_a_name(tour: Tour) -> None:
    faults = [f"{name}: {fault}" for name, stage in tour(every_scene()) for fault in unnamed(stage)]
    assert not faults, "\n".join(faults)


def test_record_does_what_a_click_does(tour: Tour, qtbot: QtBot) -> None:
    """Press it as a reader does (U-10); tests/flows presses it over AT-SPI, as Start and Log."""
    for _name, stage in tour([one for one in page_scenes() if one.name == "invoices"]):
        button = stage.part("recordPayment")
        actions = QAccessible.queryAccessibleInterface(button).actionInterface()
        actions.doAction(actions.actionNames()[0])
        recent = stage.window.feedback.recent
        qtbot.waitUntil(partial(is_told, recent, "recorded"))


def is_told(recent: Sequence[str], word: str) -> bool:
    return any(word in one for one in recent)


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list into which all that is announced comes."""
    heard: list[str] = []
    monkeypatch.setattr(
        Feedback, "announce", lambda _self, text, **_how: heard.append(text), raising=True
    )
    return heard


def test_each_deed_is_announced_once(tour: Tour, spoken: list[str]) -> None:
    """Timer, message, error, filter, each once and nothing while the clock runs (U-11)."""
    for _name, stage in tour([one for one in page_scenes() if one.name == "clients"]):
        window = stage.window
        deeds: dict[str, Callable[[], object]] = {
            "Stopped": partial(window.timer.toggle),
            "Timer started": partial(window.timer.toggle),
            "Saved": partial(window.feedback.say, "Saved"),
            "Not saved": partial(
                window.feedback.show_error, InvalidInput("Not saved.", "Type a name.")
            ),
            "1 row found": partial(
                of_kind(window.view("clients"), ClientsView).search.setText, "acme"
            ),
        }
        spoken.clear()
        for words, deed in deeds.items():
            deed()
            stage.clock.move(minutes=2)
            stage.settle()
            assert len(spoken) == 1, f"{words}: {spoken}"
            assert spoken.pop().startswith(words.partition(" row")[0])

"""What screen readers meet: everything that can be used has a name, on every screen (U-09)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractItemView

from tests.support.tour import every_scene, told, tops

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


def test_everything_that_can_be_used_has_a_name(tour) -> None:
    faults = [f"{name}: {fault}" for name, stage in tour(every_scene()) for fault in unnamed(stage)]
    assert not faults, "\n".join(faults)

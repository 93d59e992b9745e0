"""The base of a section of the settings: groups of fields, each saved when it is left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from billops_desktop.errors import BillOpsError
from billops_desktop.i18n import _
from billops_desktop.ui.view import View
from billops_desktop.ui.widgets.buttons import Button
from billops_desktop.ui.widgets.edges import flush_row
from billops_desktop.ui.widgets.input.fields import CheckBox, Combo, FieldSet, FormField
from billops_desktop.ui.widgets.input.line_field import LineField
from billops_desktop.ui.widgets.labels import PlainLabel
from billops_desktop.ui.widgets.panels import Card, ScrollColumn

WIDTH: Final = 680
# A use case with all its arguments but the value: save(value) returns what jobs.run takes.
Saving = Callable[[Any], tuple[Callable[..., Any], tuple[Any, ...]]]


class Group:
    """A titled card with a grid of two columns."""

    def __init__(self, title: str, line: str, parent: QWidget) -> None:
        self.card = Card(parent, name="settingsGroup")
        self.card.column.addWidget(PlainLabel(title, self.card, style="subtitle"))
        if line:
            self.card.column.addWidget(PlainLabel(line, self.card, ink="text2", wrap=True))
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(12)
        self.grid.setVerticalSpacing(12)
        self.grid.setColumnStretch(0, 1)
        self.grid.setColumnStretch(1, 1)
        self.card.column.addLayout(self.grid)
        self._place = 0

    def add(self, widget: QWidget, *, wide: bool = False) -> None:
        """Put a widget in the next place; a wide one takes a row."""
        if wide and self._place % 2:
            self._place += 1
        row, column = divmod(self._place, 2)
        span = 2 if wide else 1
        side = Qt.AlignmentFlag.AlignTop
        if isinstance(widget, (Button, CheckBox)):
            flush = flush_row(widget)
            flush.addStretch(1)
            self.grid.addLayout(flush, row, column, 1, span, side)
        else:
            self.grid.addWidget(widget, row, column, 1, span, side)
        self._place += span

    def add_row(self, *buttons: QWidget) -> None:
        """Put buttons side by side into a row of their own."""
        row = -(-self._place // 2)
        flush = flush_row(*buttons)
        flush.addStretch(1)
        self.grid.addLayout(flush, row, 0, 1, 2)
        self._place = 2 * row + 2


class Section(ScrollColumn):
    """One page of the settings; it reads what it shows in ``load`` and saves at once."""

    id = ""

    def __init__(self, view: View, parent: QWidget) -> None:
        super().__init__(parent, name=f"settings-{self.id}")
        self.view = view
        self.fields = FieldSet()
        self.lines: dict[str, LineField] = {}
        self.column.setContentsMargins(4, 4, 16, 24)
        self.column.setSpacing(16)
        self.steps: list[Callable[[], object]] = [
            *self.build_steps(),
            lambda: self.column.addStretch(1),
        ]

    def build(self) -> None:
        """Add the groups of this section."""

    def build_steps(self) -> tuple[Callable[[], object], ...]:
        """Return the steps that add the groups, each short enough for one turn of the window."""
        return (self.build,)

    def complete(self) -> None:
        """Take the steps that are left."""
        while self.steps:
            self.steps.pop(0)()

    def load(self) -> None:
        """Ask for what the section shows."""

    def group(self, title: str, line: str = "") -> Group:
        """Add a titled card."""
        made = Group(title, line, self.inner)
        made.card.setMaximumWidth(WIDTH)
        self.column.addWidget(made.card)
        return made

    def line(
        self, group: Group, name: str, label: str, saving: Saving, *, hint: str = ""
    ) -> LineField:
        """Add a line of text."""
        edit = LineField(name, group.card)
        field = self.fields.add(name, FormField(label, edit, group.card, hint=hint))
        group.add(field)
        self.lines[name] = edit
        edit.committed.connect(lambda text: self.save(name, saving(text)))
        return edit

    def choice(
        self,
        group: Group,
        name: str,
        label: str,
        choices: Sequence[tuple[Any, str]],
        saving: Saving,
    ) -> Combo:
        """Add a choice of one."""
        combo = Combo(name, group.card, choices=choices)
        group.add(self.fields.add(name, FormField(label, combo, group.card)))
        combo.chosen.connect(lambda value: self.save(name, saving(value)))
        return combo

    def check(self, group: Group, name: str, words: str, saving: Saving) -> CheckBox:
        """Add a switch."""
        box = CheckBox(words, group.card, name=name)
        group.add(box, wide=True)
        box.clicked.connect(lambda: self.save(name, saving(box.isChecked())))
        return box

    def save(
        self,
        name: str,
        step: tuple[Callable[..., Any], tuple[Any, ...]],
        done: Callable[..., object] | None = None,
    ) -> None:
        """Save one field; what is refused stays in it, with the reason under it."""
        use_case, arguments = step

        def saved(result: Any, changes: Any) -> None:
            field = self.fields.fields.get(name)
            if field is not None:
                field.clear_error()
            self.view.shell.feedback.announce(_("Saved"))
            if done is not None:
                done(result)

        self.view.run(
            use_case, *arguments, done=saved, failed=lambda error: self.refused(name, error)
        )

    def refused(self, name: str, error: BillOpsError) -> None:
        """Put an error under the field that was saved, or on top of the page."""
        edit, field = self.lines.get(name), self.fields.fields.get(name)
        if edit is not None:
            edit.refuse(error)
        elif field is not None:
            field.show_error(error)
        else:
            self.view.show_error(error)

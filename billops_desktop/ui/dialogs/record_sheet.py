"""The sheet of named fields that adds or changes one record by one use case."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from billops_desktop.errors import InvalidInput
from billops_desktop.ui import fonts
from billops_desktop.ui.widgets.input.fields import FormField
from billops_desktop.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from billops_desktop.ui.view import View

Then = Callable[[Any, Any], object]


class RecordSheet(Sheet):
    """A sheet of named fields whose verb runs one use case for a page."""

    def __init__(self, title: str, verb: str, view: View) -> None:
        super().__init__(title, verb, view.window(), width=520)
        self.view = view
        self.on_confirm(self.submit)

    def line(self, *fields: FormField, widths: tuple[int, ...] = ()) -> None:
        """Add fields side by side; ``widths`` fix those that need not grow (0 grows)."""
        row = QHBoxLayout()
        row.setSpacing(12)
        for number, field in enumerate(fields):
            width = widths[number] if number < len(widths) else 0
            if width:
                # Large text and long words need more than the design's width.
                field.setFixedWidth(max(fonts.scaled(width), field.label.sizeHint().width()))
            row.addWidget(field, 0 if width else 1)
        self.body.addLayout(row)

    def field(self, name: str, label: str, editor: QWidget, *, hint: str = "") -> FormField:
        """Return a labelled field that carries the errors of its name."""
        return self.fields.add(name, FormField(label, editor, self, hint=hint))

    def submit(self) -> None:
        """Read the fields and run the use case; a sheet says how."""

    def typed(self, read: Callable[[], dict[str, Any]]) -> dict[str, Any] | None:
        """Return what is typed, by field; a slip is shown at its field and gives None."""
        try:
            return read()
        except InvalidInput as error:
            self.show_error(error)
            return None

    def perform(self, use_case: Any, *args: Any, then: Then) -> None:
        """Run the use case; the sheet closes when it went well, else it shows what is wrong."""

        def well(result: Any, changes: Any) -> None:
            self.close_done()
            then(result, changes)

        self.fields.clear()
        self.busy(True)
        self.view.shell.jobs.run(use_case, *args, done=well, failed=self.show_error, owner=self)

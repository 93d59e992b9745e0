"""The sheet of the entries behind a line: when, what, how long, at which rate and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from billops_desktop.i18n import _, format_date, ngettext
from billops_desktop.services.invoices.invoice_rows import LineEntryRow, entries_of_line
from billops_desktop.services.rates.rate_words import rate_label
from billops_desktop.ui.jobs import Jobs
from billops_desktop.ui.table import Column, Table
from billops_desktop.ui.views.editor.draft import DraftLine
from billops_desktop.ui.widgets.cells import two_line_cell
from billops_desktop.ui.widgets.labels import PlainLabel
from billops_desktop.ui.widgets.panels import Card
from billops_desktop.ui.widgets.sheet import Sheet
from billops_desktop.ui.widgets.wording import hours_text

ROW = 44
MOST_ROWS = 8


class LineEntriesSheet(Sheet):
    """Lists the entries of one line; nothing is changed here."""

    def __init__(self, line: DraftLine, currency: str, jobs: Jobs, parent: QWidget) -> None:
        title = line.edit.description or _("Line without description")
        super().__init__(title, _("Close"), parent, width=720)
        self.setObjectName("lineEntries")
        self.line = line
        self.rate = rate_label(line.edit.price, currency, "hourly" if line.is_time else "daily")
        self.sums = PlainLabel("", self, style="body_strong").use_figures()
        self.sums.setObjectName("lineEntriesSums")
        words = _("The rate: {reason}").format(reason=reason_of(line))
        self.reason = PlainLabel(words, self, style="small", ink="text2", wrap=True)
        self.reason.setObjectName("lineEntriesReason")
        self.table = Table(self._columns(), "lineEntriesTable", self, row_height=ROW)
        self.table.setAccessibleName(_("Entries behind the line"))
        card = Card(self, name="lineEntriesCard")
        card.column.setContentsMargins(1, 1, 1, 1)
        card.column.addWidget(self.table)
        self.body.addWidget(card)
        self.body.addWidget(self.sums)
        self.body.addWidget(self.reason)
        self.cancel.hide()
        self.confirm.set_kind("secondary")
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        jobs.query(
            entries_of_line,
            line.edit.id,
            done=self.show_entries,
            failed=self.show_error,
            owner=self,
        )

    def show_entries(self, rows: Sequence[LineEntryRow]) -> None:
        """Show the entries and what they come to."""
        self.table.set_rows(rows)
        height = self.table.verticalHeader().defaultSectionSize()
        shown = min(max(len(rows), 1), MOST_ROWS)
        self.table.setFixedHeight(self.table.header.sizeHint().height() + shown * height + 2)
        tracked, billed = (
            hours_text(sum(getattr(row, name) for row in rows))
            for name in ("tracked_seconds", "billed_seconds")
        )
        words = ngettext(
            "{count} entry, {tracked} tracked, {billed} billed",
            "{count} entries, {tracked} tracked, {billed} billed",
            len(rows),
        )
        self.sums.setText(words.format(count=len(rows), tracked=tracked, billed=billed))

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(
                name="day",
                title=_("Day"),
                value=lambda row: row.local_on,
                text=lambda row: format_date(row.local_on),
                width=116,
                ink="text2",
            ),
            Column(
                name="text",
                title=_("Work"),
                value=lambda row: row.description,
                paint=two_line_cell(_what),
                hint=lambda row: row.description,
            ),
            _hours("tracked_seconds", _("Tracked")),
            _hours("billed_seconds", _("Billed")),
            Column(
                name="rate",
                title=_("Rate"),
                value=lambda _row: self.line.edit.price,
                text=lambda _row: self.rate,
                align="right",
                width=124,
                ink="text2",
            ),
        )


def _hours(name: str, title: str) -> Column:
    def seconds(row: Any) -> int:
        return int(getattr(row, name))

    return Column(
        name=name,
        title=title,
        value=seconds,
        text=lambda row: hours_text(seconds(row)),
        align="right",
        width=92,
    )


def _what(row: LineEntryRow) -> tuple[str, str]:
    return row.description or _("Without description"), row.project_name


def reason_of(line: DraftLine) -> str:
    """Return why the line has its rate, as it was written when the time was drafted."""
    _facts, mark, reason = line.derivation.partition("; ")
    return reason if mark else line.derivation

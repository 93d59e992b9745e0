"""The lines of the entry list: a heading per day, its entries under it, one model for both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import QWidget

from billops_desktop.domain.money import Money
from billops_desktop.i18n import N_, _, format_day
from billops_desktop.services.tracking import DayGroup, EntryRow
from billops_desktop.ui.views.entries.entry_fields import range_text
from billops_desktop.ui.widgets.cells import Index
from billops_desktop.ui.widgets.labels import escaped
from billops_desktop.ui.widgets.wording import amounts_text, hours_text, short_text
from billops_desktop.values import dataclass

LINE_ROLE: Final = Qt.ItemDataRole.UserRole + 1
NO_PARENT: Final = QModelIndex()
LONG_SECONDS: Final = 43_200


class Field(IntEnum):
    """The columns of an entry, in their order."""

    DESCRIPTION = 0
    PROJECT = 1
    ACTIONS = 2
    LOCK = 3
    BILLABLE = 4
    RANGE = 5
    DURATION = 6


TITLES: Final = (
    N_("Description"),
    N_("Project"),
    N_("Actions"),
    N_("Invoice"),
    N_("Billable"),
    N_("From and to"),
    N_("Duration"),
)


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry in its day's card; the first and the last one round the card off."""

    row: EntryRow
    first: bool
    last: bool


@dataclass(frozen=True, slots=True)
class DayLine:
    """The heading of a day with its sums; ``running`` is added to them as it grows."""

    day: date
    title: str
    date_words: str
    seconds: int
    values: tuple[Money, ...]
    running: EntryRow | None

    def seconds_at(self, now: datetime) -> int:
        """Return the day's sum with what runs counted up to now."""
        return self.seconds + (self.running.seconds_at(now) if self.running else 0)


Line = EntryLine | DayLine


def lines_of(groups: Iterable[DayGroup], today: date) -> list[Line]:
    """Return the lines of a list of days; what runs belongs to the day on which it started."""
    lines: list[Line] = []
    for group in groups:
        last = len(group.entries) - 1
        running = next((row for row in group.entries if row.ended_at is None), None)
        title, words = day_words(group.day, today)
        ended = sum(row.seconds or 0 for row in group.entries)
        lines.append(DayLine(group.day, title, words, ended, group.value, running))
        lines += [
            EntryLine(row, number == 0, number == last) for number, row in enumerate(group.entries)
        ]
    return lines


def day_words(day: date, today: date) -> tuple[str, str]:
    """Return how a day is called, and its date beside that."""
    if day == today:
        return _("Today"), format_day(day)
    if day == today - timedelta(days=1):
        return _("Yesterday"), format_day(day)
    return format_day(day, parts="EEEE"), format_day(day, parts="MMMd")


class EntryModel(QAbstractTableModel):
    """What the list shows, and which of its entries are selected."""

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.now = now
        self.lines: Sequence[Line] = ()
        self.selected: set[str] = set()
        self.long_seconds = LONG_SECONDS
        self._places: dict[str, int] = {}

    def show_lines(self, lines: Sequence[Line]) -> bool:
        """Show other lines; True when their places changed, so that the view must build again."""
        same = [_place(line) for line in lines] == [_place(line) for line in self.lines]
        if same:
            self.lines = lines
            if lines:
                self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, len(Field) - 1))
            return False
        self.beginResetModel()
        self.lines = lines
        self._places = {
            line.row.id: number for number, line in enumerate(lines) if isinstance(line, EntryLine)
        }
        self.selected &= {row.id for row in self.rows()}
        self.endResetModel()
        return True

    def rows(self) -> list[EntryRow]:
        """Return the entries in their order."""
        return [line.row for line in self.lines if isinstance(line, EntryLine)]

    def row_at(self, number: int) -> EntryRow | None:
        """Return the entry of a line; None for a heading and beyond the end."""
        line = self.lines[number] if 0 <= number < len(self.lines) else None
        return line.row if isinstance(line, EntryLine) else None

    def place_of(self, entry_id: str) -> int:
        """Return the line of an entry; -1 when it is not shown."""
        return self._places.get(entry_id, -1)

    def chosen(self) -> list[EntryRow]:
        """Return the selected entries in their order."""
        return [row for row in self.rows() if row.id in self.selected]

    def select(self, entry_ids: Iterable[str]) -> None:
        """Select exactly these entries."""
        self.selected = set(entry_ids)
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, 0))

    def words(self, row: EntryRow, field: Field) -> str:
        """Return what a field of an entry says."""
        seconds = row.seconds_at(self.now())
        words = {
            Field.DESCRIPTION: row.description.replace("\n", " "),
            Field.PROJECT: ", ".join(filter(None, (row.project_name, row.client_name))),
            Field.LOCK: _("On invoice {number}").format(number=row.locked_by)
            if row.locked_by
            else "",
            Field.BILLABLE: _("Billable") if row.billable else _("Not billable"),
            Field.RANGE: range_text(row),
            Field.DURATION: short_text(seconds),
        }
        return words.get(field, "")

    def sentence(self, row: EntryRow) -> str:
        """Return an entry as one sentence for screen readers."""
        parts = [
            row.description or _("Without description"),
            self.words(row, Field.PROJECT) or _("Without project"),
            range_text(row),
            hours_text(row.seconds_at(self.now())),
            self.words(row, Field.BILLABLE),
            self.words(row, Field.LOCK),
            odd_words(row, self.long_seconds),
            _("selected") if row.id in self.selected else "",
        ]
        return ", ".join(filter(None, parts))

    # Qt's side.

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of fields."""
        return 0 if parent.isValid() else len(Field)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that headings take no focus."""
        if self.row_at(index.row()) is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return words, the whole line, the tooltip or the spoken sentence."""
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        line, field = self.lines[index.row()], Field(index.column())
        if role == LINE_ROLE:
            return line
        if isinstance(line, DayLine):
            spoken = role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}
            return self._heading(line) if spoken and field == Field.DESCRIPTION else None
        return self._of_row(line.row, field, role)

    def _of_row(self, row: EntryRow, field: Field, role: int) -> Any:
        if role == Qt.ItemDataRole.AccessibleTextRole and field == Field.DESCRIPTION:
            return self.sentence(row)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self.words(row, field)
        if role == Qt.ItemDataRole.ToolTipRole:
            return escaped(self._hint(row, field))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a field's name: screen readers speak it with the cell."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(TITLES[section])
        return None

    def _heading(self, line: DayLine) -> str:
        sums = (hours_text(line.seconds_at(self.now())), amounts_text(line.values))
        return ", ".join(filter(None, (line.title, line.date_words, *sums)))

    def _hint(self, row: EntryRow, field: Field) -> str:
        if row.locked_by and field != Field.ACTIONS:
            return locked_words(row)
        if field == Field.RANGE:
            return odd_words(row, self.long_seconds)
        if field == Field.BILLABLE:
            return _("Billable  B") if row.billable else _("Not billable  B")
        if field == Field.PROJECT:
            # The task is left out of a narrow row.
            return ", ".join(filter(None, (row.project_name, row.client_name, row.task_name)))
        return row.description if field == Field.DESCRIPTION else ""


def locked_words(row: EntryRow) -> str:
    """Say why an entry cannot be changed."""
    return _("This entry is on invoice {number}, so it is locked.").format(number=row.locked_by)


def odd_words(row: EntryRow, long_seconds: int) -> str:
    """Say what looks odd about an entry; nothing of it is forbidden."""
    found = []
    if row.overlaps:
        found.append(_("Overlaps another entry"))
    if row.needs_check:
        found.append(_("Not checked yet"))
    if row.seconds is not None and row.seconds > long_seconds:
        found.append(_("Longer than {hours} h").format(hours=long_seconds // 3600))
    return ". ".join(found)


def _place(line: Line) -> tuple[str, bool, bool]:
    if isinstance(line, DayLine):
        return line.day.isoformat(), False, False
    return line.row.id, line.first, line.last

"""Rows of a CSV file read as time entries: columns by many names, dates and times strictly."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from billops_desktop.domain.money import round_whole
from billops_desktop.domain.periods import local_day, local_to_utc, whole_second, zone_named
from billops_desktop.domain.reading.typed import check_text, read_date, read_decimal, read_time
from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _
from billops_desktop.services.entries.entry_rules import check_span, checked_rate
from billops_desktop.services.entries.spans import LONGEST_NIGHT, ends_before
from billops_desktop.services.transfer.csv_text import CsvRecord, unguarded
from billops_desktop.values import dataclass

SHOWN = 80
LONGEST_NAME = 200
COLUMNS: dict[str, tuple[str, ...]] = {
    "id": ("id",),
    "date": ("date", "start date", "spent date", "day", "datum", "tag"),
    "start": ("start", "start time", "started at", "begin", "from", "beginn", "von", "startzeit"),
    "end_date": ("end date", "enddatum"),
    "end": ("end", "end time", "ended at", "to", "ende", "bis", "endzeit"),
    "duration": ("duration", "hours", "time", "duration (h)", "dauer", "stunden"),
    "zone": ("zone", "time zone", "timezone", "zeitzone"),
    "break_seconds": ("break_seconds", "break seconds"),
    "client": ("client", "customer", "kunde"),
    "project": ("project", "projekt"),
    "task": ("task", "activity", "service", "aufgabe", "tätigkeit"),
    "description": ("description", "notes", "note", "comment", "beschreibung", "notiz"),
    "billable": ("billable", "billable?", "abrechenbar"),
    "rate": ("rate", "own rate", "hourly rate", "satz", "eigener satz", "stundensatz"),
    "email": ("person", "email", "e-mail", "user email"),
    "source": ("source",),
    "external_source": ("external_source",),
    "external_id": ("external_id",),
}
YES, NO = {"yes", "true", "1", "y", "ja", "x"}, {"no", "false", "0", "n", "nein"}
SOURCES = {"timer", "manual", "calendar", "import", "api"}
ID = re.compile(r"[0-9a-f]{32}")
CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2}):([0-9]{2})")
LENGTH = re.compile(r"([0-9]{1,4}):([0-5][0-9])(?::([0-5][0-9]))?")
SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/[0-9]{2,4}")
DAY_BEGINS = time(9)
FOREIGN = "csv"
# Columns that no file has but those that were written here.
OWN = {"break_seconds", "external_source", "external_id"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRowProblem:
    """Why one row cannot be imported: line, field, the value cut to 80 characters, reason.

    ``column`` is what the file calls the field.
    """

    line: int
    field: str
    value: str
    reason: str
    column: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedEntry:
    """One row as an entry; the names of client, project and task are not looked up yet."""

    line: int
    raw: str
    id: str
    started_at: datetime
    ended_at: datetime
    zone: str
    local_on: date
    break_seconds: int
    client: str
    project: str
    task: str
    description: str
    billable: bool | None
    rate: Decimal | None
    email: str
    source: str
    external_source: str
    external_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsingRules:
    """What the file does not say itself: the zone, today, when a day starts, day or month first."""

    zone: str
    today: date
    day_start_minutes: int = 0
    day_first: bool | None = None


class EntryParser:
    """Reads the records of one file; what came before matters for rows with a length only."""

    def __init__(self, header: CsvRecord, rules: ParsingRules) -> None:
        if header.fault:
            raise InvalidInput(
                _("The quotes of the first line do not match."),
                _("Nothing was changed. Close every quote, or save the file again as CSV."),
                field="header",
            )
        self.rules = rules
        self.places = _places(header.cells)
        self.columns = {
            field: header.cells[place].strip()[:SHOWN] for field, place in self.places.items()
        }
        self.width = len(header.cells)
        # Our own files write a point before the decimals; another's “95,500” may be two amounts.
        self.decimal_mark = (
            "." if {name.strip().casefold() for name in header.cells} >= OWN else None
        )
        self._next_start: dict[date, datetime] = {}
        self._seen: dict[str, int] = {}

    def parse(self, record: CsvRecord) -> ParsedEntry | ImportRowProblem:
        """Return the row as an entry, or what is wrong with it first."""
        if record.fault:
            return _problem(record, "", record.raw, _("The quotes do not match."))
        surplus = "".join(record.cells[self.width :]).strip()
        if surplus:
            return _problem(record, "", surplus, _("It has more fields than the first line."))
        cells = {
            field: _cell(field, record.cells[place])
            for field, place in self.places.items()
            if place < len(record.cells)
        }
        try:
            return self._entry(record, cells)
        except InvalidInput as wrong:
            field = wrong.field or ""
            shown = cells.get(field, "")
            reason = f"{wrong.title} {wrong.hint}".strip()
            return _problem(record, field, shown, reason, self.columns.get(field, ""))

    def _entry(self, record: CsvRecord, cells: dict[str, str]) -> ParsedEntry:
        zone = zone_named(cells.get("zone") or self.rules.zone).key
        started_at, ended_at = self._ends(cells, zone)
        breaks = _whole(cells.get("break_seconds", ""), "break_seconds")
        check_span(started_at, ended_at, breaks)
        texts = {
            field: check_text(cells.get(field, ""), field, max_length=LONGEST_NAME, multiline=False)
            for field in ("client", "project", "task", "email", "external_source", "external_id")
        }
        if texts["task"] and not texts["project"]:
            raise InvalidInput(_("A task needs its project."), field="project")
        description = check_text(cells.get("description", ""), "description")
        own_id = cells.get("id", "").lower()
        if own_id and not ID.fullmatch(own_id):
            own_id = ""
        if not own_id and not texts["external_id"]:
            ends = self._ends_as_told(cells, zone, started_at, ended_at)
            words = (*ends, description, *texts.values())
            texts["external_source"], texts["external_id"] = FOREIGN, self._mark(words)
        source = cells.get("source", "")
        return ParsedEntry(
            line=record.line,
            raw=record.raw,
            id=own_id,
            started_at=started_at,
            ended_at=ended_at,
            zone=zone,
            local_on=local_day(started_at, zone, self.rules.day_start_minutes),
            break_seconds=breaks,
            description=description,
            billable=_truth(cells.get("billable", "")),
            rate=_rate(cells.get("rate", ""), self.decimal_mark),
            source=source if source in SOURCES else "import",
            **texts,
        )

    @staticmethod
    def _ends_as_told(
        cells: dict[str, str], zone: str, started_at: datetime, ended_at: datetime
    ) -> tuple[str, str]:
        """Return start and end as the file tells them, whatever the zone of this machine is."""
        if cells.get("zone") or any(_has_offset(cells.get(name, "")) for name in ("start", "end")):
            return started_at.isoformat(), ended_at.isoformat()
        here = zone_named(zone)
        start, end = (one.astimezone(here).replace(tzinfo=None) for one in (started_at, ended_at))
        return start.isoformat(), end.isoformat()

    def _mark(self, words: Iterable[str]) -> str:
        """Return what tells this row again when the file comes twice; equal rows are counted."""
        mark = hashlib.sha256("\0".join(words).encode()).hexdigest()[:32]
        count = self._seen[mark] = self._seen.get(mark, 0) + 1
        return mark if count == 1 else f"{mark}-{count}"

    def _ends(self, cells: dict[str, str], zone: str) -> tuple[datetime, datetime]:
        start = self._start(cells, zone)
        ended = cells.get("end", "")
        if ended:
            end_date = cells.get("end_date", "")
            on = (
                self._date(end_date, "end_date")
                if end_date
                else start.astimezone(zone_named(zone)).date()
            )
            end = self._instant(ended, on, zone, "end")
            if end < start and not end_date and not _has_date(ended):
                # Times alone may mean a night, and must not make one of two swapped cells.
                following = self._instant(ended, on + timedelta(days=1), zone, "end")
                if following - start > LONGEST_NIGHT:
                    raise InvalidInput(ends_before(start, end, zone).title, field="end")
                end = following
        elif cells.get("duration"):
            end = start + timedelta(seconds=_length(cells["duration"]))
        else:
            raise InvalidInput(_("The end is missing."), field="end")
        if not cells.get("start"):
            self._next_start[start.astimezone(zone_named(zone)).date()] = end
        return start, end

    def _start(self, cells: dict[str, str], zone: str) -> datetime:
        start, day = cells.get("start", ""), cells.get("date", "")
        if not start and not day:
            raise InvalidInput(_("The date is missing."), field="date")
        on = self._date(day, "date") if day and not _has_date(start) else self.rules.today
        if start:
            if not day and not _has_date(start):
                raise InvalidInput(_("The date is missing."), field="date")
            return self._instant(start, on, zone, "start")
        # A length without a start: one after the other, from nine o'clock.
        return self._next_start.get(on) or local_to_utc(on, DAY_BEGINS, zone)

    def _instant(self, text: str, on: date, zone: str, field: str) -> datetime:
        if _has_date(text):
            try:
                read = datetime.fromisoformat(text)
            except ValueError:
                raise _unread(text, field) from None
            if read.tzinfo is not None:
                return whole_second(read, field)
            on, clock = read.date(), read.time()
        elif match := CLOCK.fullmatch(text):
            try:
                clock = time(int(match[1]), int(match[2]), int(match[3]))
            except ValueError:
                raise _unread(text, field) from None
        else:
            clock = read_time(text, field=field)
        try:
            return whole_second(local_to_utc(on, clock, zone), field)
        except InvalidInput as wrong:
            raise InvalidInput(wrong.title, wrong.hint, field=field) from None

    def _date(self, text: str, field: str) -> date:
        match = SLASHED.fullmatch(text)
        day_first = self.rules.day_first
        if match and day_first is None:
            first, second = int(match[1]), int(match[2])
            if first <= 12 and second <= 12 and first != second:
                raise InvalidInput(
                    _("“{date}” could be two dates.").format(date=text),
                    _("Say whether the day or the month comes first."),
                    field=field,
                )
            day_first = first > 12 or second <= 12
        try:
            return date.fromisoformat(text)
        except ValueError:
            return read_date(
                text,
                today=self.rules.today,
                day_first=day_first is not False,
                past=True,
                field=field,
            )


def day_comes_first(dates: Iterable[str]) -> bool | None:
    """Tell the order of dates with slashes from those that can only be read one way."""
    for text in dates:
        match = SLASHED.fullmatch(text.strip())
        if match and int(match[1]) > 12:
            return True
        if match and int(match[2]) > 12:
            return False
    return None


def unread_columns(header: Sequence[str], known: Iterable[str]) -> tuple[str, ...]:
    """Return the columns of a file that nothing is read from and that are none of ``known``."""
    read = {name for names in COLUMNS.values() for name in names} | set(known)
    told = (name.strip()[:SHOWN] for name in header)
    return tuple(name for name in told if name and name.casefold() not in read)


def _places(header: Sequence[str]) -> dict[str, int]:
    """Return where each known column stands; InvalidInput when time cannot be told from them."""
    names = [check_text(name, "header", multiline=True).strip().casefold() for name in header]
    places: dict[str, int] = {}
    for field, known in COLUMNS.items():
        at = [place for place, name in enumerate(names) if name in known]
        if len(at) > 1:
            raise InvalidInput(
                _("Two columns mean the same: {names}.").format(
                    names=", ".join(header[place][:SHOWN] for place in at[:2])
                ),
                _("Nothing was changed. Take one of them out of the file."),
                field=field,
            )
        if at:
            places[field] = at[0]
    if not places.keys() & {"date", "start"} or not places.keys() & {"end", "duration"}:
        raise InvalidInput(
            _("The first line names no columns of time."),
            _("Nothing was changed. It needs date or start, and end or duration."),
            field="header",
        )
    return places


def _cell(field: str, text: str) -> str:
    """Return a cell's text; blanks around a description are the user's own."""
    return unguarded(text) if field == "description" else unguarded(text).strip()


def _problem(
    record: CsvRecord, field: str, value: str, reason: str, column: str = ""
) -> ImportRowProblem:
    visible = "".join(sign if sign.isprintable() else "�" for sign in value)
    return ImportRowProblem(
        line=record.line, field=field, value=visible[:SHOWN], reason=reason, column=column
    )


def _has_date(text: str) -> bool:
    return len(text) > 10 and text[4:5] == "-" and text[7:8] == "-"


def _has_offset(text: str) -> bool:
    try:
        return _has_date(text) and datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _length(text: str) -> int:
    if match := LENGTH.fullmatch(text):
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return hours * 3600 + minutes * 60 + seconds
    mark = "," if "," in text and "." not in text else "."
    try:
        hours_typed = read_decimal(text, decimal_mark=mark)
    except InvalidInput as wrong:
        raise InvalidInput(wrong.title, wrong.hint, field="duration") from None
    if not 0 <= hours_typed <= 10_000:
        raise InvalidInput(_("The length does not fit."), field="duration")
    return round_whole(hours_typed * 3600)


def _whole(text: str, field: str) -> int:
    if text and not (text.isascii() and text.isdigit() and len(text) < 10):
        raise InvalidInput(_("It is not a whole number."), field=field)
    return int(text or 0)


def _truth(text: str) -> bool | None:
    folded = text.casefold()
    if folded in YES or folded in NO:
        return folded in YES
    if folded:
        raise InvalidInput(_("It is neither yes nor no."), field="billable")
    return None


def _rate(text: str, decimal_mark: str | None) -> Decimal | None:
    if not text:
        return None
    try:
        rate = checked_rate(read_decimal(text, decimal_mark))
    except InvalidInput as wrong:
        raise InvalidInput(wrong.title, wrong.hint, field="rate") from None
    if rate is not None and rate != round(rate, 6):
        raise InvalidInput(_("A rate has at most six decimals."), field="rate")
    return rate


def _unread(text: str, field: str) -> InvalidInput:
    return InvalidInput(_("“{text}” is not a time.").format(text=text[:SHOWN]), field=field)

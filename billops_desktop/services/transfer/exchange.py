"""Time entries to and from CSV: all or nothing, twice is once, and out and in again is the same."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import TextIO

from billops_desktop import files
from billops_desktop.errors import EnvironmentFault, InvalidInput, Refused
from billops_desktop.i18n import _, format_date, ngettext
from billops_desktop.services.books import Unit, book
from billops_desktop.services.entries.entry_rows import current_day
from billops_desktop.services.transfer.csv_text import CsvFile, CsvRecord, read_csv
from billops_desktop.services.transfer.entry_export import EXPORTED, exported_rows
from billops_desktop.services.transfer.entry_landing import Landed, land, new_ones
from billops_desktop.services.transfer.entry_parsing import (
    EntryParser,
    ImportRowProblem,
    ParsedEntry,
    ParsingRules,
    day_comes_first,
    unread_columns,
)
from billops_desktop.services.upkeep import automatic
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.faults import explained
from billops_desktop.values import dataclass

__all__ = [
    "ImportPreview",
    "ImportProblem",
    "ImportResult",
    "ImportRowProblem",
    "Stopped",
    "export_entries",
    "import_entries",
    "preview_import",
]

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]
STEP = 2_000
# From so many rows on an import is worth a backup before it; a small one is taken back by undo.
MANY = 100
DATES_LOOKED_AT = 5_000
PROBLEMS_KEPT = 1_000
PROBLEMS_SAID = 3
# Bytes of a name, and characters that are fewer bytes than those whatever they are.
LONGEST_STEM = 220
LONGEST_CUT = LONGEST_STEM // 4


class ImportProblem(InvalidInput):
    """Rows of a file that cannot be imported, with line, column, value and reason; none was."""

    def __init__(self, title: str, hint: str, problems: Sequence[ImportRowProblem]) -> None:
        super().__init__(title, hint, field="file")
        self.problems = tuple(problems)


class Stopped(Refused):
    """The work was stopped on request; nothing of it was kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPreview:
    """What a file holds before anything is written; ``new`` were not imported before.

    ``unread`` are the columns that nothing is taken from.
    """

    rows: int
    new: int
    already_there: int
    first_on: date | None
    last_on: date | None
    seconds: int
    problems: tuple[ImportRowProblem, ...]
    rejected: int
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What an import did; ``rejects`` holds the rows that were left out, byte for byte."""

    rows: int
    added: int
    already_there: int
    rejected: int
    new_clients: int
    new_projects: int
    new_tasks: int
    problems: tuple[ImportRowProblem, ...]
    rejects: Path | None
    transaction: str
    unread: tuple[str, ...] = ()


@dataclass(slots=True)
class _Read:
    """A file as entries and as rows that are none."""

    file: CsvFile
    header: str = ""
    entries: list[ParsedEntry] = field(default_factory=list)
    problems: list[ImportRowProblem] = field(default_factory=list)
    rejects: list[str] = field(default_factory=list)
    unread: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        return len(self.entries) + len(self.rejects)

    def reject(self, raw: str, problem: ImportRowProblem) -> None:
        self.rejects.append(raw)
        if len(self.problems) < PROBLEMS_KEPT:
            self.problems.append(problem)


def preview_import(
    workspace: Workspace,
    path: Path,
    *,
    day_first: bool | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ImportPreview:
    """Read a file and count what an import would do; nothing is written."""
    read = _read_entries(workspace, path, day_first, _stepper(progress, cancelled))
    fresh = workspace.read(new_ones, read.entries)
    return ImportPreview(
        rows=read.rows,
        new=len(fresh),
        already_there=len(read.entries) - len(fresh),
        first_on=min((entry.local_on for entry in read.entries), default=None),
        last_on=max((entry.local_on for entry in read.entries), default=None),
        seconds=sum(
            (entry.ended_at - entry.started_at) // timedelta(seconds=1) for entry in read.entries
        ),
        problems=tuple(read.problems),
        rejected=len(read.rejects),
        unread=read.unread,
    )


def import_entries(  # noqa: PLR0913 - the choices of one import, each by its name
    workspace: Workspace,
    path: Path,
    *,
    keep_good: bool = False,
    day_first: bool | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ImportResult:
    """Import a CSV file of entries in one transaction; missing clients and projects are added.

    Any row that does not fit raises ImportProblem and nothing is written, unless ``keep_good``:
    then the others are imported and those rows go to ``NAME.rejects.csv`` (or ``-2`` and so on,
    where that is taken) beside the file. A row that was imported before is passed over. A large
    import is preceded by a backup.
    """
    step = _stepper(progress, cancelled)
    read = _read_entries(workspace, path, day_first, step)
    if read.rejects and not keep_good:
        raise _problem_of(read)
    if len(read.entries) >= MANY:
        automatic.make_before(workspace, "import", cancelled=cancelled)
    # Before the entries: if the rejects cannot be kept, nothing is.
    rejects = _write_rejects(path, read) if read.rejects else None
    done = workspace.perform(land, read.entries, step)
    landed: Landed = done.result
    return ImportResult(
        rows=read.rows,
        added=landed.added,
        already_there=len(read.entries) - landed.added,
        rejected=len(read.rejects),
        new_clients=landed.clients,
        new_projects=landed.projects,
        new_tasks=landed.tasks,
        problems=tuple(read.problems),
        rejects=rejects,
        transaction=done.changes.transaction,
        unread=read.unread,
    )


def export_entries(  # noqa: PLR0913 - the choices of one export, each by its name
    workspace: Workspace,
    target: Path | TextIO,
    *,
    from_on: date | None = None,
    to_on: date | None = None,
    client_id: str | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> int:
    """Write the stopped entries as CSV, oldest first, and return how many.

    A file is there whole or not at all. It can be imported again, here or elsewhere.
    """
    step = _stepper(progress, cancelled)
    span = (from_on or date.min, to_on or date.max)
    with workspace.reading() as work:
        total, rows = exported_rows(work, *span, client_id=client_id)
        if not isinstance(target, Path):
            return _write(target, rows, total, step)
        if not target.name or "\0" in target.name:
            raise InvalidInput(
                _("Nothing was written: this names no file."),
                _("Type the name of the file that shall be made."),
                field="file",
            )
        try:
            with files.whole_file(target) as file:
                # Spreadsheets take UTF-8 for it only with a byte order mark.
                words = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
                count = _write(words, rows, total, step)
                words.flush()
                words.detach()
        except OSError as fault:
            raise EnvironmentFault(
                _("{file} was not written: {reason}.").format(
                    file=target.name, reason=fault.strerror or str(fault)
                ),
                _("Your records are not affected. Choose another folder."),
            ) from fault
    return count


def _read_entries(
    workspace: Workspace, path: Path, day_first: bool | None, step: Callable[[int, int], None]
) -> _Read:
    file = read_csv(path)
    records = file.records()
    header = next(records)
    rules = workspace.read(_rules, day_first)
    try:
        parser = EntryParser(header, _with_order(rules, file, header))
    except InvalidInput as wrong:
        raise InvalidInput(
            _("{file} was not imported. {reason}").format(file=path.name, reason=wrong.title),
            wrong.hint,
            field="file",
        ) from None
    read = _Read(file, header=header.raw, unread=unread_columns(header.cells, EXPORTED))
    locked = workspace.read(lambda work: book(work).locked_until)
    for count, record in enumerate(records):
        if count % STEP == 0:
            step(count, 0)
        parsed = parser.parse(record)
        if isinstance(parsed, ImportRowProblem):
            read.reject(record.raw, parsed)
        elif locked is not None and parsed.local_on <= locked:
            read.reject(record.raw, _locked(parsed, locked))
        else:
            read.entries.append(parsed)
    return read


def _rules(work: Unit, day_first: bool | None) -> ParsingRules:
    return ParsingRules(
        zone=work.clock.zone(),
        today=current_day(work),
        day_start_minutes=book(work).day_start_minutes,
        day_first=day_first,
    )


def _with_order(rules: ParsingRules, file: CsvFile, header: CsvRecord) -> ParsingRules:
    """Tell the order of day and month from the file, where it was not said and can be told."""
    if rules.day_first is not None or "/" not in file.text:
        return rules
    places = [EntryParser(header, rules).places.get(name) for name in ("date", "end_date")]
    dates = [
        record.cells[place]
        for record in islice(file.records(), 1, DATES_LOOKED_AT)
        for place in places
        if place is not None and place < len(record.cells)
    ]
    return ParsingRules(
        zone=rules.zone,
        today=rules.today,
        day_start_minutes=rules.day_start_minutes,
        day_first=day_comes_first(dates),
    )


def _locked(parsed: ParsedEntry, until: date) -> ImportRowProblem:
    return ImportRowProblem(
        line=parsed.line,
        field="date",
        value=parsed.local_on.isoformat(),
        reason=_("Time up to {day} is locked.").format(day=format_date(until)),
    )


def _problem_of(read: _Read) -> ImportProblem:
    said = "; ".join(
        _("line {line}, {field}: “{value}”. {reason}").format(
            line=problem.line,
            field=problem.column or problem.field or _("row"),
            value=problem.value,
            reason=problem.reason,
        )
        for problem in read.problems[:PROBLEMS_SAID]
    )
    count = len(read.rejects)
    return ImportProblem(
        ngettext(
            "{file} was not imported: {count} of {rows} rows does not fit ({said})",
            "{file} was not imported: {count} of {rows} rows do not fit ({said})",
            count,
        ).format(file=read.file.name, count=count, rows=read.rows, said=said),
        _("Nothing was changed. Mend the file, or import the good rows only."),
        read.problems,
    )


def _write_rejects(path: Path, read: _Read) -> Path:
    # A name may be as long as the disk takes: what is added to it needs room.
    stem = path.stem if len(os.fsencode(path.stem)) <= LONGEST_STEM else path.stem[:LONGEST_CUT]
    texts = [read.header, *read.rejects]
    if not read.header.endswith(("\n", "\r")):
        texts[0] += "\n"
    content = read.file.mark + b"".join(read.file.encoded(text) for text in texts)
    # Rejects of an earlier run may be half mended by hand: they keep their name.
    with explained(path):
        return files.write_beside(path.parent, f"{stem}.rejects.csv", content)


def _write(
    file: TextIO, rows: Iterator[Sequence[str]], total: int, step: Callable[[int, int], None]
) -> int:
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(EXPORTED)
    count = 0
    while chunk := list(islice(rows, STEP)):
        writer.writerows(chunk)
        count += len(chunk)
        step(count, total)
    return count


def _stepper(progress: Progress | None, cancelled: Cancelled | None) -> Callable[[int, int], None]:
    def step(done: int, total: int) -> None:
        if cancelled is not None and cancelled():
            raise Stopped(_("It was stopped."), _("Nothing was changed."))
        if progress is not None:
            progress(done, total)

    return step

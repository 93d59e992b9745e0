"""CSV files as they come: size and kind checked, encoding and delimiter told, records kept raw."""

from __future__ import annotations

import codecs
import csv
import io
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from billops_desktop.errors import EnvironmentFault, InvalidInput
from billops_desktop.i18n import _
from billops_desktop.values import dataclass

MOST_BYTES = 50_000_000
MOST_COLUMNS = 1_000
DELIMITERS = ",;\t|"
SAMPLE = 4_096
# Old Macs end a line with a carriage return alone.
LINE_END = re.compile(r"[\r\n]")
# A spreadsheet runs a cell that begins like this; the apostrophe says that it is text.
FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SIGNATURES = (
    (b"PK\x03\x04", "XLSX or ZIP"),
    (b"%PDF", "PDF"),
    (b"\xd0\xcf\x11\xe0", "XLS"),
    (b"SQLite format 3", "SQLite"),
)

# The default limit of 131,072 characters would refuse the long notes of our own export.
csv.field_size_limit(MOST_BYTES)


@dataclass(frozen=True, slots=True)
class CsvRecord:
    """One record: its first line, its exact text, its cells, or why it cannot be read."""

    line: int
    raw: str
    cells: list[str]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A decoded CSV file; ``mark`` is the byte order mark that it began with."""

    name: str
    text: str
    encoding: str
    mark: bytes
    delimiter: str

    def records(self) -> Iterator[CsvRecord]:
        """Yield the records in order, the header first; blank lines are passed over."""
        lines = _Lines(self.text)
        reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
        while True:
            lines.taken.clear()
            line = lines.count + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as fault:
                yield CsvRecord(line, "".join(lines.taken), [], str(fault))
                continue
            if cells:
                yield CsvRecord(line, "".join(lines.taken), cells)

    def encoded(self, raw: str) -> bytes:
        """Return text of this file as the very bytes that it was."""
        return raw.encode(self.encoding)


class _Lines:
    """The lines of a text, each kept until the record that it belongs to is complete."""

    def __init__(self, text: str) -> None:
        self._lines = io.StringIO(text, newline="")
        self.taken: list[str] = []
        self.count = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.count += 1
        self.taken.append(line)
        return line


def read_csv(path: Path) -> CsvFile:
    """Read a CSV file; InvalidInput or EnvironmentFault says why it cannot be one."""
    content = _content(path)
    if not content.strip():
        raise _refused(path, _("The file is empty."))
    for signature, kind in SIGNATURES:
        if content.startswith(signature):
            raise _refused(
                path,
                _("It is {kind}, not CSV. Save it as CSV first.").format(kind=kind),
            )
    encoding, mark = _encoding(content)
    try:
        text = content[len(mark) :].decode(encoding)
    except UnicodeDecodeError as fault:
        raise _refused(
            path, _("Byte {place} does not fit its encoding.").format(place=fault.start)
        ) from fault
    if not text.strip():
        raise _refused(path, _("The file is empty."))
    first = LINE_END.split(text.lstrip("\r\n"), maxsplit=1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    if first.count(delimiter) >= MOST_COLUMNS:
        raise _refused(path, _("It has too many columns."))
    return CsvFile(path.name, text, encoding, mark, delimiter)


def guarded(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; ``unguarded`` takes it back."""
    return f"'{text}" if FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """Return a cell without the apostrophe that ``guarded`` put before it."""
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def _content(path: Path) -> bytes:
    if "\0" in str(path):
        raise _refused(path, _("It is not a file."))
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise _refused(path, _("It is not a file."))
        if found.st_size <= MOST_BYTES:
            with path.open("rb") as file:
                # It may grow while it is read; what counts is what was there.
                content = file.read(MOST_BYTES + 1)
            if len(content) <= MOST_BYTES:
                return content
    except OSError as fault:
        raise EnvironmentFault(
            _("{file} was not imported: {reason}.").format(
                file=path.name, reason=fault.strerror or str(fault)
            ),
            _("Nothing was changed. Check its name and permissions."),
        ) from fault
    raise _refused(path, _("It is larger than 50 MB. Divide it into several files."))


def _encoding(content: bytes) -> tuple[str, bytes]:
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return encoding, mark
    start = content[:SAMPLE]
    # Latin letters in UTF-16 are every second byte zero; which one tells the order.
    if start[1::2].count(0) > len(start) // 4:
        return "utf-16-le", b""
    if start[0::2].count(0) > len(start) // 4:
        return "utf-16-be", b""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _western(content), b""
    return "utf-8", b""


def _western(content: bytes) -> str:
    try:
        content.decode("cp1252")
    except UnicodeDecodeError:
        return "latin-1"
    return "cp1252"


def _refused(path: Path, reason: str) -> InvalidInput:
    return InvalidInput(
        _("{file} was not imported. {reason}").format(file=path.name[:80], reason=reason),
        _("Nothing was changed."),
        field="file",
    )

"""What a command prints: JSON with stable keys, or tables and words that fit the terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

ZERO_WIDTH_JOINER = "\u200d"
KEPT_FORMATS = {ZERO_WIDTH_JOINER, "\u200c", "\u00ad"}
# What a script is told of a finding, wherever one is answered.
FINDING_KEYS = ("rule", "severity", "message", "field")
GAP = 2
NARROWEST = 12


class Reply(NamedTuple):
    """What a command answers: ``content`` for --json, ``text`` for people; nothing when empty."""

    content: Mapping[str, Any]
    text: str = ""
    exit_code: int = 0


class Column(NamedTuple):
    """One column of a table: its title, and whether numbers stand to the right."""

    title: str
    right: bool = False


class Table:
    """Rows under titles, aligned by what the terminal shows and not by characters."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = columns
        self.rows: list[Sequence[str]] = []

    def add(self, *cells: str) -> None:
        """Add one row; line breaks and control characters in it become visible."""
        self.rows.append([visible(cell) for cell in cells])

    def text(self, width: int | None = None) -> str:
        """Return the table; with ``width`` the widest columns are cut until it fits."""
        titles = [column.title for column in self.columns]
        lines: list[Sequence[str]] = [titles, *self.rows] if any(titles) else self.rows
        widths = [max(map(shown_width, cells)) for cells in zip(*lines, strict=True)]
        if width is not None:
            widths = _narrow(widths, width)
        return "\n".join(self._line(cells, widths) for cells in lines)

    def _line(self, cells: Sequence[str], widths: Sequence[int]) -> str:
        placed = []
        for cell, column, width in zip(cells, self.columns, widths, strict=True):
            shown = cut(cell, width)
            blank = " " * (width - shown_width(shown))
            placed.append(blank + shown if column.right else shown + blank)
        return (" " * GAP).join(placed).rstrip()


def _narrow(widths: Sequence[int], limit: int) -> list[int]:
    """Take from the widest column, one at a time, until all fit or nothing more can give."""
    fitted = list(widths)
    while sum(fitted) + GAP * (len(fitted) - 1) > limit:
        widest = max(range(len(fitted)), key=fitted.__getitem__)
        if fitted[widest] <= NARROWEST:
            break
        fitted[widest] -= 1
    return fitted


def is_hidden(character: str) -> bool:
    """Tell whether a terminal would obey or hide the character instead of showing it."""
    category = unicodedata.category(character)
    if category in {"Cc", "Cs", "Zl", "Zp"}:
        return True
    return category == "Cf" and character not in KEPT_FORMATS


def visible(text: str, *, multiline: bool = False) -> str:
    r"""Return the text with control and direction characters spelled out: \x1b, \u202e.

    Line breaks stay only when ``multiline``; in a cell they show as ↵.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_spelled(character, multiline=multiline) for character in text)


def _spelled(character: str, *, multiline: bool) -> str:
    if character == "\n":
        return "\n" if multiline else " ↵ "
    if character == "\t":
        return "    "
    if not is_hidden(character):
        return character
    # As Python spells it, but always by number: \\x0d where Python would write \\r.
    return character.encode("unicode_escape").decode("ascii").replace("\\r", "\\x0d")


def shown_width(text: str) -> int:
    """Return how many cells of a terminal the text takes: 2 for wide, 0 for combining signs."""
    if text.isascii():
        return len(text)
    width = 0
    joined = False
    for character in text:
        if character == ZERO_WIDTH_JOINER:
            joined = True
            continue
        if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
            continue
        if not joined:
            width += 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
        joined = False
    return width


def cut(text: str, width: int) -> str:
    """Return the text, shortened with … when it takes more than ``width`` cells."""
    if shown_width(text) <= width:
        return text
    kept = ""
    for character in text:
        if shown_width(kept + character) > width - 1:
            break
        kept += character
    return f"{kept}…"


def pairs(rows: Iterable[tuple[str, str]]) -> str:
    """Return labels and values under each other, the values in one column."""
    shown = [(label, visible(value)) for label, value in rows]
    width = max((shown_width(label) for label, _value in shown), default=0)
    return "\n".join(
        f"{label}{' ' * (width - shown_width(label))}  {value}".rstrip() for label, value in shown
    )


def hours(seconds: int) -> str:
    """Return a duration as h:mm, seconds cut off as a clock does: 3725 is 1:02."""
    minutes = abs(seconds) // 60
    return f"{'-' if seconds < 0 else ''}{minutes // 60}:{minutes % 60:02d}"


def plain(value: Any) -> Any:
    """Return a value as JSON takes it: money as a record, instants in UTC, decimals as text."""
    if isinstance(value, str):  # also what is an enumeration of words
        return str(value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, Iterable):
        return [plain(item) for item in value]
    return _written(value)


def _written(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    from decimal import Decimal  # most answers hold none

    if isinstance(value, Decimal):
        return f"{value:f}"
    if hasattr(value, "minor"):
        return {"amount": f"{value.decimal:f}", "currency": value.currency, "minor": value.minor}
    return str(value)


def pick(row: object, keys: Sequence[str]) -> dict[str, Any]:
    """Return the named fields of a row for JSON; the names are the promise to scripts."""
    return {key: plain(getattr(row, key)) for key in keys}


def json_text(content: Mapping[str, Any]) -> str:
    """Return the content as one line of JSON in which nothing can steer a terminal."""
    import json  # people's tables do without

    text = json.dumps(plain(content), ensure_ascii=False, separators=(", ", ": "))
    if text.isascii() and text.isprintable():
        return text
    return "".join(_escaped(character) if is_hidden(character) else character for character in text)


def _escaped(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))

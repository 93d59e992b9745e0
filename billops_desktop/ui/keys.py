"""The keys of lists, pages and dialogs, once: looked up here when pressed, listed by the sheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from billops_desktop.i18n import _
from billops_desktop.values import dataclass

# Where they act, and what they do there. A letter is typed without Ctrl or Alt.
KEYS: Final[dict[str, tuple[str, ...]]] = {
    "list.open": ("Return", "F2"),
    "list.tick": ("Space",),
    "list.copy": ("Ctrl+C",),
    "week.today": ("T",),
    "week.previous": ("[",),
    "week.next": ("]",),
    "entry.edit": ("Return", "F2", "Space"),
    "entry.continue": ("C",),
    "entry.project": ("P",),
    "entry.billable": ("B",),
    "entry.times": ("E",),
    "entry.select": ("X",),
    "entry.extend_up": ("Shift+Up",),
    "entry.extend_down": ("Shift+Down",),
    "entry.all": ("Ctrl+A",),
    "entry.none": ("Esc",),
    "entry.delete": ("Del",),
    "invoice.pay": ("P",),
    "invoice.peek": ("Space",),
    "invoice.pdf": ("O",),
    "invoice.copy": ("D",),
    "invoice.credit": ("C",),
    "invoice.delete": ("Del",),
    "draft.review": ("Ctrl+Return",),
    "draft.unbilled": ("Ctrl+T",),
    "draft.export": ("Ctrl+E",),
    "draft.print": ("Ctrl+P",),
    "draft.next": ("Ctrl+PgDown",),
    "draft.previous": ("Ctrl+PgUp",),
    "line.edit": ("Return", "F2"),
    "line.entries": ("Ctrl+I",),
    "line.copy": ("Ctrl+D",),
    "line.up": ("Alt+Up",),
    "line.down": ("Alt+Down",),
    "line.paste": ("Ctrl+V",),
    "line.delete": ("Del", "Backspace"),
    "sheet.confirm": ("Ctrl+Return",),
    "field.calendar": ("Alt+Down",),
    "pinned.start": ("Alt+Return",),
}

# Typed after G: the page they go to.
GO_LETTERS: Final = {
    "T": "time",
    "B": "to_invoice",
    "I": "invoices",
    "C": "clients",
    "J": "projects",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """What some keys do, as the sheet of shortcuts says it, under a heading."""

    id: str
    group: str
    words: str

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys in Qt's portable notation."""
        return KEYS[self.id]


def listed() -> tuple[Listed, ...]:
    """Return every key of KEYS with its words, in the order in which they are listed."""
    return tuple(Listed(one, group, words) for group, rows in _words() for one, words in rows)


Group = tuple[str, tuple[tuple[str, str], ...]]


def _words() -> Iterator[Group]:
    yield _of_time()
    yield (
        _("Invoices, list"),
        (
            ("invoice.pay", _("Record payment")),
            ("invoice.peek", _("Peek at the pages")),
            ("invoice.pdf", _("Open PDF")),
            ("invoice.copy", _("Duplicate as draft")),
            ("invoice.credit", _("Cancel with a credit note…")),
            ("invoice.delete", _("Delete draft")),
        ),
    )
    yield _of_an_invoice()
    yield (
        _("Lists, fields and dialogs"),
        (
            ("list.open", _("Open the row")),
            ("list.tick", _("Tick the row")),
            ("list.copy", _("Copy the selected rows")),
            ("field.calendar", _("Open the calendar of a date")),
            ("sheet.confirm", _("Confirm the dialog from any field")),
            ("pinned.start", _("Start the timer of a pinned project")),
        ),
    )


def _of_time() -> Group:
    return (
        _("Time, list of entries"),
        (
            ("entry.edit", _("Edit the field of the entry")),
            ("entry.continue", _("Continue the entry")),
            ("entry.project", _("Choose the project of the entry, or of what runs")),
            ("entry.billable", _("Mark as billable or not")),
            ("entry.times", _("Change the times of the entry, or of what runs")),
            ("entry.select", _("Select or unselect the entry")),
            ("entry.extend_up", _("Select upwards")),
            ("entry.extend_down", _("Select downwards")),
            ("entry.all", _("Select all entries")),
            ("entry.none", _("Unselect all")),
            ("entry.delete", _("Delete, with undo")),
            ("week.today", _("This week")),
            ("week.previous", _("The week before")),
            ("week.next", _("The week after")),
        ),
    )


def _of_an_invoice() -> Group:
    return (
        _("Invoice"),
        (
            ("draft.review", _("Review and issue…")),
            ("draft.unbilled", _("Add unbilled time")),
            ("draft.export", _("Export PDF")),
            ("draft.print", _("Print")),
            ("draft.previous", _("Previous draft")),
            ("draft.next", _("Next draft")),
            ("line.edit", _("Edit the cell of the line")),
            ("line.entries", _("Show the time behind the line")),
            ("line.copy", _("Duplicate the line")),
            ("line.up", _("Move the line up")),
            ("line.down", _("Move the line down")),
            ("line.paste", _("Paste rows from a spreadsheet")),
            ("line.delete", _("Delete the line")),
        ),
    )


def pressed(event: QKeyEvent, *places: str) -> str:
    """Return the id in KEYS of what was pressed at one of the places, or nothing."""
    stroke = stroke_of(event)
    for one, keys in KEYS.items():
        if stroke in keys and one.partition(".")[0] in places:
            return one
    return ""


def stroke_of(event: QKeyEvent) -> str:
    """Return what was pressed in Qt's portable notation; of a letter or sign, the letter."""
    modifiers = event.modifiers() & ~(
        Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier
    )
    text = event.text()
    chord = modifiers & ~Qt.KeyboardModifier.ShiftModifier
    if len(text) == 1 and text.isprintable() and not text.isspace() and not chord:
        return text.upper()
    key = Qt.Key(event.key())
    if key == Qt.Key.Key_Enter:
        key = Qt.Key.Key_Return
    return QKeySequence(QKeyCombination(modifiers, key)).toString(
        QKeySequence.SequenceFormat.PortableText
    )


def hint(key_id: str) -> str:
    """Return the first key of an id as the desktop writes it, for menus and tooltips."""
    return native(KEYS[key_id][0])


def native(key: str) -> str:
    """Return a key in Qt's portable notation as the desktop writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)

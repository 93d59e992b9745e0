"""What the Time page does to entries: each deed is one use case, said in a toast with Undo."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from billops_desktop.i18n import _, format_day, ngettext
from billops_desktop.services import tracking
from billops_desktop.services.tracking import EntryEdit, EntryRow, NewEntry
from billops_desktop.ui import icons, keys
from billops_desktop.ui.views.entries.cell_editor import CellEditor
from billops_desktop.ui.views.entries.entry_model import Field, locked_words
from billops_desktop.ui.widgets.wording import short_text

if TYPE_CHECKING:
    from billops_desktop.domain.changes import Changes
    from billops_desktop.ui.live.directory import Picked
    from billops_desktop.ui.view import View


class EntryDeeds:
    """Runs the use cases of one page's entries and speaks through its window."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.feedback = view.shell.feedback

    def save(self, row: EntryRow, edit: EntryEdit, editor: CellEditor) -> None:
        """Keep what was typed into a field; a refusal goes back to that field."""

        def done(saved: Saved, changes: Changes) -> None:
            editor.saved()
            self._say(_("Entry changed"), saved[1], changes)

        self.view.run(edit_and_check, row.id, edit, done=done, failed=editor.show_error)

    def edit_all(self, rows: Sequence[EntryRow], edit: EntryEdit, words: str) -> None:
        """Change the same fields of several entries in one step; locked ones refuse it."""
        ids = [row.id for row in rows]
        if ids:
            self.view.run(edit_each, ids, edit, done=partial(self._done, words))

    def set_billable(self, rows: Sequence[EntryRow]) -> None:
        """Charge entries for, or no longer: all become what the first one is not."""
        if not rows:
            return
        billable = not rows[0].billable
        words = _("Marked as billable") if billable else _("Marked as not billable")
        self.edit_all(rows, EntryEdit(billable=billable), words)

    def set_work(self, rows: Sequence[EntryRow], picked: Picked) -> None:
        """Move entries to a project and task, or out of any; those that are there stay untouched.

        Entries that keep their project keep what was said of them being billable.
        """
        project_id, task_id = picked.project_id, picked.task_id
        moving = [row for row in rows if (row.project_id, row.task_id) != (project_id, task_id)]
        words = _("Moved to {project}").format(project=picked.name)
        self.edit_all(
            moving,
            EntryEdit(project_id=project_id, task_id=task_id),
            words if picked.project else _("Project taken out"),
        )

    def delete(self, rows: Sequence[EntryRow]) -> None:
        """Delete entries, with Undo; a locked one refuses all of it."""
        if not rows:
            return
        locked = next((row for row in rows if row.locked_by), None)
        if locked is not None and len(rows) == 1:
            self.say_locked(locked)
            return

        def done(count: int, changes: Changes) -> None:
            words = ngettext("{count} entry deleted", "{count} entries deleted", count)
            self.feedback.undoable(words.format(count=count), changes)

        self.view.run(tracking.delete, [row.id for row in rows], done=done)

    def add(self, new: NewEntry, done: Any, failed: Any) -> None:
        """Add an entry for past time; ``done(row)`` and ``failed(error)`` go to its form."""

        def added(saved: Saved, changes: Changes) -> None:
            words = _("Logged {time} on {day}").format(
                time=short_text(saved[0].seconds or 0), day=format_day(saved[0].local_on)
            )
            self._say(words, saved[1], changes)
            done(saved[0])

        self.view.run(add_and_check, new, done=added, failed=failed)

    def resume(self, row: EntryRow) -> None:
        """Start new work like this entry's; what runs ends in the same second."""
        self.view.run(tracking.resume, row.id, done=self._on_started)

    def say_locked(self, row: EntryRow) -> None:
        """Say why an entry cannot be changed, with the way to its invoice."""
        invoice_id = row.locked_invoice_id
        open_invoice = partial(self.view.shell.go, "invoice", invoice_id=invoice_id)
        self.feedback.say(
            locked_words(row), open_invoice if invoice_id else None, verb=_("Open invoice")
        )

    def menu(self, row: EntryRow, edit: Any) -> QMenu:
        """Return the ⋯ menu of an entry; ``edit(row, field)`` opens one of its fields."""
        menu = QMenu(self.view)
        menu.setObjectName("entryMenu")
        offers: list[tuple[str, str, Any, str]] = []
        if row.ended_at is not None:
            offers.append(("play", _("Continue work"), partial(self.resume, row), "continue"))
        if row.locked_by:
            offers.append(
                (
                    "file-text",
                    _("Open invoice {number}").format(number=row.locked_by),
                    partial(self.view.shell.go, "invoice", invoice_id=row.locked_invoice_id),
                    "",
                )
            )
        else:
            charge = _("Mark as not billable") if row.billable else _("Mark as billable")
            offers += [
                ("pencil", _("Edit description"), partial(edit, row, Field.DESCRIPTION), ""),
                ("folder", _("Choose project…"), partial(edit, row, Field.PROJECT), "project"),
                ("clock", _("Change times…"), partial(edit, row, Field.RANGE), "times"),
                ("circle-dollar-sign", charge, partial(self.set_billable, [row]), "billable"),
                ("trash-2", _("Delete"), partial(self.delete, [row]), "delete"),
            ]
        for icon, words, deed, key in offers:
            beside = "\t" + keys.hint(f"entry.{key}") if key else ""
            action = menu.addAction(icons.icon(icon), words.replace("&", "&&") + beside)
            action.triggered.connect(lambda _checked=False, deed=deed: deed())
        return menu

    def open_menu(self, row: EntryRow, where: QPoint, edit: Any) -> None:
        """Show the ⋯ menu of an entry."""
        self.menu(row, edit).popup(where)

    def _on_started(self, row: EntryRow, changes: Changes) -> None:
        words = row.description or row.project_name or _("Timer")
        self.feedback.undoable(_("Started: {work}").format(work=words), changes)

    def _done(self, words: str, count: int, changes: Changes) -> None:
        several = ngettext("{count} entry", "{count} entries", count).format(count=count)
        self.feedback.undoable(words if count == 1 else f"{words}: {several}", changes)

    def _say(self, words: str, odd: Sequence[str], changes: Changes) -> None:
        """Say what was done, and what looks odd about it: odd is shown, not refused."""
        self.feedback.undoable(" ".join([f"{words}.", *odd[:1]]) if odd else words, changes)


# One transaction each, on the db lane.

Saved = tuple[EntryRow, list[str]]


def edit_and_check(work: Any, entry_id: str, edit: EntryEdit) -> Saved:
    """Change an entry and say what looks odd about it now."""
    row = tracking.edit(work, entry_id, edit)
    return row, tracking.warnings(work, row) if row.ended_at else []


def add_and_check(work: Any, new: NewEntry) -> Saved:
    """Add an entry and say what looks odd about it."""
    odd = tracking.warnings(work, new)
    return tracking.add(work, new), odd


def edit_each(work: Any, entry_ids: Sequence[str], edit: EntryEdit) -> int:
    """Change the same fields of several entries, all or none; return how many."""
    for entry_id in entry_ids:
        tracking.edit(work, entry_id, edit)
    return len(entry_ids)

"""Finds the entry meant by the end of its id, as the command line shows it."""

from __future__ import annotations

from sqlalchemy import select

from billops_desktop.errors import InvalidInput, NotFound
from billops_desktop.i18n import _
from billops_desktop.services.books import Unit
from billops_desktop.storage.models import TimeEntry

SHORTEST = 4
ID_LENGTH = 32


def by_ending(work: Unit, text: str) -> str:
    """Return the id that ends with ``text``; NotFound for none, InvalidInput for several."""
    ending = text.strip().lower()
    if not SHORTEST <= len(ending) <= ID_LENGTH or set(ending) - set("0123456789abcdef"):
        raise InvalidInput(
            _("{text} is not the id of an entry.").format(text=text[:80]),
            _("Nothing was changed. billops entries list shows the ids."),
            field="entry",
        )
    # The typed text holds hexadecimal digits only, so LIKE has no wildcard in it.
    found = work.session.scalars(
        select(TimeEntry.id)
        .where(TimeEntry.id.like(f"%{ending}"), TimeEntry.deleted_at.is_(None))
        .limit(2)
    ).all()
    if not found:
        raise NotFound(
            _("There is no entry {text}.").format(text=ending),
            _("Nothing was changed. billops entries list shows the ids."),
            field="entry",
        )
    if len(found) > 1:
        raise InvalidInput(
            _("More than one entry ends with {text}.").format(text=ending),
            _("Nothing was changed. Type more of the id."),
            field="entry",
        )
    return str(found[0])

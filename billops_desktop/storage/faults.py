"""Turns what SQLite reports into errors the user can read: refused, environment, integrity."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2

from billops_desktop.errors import (
    BillOpsError,
    EnvironmentFault,
    IntegrityFault,
    InvalidInput,
    Refused,
)
from billops_desktop.i18n import N_, _, worded
from billops_desktop.paths import BACKUPS_NAME

# Not *.db: what is opened by hand for hashing and copying must never be a live database.
BACKUP_FILE = "billops.sqlite"

# Words of SQLite that say the file itself is unusable; all else about a file is the machine's.
CORRUPT = (
    "not a database",
    "malformed",
    "corrupt",
    "unsupported file format",
    "Could not decode to UTF-8",
)
ENVIRONMENT = (
    "disk is full",
    "disk I/O error",
    "readonly database",
    "unable to open database file",
    "authorization denied",
    "access permission denied",
    "out of memory",
    "large file support is disabled",
)
LOCKED = ("database is locked", "database table is locked", "database schema is locked")


def explain(error: BaseException, path: Path) -> BillOpsError | None:
    """Return the error in the user's words, or None when it is a fault of the program."""
    if isinstance(error, OSError):
        return _environment(str(error.strerror or error), path)
    if isinstance(error, UnicodeDecodeError):
        # The driver could not even read what SQLite said of the damaged text.
        return _damaged(error.reason, path)
    if isinstance(error, (UnicodeEncodeError, OverflowError)):
        return _cannot_be_kept(error)
    return _of_sqlite(error, path) if isinstance(error, dbapi2.Error) else None


def _cannot_be_kept(error: UnicodeEncodeError | OverflowError) -> BillOpsError | None:
    """Return the refusal of what no check before it has met: half characters, numbers, days."""
    if isinstance(error, UnicodeEncodeError):
        character = f"{ord(error.object[error.start]):04X}"
        return InvalidInput(
            worded(
                "The text holds a character that cannot be kept (U+{character}).",
                character=character,
            ),
            _("Nothing was saved. Type the text again, or paste it as plain text."),
        )
    if "date" in str(error) or "year" in str(error):
        return InvalidInput(
            _("A day lies outside the calendar."), _("Nothing was saved. Choose another day.")
        )
    if "SQLite" in str(error):
        return InvalidInput(
            _("A number is too large to be kept."), _("Nothing was saved. Type a smaller one.")
        )
    return None


def _of_sqlite(error: dbapi2.Error, path: Path) -> BillOpsError | None:
    message = str(error)
    if any(word in message for word in LOCKED):
        return EnvironmentFault(
            _("Another program is writing to your records, so this was not done."),
            _("Nothing was changed. Try again in a moment."),
            retryable=True,
        )
    if any(word in message for word in CORRUPT):
        return _damaged(message, path)
    if any(word in message for word in ENVIRONMENT):
        return _environment(message, path)
    if isinstance(error, dbapi2.IntegrityError):
        return _refused(message)
    return None


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Raise what SQLite or the disk reports in the body as a BillOpsError about ``path``."""
    try:
        yield
    except (dbapi2.Error, OSError, UnicodeDecodeError) as error:
        told = explain(error, path)
        if told is None:
            raise
        raise told from error


@contextmanager
def explained_by_engine(path: Path) -> Iterator[None]:
    """Like explained, for statements that went through SQLAlchemy."""
    from sqlalchemy.exc import DBAPIError

    try:
        yield
    except (DBAPIError, dbapi2.Error, UnicodeDecodeError) as error:
        # What BEGIN meets comes as the driver raised it: SQLAlchemy did not run it.
        cause = error.orig if isinstance(error, DBAPIError) else error
        told = None if cause is None else explain(cause, path)
        if told is None:
            raise
        raise told from error


def newest_backup(path: Path) -> Path | None:
    """Return the newest backup in the profile of the database ``path``, by name."""
    found = sorted((path.parent / BACKUPS_NAME).glob(f"*/{BACKUP_FILE}"))
    return found[-1].parent if found else None


def _environment(reason: str, path: Path) -> EnvironmentFault:
    return EnvironmentFault(
        _("{path} cannot be used: {reason}.").format(path=path, reason=reason.rstrip(".")),
        _("Nothing was changed. Check the free space and the permissions of the folder."),
        retryable=True,
    )


def _damaged(reason: str, path: Path) -> IntegrityFault:
    backup = newest_backup(path)
    hint = (
        _("The file was left as it is. Restore the backup {name}.").format(name=backup.name)
        if backup
        else _("The file was left as it is. There is no backup beside it.")
    )
    return IntegrityFault(
        _("{path} is damaged or is not a BillOps file: {reason}.").format(path=path, reason=reason),
        hint,
    )


def _refused(message: str) -> BillOpsError | None:
    for start, (title, hint, field) in RULES.items():
        if start in message:
            kind = Refused if field is None else InvalidInput
            return kind(_(title), _(hint), field=field)
    return None


# What SQLite's message contains: title, hint, and the field when a form can show it there.
# The codes that end in a colon are those of guards.py.
RULES: dict[str, tuple[str, str, str | None]] = {
    "issued-invoice:": (
        N_("An issued document cannot be changed or deleted."),
        N_("Nothing was changed. Correct it with a credit note."),
        None,
    ),
    "billed-entry:": (
        N_("This entry is on an issued invoice and cannot be changed."),
        N_("Nothing was changed. Cancel the invoice to free its entries."),
        None,
    ),
    "number-given:": (
        N_("Numbers that were given stay given."),
        N_("Nothing was changed. A number that is not used is recorded with its reason."),
        None,
    ),
    "append-only:": (
        N_("The record of past changes cannot be edited."),
        N_("Nothing was changed."),
        None,
    ),
    "kept-file:": (
        N_("The file a client received cannot be replaced."),
        N_("Nothing was changed."),
        None,
    ),
    "over-allocated:": (
        N_("The parts of a payment cannot be more than the payment or the invoice."),
        N_("Nothing was changed. What is left over stays as the client's credit."),
        None,
    ),
    "unlike-allocation:": (
        N_("This payment does not fit the invoice."),
        N_("Nothing was changed. The invoice must be issued, in the currency of the payment."),
        None,
    ),
    "frozen-tax:": (
        N_("This tax is on an issued invoice and cannot be changed."),
        N_("Nothing was changed. Add a new tax and end the validity of this one."),
        None,
    ),
    "fixed-id:": (
        N_("The identity of a record cannot be changed."),
        N_("Nothing was changed."),
        None,
    ),
    "FOREIGN KEY constraint failed": (
        N_("Other records refer to this one, so it was not deleted."),
        N_("Nothing was changed. Archive it instead."),
        None,
    ),
    "UNIQUE constraint failed: client.number": (
        N_("Another client has this number."),
        N_("Choose a different one."),
        "number",
    ),
    "index 'uq_person_email'": (
        N_("Another person has this email address."),
        N_("Choose a different one."),
        "email",
    ),
    "UNIQUE constraint failed: time_entry.person_id": (
        N_("A timer is already running."),
        N_("Nothing was changed. Stop it first."),
        None,
    ),
    "UNIQUE constraint failed: time_entry.external_source": (
        N_("This entry was already imported."),
        N_("The one you have was left as it is."),
        None,
    ),
    "UNIQUE constraint failed: line_entry.entry_id": (
        N_("One of these entries is already on an issued invoice."),
        N_("Nothing was changed. Take it off the draft, then try again."),
        None,
    ),
    "UNIQUE constraint failed: invoice.company_id, invoice.number": (
        N_("This document number was already given."),
        N_("Nothing was changed. Check the number series in the settings."),
        None,
    ),
    "number-taken:": (
        N_("This document number was already given."),
        N_("Nothing was changed. Check the number series in the settings."),
        None,
    ),
    "UNIQUE constraint failed: number_used": (
        N_("This document number was already given."),
        N_("Nothing was changed. Check the number series in the settings."),
        None,
    ),
}

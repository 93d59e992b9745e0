"""Files that a command reads and writes: whole or not at all, never over another unasked."""

from __future__ import annotations

import os
from pathlib import Path

from billops_desktop.cli.parsing import Parser
from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _


def declare_force(parser: Parser) -> None:
    """Add the option by which a file that is there may be replaced."""
    parser.add_argument(
        "--force", action="store_true", help=_("Replace a file of that name that is there")
    )


def check_new(file: Path, *, force: bool, field: str) -> None:
    """Refuse what names no file, and to write over one that is there unless that was asked for."""
    if not file.name or "\0" in file.name:
        raise InvalidInput(
            _("Nothing was written: this names no file."),
            _("Type the name of the file that shall be made."),
            field=field,
        )
    if force or not os.path.lexists(file) or (file.exists() and not file.is_file()):
        return
    raise InvalidInput(
        _("Nothing was written: {file} is there already.").format(file=file),
        _("Name another file, or add --force to replace it."),
        field=field,
    )


def unreadable(file: Path) -> str:
    """Return why a path cannot be read; empty for a regular file."""
    if file.is_file():
        return ""
    return _("it is not a file") if file.exists() else _("it does not exist")


def read_file(file: Path, largest: int) -> bytes:
    """Return the bytes of a regular file, else InvalidInput.

    One byte more than ``largest`` is read, so that its reader can tell a larger one.
    """
    reason = unreadable(file)
    if reason:
        raise InvalidInput(
            _("{file} was not read: {reason}.").format(file=file, reason=reason),
            _("Nothing was written. Name another file."),
            field="file",
        )
    with file.open("rb") as opened:
        return opened.read(largest + 1)

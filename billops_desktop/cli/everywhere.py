"""The options that every command takes, taken out first: a plain command then needs no parser."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

# In bytes, as Linux and macOS count them; what BillOps adds below a profile has its room.
LONGEST_NAME = 255
LONGEST_PATH = 4_095 - 2 * LONGEST_NAME


class Typed(NamedTuple):
    """The command line without the options that every command takes."""

    words: tuple[str, ...]
    profile: Path | None
    as_json: bool


def take_everywhere(argv: Sequence[str]) -> Typed:
    """Take ``--profile DIR`` and ``--json`` out, wherever they stand before a ``--``."""
    words: list[str] = []
    profile: str | None = None
    as_json = False
    left = list(argv)
    while left:
        word = left.pop(0)
        if word == "--":
            words += [word, *left]
            break
        if word == "--json":
            as_json = True
        elif word == "--profile":
            profile = left.pop(0) if left else ""
        elif word.startswith("--profile="):
            profile = word.partition("=")[2]
        else:
            words.append(word)
    if profile is not None and (not profile or "\0" in profile):
        raise InvalidInput(
            _("Nothing was done: --profile names no folder."),
            _("Type --profile and the folder, or leave it out for your own profile."),
            field="profile",
        )
    if profile is not None and too_long(profile):
        raise InvalidInput(
            _("Nothing was done: the name after --profile is longer than a folder's may be."),
            _("Name another folder."),
            field="profile",
        )
    return Typed(tuple(words), None if profile is None else Path(profile), as_json)


def too_long(path: str) -> bool:
    """Tell whether no disk takes a path, or one name in it, for its length."""
    names = path.replace(os.sep, "/").split("/")
    longest = max(len(os.fsencode(name)) for name in names)
    return longest > LONGEST_NAME or len(os.fsencode(path)) > LONGEST_PATH

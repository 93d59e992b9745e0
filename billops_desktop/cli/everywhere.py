"""The options that every command takes, taken out first: a plain command then needs no parser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence


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
    return Typed(tuple(words), None if profile is None else Path(profile), as_json)

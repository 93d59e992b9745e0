"""What people type, read strictly: text that can be kept, numbers, durations, dates, times."""

from __future__ import annotations

import unicodedata

from billops_desktop.domain.reading.typed_dates import read_date, read_time
from billops_desktop.domain.reading.typed_numbers import (
    read_decimal,
    read_duration,
    read_money,
    read_quantity,
)
from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _, worded

__all__ = [
    "check_text",
    "read_date",
    "read_decimal",
    "read_duration",
    "read_money",
    "read_quantity",
    "read_time",
]

LONGEST_TEXT = 10_000


def _is_noncharacter(character: str) -> bool:
    """Tell whether Unicode reserves the code point for ever: U+FDD0 to FDEF and every xxFFFE/F."""
    point = ord(character)
    return 0xFDD0 <= point <= 0xFDEF or point & 0xFFFE == 0xFFFE


def check_text(
    text: str, field: str, *, max_length: int = LONGEST_TEXT, multiline: bool = True
) -> str:
    r"""Return text composed (NFC) with plain line ends; InvalidInput for what cannot be kept.

    Refused: NUL and other control characters except newline and tab, lone surrogates,
    noncharacters, line breaks where one line is asked for, and more than ``max_length`` characters.

    >>> check_text("Mu\u0308ller\r\nGmbH", "name")
    'Müller\nGmbH'
    """
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    for character in composed:
        allowed = character == "\t" or (character == "\n" and multiline)
        if allowed or (
            unicodedata.category(character) not in {"Cc", "Cs"} and not _is_noncharacter(character)
        ):
            continue
        if character == "\n":
            raise InvalidInput(
                _("This field holds one line."), _("Take out the line break."), field=field
            )
        raise InvalidInput(
            worded(
                "The text holds a character that cannot be kept (U+{character}).",
                character=f"{ord(character):04X}",
            ),
            _("Nothing was saved. Type the text again, or paste it as plain text."),
            field=field,
        )
    if len(composed) > max_length:
        raise InvalidInput(
            worded("The text is longer than {most} characters.", most=max_length),
            _("Nothing was saved. Shorten it."),
            field=field,
        )
    return composed

"""What a search box means in SQL: the typed letters anywhere, in any case, never a pattern."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, func, or_

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import InstrumentedAttribute

WORDS = 8
# SQLite refuses a LIKE pattern of more than 50,000 bytes, and what is masked takes two.
LONGEST_LIKE = 20_000


def matching(
    text: str, columns: Iterable[InstrumentedAttribute[str] | ColumnElement[str]]
) -> ColumnElement[bool] | None:
    """Return the condition that each typed word occurs in one of ``columns``; None for no word.

    SQLite folds the case of ASCII letters only, so a word with others is asked in its four
    spellings. Stored text is NFC, hence the word too.
    """
    searched = tuple(columns)
    words = unicodedata.normalize("NFC", text).split()[:WORDS]
    if not words:
        return None
    return and_(
        *(
            or_(
                *(
                    _contains(column, spelling)
                    for column in searched
                    for spelling in _spellings(word)
                )
            )
            for word in words
        )
    )


def _contains(
    column: InstrumentedAttribute[str] | ColumnElement[str], spelling: str
) -> ColumnElement[bool]:
    if len(spelling.encode()) > LONGEST_LIKE:
        return func.instr(column, spelling) > 0
    return column.contains(spelling, autoescape=True)


def _spellings(word: str) -> tuple[str, ...]:
    if word.isascii():
        return (word,)
    return tuple(dict.fromkeys((word, word.lower(), word.upper(), word.capitalize())))

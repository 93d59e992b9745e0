"""The order of names: as in a telephone book, whatever their accents and capitals."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from unicodedata import combining, normalize


@lru_cache(maxsize=16384)
def name_order(name: str) -> tuple[str, str]:
    """Return what names are sorted by: first their bare letters, then the accents.

    >>> sorted(("Zander", "Öhler", "ohm", "Äpfel", "Apfelbaum", "Straße"), key=name_order)
    ['Äpfel', 'Apfelbaum', 'Öhler', 'ohm', 'Straße', 'Zander']
    """
    folded = name.casefold()
    if folded.isascii():
        return folded, folded
    return "".join(sign for sign in normalize("NFKD", folded) if not combining(sign)), folded


def value_order(value: Any) -> Any:
    """Return what values of a column are sorted by: words as names, anything else by itself."""
    return name_order(value) if isinstance(value, str) else value

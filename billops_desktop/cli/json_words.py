"""JSON as people write it: numbers stay as typed, and a name that stands twice is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from billops_desktop.cli.parsing import shorten
from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _


class _Twice(dict[str, Any]):
    """An object of which one name was written twice: Python would keep the last one silently."""

    def __init__(self, pairs: list[tuple[str, Any]], name: str) -> None:
        super().__init__(pairs)
        self.name = name


def read_json(text: str, source: str) -> Any:
    """Return what JSON holds; ValueError when it is none, InvalidInput for a name that is twice.

    Fractions, NaN and Infinity come as the text they were written in.
    """
    found = json.loads(text, parse_float=str, parse_constant=str, object_pairs_hook=_object)
    for place in _twice(found):
        raise InvalidInput(
            _("Nothing was done: {source} says {name} twice.").format(
                source=source, name=shorten(place)
            ),
            _("Take one of them out: which one counts cannot be told."),
            field=place[:200],
        )
    return found


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    seen: set[str] = set()
    for name, _value in pairs:
        if name in seen:
            return _Twice(pairs, name)
        seen.add(name)
    return found


def _twice(found: Any) -> Iterator[str]:
    """Yield where a name stands twice, from the outside in: ``lines[2].price``."""
    todo = [("", found)]
    while todo:
        place, value = todo.pop()
        if isinstance(value, _Twice):
            yield f"{place}.{value.name}".lstrip(".")
        elif isinstance(value, dict):
            todo += [(f"{place}.{name}".lstrip("."), inner) for name, inner in value.items()]
        elif isinstance(value, list):
            todo += [(f"{place}[{number}]", inner) for number, inner in enumerate(value)]

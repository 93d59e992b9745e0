"""Partial edits: the sentinel that says "leave this field as it is", and what an edit changes."""

from __future__ import annotations

import enum
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


class Unchanged(enum.Enum):
    """The type of UNCHANGED; None is a value of its own, it empties a field."""

    UNCHANGED = enum.auto()


UNCHANGED: Final = Unchanged.UNCHANGED


def changed_fields(edit: DataclassInstance) -> dict[str, Any]:
    """Return the fields that ``edit`` sets, by name, in their order."""
    values = {field.name: getattr(edit, field.name) for field in fields(edit)}
    return {name: value for name, value in values.items() if value is not UNCHANGED}

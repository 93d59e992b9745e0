"""Canonical JSON of frozen document values: exact, sorted, without floats."""

from __future__ import annotations

import json
import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from hashlib import sha256
from typing import Any, Literal, NoReturn, TypeVar, get_args, get_origin, get_type_hints

from billops_desktop.domain.money import Money
from billops_desktop.errors import IntegrityFault
from billops_desktop.i18n import _

T = TypeVar("T")
ReadBytes = Callable[[str], bytes]
SCHEMA = 1


def encode(value: object) -> str:
    """Return the canonical JSON of a document value. TypeError for a float or an unknown type."""
    plain = {"schema": SCHEMA, **_encoded(value)}
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def decode(wanted: type[T], text: str, read_bytes: ReadBytes) -> T:
    """Return the value of type ``wanted`` that encode wrote. IntegrityFault when it is not one."""
    try:
        plain = json.loads(text, parse_float=_no_floats, parse_constant=_no_floats)
        value = _decoded(wanted, _without_schema(plain), read_bytes)
    except (ValueError, TypeError, KeyError, InvalidOperation, RecursionError) as reason:
        raise IntegrityFault(
            _("This stored document cannot be read."),
            _("Nothing was changed. Restore the profile from a backup."),
        ) from reason
    assert isinstance(value, wanted)
    return value


def _without_schema(plain: Any) -> dict[str, Any]:
    if not isinstance(plain, dict) or plain.pop("schema", None) != SCHEMA:
        raise ValueError("not a document of this version")
    return plain


def _no_floats(text: str) -> NoReturn:
    raise ValueError(f"a float in a document: {text}")


def _encoded(value: Any) -> Any:
    """Return what JSON can hold: amounts as whole numbers, decimals as plain digits."""
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, tuple):
        return [_encoded(part) for part in value]
    if type(value) in SCALARS:
        return SCALARS[type(value)](value)
    if is_dataclass(value):
        return {_json_name(one): _encoded(getattr(value, one.name)) for one in fields(value)}
    raise TypeError(f"a document cannot hold {type(value).__name__}")


def decimal_text(value: Decimal) -> str:
    """Return the digits of an exact number, one spelling for equal numbers.

    >>> decimal_text(Decimal("1E+2")), decimal_text(Decimal("1.50")), decimal_text(Decimal("-0"))
    ('100', '1.5', '0')
    """
    if not value.is_finite():
        raise TypeError("a document cannot hold a number that is not finite")
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


SCALARS: dict[type, Callable[[Any], Any]] = {
    Decimal: decimal_text,
    Money: lambda money: {"currency": money.currency, "minor": money.minor},
    date: date.isoformat,
    bytes: lambda content: sha256(content).hexdigest(),
}


def _json_name(one: Any) -> str:
    return str(one.metadata.get("json", one.name))


@cache
def _plan(wanted: type) -> dict[str, tuple[str, Any]]:
    """Return, for a value type, the field and its type under each JSON name."""
    hints = get_type_hints(wanted)
    return {_json_name(one): (one.name, hints[one.name]) for one in fields(wanted)}


def _decoded(wanted: Any, plain: Any, read_bytes: ReadBytes) -> Any:
    """Return the value of the wanted type; ValueError or TypeError when plain is another."""
    origin = get_origin(wanted)
    if origin in {types.UnionType, Literal}:
        choices = get_args(wanted)
        if origin is Literal:
            return choices[choices.index(plain)]
        return None if plain is None else _decoded(choices[0], plain, read_bytes)
    if origin is tuple:
        if not isinstance(plain, list):
            raise ValueError("a list is missing")
        return tuple(_decoded(get_args(wanted)[0], part, read_bytes) for part in plain)
    if isinstance(wanted, type) and is_dataclass(wanted) and wanted is not Money:
        plan = _plan(wanted)
        named = ((plan[name], part) for name, part in plain.items())
        return wanted(**{name: _decoded(kind, part, read_bytes) for (name, kind), part in named})
    return _simple(wanted, plain, read_bytes)


def _simple(wanted: Any, plain: Any, read_bytes: ReadBytes) -> Any:
    if wanted is Money:
        return Money(_typed(int, plain["minor"]), _typed(str, plain["currency"]))
    if wanted is Decimal:
        return Decimal(_typed(str, plain))
    if wanted is date:
        return date.fromisoformat(_typed(str, plain))
    if wanted is bytes:
        return read_bytes(_typed(str, plain))
    return _typed(wanted, plain)


def _typed(wanted: Any, plain: Any) -> Any:
    if type(plain) is not wanted:
        raise TypeError(f"{wanted} is wanted, not {plain!r}")
    return plain

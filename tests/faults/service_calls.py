"""The public functions of the services by introspection: what each takes, and what breaks it."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pkgutil
import types
import typing
from collections import abc
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from billops_desktop import services
from billops_desktop.clock import Clock
from billops_desktop.domain.money import Money
from billops_desktop.services.books import Unit
from billops_desktop.services.edits import Unchanged
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.unit_of_work import ReadingUnit, UnitOfWork
from tests.support.naughty import NAUGHTY

# Annotations that only type checkers import; what is not among them is made in the program only.
NAMES: dict[str, Any] = {
    **vars(abc),
    **{one.__name__: one for one in (UnitOfWork, ReadingUnit, Workspace, Clock, Path, Decimal)},
    **{one.__name__: one for one in (date, datetime, Money)},
    "Unit": Unit,
    "DataclassInstance": Any,
}
UNITS = (UnitOfWork, ReadingUnit)
# Of our own, written by the program beside what people type.
CODES = {"source"}
NO_NUMBERS = ("NaN", "sNaN", "Infinity", "-Infinity")
DECIMALS = (*NO_NUMBERS, "1e1000000", "-1e999", "-1", "-0", "0", "1e-30", "9" * 40, "0.1234567")
WHOLE = (0, -1, 2**31, 2**63, -(2**63) - 1, 10**30)
BROKEN: dict[type, tuple[Any, ...]] = {
    str: (*NAUGHTY.values(), "x" * 10_001, "Europe/Nowhere", "XXX", "zz"),
    int: WHOLE,
    Decimal: tuple(map(Decimal, DECIMALS)),
    date: (date.min, date.max),
    datetime: (
        datetime(2026, 11, 24, 9),  # noqa: DTZ001 - naive on purpose
        datetime.min.replace(tzinfo=UTC),
        datetime.max.replace(tzinfo=UTC),
        datetime.min.replace(tzinfo=timezone(timedelta(hours=14))),
        datetime(2026, 11, 24, 9, tzinfo=timezone(timedelta(hours=5, minutes=45))),
    ),
    Money: tuple(Money(minor, code) for minor in WHOLE for code in ("EUR", "JPY")),
    bytes: (b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff" * 99, b"\0" * 6_000_000),
    Path: tuple(
        map(Path, ("", "/nowhere/x", "a\0b", "a\udcffb", "x" * 300, "/proc/version", "/", "~x/y"))
    ),
    bool: (),
    type(None): (None,),
    Unchanged: (),
    time: (time.min, time.max),
}
# What fits, by the name of a parameter or field; ids come with the profile.
GOOD = {
    "currency": "EUR", "country": "DE", "home_country": "DE", "language": "en",
    "zone": "Europe/Berlin", "pattern": "{YYYY}-{N:4}", "reset": "year", "tab": "all",
    "by": "project", "grouping": "project", "name_or_number": "Acme GmbH", "step_seconds": 900,
    "ended_at": datetime(2026, 11, 23, 10, tzinfo=UTC), "text": "Acme", "reason": "Wrong",
    "email": "kim@example.org", "category": "S", "percent": Decimal(19), "method": "transfer",
}  # fmt: skip
PLAIN: dict[type, Any] = {
    str: "Word", int: 1, bool: True, Decimal: Decimal(10), date: date(2026, 11, 24),
    datetime: datetime(2026, 11, 23, 9, tzinfo=UTC), Money: Money(1000, "EUR"), bytes: b"x",
    Path: Path("/nowhere/x"), time: time(9), type(None): None,
}  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Call:
    """One function with arguments that fit, of which one at a time is replaced."""

    name: str
    function: Callable[..., Any]
    works_on: type
    hints: dict[str, Any]

    def good(self, known: dict[str, Any]) -> dict[str, Any]:
        """Return arguments that fit; one that may be left out is left out."""
        needed = inspect.signature(self.function).parameters
        return {
            name: value_of(hint, name, known)
            for name, hint in self.hints.items()
            if needed[name].default is inspect.Parameter.empty
        }

    def broken(self, known: dict[str, Any]) -> Iterator[tuple[str, Iterator[dict[str, Any]]]]:
        """Yield each place where a value stands, with the arguments that break it there."""
        good = self.good(known)
        for name, hint in self.hints.items():
            for place, values in places(hint, name, known):
                yield place, ({**good, name: value} for value in values)


def calls() -> Iterator[Call]:
    """Yield every public function of the services that takes what people type."""
    for found in pkgutil.walk_packages(services.__path__, f"{services.__name__}."):
        module = importlib.import_module(found.name)
        for name, function in vars(module).items():
            public = inspect.isfunction(function) and not name.startswith("_")
            if not public or function.__module__ != found.name:
                continue
            hints = _hints(function)
            hints.pop("return", None)
            first = next(iter(hints), "")
            if first not in {"work", "workspace"}:
                continue  # pure: it reads what a use case has checked, or is the check itself
            works_on = _unit(hints.pop(first))
            kept = {one: hint for one, hint in hints.items() if not _is_way_back(hint)}
            if _needs_a_way_back(function, hints.keys() - kept.keys()):
                continue  # called by the program only
            if kept and all(is_plain(hint) for hint in kept.values()):
                short = f"{found.name.removeprefix(services.__name__ + '.')}.{name}"
                yield Call(short, function, works_on, kept)


class Inner:
    """Stands for a type that only the program itself makes: a row, a column, a module's own."""

    def __class_getitem__(cls, _parts: Any) -> type:
        return cls


def _hints(thing: Any) -> dict[str, Any]:
    """Return the annotations of a function or form as types."""
    names = dict(NAMES)
    while True:
        try:
            return typing.get_type_hints(thing, localns=names)
        except NameError as unknown:
            names[str(unknown.name)] = _forms().get(str(unknown.name), Inner)


@cache
def _forms() -> dict[str, Any]:
    """Return every form of the services by its name."""
    found: dict[str, Any] = {}
    for name in pkgutil.walk_packages(services.__path__, f"{services.__name__}."):
        module = importlib.import_module(name.name)
        found |= {key: one for key, one in vars(module).items() if dataclasses.is_dataclass(one)}
    return found


def _unit(hint: Any) -> type:
    return Workspace if hint is Workspace else UnitOfWork


def _is_way_back(hint: Any) -> bool:
    """Tell whether a parameter is a callback or a clock: nobody types it."""
    return any(
        typing.get_origin(one) is abc.Callable or one is Clock for one in _alternatives(hint)
    )


def _needs_a_way_back(function: Callable[..., Any], names: abc.Set[str]) -> bool:
    taken = inspect.signature(function).parameters
    return any(taken[name].default is inspect.Parameter.empty for name in names)


def _alternatives(hint: Any) -> tuple[Any, ...]:
    if typing.get_origin(hint) in {typing.Union, types.UnionType}:
        return tuple(inner for one in typing.get_args(hint) for inner in _alternatives(one))
    return (hint,)


def is_plain(hint: Any) -> bool:
    """Tell whether a value of a type can come from outside: text, numbers, days, forms of them."""
    return all(_is_plain(one) for one in _alternatives(hint))


def _is_plain(hint: Any) -> bool:
    origin = typing.get_origin(hint)
    if origin is typing.Literal or hint in BROKEN or hint is typing.TextIO:
        return True
    if origin in {tuple, list, abc.Sequence, abc.Iterable}:
        return all(is_plain(one) for one in typing.get_args(hint) if one is not Ellipsis)
    is_form = dataclasses.is_dataclass(hint) and hint.__module__.startswith(services.__name__)
    return is_form and all(is_plain(one) for one in _fields(hint).values())


def _fields(form: Any) -> dict[str, Any]:
    hints = _hints(form)
    return {one.name: hints[one.name] for one in dataclasses.fields(form) if one.init}


def value_of(hint: Any, name: str, known: dict[str, Any]) -> Any:
    """Return a value that fits a place."""
    kinds = _alternatives(hint)
    if name in known:
        return known[name]
    if name in GOOD and isinstance(GOOD[name], kinds[0] if isinstance(kinds[0], type) else object):
        return GOOD[name]
    kind = kinds[0]
    origin = typing.get_origin(kind)
    if origin is typing.Literal:
        return typing.get_args(kind)[0]
    if origin in {tuple, list, abc.Sequence, abc.Iterable}:
        return (value_of(typing.get_args(kind)[0], name.rstrip("s"), known),)
    if dataclasses.is_dataclass(kind) and kind not in PLAIN:
        needed = {
            one.name
            for one in dataclasses.fields(kind)
            if one.default is dataclasses.MISSING and one.default_factory is dataclasses.MISSING
        }
        hints = _fields(kind)
        made: Callable[..., Any] = kind  # type: ignore[assignment]  # a class of ours
        return made(**{one: value_of(hints[one], one, known) for one in hints if one in needed})
    return PLAIN[kind]


def places(hint: Any, name: str, known: dict[str, Any]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield the places within a parameter, each with whole values that are broken there."""
    for kind in _alternatives(hint):
        origin = typing.get_origin(kind)
        if kind in BROKEN:
            yield f"{name}: {kind.__name__}", BROKEN[kind]
        elif origin is typing.Literal:
            continue  # a code of our own: nobody types it
        elif origin in {tuple, list, abc.Sequence, abc.Iterable}:
            yield f"{name}: none", ((),)
            for inner, values in places(typing.get_args(kind)[0], name, known):
                yield f"{inner} in a row", tuple((one,) for one in values)
        elif dataclasses.is_dataclass(kind):
            good = value_of(kind, name, known)
            for field, inner_hint in _fields(kind).items():
                if field in CODES:
                    continue
                for inner, values in places(inner_hint, field, known):
                    yield (
                        f"{name}.{inner}",
                        tuple(Broken(good, field, one) for one in values),
                    )


@dataclasses.dataclass(frozen=True)
class Broken:
    """A form with one field replaced: made at the call, for making it may be what refuses."""

    form: Any
    field: str
    value: Any

    def made(self) -> Any:
        """Return the form."""
        value = made(self.value)
        return dataclasses.replace(self.form, **{self.field: value})


def made(value: Any) -> Any:
    """Return a value with the forms in it made."""
    if isinstance(value, Broken):
        return value.made()
    return tuple(made(one) for one in value) if isinstance(value, tuple) else value

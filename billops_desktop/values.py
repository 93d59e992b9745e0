"""Frozen dataclasses as the standard library makes them, their methods compiled when first used."""

from __future__ import annotations

import dataclasses
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

ORDER: Final = ("__lt__", "__le__", "__gt__", "__ge__")


def _frozen(made: type[T], **options: bool) -> type[T]:
    """Make a frozen dataclass of a class whose methods wait for their first call.

    The standard library writes and compiles eight functions for each class at its import, thirteen
    times as long as all else takes; with some two hundred of them the window opened a second late.
    """
    order = options.pop("order", False)
    own = dict(vars(made))
    # The standard library wants a class that extends a frozen one to be frozen by itself.
    extends = any(map(dataclasses.is_dataclass, made.__mro__[1:]))
    lean: Any = dataclasses.dataclass(init=False, repr=False, eq=False, frozen=extends, **options)
    cls: Any = lean(made)
    cls.__dataclass_params__.frozen = True
    waiting = ["__init__", "__repr__", "__eq__", *(ORDER if order else ())]
    if own.get("__hash__") is None:
        # A class that says only what is equal has None here; values are told apart by their fields.
        waiting.append("__hash__")
    for name in waiting:
        if own.get(name) is None:
            setattr(cls, name, _waiting(cls, name, order=order))
    cls.__setattr__, cls.__delattr__ = _refuse_to_set, _refuse_to_delete
    cls.__getstate__, cls.__setstate__ = _state, _set_state
    found: type[T] = cls
    return found


def _waiting(cls: Any, name: str, *, order: bool) -> Callable[..., Any]:
    """Return a method that puts the standard library's in its place when first called."""

    def method(self: object, *args: Any, **kwargs: Any) -> Any:
        compiled = _compiled(cls, name, order=order)
        setattr(cls, name, compiled)
        return compiled(self, *args, **kwargs)

    method.__name__, method.__qualname__ = name, f"{cls.__qualname__}.{name}"
    return method


def _compiled(cls: Any, name: str, *, order: bool) -> Callable[..., Any]:
    """Return the method that the standard library writes for a class with the same fields."""
    own = dataclasses.fields(cls)
    namespace: dict[str, Any] = {field.name: field for field in own}
    namespace |= {
        "__annotations__": {field.name: field.type for field in own},
        "__module__": cls.__module__,
        "__qualname__": cls.__qualname__,
        # Without one the standard library writes the signature down, which takes ten times as long.
        "__doc__": cls.__doc__ or cls.__name__,
    }
    if name == "__init__" and hasattr(cls, "__post_init__"):
        namespace["__post_init__"] = cls.__post_init__
    twin: Any = dataclasses.dataclass(
        frozen=True,
        init=name == "__init__",
        repr=name == "__repr__",
        eq=name in {"__eq__", "__hash__", *ORDER},
        order=name in ORDER and order,
    )(type(cls.__name__, (), namespace))
    method: Callable[..., Any] = attrgetter(name)(twin)
    return method


def _refuse_to_set(_self: object, name: str, _value: object) -> None:
    message = f"cannot assign to field {name!r}"
    raise dataclasses.FrozenInstanceError(message)


def _refuse_to_delete(_self: object, name: str) -> None:
    message = f"cannot delete field {name!r}"
    raise dataclasses.FrozenInstanceError(message)


def _state(self: Any) -> list[Any]:
    """Return what a copy or another process needs of a value."""
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _set_state(self: Any, state: list[Any]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: PLC0414 - type checkers know this one
else:

    def dataclass(*, frozen: bool = False, **options: bool) -> Callable[[type[T]], type[T]]:
        """Return what makes a dataclass; one that is not frozen is the standard library's."""
        if not frozen:
            return dataclasses.dataclass(**options)
        return partial(_frozen, **options)

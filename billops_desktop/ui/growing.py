"""Something large made in steps, each in a turn of its own; who needs it sooner has it at once."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer

T = TypeVar("T")
Steps = Generator[None, None, T]


class Growing(Generic[T]):
    """Made by a generator that rests between its steps and returns what it made.

    ``owner`` gone means that nothing more is made.
    """

    def __init__(self, owner: QObject, make: Callable[[], Steps[T]]) -> None:
        self._owner = owner
        self._make = make
        self._steps: Steps[T] | None = None
        self._made: list[T] = []
        self._done: Callable[[], object] | None = None

    def whole(self) -> T:
        """Return it; what is still to be made is made now."""
        while not self._made:
            self._step()
        return self._made[0]

    def grow(self, done: Callable[[], object]) -> None:
        """Make it a step a turn and call ``done()`` in a turn after the last; the latest counts."""
        under_way = self._done is not None
        self._done = done
        if not under_way:
            self._go_on_later()

    def stop(self) -> None:
        """Let go of what is not made to its end; nobody is told."""
        self._done = None
        if self._steps is not None:
            self._steps.close()

    def _go_on_later(self) -> None:
        QTimer.singleShot(0, self._owner, self._go_on)

    def _go_on(self) -> None:
        if self._done is None:
            return
        if not self._made:
            self._step()
            self._go_on_later()
        else:
            done, self._done = self._done, None
            done()

    def _step(self) -> None:
        if self._steps is None:
            self._steps = self._make()
        try:
            next(self._steps)
        except StopIteration as end:
            self._made.append(end.value)


def at_once(steps: Steps[T]) -> T:
    """Go through all steps without a rest and return what they make."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            made: T = end.value
            return made

"""Modules that SQLAlchemy names but a desktop never uses, run only when something does use them."""

from __future__ import annotations

import sys
from importlib.machinery import PathFinder
from types import CoroutineType, ModuleType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from importlib.abc import Loader
    from importlib.machinery import ModuleSpec


def iscoroutine(value: object) -> bool:
    """Tell whether a value is a coroutine, as asyncio would."""
    return isinstance(value, CoroutineType)


# Each with what SQLAlchemy takes out of it at its own import. Together with ssl, email and csv,
# which they bring, they are a quarter of the time that its import takes, and 9 MiB.
NAMES: Final[Mapping[str, Mapping[str, Any]]] = {
    "asyncio": {"iscoroutine": iscoroutine},
    "hashlib": {},
    "importlib.metadata": {},
    "sqlalchemy.dialects.sqlite.aiosqlite": {},
}


class DeferredModule(ModuleType):
    """A module whose code runs when an attribute is asked for that it does not have yet."""

    def __getattr__(self, name: str) -> Any:
        """Run the module, then answer; a second thread waits until it has run."""
        loader = self.__spec__.loader if self.__spec__ is not None else None
        if isinstance(loader, DeferredLoader):
            loader.run(self)
        try:
            return self.__dict__[name]
        except KeyError:
            message = f"module {self.__name__!r} has no attribute {name!r}"
            raise AttributeError(message) from None


class DeferredLoader:
    """Makes a module now and lets its real loader run it later."""

    def __init__(self, real: Loader) -> None:
        self.real = real
        # Not at the top: the quick commands of the timer do without this module.
        from threading import RLock

        self._lock = RLock()
        self._running = False

    def create_module(self, _spec: ModuleSpec) -> None:
        """Let the import system make the module as it makes all others."""

    def exec_module(self, module: ModuleType) -> None:
        """Give the module what is taken out of it at once; run nothing."""
        module.__dict__.update(NAMES[module.__name__])
        module.__class__ = DeferredModule

    def run(self, module: ModuleType) -> None:
        """Run the module once; what it asks of itself meanwhile it gets as it stands."""
        with self._lock:
            spec = module.__spec__
            if self._running or type(module) is not DeferredModule or spec is None:
                return
            self._running = True
            try:
                module.__loader__ = self.real
                self.real.exec_module(module)
                spec.loader = self.real
                module.__class__ = ModuleType  # type: ignore[assignment]  # it waits no more
            finally:
                self._running = False


class DeferredFinder:
    """Finds the modules of ``NAMES`` and gives them a loader that waits."""

    @staticmethod
    def find_spec(
        name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the spec of a module that is to wait; None leaves all others alone."""
        if name not in NAMES:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            # What the import system asks of a loader is create_module and exec_module.
            spec.loader = DeferredLoader(spec.loader)  # type: ignore[assignment]
        return spec


def defer() -> None:
    """Let the modules of ``NAMES`` wait from now on; those that were imported stay as they are."""
    if DeferredFinder not in sys.meta_path:
        sys.meta_path.insert(0, DeferredFinder)

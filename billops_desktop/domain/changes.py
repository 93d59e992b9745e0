"""Changes: kinds of record and the ids that a transaction touched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from billops_desktop.values import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """What one transaction touched: table name to row ids. Listeners decide by it what is stale.

    >>> changes = Changes("t1", {"time_entry": frozenset({"a"})})
    >>> changes.meets({"time_entry", "project"}), changes.meets({"client"})
    (True, False)
    """

    transaction: str
    ids: Mapping[str, frozenset[str]]

    def __post_init__(self) -> None:
        kept = {kind: frozenset(ids) for kind, ids in self.ids.items() if ids}
        object.__setattr__(self, "ids", MappingProxyType(kept))

    @property
    def kinds(self) -> frozenset[str]:
        """The names of the tables that were touched."""
        return frozenset(self.ids)

    def meets(self, kinds: Iterable[str]) -> bool:
        """Tell whether any of these tables was touched."""
        return not self.kinds.isdisjoint(kinds)

    def __bool__(self) -> bool:
        return bool(self.ids)

"""The way back: the pages that were shown, each with the place at which it was left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

LONGEST: Final = 100
Step = tuple[str, dict[str, Any]]


class Journey:
    """A list of pages with a finger on one; Back and Forward move the finger."""

    def __init__(self) -> None:
        self._steps: list[Step] = []
        self._at = -1

    @property
    def here(self) -> str:
        """Return the page that is shown; empty before the first."""
        return self._steps[self._at][0] if self._at >= 0 else ""

    @property
    def can_go_back(self) -> bool:
        """Return whether a page was shown before."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Return whether Back was used."""
        return self._at < len(self._steps) - 1

    def leave(self, place: Mapping[str, Any]) -> None:
        """Remember the place at which the page of now is left."""
        if self._at >= 0:
            self._steps[self._at] = (self.here, dict(place))

    def arrive(self, page: str, place: Mapping[str, Any]) -> None:
        """Add a page; what lay ahead is forgotten, the same page and place is not added twice."""
        step = (page, dict(place))
        if self._at >= 0 and self.here == page and not place:
            return
        del self._steps[self._at + 1 :]
        self._steps.append(step)
        del self._steps[:-LONGEST]
        self._at = len(self._steps) - 1

    def back(self, place: Mapping[str, Any]) -> Step | None:
        """Move to the step before and return it; None at the first."""
        if not self.can_go_back:
            return None
        self.leave(place)
        self._at -= 1
        return self._steps[self._at]

    def forward(self, place: Mapping[str, Any]) -> Step | None:
        """Move to the step after and return it; None at the last."""
        if not self.can_go_forward:
            return None
        self.leave(place)
        self._at += 1
        return self._steps[self._at]

"""Where on the pages a field of a draft is printed: what a click on a preview asks for."""

from __future__ import annotations

from billops_desktop.values import dataclass


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle on a page, counted from 0, in points from the page's top left corner.

    ``field`` is named as findings name it: issue_on, client, lines.2.quantity, charges.1, note.
    """

    field: str
    page: int
    left: float
    top: float
    width: float
    height: float

    def holds(self, page: int, x: float, y: float) -> bool:
        """Return whether a point lies in it."""
        across = self.left <= x <= self.left + self.width
        return self.page == page and across and self.top <= y <= self.top + self.height

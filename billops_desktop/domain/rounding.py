"""Rounding policies: billed seconds derived from tracked ones, their sums kept to the second."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from datetime import date

from billops_desktop.domain.money import allocate_whole
from billops_desktop.domain.quoting import quoted
from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _, worded
from billops_desktop.values import dataclass

MODES = ("none", "up", "down", "nearest")
APPLIES_TO = ("entry", "day_task", "line", "total")


@dataclass(frozen=True, slots=True)
class RoundingPolicy:
    """How billed seconds are derived; what was tracked never changes.

    ``applies_to``: each entry, each person's day and task, each invoice line, or the total.
    ``minimum_seconds`` holds for each entry that lasted at all.
    """

    step_seconds: int = 60
    mode: str = "none"
    applies_to: str = "entry"
    minimum_seconds: int = 0
    id: str | None = None
    version: int | None = None

    def __post_init__(self) -> None:
        if self.mode not in MODES:
            raise InvalidInput(
                worded("{text} is not a way of rounding.", text=quoted(self.mode)), field="mode"
            )
        if self.applies_to not in APPLIES_TO:
            raise InvalidInput(
                worded("Rounding cannot apply to {text}.", text=quoted(self.applies_to)),
                field="applies_to",
            )
        if self.step_seconds <= 0:
            raise InvalidInput(
                _("Rounding needs a step of at least one second."), field="step_seconds"
            )
        if self.minimum_seconds < 0:
            raise InvalidInput(_("A minimum cannot be negative."), field="minimum_seconds")


UNROUNDED = RoundingPolicy()


@dataclass(frozen=True, slots=True)
class TrackedTime:
    """What rounding needs to know of an entry; ``line`` names the invoice line it is meant for."""

    seconds: int
    local_on: date
    person_id: str | None = None
    project_id: str | None = None
    task_id: str | None = None
    line: str = ""


def round_seconds(seconds: int, step: int, mode: str) -> int:
    """Round seconds to a step: none, up, down or nearest (an exact half goes up).

    >>> [round_seconds(450, 900, mode) for mode in ("none", "up", "down", "nearest")]
    [450, 900, 0, 900]
    """
    if mode == "none":
        return seconds
    if mode == "up":
        return -(-seconds // step) * step
    if mode == "down":
        return seconds // step * step
    return (2 * seconds + step) // (2 * step) * step


def billed_seconds(seconds: int, policy: RoundingPolicy) -> int:
    """Return what one entry alone bills under a policy.

    Seven minutes, by the quarter of an hour, up:

    >>> billed_seconds(420, RoundingPolicy(900, "up"))
    900
    """
    return _billed_sum((seconds,), policy)


def _billed_sum(tracked: Iterable[int], policy: RoundingPolicy) -> int:
    """Round the sum of some entries, each lifted to the minimum before and all of it after."""
    minimum = policy.minimum_seconds
    lasting = [seconds for seconds in tracked if seconds > 0]
    lifted = sum(max(seconds, minimum) for seconds in lasting)
    rounded = round_seconds(lifted, policy.step_seconds, policy.mode)
    return max(rounded, minimum * len(lasting))


def _bucket(entry: TrackedTime, position: int, applies_to: str) -> Hashable:
    """Return what an entry is rounded together with."""
    if applies_to == "entry":
        return position
    if applies_to == "day_task":
        return entry.local_on, entry.person_id, entry.project_id, entry.task_id
    return entry.line if applies_to == "line" else None


def bill(entries: Sequence[TrackedTime], policy: RoundingPolicy) -> tuple[int, ...]:
    """Return the billed seconds of each entry; together they are exactly the rounded sum.

    Where several entries are rounded together the result is split by largest remainder.

    >>> monday = date(2026, 11, 23)
    >>> calls = [TrackedTime(300, monday), TrackedTime(300, monday), TrackedTime(100, monday)]
    >>> bill(calls, RoundingPolicy(900, "up", "day_task"))
    (386, 386, 128)
    """
    buckets: dict[Hashable, list[int]] = {}
    for position, entry in enumerate(entries):
        buckets.setdefault(_bucket(entry, position, policy.applies_to), []).append(position)
    billed = [0] * len(entries)
    for positions in buckets.values():
        tracked = [entries[position].seconds for position in positions]
        if not any(tracked):
            continue
        parts = allocate_whole(_billed_sum(tracked, policy), tracked)
        for position, part in zip(positions, parts, strict=True):
            billed[position] = part
    return tuple(billed)

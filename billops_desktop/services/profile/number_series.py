"""How documents are numbered: pattern, reset, and a preview of the numbers to come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from sqlalchemy import select

from billops_desktop.domain.billing.numbering import Pattern
from billops_desktop.errors import InvalidInput, NotFound
from billops_desktop.i18n import _
from billops_desktop.services import records
from billops_desktop.services.books import Unit, company_of
from billops_desktop.storage.models import NumberCounter, NumberSeries, NumberUsed
from billops_desktop.storage.unit_of_work import UnitOfWork
from billops_desktop.values import dataclass

SAMPLE_CLIENT = "C1"
SAMPLE_COMPANY = "CO"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesRow:
    """The series of one kind of document; ``next_number`` is what the next one would get today."""

    id: str
    kind: str
    pattern: str
    reset: str
    first_number: int
    next_number: str


def series(work: Unit, on: date) -> tuple[SeriesRow, ...]:
    """Return the company's active series with the next number for a document dated ``on``."""
    owner = company_of(work)
    rows = []
    for row in active_series(work, owner.id):
        pattern = Pattern.parse(row.pattern, row.reset)
        counter = counter_of(work, row, pattern.period(on, row.reset))
        worded = partial(
            pattern.format, on=on, client=SAMPLE_CLIENT, company=owner.code or SAMPLE_COMPANY
        )
        count = first_count(work, row, worded) if counter is None else counter.last_given + 1
        rows.append(
            SeriesRow(
                id=row.id,
                kind=row.kind,
                pattern=row.pattern,
                reset=row.reset,
                first_number=row.first_number,
                next_number=worded(count),
            )
        )
    return tuple(rows)


def active_series(work: Unit, company_id: str) -> Sequence[NumberSeries]:
    """Return the series that number a company's documents now, one for each kind."""
    return work.session.scalars(
        select(NumberSeries)
        .where(
            NumberSeries.company_id == company_id,
            NumberSeries.active.is_(True),
            NumberSeries.deleted_at.is_(None),
        )
        .order_by(NumberSeries.kind.desc())
    ).all()


def counter_of(work: Unit, row: NumberSeries, period: str) -> NumberCounter | None:
    """Return the counter of a series in a period, None before its first number."""
    return work.session.scalar(
        select(NumberCounter).where(
            NumberCounter.series_id == row.id, NumberCounter.period == period
        )
    )


def first_count(work: Unit, row: NumberSeries, worded: Callable[[int], str]) -> int:
    """Return the count that a series begins a period with: after all numbers given so worded.

    Going back to an earlier pattern goes on where that one ended; ``worded`` words a count.
    """
    mine = NumberUsed.company_id == row.company_id
    taken = select(NumberUsed.id).where(mine, NumberUsed.number == worded(row.first_number))
    if work.session.scalar(taken.limit(1)) is None:
        return row.first_number
    given = set(work.session.scalars(select(NumberUsed.number).where(mine)))
    counts = range(row.first_number, row.first_number + len(given))
    return max(count for count in counts if worded(count) in given) + 1


def next_numbers(pattern: str, reset: str, on: date, *, first: int = 1) -> tuple[str, ...]:
    """Return the first three numbers that a pattern would give; InvalidInput says what is wrong."""
    parsed = Pattern.parse(pattern, reset)
    return tuple(
        parsed.format(count, on, SAMPLE_CLIENT, SAMPLE_COMPANY) for count in range(first, first + 3)
    )


def edit_series(
    work: UnitOfWork, kind: str, *, pattern: str, reset: str, first_number: int = 1
) -> None:
    """Change how a kind of document is numbered from now on; given numbers stay.

    Once a series gave a number a change makes a new series and the old one rests, so that its
    count has no hole.
    """
    parsed = Pattern.parse(pattern, reset)
    if first_number < 1:
        raise InvalidInput(
            _("Numbers are counted from 1."), _("Nothing was changed."), field="first_number"
        )
    owner = company_of(work)
    current = next((row for row in active_series(work, owner.id) if row.kind == kind), None)
    if current is None:
        raise NotFound(
            _("There is no series for {kind}.").format(kind=kind[:40]),
            _("Nothing was changed."),
            field="kind",
        )
    wanted = {"pattern": pattern, "reset": reset, "first_number": first_number}
    if all(getattr(current, name) == value for name, value in wanted.items()):
        return
    _check_apart(work, owner.id, kind, parsed)
    used = select(NumberCounter.id).where(NumberCounter.series_id == current.id).limit(1)
    if work.session.scalar(used) is None:
        records.change(work, current, wanted)
        return
    records.change(work, current, {"active": False})
    records.add(work, NumberSeries(company_id=owner.id, kind=kind, **wanted))


def _check_apart(work: Unit, company_id: str, kind: str, parsed: Pattern) -> None:
    """Refuse a pattern that can give the number of another kind of document."""
    for row in active_series(work, company_id):
        if row.kind != kind and parsed.may_meet(Pattern.parse(row.pattern, row.reset)):
            raise InvalidInput(
                _("The numbers would meet those of another series: {pattern}.").format(
                    pattern=row.pattern
                ),
                _("Nothing was changed. Begin one of them with letters of its own."),
                field="pattern",
            )

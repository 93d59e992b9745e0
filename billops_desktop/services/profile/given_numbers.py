"""Numbers that a restore could not know: issuing waits until the last one given is confirmed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from functools import partial

from sqlalchemy import select

from billops_desktop.clock import microseconds_of
from billops_desktop.domain.billing.numbering import Pattern
from billops_desktop.errors import InvalidInput, Refused
from billops_desktop.i18n import _
from billops_desktop.services import records
from billops_desktop.services.books import Unit, profile_of
from billops_desktop.services.profile.number_series import counter_of
from billops_desktop.storage import number_log
from billops_desktop.storage.backups.carrying import VOID_REASON
from billops_desktop.storage.models import (
    Invoice,
    NumberCounter,
    NumberSeries,
    NumberUsed,
    Setting,
)
from billops_desktop.storage.unit_of_work import UnitOfWork

# Which mark was confirmed; in the records, so that it is one transaction with what it confirms.
CONFIRMED = "numbers.confirmed"
# A typing slip must not void all numbers up to it.
MOST_SKIPPED = 10_000
# More than this is more often a slip than what was given since a backup: it is asked.
MOST_UNASKED = 100

Place = tuple[NumberSeries, str, int]


class ManyVoid(Refused):
    """The numbers named would void more than ``MOST_UNASKED``; say so, and confirm with many."""

    def __init__(self, count: int) -> None:
        super().__init__(
            _("Nothing was confirmed: {count} numbers would be void for good.").format(count=count),
            _("Compare the last number with your newest invoice."),
            field="last",
        )
        self.count = count


def are_unsure(work: Unit) -> bool:
    """Tell whether a restore left open which numbers were given, and nobody confirmed it yet."""
    token = number_log.unsure_token(profile_of(work))
    if not token:
        return False
    confirmed = work.session.scalar(select(Setting.value_json).where(Setting.name == CONFIRMED))
    return confirmed is None or json.loads(confirmed) != token


def last_known(work: Unit) -> tuple[str, ...]:
    """Return the last number that is known of each kind of document, invoices first."""
    found = work.session.execute(
        select(NumberSeries.kind, NumberUsed.number)
        .join(NumberSeries, NumberSeries.id == NumberUsed.series_id)
        .order_by(NumberUsed.period, NumberUsed.count)
    )
    latest: dict[str, str] = {row.kind: row.number for row in found}
    return tuple(latest[kind] for kind in sorted(latest, reverse=True))


def unsure_words(work: Unit) -> str:
    """Say what is to be confirmed before anything is issued."""
    known = last_known(work)
    if not known:
        return _(
            "After the restore it is not known whether a number was given before. "
            "Confirm the last number given."
        )
    return _(
        "After the restore it is not known whether numbers were given after {numbers}. "
        "Confirm the last number given."
    ).format(numbers=", ".join(known))


def refuse_unsure(work: Unit) -> None:
    """Refuse to give a number while it may have been given before."""
    if are_unsure(work):
        raise Refused(
            _("Nothing was issued: a number might be given twice."),
            unsure_words(work),
            field="series",
        )


def confirm(work: UnitOfWork, last: Iterable[str] = (), *, many: bool = False) -> tuple[str, ...]:
    """Confirm that no number was given after the last known ones, or after ``last`` where named.

    The numbers up to a named one are void from then on; ManyVoid when they are many and that was
    not asked. Returns the last number of each kind. Where nothing is to be confirmed nothing is
    changed, and a named number is refused.
    """
    named = tuple(number.strip() for number in last)
    if not are_unsure(work):
        if named:
            raise _settled(named[0])
        return last_known(work)
    places = [(number, _place_of(work, number)) for number in named]
    ahead = sum(_lengths(work, places).values())
    if ahead > MOST_UNASKED and not many:
        raise ManyVoid(ahead)
    for number, place in places:
        _raise_to(work, number, place)
    _fill_holes(work)
    _note_known(work)
    text = json.dumps(number_log.unsure_token(profile_of(work)))
    row = work.session.scalar(select(Setting).where(Setting.name == CONFIRMED))
    if row is None:
        records.add(work, Setting(name=CONFIRMED, value_json=text))
    else:
        records.change(work, row, {"value_json": text, "deleted_at": None})
    return last_known(work)


def note_given(work: UnitOfWork, given: NumberUsed, series: NumberSeries) -> None:
    """Write a number into the log beside the records, before they say that it is given."""
    number_log.note(profile_of(work), _noted(work, given, series))


def _note_known(work: UnitOfWork) -> None:
    """Write all numbers that the log lacks into it: the next restore may have nothing else."""
    profile = profile_of(work)
    there = {one.id for one in number_log.noted(profile)}
    known = work.session.execute(
        select(NumberUsed, NumberSeries)
        .join(NumberSeries, NumberSeries.id == NumberUsed.series_id)
        .order_by(NumberUsed.series_id, NumberUsed.period, NumberUsed.count)
    )
    lacking = [_noted(work, given, series) for given, series in known if given.id not in there]
    number_log.note(profile, *lacking)


def _noted(work: Unit, given: NumberUsed, series: NumberSeries) -> number_log.NotedNumber:
    return number_log.NotedNumber(
        id=given.id,
        company_id=given.company_id,
        series_id=given.series_id,
        period=given.period,
        count=given.count,
        number=given.number,
        kind=series.kind,
        pattern=series.pattern,
        reset=series.reset,
        first_number=series.first_number,
        at=microseconds_of(work.clock.now()),
    )


def _before(work: Unit, series: NumberSeries, period: str) -> int:
    """Return the count that a series stands at in a period."""
    counter = counter_of(work, series, period)
    return series.first_number - 1 if counter is None else counter.last_given


def _lengths(work: Unit, places: Iterable[tuple[str, Place]]) -> dict[tuple[str, str], int]:
    """Return how many numbers become void in each series and period; too many are refused."""
    found: dict[tuple[str, str], int] = {}
    for number, (series, period, count) in places:
        ahead = count - _before(work, series, period)
        if ahead > MOST_SKIPPED:
            raise _unfit(
                number, _("It lies more than {most} numbers ahead.").format(most=MOST_SKIPPED)
            )
        key = (series.id, period)
        found[key] = max(found.get(key, 0), ahead)
    return found


def _raise_to(work: UnitOfWork, number: str, place: Place) -> None:
    """Let the counter of the series that a number is of stand at it, at least."""
    series, period, count = place
    before = _before(work, series, period)
    if count <= before:
        return
    counter = counter_of(work, series, period)
    if counter is None:
        records.add(work, NumberCounter(series_id=series.id, period=period, last_given=count))
    else:
        records.change(work, counter, {"last_given": count})
    pattern = Pattern.parse(series.pattern, series.reset)
    for missing in range(before + 1, count + 1):
        _void(work, series, period, missing, pattern.recounted(number, missing))


def _place_of(work: Unit, number: str) -> Place:
    """Return the series that a number is of, its period and its count."""
    found = work.session.scalars(
        select(NumberSeries)
        .where(NumberSeries.deleted_at.is_(None))
        .order_by(NumberSeries.active.desc(), NumberSeries.kind.desc(), NumberSeries.id)
    )
    for series in found:
        place = Pattern.parse(series.pattern, series.reset).read(number, series.reset)
        if place is not None:
            _check_period(work, number, place[0])
            return series, *place
    raise _unfit(number, _("It is of no series. Type it as it stands on the invoice."))


def _check_period(work: Unit, number: str, period: str) -> None:
    """Refuse a period in which nothing can have been given: no month, or past next year."""
    if not period:
        return
    try:
        begins = date.fromisoformat(f"{period}-01-01"[: len("2026-11-25")])
    except ValueError as error:
        raise _unfit(number, _("There is no such month or year.")) from error
    if begins.year > work.clock.now().year + 1:
        raise _unfit(number, _("Its year is later than next year."))


def _fill_holes(work: UnitOfWork) -> None:
    """Void what lies between known numbers: a log that began late leaves holes."""
    given: dict[tuple[str, str], dict[int, str]] = {}
    for row in work.session.scalars(select(NumberUsed)):
        given.setdefault((row.series_id, row.period), {})[row.count] = row.number
    for (series_id, period), known in given.items():
        series = work.session.get_one(NumberSeries, series_id)
        pattern = Pattern.parse(series.pattern, series.reset)
        holes = sorted(set(range(min(known), max(known))) - known.keys())
        worded = partial(pattern.recounted, known[max(known)])
        for count in holes[:MOST_SKIPPED]:
            _void(work, series, period, count, worded(count))


def _void(work: UnitOfWork, series: NumberSeries, period: str, count: int, number: str) -> None:
    taken = NumberUsed.company_id == series.company_id, NumberUsed.number == number
    issued = Invoice.company_id == series.company_id, Invoice.number == number
    if work.session.scalar(select(NumberUsed.id).where(*taken)) is not None:
        return
    if work.session.scalar(select(Invoice.id).where(*issued)) is not None:
        return
    records.add(
        work,
        NumberUsed(
            company_id=series.company_id,
            series_id=series.id,
            period=period,
            count=count,
            number=number,
            void_reason=VOID_REASON,
        ),
    )


def _settled(number: str) -> Refused:
    return Refused(
        _("{number} was not taken as the last number: no restore left one open.").format(
            number=number[:40] or "–"
        ),
        _("Nothing was changed. Confirm a number only when BillOps asks for it."),
        field="last",
    )


def _unfit(number: str, reason: str) -> InvalidInput:
    return InvalidInput(
        _("{number} was not taken as the last number. {reason}").format(
            number=number[:40] or "–", reason=reason
        ),
        _("Nothing was changed. Leave it empty when none was given since."),
        field="last",
    )

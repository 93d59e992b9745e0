"""Numbers that a restore could not know: issuing waits until the last one given is confirmed."""

from __future__ import annotations

import json
from collections.abc import Iterable
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


def confirm(work: UnitOfWork, last: Iterable[str] = ()) -> tuple[str, ...]:
    """Confirm that no number was given after the last known ones, or after ``last`` where named.

    The numbers up to a named one are void from then on. Returns the last number of each kind.
    """
    for number in last:
        _raise_to(work, number.strip())
    _fill_holes(work)
    text = json.dumps(number_log.unsure_token(profile_of(work)))
    row = work.session.scalar(select(Setting).where(Setting.name == CONFIRMED))
    if row is None:
        records.add(work, Setting(name=CONFIRMED, value_json=text))
    else:
        records.change(work, row, {"value_json": text, "deleted_at": None})
    return last_known(work)


def note_given(work: UnitOfWork, given: NumberUsed, series: NumberSeries) -> None:
    """Write a number into the log beside the records, before they say that it is given."""
    number_log.note(
        profile_of(work),
        number_log.NotedNumber(
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
        ),
    )


def _raise_to(work: UnitOfWork, number: str) -> None:
    """Let the counter of the series that a number is of stand at it, at least."""
    series, period, count = _place_of(work, number)
    counter = counter_of(work, series, period)
    before = series.first_number - 1 if counter is None else counter.last_given
    if count <= before:
        return
    if count - before > MOST_SKIPPED:
        raise _unfit(number, _("It lies more than {most} numbers ahead.").format(most=MOST_SKIPPED))
    if counter is None:
        records.add(work, NumberCounter(series_id=series.id, period=period, last_given=count))
    else:
        records.change(work, counter, {"last_given": count})
    pattern = Pattern.parse(series.pattern, series.reset)
    for missing in range(before + 1, count + 1):
        _void(work, series, period, missing, pattern.recounted(number, missing))


def _place_of(work: Unit, number: str) -> tuple[NumberSeries, str, int]:
    """Return the series that a number is of, its period and its count."""
    found = work.session.scalars(
        select(NumberSeries)
        .where(NumberSeries.deleted_at.is_(None))
        .order_by(NumberSeries.active.desc(), NumberSeries.kind.desc(), NumberSeries.id)
    )
    for series in found:
        place = Pattern.parse(series.pattern, series.reset).read(number, series.reset)
        if place is not None:
            return series, *place
    raise _unfit(number, _("It is of no series. Type it as it stands on the invoice."))


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


def _unfit(number: str, reason: str) -> InvalidInput:
    return InvalidInput(
        _("{number} was not taken as the last number. {reason}").format(
            number=number[:40] or "–", reason=reason
        ),
        _("Nothing was changed. Leave it empty when none was given since."),
        field="last",
    )

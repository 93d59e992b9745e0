"""Time entries to invoice lines: grouped as asked, unlike rates, currencies and taxes apart."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum

from billops_desktop.domain.alphabet import name_order
from billops_desktop.domain.billing.invoice import HOUR_SECONDS, ONE, SECONDS_UNIT, Line
from billops_desktop.domain.periods import month_of, week_of
from billops_desktop.domain.rates import DAILY, Rate, counted_seconds, day_units
from billops_desktop.domain.tax import TaxGroup
from billops_desktop.values import dataclass

DAY_UNIT = "DAY"
MOST_DETAILS = 12
# Whose time, on which local day, how many seconds of it are billed.
Span = tuple[str, date, int]


class Grouping(StrEnum):
    """What becomes one line."""

    ENTRY = "entry"
    TASK = "task"
    PROJECT = "project"
    PERSON = "person"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    PROJECT_PERSON = "project_person"
    TASK_PERSON = "task_person"
    ALL = "all"


# The ways in which the day of an entry decides its line.
DATED = frozenset({Grouping.DAY, Grouping.WEEK, Grouping.MONTH})


@dataclass(frozen=True, slots=True, kw_only=True)
class BillableEntry:
    """An entry ready to be billed: its billed seconds, its rate and its tax."""

    id: str
    local_on: date
    seconds: int
    rate: Rate
    group: TaxGroup
    person_id: str = ""
    person_name: str = ""
    project_id: str | None = None
    project_name: str = ""
    task_id: str | None = None
    task_name: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class GroupingWords:
    """How lines are worded in the invoice's language; the dates as the client reads them."""

    day: Callable[[date], str] = date.isoformat
    week: Callable[[date, date], str] = lambda first, last: f"{first} – {last}"
    month: Callable[[date], str] = lambda first: f"{first:%Y-%m}"
    everything: str = "Services"
    first_weekday: int = 1


PLAIN_WORDS = GroupingWords()


@dataclass(frozen=True, slots=True, kw_only=True)
class LineProposal:
    """One line to be, with the entries it bills; quantity x price / base quantity is its amount.

    Hours are counted in seconds with a base quantity of 3600, days pro rata in seconds with the
    seconds of a working day, whole and half days in the unit DAY.
    """

    description: str
    details: str
    seconds: int
    rate: Rate
    group: TaxGroup
    entry_ids: tuple[str, ...]
    project_id: str | None
    quantity: Decimal
    unit: str
    base_quantity: Decimal

    @property
    def line(self) -> Line:
        """The same as an invoice line."""
        return Line(
            description=self.description,
            quantity=self.quantity,
            unit=self.unit,
            base_quantity=self.base_quantity,
            price=self.rate.price,
            group=self.group,
            kind="time",
        )


@dataclass(frozen=True, slots=True)
class _Heading:
    """What a line is about: equal keys share it, ``order`` sorts the lines."""

    key: Hashable
    order: tuple[str, ...]
    description: str


def _joined(*names: str, by: str = " – ") -> str:
    return by.join(name for name in names if name)


def _by_date(entry: BillableEntry, by: Grouping, words: GroupingWords) -> _Heading:
    """Head a line with the day, week or month of an entry."""
    if by is Grouping.DAY:
        return _Heading(entry.local_on, (str(entry.local_on),), words.day(entry.local_on))
    if by is Grouping.WEEK:
        first, last = week_of(entry.local_on, words.first_weekday)
        return _Heading(first, (str(first),), words.week(first, last))
    first, _ = month_of(entry.local_on)
    return _Heading(first, (str(first),), words.month(first))


def _by_name(entry: BillableEntry, by: Grouping, words: GroupingWords) -> _Heading:
    """Head a line with the names of project, task and person, as far as they are asked for."""
    if by is Grouping.ALL:
        return _Heading("", (), words.everything)
    wants_task = by in {Grouping.TASK, Grouping.TASK_PERSON}
    wants_project = wants_task or by in {Grouping.PROJECT, Grouping.PROJECT_PERSON}
    wants_person = by in {Grouping.PERSON, Grouping.PROJECT_PERSON, Grouping.TASK_PERSON}
    project = (entry.project_id, entry.project_name) if wants_project else (None, "")
    task = (entry.task_id, entry.task_name) if wants_task else (None, "")
    person = (entry.person_id, entry.person_name) if wants_person else (None, "")
    names = (project[1], task[1], person[1])
    description = _joined(_joined(*names[:2]), names[2], by=", ") or words.everything
    order = tuple(part for name in names for part in name_order(name))
    return _Heading((project[0], task[0], person[0]), order, description)


def _heading(entry: BillableEntry, by: Grouping, words: GroupingWords, position: int) -> _Heading:
    """Return what line an entry belongs to."""
    if by is Grouping.ENTRY:
        named = entry.description or _joined(entry.project_name, entry.task_name)
        order = (str(entry.local_on), f"{position:09}")
        return _Heading(position, order, named or words.everything)
    if by in DATED:
        return _by_date(entry, by, words)
    return _by_name(entry, by, words)


def _details(entries: Sequence[BillableEntry], by: Grouping, words: GroupingWords) -> str:
    """Return what the reader sees below the description: the day, or what was done."""
    if by is Grouping.ENTRY:
        return words.day(entries[0].local_on)
    told = list(dict.fromkeys(entry.description for entry in entries if entry.description))
    rest = ["…"] if len(told) > MOST_DETAILS else []
    return "; ".join(told[:MOST_DETAILS] + rest)


def counted(spans: Iterable[Span], rate: Rate) -> tuple[Decimal, str, Decimal]:
    """Return quantity, unit and base quantity of time at a rate: seconds wherever it is exact.

    A daily price counts each person's day once, however many entries it has.

    >>> daily = Rate(price=Decimal(800), currency="EUR", kind="daily", pro_rata=False)
    >>> monday = date(2026, 11, 23)
    >>> counted([("anna", monday, 7200), ("anna", monday, 3600), ("ben", monday, 60)], daily)
    (Decimal('2'), 'DAY', Decimal('1'))
    """
    if rate.kind != DAILY:
        seconds = sum(span[2] for span in spans)
        return Decimal(seconds), SECONDS_UNIT, Decimal(HOUR_SECONDS)
    days: dict[tuple[str, date], int] = {}
    for person_id, local_on, seconds in spans:
        days[person_id, local_on] = days.get((person_id, local_on), 0) + seconds
    if rate.pro_rata and not rate.half_days:
        whole = counted_seconds(days.values(), rate)
        return Decimal(whole), SECONDS_UNIT, Decimal(rate.day_seconds)
    return day_units(days.values(), rate), DAY_UNIT, ONE


def _about(entry: BillableEntry, *, dated: bool) -> Hashable:
    """Return all that can decide the line of an entry; rates are told apart by identity."""
    return (
        entry.project_id,
        entry.task_id,
        entry.person_id,
        entry.local_on if dated else None,
        id(entry.rate),
        id(entry.group),
    )


def group(
    entries: Sequence[BillableEntry], by: Grouping | str, words: GroupingWords = PLAIN_WORDS
) -> tuple[LineProposal, ...]:
    """Group billable entries to lines; every entry is on exactly one, its seconds unchanged.

    >>> from billops_desktop.domain.tax import Category
    >>> rate = Rate(price=Decimal(100), currency="EUR")
    >>> entries = [
    ...     BillableEntry(id=name, local_on=date(2026, 11, 25), seconds=1200, rate=rate,
    ...                   group=TaxGroup(Category.STANDARD, Decimal(20)), project_name="Website")
    ...     for name in "abc"
    ... ]
    >>> [(line.description, line.seconds, line.entry_ids) for line in group(entries, "project")]
    [('Website', 3600, ('a', 'b', 'c'))]
    """
    chosen = Grouping(by)
    found, headings = _sorted_out(entries, chosen, words)
    return tuple(
        _proposal(found[key], headings[key].description, _details(found[key], chosen, words))
        for key in sorted(found, key=lambda one: headings[one].order)
    )


def _sorted_out(
    entries: Sequence[BillableEntry], chosen: Grouping, words: GroupingWords
) -> tuple[dict[Hashable, list[BillableEntry]], dict[Hashable, _Heading]]:
    """Return the entries of each line to be, and each one's heading, by the same keys."""
    found: dict[Hashable, list[BillableEntry]] = {}
    headings: dict[Hashable, _Heading] = {}
    # Ten thousand entries share few headings and terms: each is worked out once.
    known: dict[Hashable, list[BillableEntry]] = {}
    dated = chosen in DATED
    for position, entry in enumerate(entries):
        about = position if chosen is Grouping.ENTRY else _about(entry, dated=dated)
        members = known.get(about)
        if members is None:
            heading = _heading(entry, chosen, words, position)
            key: Hashable = heading.key
            if chosen is not Grouping.ENTRY:
                key = (heading.key, entry.rate.terms, entry.group)
            headings.setdefault(key, heading)
            members = known[about] = found.setdefault(key, [])
        members.append(entry)
    return found, headings


def _proposal(members: list[BillableEntry], description: str, details: str) -> LineProposal:
    """Return the line of entries that share price and tax."""
    rate = members[0].rate
    spans = ((entry.person_id, entry.local_on, entry.seconds) for entry in members)
    quantity, unit, base_quantity = counted(spans, rate)
    projects = {entry.project_id for entry in members}
    return LineProposal(
        description=description,
        details=details,
        seconds=sum(entry.seconds for entry in members),
        rate=rate,
        group=members[0].group,
        entry_ids=tuple(entry.id for entry in members),
        project_id=projects.pop() if len(projects) == 1 else None,
        quantity=quantity,
        unit=unit,
        base_quantity=base_quantity,
    )

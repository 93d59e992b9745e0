"""What can be invoiced of a month: its rows, what is left from earlier, what is to be checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from billops_desktop.domain.money import Money
from billops_desktop.i18n import _, format_money
from billops_desktop.services.drafts.unbilled import UnbilledRow, unbilled
from billops_desktop.services.profile import settings
from billops_desktop.ui import fonts, icons
from billops_desktop.ui.widgets.labels import line
from billops_desktop.ui.widgets.wording import hours_text
from billops_desktop.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthTime:
    """The unbilled time of a month by client, and what lies before it.

    ``rows`` are what drafts would take: clients that have only ``earlier`` time stand among them
    with that; with ``included`` the others' earlier time is in their rows too.
    """

    rows: tuple[UnbilledRow, ...] = ()
    grouping: str = ""
    earlier: Mapping[str, UnbilledRow]
    only_earlier: frozenset[str] = frozenset()
    included: bool = False

    def takes_earlier(self, client_id: str) -> bool:
        """Return whether a draft of the client reaches back before the month."""
        return self.included or client_id in self.only_earlier

    def note(self, client_id: str) -> str:
        """Return what the row of a client says of earlier time; nothing where there is none."""
        left = self.earlier.get(client_id)
        if left is None:
            return ""
        if client_id in self.only_earlier:
            return _("All from earlier months")
        words = _("From earlier: {time}, {amount}")
        if self.included:
            words = _("With earlier: {time}, {amount}")
        return words.format(time=hours_text(left.seconds), amount=format_money(left.net))


NOTHING = MonthTime(earlier={})


def read_month(work: Any, first: date, last: date, grouping: str, *, included: bool) -> MonthTime:
    """Return the unbilled time of a month; ``included`` takes what is left from earlier too."""
    chosen = grouping or str(settings.preference(work, "invoicing.grouping"))
    rows = unbilled(work, from_on=first, to_on=last, grouping=chosen)
    before = unbilled(work, to_on=first - timedelta(days=1), grouping=chosen)
    earlier = {row.client_id: row for row in before}
    present = {row.client_id for row in rows}
    if included and not present.isdisjoint(earlier):
        rows = unbilled(work, to_on=last, grouping=chosen)
    late = tuple(row for row in before if row.client_id not in {one.client_id for one in rows})
    return MonthTime(
        rows=tuple(sorted((*rows, *late), key=lambda row: (row.client_name, row.client_id))),
        grouping=chosen,
        earlier=earlier,
        only_earlier=frozenset(earlier.keys() - present),
        included=included,
    )


def net_sums(rows: Iterable[UnbilledRow]) -> tuple[Money, ...]:
    """Return one net sum per currency; different currencies are never added."""
    found: dict[str, Money] = {}
    for row in rows:
        currency = row.net.currency
        found[currency] = found.get(currency, Money.zero(currency)) + row.net
    return tuple(found.values())


def earlier_words(month: MonthTime) -> str:
    """Return the line over the list on time of earlier months, with time and amounts."""
    left = month.earlier.values()
    if not left:
        return ""
    words = _("Also unbilled from earlier months: {time}, {amounts}")
    if month.included:
        words = _("With unbilled time of earlier months: {time}, {amounts}")
    return words.format(
        time=hours_text(sum(row.seconds for row in left)),
        amounts=" + ".join(format_money(amount) for amount in net_sums(left)),
    )


def check_words(row: UnbilledRow) -> tuple[str, ...]:
    """Return what is to be checked of a client; first that all its time is on a draft, if it is."""
    if row.drafted_seconds < row.seconds:
        return row.checks
    return (_("On a draft"), *row.checks[:-1])


def paint_checks(painter: QPainter, area: QRectF, row: UnbilledRow, note: str) -> None:
    """Paint the first check with its sign, and under it what is left from earlier."""
    height = fonts.metrics("body").height()
    top = area.center().y() - (height if note and row.checks else height / 2)
    upper = QRectF(area.left(), top, area.width(), height)
    if row.checks:
        # Whose time lies on a draft is well on its way: nothing to worry about.
        calm = row.drafted_seconds >= row.seconds
        name, ink = ("file-text", "text2") if calm else ("triangle-alert", "warn")
        icons.paint(painter, QRectF(upper.left(), top, 16, height), name, ink)
        first = check_words(row)[0]
        words = first + (f"  +{len(row.checks) - 1}" if len(row.checks) > 1 else "")
        line(painter, upper.adjusted(22, 0, 0, 0), words, style="small_medium", ink=ink)
    lower = upper.translated(0, height if row.checks else 0)
    line(painter, lower, note, style="small", ink="text2")

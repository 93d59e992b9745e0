"""The To invoice page: unbilled time of a month by client, what to check, drafts for the chosen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLayout, QStackedWidget, QVBoxLayout, QWidget

from billops_desktop.errors import BillOpsError
from billops_desktop.i18n import _, format_date, format_money, ngettext
from billops_desktop.services.drafts.drafting import DraftRequest
from billops_desktop.services.drafts.unbilled import UnbilledRow, due_month
from billops_desktop.ui.jobs import Task
from billops_desktop.ui.table import Column, Table, check_column
from billops_desktop.ui.view import View
from billops_desktop.ui.views.billing.batch import Batch, draft_all
from billops_desktop.ui.views.billing.batch_bars import BatchBanner, BatchFoot, EarlierLine
from billops_desktop.ui.views.billing.month_switch import MonthSwitch, month_words
from billops_desktop.ui.views.billing.month_time import (
    NOTHING,
    MonthTime,
    check_words,
    earlier_words,
    paint_checks,
    read_month,
)
from billops_desktop.ui.widgets.cells import two_line_cell
from billops_desktop.ui.widgets.panels import Card, EmptyPanel, ProgressPanel
from billops_desktop.ui.widgets.wording import hours_text

if TYPE_CHECKING:
    from billops_desktop.ui.view import Shell

ROW: Final = 52


class ToInvoiceView(View):
    """Lists clients with unbilled time; the ticked ones become drafts."""

    name: ClassVar[str] = "to_invoice"
    shows: ClassVar[frozenset[str]] = frozenset(
        {
            "time_entry",
            "client",
            "project",
            "task",
            "billing_rule",
            "invoice",
            "invoice_line",
            "line_entry",
            "tax_rate",
            "rounding_policy",
        }
    )

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.found = NOTHING
        self.choices: dict[str, bool] = {}
        self.grouping = ""
        self.with_earlier = False
        self.month = MonthSwitch(self)
        self.month.show_month(due_month(self._today())[0])
        self.banner = BatchBanner(self._dated(), self)
        self.earlier = EarlierLine(self)
        self.table = Table(self._columns(), "toInvoiceTable", self, row_height=ROW)
        self.foot = BatchFoot(self)
        self.progress: ProgressPanel | None = None
        self.empty = self._empty_panel()
        self._lay_out()
        self._connect()

    # What the frame asks.

    def load(self) -> None:
        """Ask for the month."""
        month = self.month
        self.query(
            read_month,
            month.first,
            month.last,
            self.grouping,
            included=self.with_earlier,
            done=self.show_month,
        )

    def open_at(self, place: Mapping[str, Any]) -> None:
        """Go to a month by one of its days, or to one client of it."""
        if "day" in place:
            self.go_to(place["day"])

    def place(self) -> dict[str, Any]:
        """Return the month that is shown."""
        return {"day": self.month.first}

    def heading(self) -> str:
        """Return the words of the window's title."""
        return f"{_('To invoice')}, {self.month.words.text()}"

    # What is shown.

    @property
    def rows(self) -> tuple[UnbilledRow, ...]:
        """Return the clients that are listed."""
        return self.found.rows

    def show_month(self, found: MonthTime) -> None:
        """Show the clients of a month."""
        self.found, self.grouping = found, found.grouping
        self.banner.grouping.choose(self.grouping)
        self.table.set_rows(self.rows)
        self.pages.setCurrentWidget(self.list if self.rows else self.empty)
        for part in (self.banner, self.foot):
            part.setVisible(bool(self.rows))
        self.earlier.say(earlier_words(found), included=found.included)
        self._say_empty()
        self._say()

    def go_to(self, day: date) -> None:
        """Show another month; invoices of it are dated to its end, or today."""
        self.month.show_month(day)
        self.choices.clear()
        self.with_earlier = False
        self.banner.date.set_value(self._dated())
        self.reload()

    @property
    def chosen(self) -> list[UnbilledRow]:
        """Return the ticked clients that come to something."""
        return [row for row in self.rows if self.is_chosen(row)]

    def is_chosen(self, row: UnbilledRow) -> bool:
        """Return whether a client is ticked: by hand, else unless its time is on a draft already.

        Nor is one that has time of earlier months only, before that is taken; one whose time comes
        to nothing never is.
        """
        due = self.with_earlier or row.client_id not in self.found.only_earlier
        ticked = self.choices.get(row.client_id, due and not row.drafted_seconds)
        return ticked and row.total.minor > 0

    def toggle(self, row: UnbilledRow) -> None:
        """Tick a client, or leave it out."""
        if row.total.minor > 0:
            self.choices[row.client_id] = not self.is_chosen(row)
            self._say()

    def toggle_all(self) -> None:
        """Tick all, or none when all are ticked."""
        able = [row for row in self.rows if row.total.minor > 0]
        ticked = len(self.chosen) < len(able)
        self.choices = {row.client_id: ticked for row in able}
        self._say()

    def _say(self) -> None:
        chosen = self.chosen
        able = sum(1 for row in self.rows if row.total.minor > 0)
        states = Qt.CheckState
        state = states.Checked if chosen and len(chosen) == able else states.PartiallyChecked
        self.table.header.check_state = state if chosen else states.Unchecked
        self.table.header.viewport().update()
        self.table.viewport().update()
        self.banner.show_count(len(chosen))
        self.foot.show_rows(chosen)
        self.foot.hold(self.progress is not None or not chosen)

    def _say_empty(self) -> None:
        day = format_date(self.month.last, style="long")
        self.empty.say(
            _("Nothing to invoice for {month}").format(month=month_words(self.month.first)),
            _("No billable time up to {day} is waiting for an invoice.").format(day=day),
        )

    # Steps.

    def make_drafts(self, *, review: bool = False) -> None:
        """Make the drafts on the io lane; ``review`` opens the first, one step from the next."""
        if not self.banner.date.commit() or self.progress is not None:
            return
        requests = [(row.client_name, self._request(row)) for row in self.chosen]
        if not requests:
            return
        panel = self.progress = ProgressPanel(_("Creating drafts…"), self)
        panel.setAccessibleName(_("Creating drafts"))
        self.body.insertWidget(self.body.count() - 1, panel)
        panel.report(0, len(requests))
        self.foot.hold(True)

        def job(task: Task) -> Batch:
            return draft_all(
                task.workspace, requests, progress=task.report, cancelled=task.cancelled
            )

        token = self.shell.jobs.work(
            "draft-all",
            job,
            done=lambda batch: self._on_created(batch, review=review),
            failed=self._on_failed,
            progress=panel.report,
        )
        if token is not None:
            panel.cancelled.connect(token.cancel)

    def _request(self, row: UnbilledRow) -> DraftRequest:
        return DraftRequest(
            client_id=row.client_id,
            from_on=None if self.found.takes_earlier(row.client_id) else self.month.first,
            to_on=self.month.last,
            grouping=self.grouping,
            issue_on=self.banner.date.value(),
        )

    def _on_created(self, batch: Batch, *, review: bool) -> None:
        self._end_progress()
        # Drafted time stays free and must not be drafted twice: who has a draft is unticked.
        self.choices.clear()
        count = len(batch.drafts)
        words = ngettext("{count} draft created", "{count} drafts created", count)
        for name, error in batch.failures:
            title = _("No draft for {client}: {reason}").format(client=name, reason=error.title)
            self.shell.feedback.show_banner("bad", title, error.hint, page=self)
        if not count:
            return
        self.shell.feedback.say(
            words.format(count=count),
            lambda: self.shell.go("invoices", tab="drafts"),
            verb=_("Show"),
        )
        self.reload()
        if review:
            self.shell.go("invoice", invoice_id=batch.drafts[0], tour=batch.drafts)

    def open_drafts(self, row: UnbilledRow) -> None:
        """Show the drafts of a client whose time is on one; else tick it, or leave it out."""
        if row.drafted_seconds:
            self.shell.go("invoices", tab="drafts", text=row.client_name)
        else:
            self.toggle(row)

    def _on_failed(self, error: BillOpsError) -> None:
        self._end_progress()
        self.show_error(error)

    def _end_progress(self) -> None:
        panel, self.progress = self.progress, None
        if panel is not None:
            panel.hide()
            panel.deleteLater()
        self._say()

    def _on_grouping(self) -> None:
        if self.banner.grouping.value() != self.grouping:
            self.grouping = self.banner.grouping.value()
            self.reload()
        self._say()

    def _on_earlier(self) -> None:
        """Take what is left from earlier months onto the invoices too, or leave it out again."""
        self.with_earlier = not self.with_earlier
        self.reload()

    # Days.

    def _today(self) -> date:
        clock = self.shell.clock
        return clock.now().astimezone(ZoneInfo(clock.zone())).date()

    def _dated(self) -> date:
        return min(self.month.last, self._today())

    # Building.

    def _columns(self) -> tuple[Column, ...]:
        return (
            check_column(self.is_chosen),
            Column(
                name="client",
                title=_("Client"),
                value=lambda row: row.client_name,
                sort="client",
                width=230,
                paint=two_line_cell(lambda row: (row.client_name, ", ".join(row.projects))),
                hint=lambda row: ", ".join(row.projects),
            ),
            Column(
                name="checks",
                title=_("To check"),
                value=lambda row: "; ".join(self._notes(row)),
                paint=self._paint_checks,
                hint=lambda row: "\n".join(self._notes(row)),
            ),
            Column(
                name="hours",
                title=_("Hours"),
                value=lambda row: row.seconds,
                text=lambda row: hours_text(row.seconds),
                sort="hours",
                align="right",
                width=100,
                ink="text2",
            ),
            Column(
                name="net",
                title=_("Net"),
                value=lambda row: row.net.decimal,
                text=lambda row: format_money(row.net),
                align="right",
                width=120,
                ink="text2",
            ),
            Column(
                name="total",
                title=_("Invoice total"),
                value=lambda row: row.total.decimal,
                text=lambda row: format_money(row.total),
                align="right",
                width=140,
                style="body_strong",
                ink=lambda row: "text" if self.is_chosen(row) else "text3",
            ),
        )

    def _paint_checks(self, painter: QPainter, area: QRectF, row: UnbilledRow) -> None:
        paint_checks(painter, area, row, self.found.note(row.client_id))

    def _notes(self, row: UnbilledRow) -> tuple[str, ...]:
        """Return what is to be checked of a client, and what it has from earlier months."""
        return tuple(filter(None, (*check_words(row), self.found.note(row.client_id))))

    def _lay_out(self) -> None:
        header = self.header(_("To invoice"))
        header.left.addWidget(self.month)
        self.table.setAccessibleName(_("Clients with unbilled time"))
        self.table.header.check_state = Qt.CheckState.Unchecked
        self.table.fit_rows()
        card = Card(self, name="toInvoiceCard")
        card.column.setContentsMargins(1, 1, 1, 1)
        card.column.setSizeConstraint(QLayout.SizeConstraint.SetMinAndMaxSize)
        card.column.addWidget(self.table)
        self.list = QWidget(self)
        column = QVBoxLayout(self.list)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card, 1000)
        column.addStretch(1)
        self.pages = QStackedWidget(self)
        self.pages.setObjectName("toInvoicePages")
        self.pages.addWidget(self.list)
        self.pages.addWidget(self.empty)
        self.body.addWidget(self.banner)
        self.body.addWidget(self.earlier)
        self.body.addWidget(self.pages, 1)
        self.body.addWidget(self.foot)

    def _connect(self) -> None:
        self.month.changed.connect(self.go_to)
        self.table.toggled.connect(self.toggle)
        self.table.opened.connect(self.open_drafts)
        self.table.all_toggled.connect(self.toggle_all)
        self.banner.changed.connect(self._on_grouping)
        self.earlier.toggled.connect(self._on_earlier)
        self.foot.draft_wanted.connect(self.make_drafts)
        self.foot.review_wanted.connect(lambda: self.make_drafts(review=True))

    def _empty_panel(self) -> EmptyPanel:
        panel = EmptyPanel("hand-coins", "", "", self)
        self.log_time = panel.offer(_("Log time"), lambda: self.shell.go("time"), kind="primary")
        panel.offer(_("Blank invoice"), lambda: self.shell.go("invoices", blank=True))
        return panel

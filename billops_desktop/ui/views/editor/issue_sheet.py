"""The dialog before an invoice is issued: number, date, recipient, what cannot be changed later."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from billops_desktop.domain.billing.findings import Finding
from billops_desktop.i18n import _, format_date, format_money
from billops_desktop.services.invoices import invoicing
from billops_desktop.services.invoices.invoice_rows import InvoiceDetail, InvoiceRow
from billops_desktop.ui.jobs import Jobs
from billops_desktop.ui.widgets.labels import PlainLabel
from billops_desktop.ui.widgets.sheet import Sheet


class IssueSheet(Sheet):
    """Issues one draft; ``done`` gets its row once it has its number."""

    def __init__(
        self,
        detail: InvoiceDetail,
        jobs: Jobs,
        parent: QWidget,
        done: Callable[[InvoiceRow], object],
        *,
        recipient: str = "",
    ) -> None:
        number = detail.next_number or ""
        super().__init__(
            _("Issue invoice {number}").format(number=number).strip(),
            _("Issue {number}").format(number=number).strip(),
            parent,
        )
        self.setObjectName("issueSheet")
        self.detail = detail
        self.jobs = jobs
        self.tell = done  # QDialog has a done of its own, and calls it
        self._show_facts(recipient)
        for finding in detail.findings:
            self._show_finding(finding)
        self.say(_("An issued invoice cannot be changed afterwards, only credited."), ink="text2")
        self.confirm.setEnabled(not any(finding.blocks for finding in detail.findings))
        self.on_confirm(self._issue)

    def _show_facts(self, recipient: str) -> None:
        row = self.detail.row
        facts = (
            (_("Number"), self.detail.next_number or "—"),
            (_("Date"), format_date(row.issue_on)),
            (_("Due"), format_date(row.due_on) if row.due_on else "—"),
            (
                _("Recipient"),
                f"{row.client_name}  ·  {recipient}" if recipient else row.client_name,
            ),
            (_("Total"), format_money(self.detail.totals.gross)),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for number, (words, value) in enumerate(facts):
            grid.addWidget(PlainLabel(words, self, ink="text2"), number, 0)
            label = PlainLabel(value, self, style="body_strong", wrap=True)
            label.setAlignment(Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(label, number, 1)
        self.body.addLayout(grid)

    def _show_finding(self, finding: Finding) -> None:
        self.say(finding.message, ink="bad" if finding.blocks else "warn")

    def _issue(self) -> None:
        self.busy(True)
        self.jobs.run(
            invoicing.issue,
            self.detail.row.id,
            done=self._on_issued,
            failed=self.show_error,
            owner=self,
        )

    def _on_issued(self, row: InvoiceRow, _changes: Any) -> None:
        self.close_done()
        self.tell(row)

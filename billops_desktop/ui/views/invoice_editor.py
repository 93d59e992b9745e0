"""The Invoice page: a draft typed in place beside its live PDF, an issued one read only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, ClassVar
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from billops_desktop.domain.billing.findings import Finding
from billops_desktop.errors import BillOpsError
from billops_desktop.i18n import _, format_time, ngettext
from billops_desktop.services.invoices.invoice_rows import InvoiceDetail, InvoiceRow
from billops_desktop.ui import keys
from billops_desktop.ui.growing import Growing
from billops_desktop.ui.view import View
from billops_desktop.ui.views.billing import invoice_deeds
from billops_desktop.ui.views.billing.invoice_panel import InvoicePanel
from billops_desktop.ui.views.billing.pdf_files import export_pdf
from billops_desktop.ui.views.editor.checks import AGAIN, OFF
from billops_desktop.ui.views.editor.desk import DraftDesk, Opened, read_invoice
from billops_desktop.ui.views.editor.draft_form import DraftForm, field_of
from billops_desktop.ui.views.editor.head import EditorHead
from billops_desktop.ui.views.editor.issue_sheet import IssueSheet
from billops_desktop.ui.views.editor.left_side import form_steps, panel_steps
from billops_desktop.ui.views.editor.sides import WIDE_FROM, Sides
from billops_desktop.ui.views.paper.preview import Preview
from billops_desktop.ui.widgets.panels import Line

if TYPE_CHECKING:
    from billops_desktop.ui.view import Shell

# What the action of a finding does to the draft, by its rule.
DEEDS: Mapping[str, Callable[[View, InvoiceDetail], object]] = {
    **dict.fromkeys(AGAIN, invoice_deeds.refresh_time),
    **dict.fromkeys(OFF, invoice_deeds.take_off),
    "rate changed": invoice_deeds.take_rates,
}


class InvoiceEditorView(View):
    """One invoice: form or panel at the left, its pages at the right, a tab where it is narrow."""

    name: ClassVar[str] = "invoice"
    shows: ClassVar[frozenset[str]] = frozenset(
        {
            "invoice",
            "invoice_line",
            "invoice_charge",
            "client",
            "contact",
            "company",
            "bank_account",
            "tax_rate",
            "number_series",
            "number_counter",
            "payment",
            "allocation",
            "time_entry",
            "billing_rule",
            "project",
            "rounding_policy",
            "workspace",
        }
    )

    def __init__(self, shell: Shell, parent: Any = None) -> None:
        super().__init__(shell, parent)
        self.invoice_id = ""
        self.opened: Opened | None = None
        self._newest: Opened | None = None
        self.desk = DraftDesk(self)
        self.head = EditorHead(self)
        self.sides = Sides(partial(Preview, shell.jobs), self.head.tabs, shell.state, parent=self)
        self.preview = self.sides.pages
        self._growing_form = Growing(self, partial(form_steps, self))
        self._growing_panel = Growing(self, partial(panel_steps, self))
        self._lay_out()
        self._connect()

    @cached_property
    def form(self) -> DraftForm:
        """Return the form of a draft, made when the first draft is opened."""
        return self._growing_form.whole()

    @cached_property
    def panel(self) -> InvoicePanel:
        """Return the panel of an issued invoice, made when the first one is opened."""
        return self._growing_panel.whole()

    # What the frame asks.

    def load(self) -> None:
        """Ask for the invoice."""
        if self.invoice_id:
            self.query(read_invoice, self.invoice_id, done=self.show_opened)

    def open_at(self, place: Mapping[str, Any]) -> None:
        """Open an invoice by its id; ``tour`` names the drafts that are gone through with it."""
        invoice_id = place.get("invoice_id", "")
        self.head.show_tour(place.get("tour", ()), invoice_id)
        if invoice_id and invoice_id != self.invoice_id:
            self.desk.close()
            self.invoice_id = invoice_id
            self.opened = None
            self.shell.feedback.clear(self)
            self.reload()

    def place(self) -> dict[str, Any]:
        """Return the invoice that is open, and the tour that it is part of."""
        stops = self.head.tour.stops
        return {"invoice_id": self.invoice_id} | ({"tour": stops} if stops else {})

    def heading(self) -> str:
        """Return the words of the window's title."""
        return self.head.title.text() or _("Invoice")

    # What is shown.

    def show_opened(self, opened: Opened) -> None:
        """Show an invoice that was read."""
        found, self._newest = opened.detail, opened
        if found.row.id != self.invoice_id:
            return
        draft = found.row.state == "draft"
        if ("form" if draft else "panel") not in vars(self) and not self.shell.jobs.inline:
            growing = self._growing_form if draft else self._growing_panel
            growing.grow(partial(self._show_grown, draft=draft))
            return
        first = self.opened is None or self.opened.detail.row.state != found.row.state
        self.opened = opened
        self.head.show_detail(found, self._saved_at(found))
        if draft:
            self.form.show_opened(opened)
            self.desk.take(found)
        else:
            self.panel.show_detail(found)
        self.sides.show_left(self.form if draft else self.panel)
        if first:
            self.sides.fit(self.sides.wide)
        if draft and not self.shell.jobs.inline:
            # Made while the draft is looked at: issuing it shows the panel.
            self._growing_panel.grow(bool)
        self.preview.show_invoice(self.invoice_id)
        window: Any = self.window()
        if hasattr(window, "refresh_title"):
            window.refresh_title()

    def _show_grown(self, *, draft: bool) -> None:
        """Show the newest state of the invoice: its side is made."""
        _side = self.form if draft else self.panel
        if self._newest is not None:
            self.show_opened(self._newest)

    def _saved_at(self, found: InvoiceDetail) -> str:
        zone = ZoneInfo(self.shell.clock.zone())
        return format_time(found.updated_at.astimezone(zone).time())

    def _on_draft(self) -> None:
        draft = self.desk.draft
        if draft is not None:
            self.form.show_draft(draft)
            steps = self.desk.steps
            self.head.show_steps(
                can_undo=bool(steps.done) or draft.has_slips, can_redo=bool(steps.undone)
            )

    def _on_saved(self, found: InvoiceDetail) -> None:
        self.shell.feedback.clear(self)
        self.head.show_saved(self._saved_at(found), found.next_number)
        self.form.checks.show_findings(found.findings)
        self.form.show_unbilled(found)
        if self.opened is not None:
            parts = {name: getattr(self.opened, name) for name in ("client_parts", "recipient")}
            self.opened = Opened(detail=found, taxes=self.opened.taxes, **parts)
        self.preview.show_invoice(self.invoice_id)

    def _on_refused(self, error: BillOpsError) -> None:
        if self.form.show_error(error):
            self.head.show_unsaved(_("Your last change is not saved"))
        else:
            self.head.show_unsaved(_("Your last change is kept here, but not saved"))
            banner = self.shell.feedback.show_error(error, self)
            if banner is not None:
                banner.offer(_("Try again"), self.desk.save)

    # Steps.

    def review(self) -> None:
        """Read all fields, save, and open the dialog that issues; bad input keeps it closed."""
        if not self._is_draft():
            return
        if not self.form.commit():
            slips = self.form.go_to_slip()
            words = ngettext("{count} cell needs mending", "{count} cells need mending", slips)
            self.shell.feedback.say(
                words.format(count=slips) if slips else _("A field needs mending")
            )
            return
        self.desk.flush()
        self.query(read_invoice, self.invoice_id, done=self._open_issue)

    def _open_issue(self, opened: Opened) -> None:
        if self.desk.dirty or opened.detail.row.state != "draft":
            return
        sheet = IssueSheet(
            opened.detail,
            self.shell.jobs,
            self.window(),
            self._on_issued,
            recipient=opened.recipient,
        )
        sheet.open()

    def _on_field_wanted(self, field: str) -> None:
        if self._is_draft():
            self.sides.show_tab("edit")
            self.form.focus_field(field)

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Outline on the page what is typed in; a click on the page itself changes nothing."""
        if new is not None and self.isVisible() and not self.preview.isAncestorOf(new):
            self.preview.paper.light(field_of(self.form, new) if self._is_draft() else "")

    def _on_back(self) -> None:
        self.shell.go("to_invoice" if self.head.tour.stops else "invoices")

    def _on_tour(self, invoice_id: str) -> None:
        self.shell.go("invoice", invoice_id=invoice_id, tour=self.head.tour.stops)

    def _on_issued(self, row: InvoiceRow) -> None:
        words = _("Invoice {number} issued").format(number=row.number)
        tour = self.head.tour
        if tour.after.isEnabled() and tour.stops:
            self.shell.feedback.say(words, partial(tour.step, 1), verb=_("Next draft"))
        else:
            self.shell.feedback.say(words)
        self.desk.steps.clear()
        invoice_deeds.keep_pdf(self.shell, row.id)
        self.reload()

    def export(self) -> None:
        """Save what is typed, then export the PDF."""
        if self._is_draft():
            self.form.commit()
            self.desk.flush()
        if self.invoice_id:
            export_pdf(self.shell, [self.invoice_id], self)

    def print_out(self) -> None:
        """Save what is typed, then print the pages."""
        # Imported when it is wanted: few print, and what asks for printers takes its time.
        from billops_desktop.ui.views.paper.printing import print_invoice

        if self._is_draft():
            self.form.commit()
            self.desk.flush()
        if self.invoice_id:
            print_invoice(self, self.invoice_id)

    def add_unbilled(self, grouping: str) -> None:
        """Append the client's unbilled time as new lines."""
        if (found := self._kept()) is not None:
            invoice_deeds.add_unbilled(self, found, grouping)

    def _with_draft(self, deed: Callable[[View, InvoiceDetail], object]) -> None:
        """Save what is typed in the open draft, then do something with it."""
        if (found := self._kept()) is not None:
            deed(self, found)

    def _kept(self) -> InvoiceDetail | None:
        """Save what is typed in the open draft and return it; None where no draft is open."""
        if self.opened is None or not self._is_draft():
            return None
        self.form.commit()
        self.desk.flush()
        return self.opened.detail

    def _is_draft(self) -> bool:
        return self.opened is not None and self.opened.detail.row.state == "draft"

    def mend(self, finding: Finding) -> None:
        """Go to where a finding is mended, or mend it."""
        if finding.rule == "time left":
            self.add_unbilled(self.form.lines_card.grouping.value())
        elif finding.rule in DEEDS:
            self._with_draft(DEEDS[finding.rule])
        elif finding.field.startswith("seller"):
            self.shell.go("settings", section="company")
        elif finding.field.startswith("buyer"):
            self.open_client()
        elif finding.field == "series":
            self.shell.go("settings", section="numbers")
        else:
            self.form.focus_field(finding.field)

    def open_client(self) -> None:
        """Go to the client of the invoice."""
        if self.opened is not None:
            self.shell.go("clients", client_id=self.opened.detail.row.client_id)

    def change_client(self) -> None:
        """Ask for another client of the draft."""
        if (found := self._kept()) is not None:
            invoice_deeds.change_client(self, found.row, self.desk.steps.clear)

    # Events.

    def event(self, event: QEvent) -> bool:
        """Claim the editor's own chords before the window takes them as its shortcuts."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and self._chord(event) is not None:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a chord says: undo, redo, export, add time, review."""
        deed = self._chord(event)
        if deed is None:
            super().keyPressEvent(event)
        else:
            deed()

    def _chord(self, event: QKeyEvent) -> Callable[[], object] | None:
        draft = self._is_draft()
        found = keys.pressed(event, "draft")
        if step := self.head.tour.step_of(found):
            return partial(self.head.tour.step, step)
        if draft and event.matches(QKeySequence.StandardKey.Undo):
            return self.desk.undo
        if draft and (
            event.matches(QKeySequence.StandardKey.Redo) or keys.stroke_of(event) == "Ctrl+Y"
        ):
            return self.desk.redo
        grouping = self.form.lines_card.grouping
        deeds: dict[str, Callable[[], object]] = {
            "draft.export": self.export,
            "draft.print": self.print_out,
        }
        if draft:
            deeds["draft.unbilled"] = lambda: self.add_unbilled(grouping.value())
            deeds["draft.review"] = self.review
        return deeds.get(found)

    def hideEvent(self, event: QHideEvent) -> None:
        """Save what is typed when the page is left."""
        if self._is_draft():
            self.form.commit()
            self.desk.flush()
        super().hideEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Fit to the window."""
        super().showEvent(event)
        self.sides.fit(self.window().width() >= WIDE_FROM)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the preview a tab where the window is narrow."""
        super().resizeEvent(event)
        wide = self.window().width() >= WIDE_FROM
        if wide != self.sides.wide:
            self.sides.fit(wide)

    # Building.

    def _lay_out(self) -> None:
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addWidget(self.head)
        self.body.addWidget(Line(self))
        self.body.addWidget(self.sides, 1)

    def _connect(self) -> None:
        head, desk = self.head, self.desk
        head.back_wanted.connect(self._on_back)
        head.undo_wanted.connect(desk.undo)
        head.redo_wanted.connect(desk.redo)
        head.export_wanted.connect(self.export)
        head.issue_wanted.connect(self.review)
        head.tour.wanted.connect(self._on_tour)
        desk.changed.connect(self._on_draft)
        desk.saved.connect(self._on_saved)
        desk.refused.connect(self._on_refused)
        self.preview.failed.connect(self.show_error)
        self.preview.paper.field_wanted.connect(self._on_field_wanted)
        self.preview.tear.show()
        self.preview.tear.clicked.connect(lambda: self.sides.tear_off(self.heading()))
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)

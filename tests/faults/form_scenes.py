"""How a window comes to show each of its forms, filled so that only one field can be wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from billops_desktop.services.invoices.invoice_rows import invoices
from billops_desktop.ui.jobs import Unexpected
from billops_desktop.ui.views.billing import invoice_deeds
from billops_desktop.ui.views.entries.entry_model import Field
from billops_desktop.ui.views.invoice_editor import InvoiceEditorView
from billops_desktop.ui.views.invoices import InvoicesView
from billops_desktop.ui.views.preferences.numbers import NumbersSection
from billops_desktop.ui.views.settings import SettingsView
from billops_desktop.ui.views.to_invoice import ToInvoiceView
from billops_desktop.ui.views.tracker import TrackerView
from tests.looks.scenes import SECTIONS, Arrange, act, go, invoice, opened, press
from tests.looks.stage import Stage
from tests.looks.surfaces import (
    KEPT,
    after,
    first_run,
    on_invoices,
    pressed,
    surface_popover,
)
from tests.support import money


@dataclass(frozen=True, slots=True)
class Form:
    """One form: how it is opened, what else is filled in, and the button that submits it."""

    name: str
    arrange: Arrange
    press: str = ""
    fills: dict[str, str] = field(default_factory=dict)
    keeps_place: bool = False

    def open(self, stage: Stage) -> None:
        """Open the form and fill it with what fits."""
        self.arrange(stage)
        stage.settle()
        for name, text in self.fills.items():
            stage.type_into(name, text)

    def leave(self, stage: Stage) -> None:
        """Leave the form with whatever stands in it."""
        if stage.window.palette_panel.isVisible():
            stage.window.palette_panel.close_palette()
        stage.window.feedback.toast.hide()
        if stage.window.timer.running:
            stage.window.timer.toggle()
        stage.clear()
        KEPT.windows.clear()


def _of(page: str, key: str) -> Arrange:
    return opened(page, key, lambda stage: getattr(stage.window.directory, page))


def _entry(what: Field) -> Arrange:
    def arrange(stage: Stage) -> None:
        stage.window.go("time")
        stage.settle()
        view = stage.window.view("time")
        assert isinstance(view, TrackerView)
        free = [row for row in view.table.entries.rows() if not row.locked_by and row.ended_at]
        view.table.edit_field(free[0], what)

    return arrange


def _cell(column: int) -> Arrange:
    def edit(stage: Stage) -> None:
        editor = stage.window.view("invoice")
        assert isinstance(editor, InvoiceEditorView)
        editor.form.lines.open_cell(0, column)

    return after(invoice("drafts"), edit)


def _elapsed(stage: Stage) -> None:
    view = stage.window.view("time")
    assert isinstance(view, TrackerView)
    view.bar.open_elapsed()


def _batch(stage: Stage) -> None:
    stage.window.go("to_invoice")
    stage.settle()
    view = stage.window.view("to_invoice")
    assert isinstance(view, ToInvoiceView)
    if not view.banner.form.isVisible():
        stage.press("changeBatch")


def _one_open(stage: Stage) -> None:
    """Issue an invoice where all are paid or credited by now."""
    if not stage.workspace.read(invoices, tab="open", limit=1).rows:
        known = stage.workspace.read(invoices, tab="all", limit=500).rows
        client = f"Another {len(known)}"
        money.issued_item(stage.workspace, money.make_job(stage.workspace, client))


def _credit(view: InvoicesView) -> None:
    """Ask for the credit note of the invoice that is chosen."""
    row = view.table.current()
    assert row is not None
    invoice_deeds.credit(view, row)


def _question(stage: Stage) -> None:
    """Show what the settings ask after a restore."""
    stage.window.go("settings", section="numbers")
    stage.settle()
    view = stage.window.view("settings")
    assert isinstance(view, SettingsView)
    section = view.sections["numbers"]
    assert isinstance(section, NumbersSection)
    section.show_question("Were later numbers given?")


def _crash(stage: Stage) -> None:
    """Show the details of a fault: its field can be read and copied, not written."""
    stage.window.feedback.show_details(Unexpected("It stopped.", "Nothing was lost.", "Trace"))


def _then(first: Callable[[Stage], object], name: str) -> Arrange:
    return after(first, pressed(name))


MORE: dict[str, tuple[str, dict[str, str]]] = {
    "taxes": ("addTax", {"taxName": "Local", "taxPercent": "5"}),
}
CLIENT, PROJECT = _of("clients", "client_id"), _of("projects", "project_id")
FORMS = (
    Form("time", go("time")),
    Form("time-running", act("timer.toggle")),
    Form("elapsed", after(act("timer.toggle"), _elapsed)),
    *(
        Form(f"entry-{one.name.lower()}", _entry(one))
        for one in (Field.DESCRIPTION, Field.RANGE, Field.DURATION)
    ),
    Form("past", act("timer.past"), "pastLog", {"pastFrom": "6:00", "pastDuration": "0:05"}),
    Form("project-search", press("projectChip", "time")),
    Form("popover", surface_popover),
    Form("palette", act("app.palette", "invoices")),
    Form("clients", go("clients")),
    Form("client", CLIENT),
    Form("client-edit", _then(CLIENT, "editClient")),
    Form("client-new", act("client.new", "clients"), fills={"client-name": "Newcomer Ltd"}),
    Form("contact-new", _then(CLIENT, "addContact"), fills={"contact-name": "Kim"}),
    Form("rate", _then(CLIENT, "setRate"), fills={"rate-price": "95"}),
    Form("projects", go("projects")),
    Form("project-edit", _then(PROJECT, "editProject")),
    Form("task-new", _then(PROJECT, "addTask"), fills={"task-name": "Check"}),
    Form("to-invoice", _batch),
    # Before the credit notes: what is credited takes no payment.
    Form("invoices", after(_one_open, on_invoices("open", lambda _view: None)), "recordPayment"),
    Form("credit", after(_one_open, on_invoices("open", _credit))),
    Form("editor", invoice("drafts")),
    Form(
        "charge",
        _then(invoice("drafts"), "addDiscount"),
        fills={"chargeValue0": "5"},
        keeps_place=True,
    ),
    *(Form(f"cell-{column}", _cell(column)) for column in (1, 2, 3, 5)),
    *(Form(f"settings-{one}", go("settings", section=one), *MORE.get(one, ())) for one in SECTIONS),
    Form("account-new", _then(go("settings", section="company"), "addAccount")),
    Form("confirm-numbers", _question, "confirmNumbers"),
    Form("crash", _crash),
)
# Over a profile that nobody has set up yet; what is taken there sets it up.
FIRST = Form("first-run", first_run(0), fills={"first-name": "Kim", "first-company": "Kim Ltd"})

"""The company's taxes: which one new lines bear, add one, take one out of the lists."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt

from billops_desktop.errors import BillOpsError
from billops_desktop.i18n import _, format_date, format_percent
from billops_desktop.services.profile import settings
from billops_desktop.services.profile.settings import NewTax, TaxRow
from billops_desktop.ui.table import Column, Table, text_room
from billops_desktop.ui.views.preferences.section import Section
from billops_desktop.ui.widgets.buttons import Button
from billops_desktop.ui.widgets.cells import two_line_cell
from billops_desktop.ui.widgets.input.edits import DecimalEdit
from billops_desktop.ui.widgets.input.fields import Combo, FieldSet, FormField, TextArea, TextField
from billops_desktop.ui.widgets.labels import PlainLabel


def category_words() -> dict[str, str]:
    """Return the categories of EN 16931 in words."""
    return {
        "S": _("Standard or reduced rate"),
        "Z": _("Zero rate"),
        "E": _("Exempt"),
        "AE": _("Reverse charge"),
        "K": _("Supply within the EU"),
        "G": _("Export"),
        "O": _("Outside the scope of tax"),
        "L": _("Canary Islands"),
        "M": _("Ceuta and Melilla"),
    }


def validity(row: TaxRow) -> str:
    """Return from when until when a tax holds, both days included; nothing when always."""
    since = format_date(row.valid_from) if row.valid_from else ""
    until = format_date(row.valid_to) if row.valid_to else ""
    if since and until:
        return f"{since} – {until}"
    if until:
        return _("until {day}").format(day=until)
    return _("since {day}").format(day=since) if since else ""


def _category(row: TaxRow) -> str:
    return category_words().get(row.category, row.category)


def _spoken(row: TaxRow) -> str:
    return f"{row.name}, {_category(row)}"


def columns() -> tuple[Column, ...]:
    """Return the columns of the list."""
    return (
        Column(
            name="name",
            title=_("Name"),
            value=lambda row: row.name,
            text=_spoken,
            paint=two_line_cell(lambda row: (row.name, _category(row))),
        ),
        Column(
            name="percent",
            title=_("Rate"),
            value=lambda row: row.percent,
            text=lambda row: format_percent(row.percent),
            align="right",
            width=70,
        ),
        Column(
            name="valid",
            title=_("Valid"),
            value=lambda row: row.valid_from,
            text=validity,
            width=120,
            yields=1,
            room=text_room(),
            ink="text2",
        ),
        Column(
            name="default",
            title="",
            value=lambda row: row.is_default,
            text=lambda row: _("new lines") if row.is_default else "",
            width=84,
            room=text_room(),
            ink="accent_text",
        ),
    )


class TaxesSection(Section):
    """Taxes, dated; one that invoices used is never changed, only taken out of the lists."""

    id = "taxes"

    def build(self) -> None:
        """Add the list and the form under it."""
        group = self.group(
            _("Taxes"), _("What invoices used stays as it was; add a new tax when a rate changes.")
        )
        self.table = Table(columns(), "taxTable", self, row_height=36)
        self.table.setAccessibleName(_("Taxes"))
        self.table.fit_rows()
        group.add(self.table, wide=True)
        self.default = Button(_("Use for new lines"), self, name="defaultTax")
        self.archive = Button(_("Take out of the lists"), self, name="archiveTax")
        group.add_row(self.default, self.archive)
        self.default.clicked.connect(self._use)
        self.archive.clicked.connect(self._archive)
        self.table.selectionModel().selectionChanged.connect(self._offer)
        self._offer()
        self._form()

    def _form(self) -> None:
        group = self.group(_("Add a tax"))
        self.new = FieldSet()
        self.name = TextField("taxName", self, placeholder=_("VAT 19%"))
        self.percent = DecimalEdit("taxPercent", self, placeholder="19", required=True)
        self.percent.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.category = Combo("taxCategory", self, choices=tuple(category_words().items()))
        self.reason = TextArea("taxReason", self, lines=2)
        self.problem = PlainLabel("", self, style="small", ink="bad", wrap=True)
        self.problem.setObjectName("taxProblem")
        self.problem.hide()
        self.add = Button(_("Add tax"), self, kind="primary", name="addTax")
        add = self.new.add
        group.add(add("name", FormField(_("Name"), self.name, self)))
        group.add(add("percent", FormField(_("Rate in per cent"), self.percent, self)))
        group.add(add("category", FormField(_("Category"), self.category, self)), wide=True)
        words = _("Why no tax is charged, printed on the invoice")
        group.add(add("exemption_text", FormField(words, self.reason, self)), wide=True)
        group.add(self.problem, wide=True)
        group.add(self.add)
        self.add.clicked.connect(self.submit)

    def load(self) -> None:
        """Ask for the taxes."""
        self.view.query(settings.tax_rates, done=self.show_taxes)

    def show_taxes(self, rows: tuple[TaxRow, ...]) -> None:
        """Show what was read."""
        self.table.set_rows(rows)
        # The page scrolls, not the list within it.
        self.table.setMinimumHeight(self.table.maximumHeight())
        self._offer()

    def submit(self) -> None:
        """Add what was typed; what is refused stays in the form."""
        self.new.clear()
        self.problem.hide()
        if not self.percent.commit():
            return
        tax = NewTax(
            name=self.name.text(),
            category=self.category.value(),
            percent=self.percent.value() or Decimal(0),
            exemption_text=self.reason.text(),
        )
        self.view.run(settings.add_tax, tax, done=self._added, failed=self._refused)

    def _added(self, row: TaxRow, _changes: Any) -> None:
        self.name.clear()
        self.percent.set_value(None)
        self.reason.setText("")
        self.view.shell.feedback.say(_("{tax} added").format(tax=row.name))

    def _refused(self, error: BillOpsError) -> None:
        names = {"tax_percent": "percent", "tax_category": "category", "rate": "percent"}
        field = self.new.fields.get(names.get(error.field or "", error.field or ""))
        if field is not None:
            field.show_error(error)
            field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.problem.setText(f"{error.title} {error.hint}".strip())
        self.problem.show()

    def _offer(self, *_selection: object) -> None:
        """Offer what can be done to the chosen tax, nothing while none is chosen."""
        row = self.table.current()
        self.default.setEnabled(row is not None and not row.is_default)
        self.archive.setEnabled(row is not None)

    def _use(self) -> None:
        row = self.table.current()
        if row is not None:
            self.view.run(settings.set_default_tax, row.id)

    def _archive(self) -> None:
        row = self.table.current()
        if row is None:
            return

        def done(gone: TaxRow, changes: Any) -> None:
            words = _("{tax} taken out of the lists").format(tax=gone.name)
            self.view.shell.feedback.undoable(words, changes)

        self.view.run(settings.archive_tax, row.id, done=done)

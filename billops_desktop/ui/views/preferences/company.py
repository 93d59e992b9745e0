"""The seller: name, address, tax numbers, logo, bank accounts, and what invoices say of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields as fields_of
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QWidget

from billops_desktop.errors import BillOpsError, EnvironmentFault, InvalidInput
from billops_desktop.i18n import _
from billops_desktop.services.fields import terms_days
from billops_desktop.services.profile import countries, logo, settings
from billops_desktop.services.profile.settings import AccountRow, CompanyEdit, CompanyRow
from billops_desktop.ui.jobs import Task
from billops_desktop.ui.views.preferences.accounts import AccountsForm
from billops_desktop.ui.views.preferences.section import Section
from billops_desktop.ui.widgets.buttons import Button
from billops_desktop.ui.widgets.input.edits import TypedEdit, whole
from billops_desktop.ui.widgets.input.fields import FormField, TextArea
from billops_desktop.ui.widgets.labels import PlainLabel
from billops_desktop.ui.widgets.wording import by_name, country_name

PROSE = ("invoice_note", "invoice_footer")


def read_company(work: Any) -> tuple[CompanyRow, tuple[AccountRow, ...], str]:
    """Return the seller, its accounts, and whether taxes no longer fit; runs on the db lane."""
    return settings.company(work), settings.accounts(work), settings.tax_notice(work)


def edit(name: str) -> Any:
    """Return the saving of one field of the company."""
    return lambda value: (settings.edit_company, (CompanyEdit(**{name: value}),))


def read_days(text: str) -> int:
    """Read days of payment: a whole number."""
    days = whole(text)
    if days is None:
        raise InvalidInput(_("This is not a number of days."), _("Example: 14"), field="terms_days")
    return terms_days(days, "terms_days") or 0


class CompanySection(Section):
    """Company, saved field by field."""

    id = "company"

    def build_steps(self) -> tuple[Callable[[], object], ...]:
        """Add name, address and numbers, then the logo, then accounts and texts."""
        return (self._names, self._logo, self._accounts, self._texts)

    def load(self) -> None:
        """Ask for the company."""
        self.view.query(read_company, done=self.show_company)
        jobs = self.view.shell.jobs
        jobs.work("logo", lambda task: logo.logo(task.workspace), done=self.show_logo)

    def show_company(self, found: tuple[CompanyRow, tuple[AccountRow, ...], str]) -> None:
        """Show what was read."""
        company, accounts, notice = found
        values = {field.name: getattr(company, field.name) for field in fields_of(CompanyRow)}
        for name, line in self.lines.items():
            line.set_value(values[name])
        for name in PROSE:
            area = self.areas[name]
            if not area.hasFocus():
                area.setText(values[name])
        self.country.choose(company.country)
        self.paper.choose(company.paper)
        self.small.setChecked(company.small_business)
        if not self.terms.property("wrong"):
            self.terms.set_value(company.terms_days)
        self.remove.setVisible(company.logo_sha256 is not None)
        self.accounts.show_accounts(accounts)
        self._show_notice(notice)

    def _show_notice(self, notice: str) -> None:
        """Say beside the country that new lines still bear a tax of another one."""
        if notice and notice != self.notice.text():
            self.view.shell.feedback.announce(notice)
        self.notice.setText(notice)
        for part in (self.notice, self.to_taxes):
            part.setVisible(bool(notice))

    def _names(self) -> None:
        group = self.group(_("Company"), _("As new invoices name it. Issued ones stay."))
        for name, label in (
            ("legal_name", _("Name")),
            ("trade_name", _("Trading as")),
            ("street", _("Street and number")),
            ("street_more", _("Address line 2")),
            ("post_code", _("Post code")),
            ("city", _("City")),
            ("region", _("Region")),
        ):
            self.line(group, name, label, edit(name))
        known = by_name((one.code, country_name(one.code)) for one in countries.countries())
        self.country = self.choice(
            group, "country", _("Country"), (("", "—"), *known), edit("country")
        )
        for name, label in (
            ("email", _("Email")),
            ("phone", _("Telephone")),
            ("website", _("Website")),
            ("vat_id", _("VAT ID")),
            ("tax_number", _("Tax number")),
            ("register_id", _("Register entry")),
        ):
            self.line(group, name, label, edit(name))
        self.notice = PlainLabel("", self, style="small", ink="warn", wrap=True)
        self.notice.setObjectName("taxNotice")
        self.to_taxes = Button(_("Go to the taxes"), self, kind="link", name="toTaxes")
        self.to_taxes.clicked.connect(lambda: self.view.shell.go("settings", section="taxes"))
        for part in (self.notice, self.to_taxes):
            part.hide()
            group.add(part, wide=True)
        words = _("Small business: no tax is charged")
        self.small = self.check(group, "small_business", words, edit("small_business"))

    def _logo(self) -> None:
        group = self.group(_("Logo"), _("PNG or JPEG, at most 5 MB."))
        self.picture = PlainLabel("", self)
        self.picture.setObjectName("logoPicture")
        self.picture.setAccessibleName(_("Logo"))
        self.choose = Button(_("Choose a file…"), self, name="chooseLogo")
        self.remove = Button(_("Remove"), self, kind="link", name="removeLogo")
        self.logo_problem = PlainLabel("", self, style="small", ink="bad", wrap=True)
        self.logo_problem.setObjectName("logoProblem")
        self.logo_problem.hide()
        group.add(self.picture, wide=True)
        group.add_row(self.choose, self.remove)
        group.add(self.logo_problem, wide=True)
        self.choose.clicked.connect(self._choose_logo)
        self.remove.clicked.connect(self._remove_logo)

    def _accounts(self) -> None:
        group = self.group(_("Bank accounts"), _("Printed in this order."))
        self.accounts = AccountsForm(self)
        self.accounts.wanted.connect(
            lambda rows: self.view.run(
                settings.replace_accounts, rows, failed=self.accounts.show_error
            )
        )
        group.add(self.accounts, wide=True)

    def _texts(self) -> None:
        group = self.group(_("New invoices"))
        self.terms = TypedEdit("terms_days", (read_days, str), self, placeholder="14")
        self.fields.add("terms_days", FormField(_("Days until due"), self.terms, self))
        group.add(self.fields.fields["terms_days"])
        self.terms.committed.connect(
            lambda days: self.save("terms_days", edit("terms_days")(days or 0))
        )
        papers = (("A4", "A4"), ("Letter", _("US Letter")))
        self.paper = self.choice(group, "paper", _("Paper"), papers, edit("paper"))
        self.areas: dict[str, SavedArea] = {}
        for name, label in (("invoice_note", _("Note")), ("invoice_footer", _("Foot of the page"))):
            area = self.areas[name] = SavedArea(name, self)
            group.add(self.fields.add(name, FormField(label, area, self)), wide=True)
            area.left = lambda name=name: self.save(name, edit(name)(self.areas[name].text()))

    # The logo.

    def _choose_logo(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Logo"), "", _("Pictures (*.png *.jpg *.jpeg)")
        )
        if chosen:
            self.take_logo(Path(chosen))

    def take_logo(self, path: Path) -> None:
        """Keep a picture as the logo; a file that is none leaves the present one."""

        def job(task: Task) -> bytes | None:
            try:
                content = path.read_bytes()
            except OSError as reason:
                raise EnvironmentFault(
                    _("This logo was not saved: the file cannot be read."),
                    _("Your present logo is kept. Choose another file."),
                ) from reason
            logo.keep_logo(task.workspace, content)
            return content

        self._work(job)

    def _remove_logo(self) -> None:
        def job(task: Task) -> bytes | None:
            logo.remove_logo(task.workspace)
            return None

        self._work(job)

    def _work(self, job: Any) -> None:
        self.logo_problem.hide()
        self.view.shell.jobs.work(
            "keep-logo", job, done=self.show_logo, failed=self.show_logo_error
        )

    def show_logo(self, content: bytes | None) -> None:
        """Show the logo as it is."""
        picture = QPixmap()
        if content:
            picture.loadFromData(content)
            picture = picture.scaled(
                160,
                48,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        self.picture.setPixmap(picture)
        self.picture.setVisible(not picture.isNull())

    def show_logo_error(self, error: BillOpsError) -> None:
        """Say beside the button why the file was not taken."""
        self.logo_problem.setText(f"{error.title} {error.hint}".strip())
        self.logo_problem.show()


class SavedArea(TextArea):
    """Several lines of text, saved when they are left."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(name, parent, lines=3)
        self.left: Any = None

    def focusOutEvent(self, event: Any) -> None:
        """Save what was typed."""
        super().focusOutEvent(event)
        if self.left is not None and self.document().isModified():
            self.document().setModified(False)
            self.left()

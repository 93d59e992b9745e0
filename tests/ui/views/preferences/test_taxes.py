"""Taxes: added, made the default, taken out and brought back; what is refused stays typed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from billops_desktop.domain.tax import Category
from billops_desktop.services.profile import settings
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui import fonts
from billops_desktop.ui.views.preferences.taxes import TaxesSection, category_words, validity
from billops_desktop.ui.views.settings import SettingsView
from tests.support.window import OpenView


@pytest.fixture
def section(open_view: OpenView) -> TaxesSection:
    view = open_view("settings", SettingsView)
    view.open_section("taxes")
    found = view.sections["taxes"]
    assert isinstance(found, TaxesSection)
    return found


def taxes(workspace: Workspace) -> dict[str, Decimal]:
    return {row.name: row.percent for row in workspace.read(settings.tax_rates)}


def fill(
    section: TaxesSection, name: str, percent: str, category: str = "S", reason: str = ""
) -> None:
    section.name.setText(name)
    section.percent.setText(percent)
    section.category.choose(category)
    section.reason.setText(reason)


def choose(section: TaxesSection, name: str) -> None:
    assert section.table.choose(lambda row: row.name == name)


def test_the_list_shows_what_there_is(section: TaxesSection, workspace: Workspace) -> None:
    model = section.table.rows_model
    shown = {model.row(number).name for number in range(model.rowCount())}
    assert shown == set(taxes(workspace))
    assert shown


def test_a_tax_is_added_and_the_form_is_ready_again(
    section: TaxesSection, workspace: Workspace
) -> None:
    fill(section, "VAT 8.5 %", "8.5")
    section.add.click()
    assert taxes(workspace)["VAT 8.5 %"] == Decimal("8.5")
    assert (section.name.text(), section.percent.text()) == ("", "")
    assert section.view.shell.feedback.recent[0].startswith("VAT 8.5 % added")


@pytest.mark.parametrize(
    ("name", "percent", "category"),
    [("", "7", "S"), ("VAT", "a lot", "S"), ("VAT", "130", "S")],
)
def test_what_is_refused_stays_with_its_reason(
    section: TaxesSection, workspace: Workspace, name: str, percent: str, category: str
) -> None:
    before = taxes(workspace)
    fill(section, name, percent, category)
    section.add.click()
    assert taxes(workspace) == before
    told = [field.note.text() for field in section.new.fields.values()]
    assert any([*told, section.problem.text()])
    assert (section.name.text(), section.percent.text()) == (name, percent)


def test_another_tax_is_used_for_new_lines(section: TaxesSection, workspace: Workspace) -> None:
    fill(section, "VAT 8.5 %", "8.5")
    section.add.click()
    choose(section, "VAT 8.5 %")
    section.default.click()
    assert workspace.read(settings.tax_rates)[0].name == "VAT 8.5 %"


def test_a_tax_is_taken_out_and_comes_back_by_the_toast(
    section: TaxesSection, workspace: Workspace
) -> None:
    fill(section, "VAT 8.5 %", "8.5")
    section.add.click()
    choose(section, "VAT 8.5 %")
    section.archive.click()
    assert "VAT 8.5 %" not in taxes(workspace)
    section.view.shell.feedback.toast.undo.click()
    assert "VAT 8.5 %" in taxes(workspace)


def test_every_category_of_the_domain_has_its_words() -> None:
    assert set(category_words()) == {one.value for one in Category}


def test_what_is_done_to_a_tax_needs_a_chosen_one(section: TaxesSection) -> None:
    section.table.clearSelection()
    section.table.setCurrentIndex(section.table.model().index(-1, -1))
    assert (section.default.isEnabled(), section.archive.isEnabled()) == (False, False)
    model = section.table.rows_model
    rows = [model.row(number) for number in range(model.rowCount())]
    usual = next(row for row in rows if row.is_default)
    other = next(row for row in rows if not row.is_default)
    section.table.choose(lambda row: row.id == other.id)
    assert (section.default.isEnabled(), section.archive.isEnabled()) == (True, True)
    section.table.choose(lambda row: row.id == usual.id)
    assert (section.default.isEnabled(), section.archive.isEnabled()) == (False, True)


def test_a_tax_that_ended_says_when(section: TaxesSection) -> None:
    model = section.table.rows_model
    rows = [model.row(number) for number in range(model.rowCount())]
    shown = {row.percent: validity(row) for row in rows if row.valid_to is not None}
    assert shown[Decimal(16)] == "1 Jul 2020 – 31 Dec 2020"


def test_no_name_of_a_tax_is_cut(section: TaxesSection) -> None:
    # As wide as it is in the narrowest window.
    section.table.resize(540, 400)
    table, measure = section.table, fonts.metrics("body_strong").horizontalAdvance
    for number in range(table.rows_model.rowCount()):
        row = table.rows_model.row(number)
        # Edge and padding of a cell take 23.
        assert table.columnWidth(0) >= measure(row.name) + 23
        assert table.rows_model.sentence(row).startswith(
            f"{row.name}, {category_words()[row.category]}"
        )

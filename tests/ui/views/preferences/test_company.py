"""The company: each field is saved when it is left; the logo is checked, kept and removed."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget

from billops_desktop.errors import InvalidInput
from billops_desktop.services.invoices import invoicing
from billops_desktop.services.profile import logo, settings
from billops_desktop.services.profile.settings import CompanyRow
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.views.preferences.company import CompanySection, read_days
from billops_desktop.ui.views.settings import SettingsView
from billops_desktop.ui.widgets.input.line_field import LineField
from billops_desktop.ui.widgets.wording import country_name
from tests.support import money
from tests.support.hands import Hands
from tests.support.present import of_kind
from tests.support.window import OpenView


@pytest.fixture
def section(open_view: OpenView) -> CompanySection:
    found = open_view("settings", SettingsView).sections["company"]
    assert isinstance(found, CompanySection)
    return found


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """Return a file with a small PNG."""
    path = tmp_path / "logo.png"
    made = BytesIO()
    Image.new("RGB", (320, 80), "navy").save(made, "PNG")
    path.write_bytes(made.getvalue())
    return path


def company(workspace: Workspace) -> CompanyRow:
    return workspace.read(settings.company)


def type_into(line: LineField, text: str) -> None:
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)
    line.commit()


def test_what_is_saved_is_shown(section: CompanySection) -> None:
    assert section.lines["legal_name"].text() == "Haldane Consulting"
    assert section.lines["city"].text() == "Berlin"
    assert section.country.value() == "DE"


def test_a_line_is_saved_when_it_is_left(section: CompanySection, workspace: Workspace) -> None:
    type_into(section.lines["city"], "Potsdam")
    assert company(workspace).city == "Potsdam"


def test_a_wrong_vat_number_stays_with_its_reason(
    section: CompanySection, workspace: Workspace
) -> None:
    type_into(section.lines["vat_id"], "DE1")
    assert company(workspace).vat_id == "DE136695976"
    assert section.lines["vat_id"].text() == "DE1"
    assert section.fields.fields["vat_id"].note.text()
    type_into(section.lines["vat_id"], "DE136695976")
    assert not section.lines["vat_id"].property("wrong")


def test_choices_and_switches_are_saved_at_once(
    section: CompanySection, workspace: Workspace
) -> None:
    section.paper.choose("Letter")
    section.paper.chosen.emit("Letter")
    section.small.click()
    found = company(workspace)
    assert (found.paper, found.small_business) == ("Letter", True)


def test_days_of_payment(section: CompanySection, workspace: Workspace) -> None:
    section.terms.setText("30")
    assert section.terms.commit()
    assert company(workspace).terms_days == 30
    with pytest.raises(InvalidInput):
        read_days("soon")


def test_the_note_is_saved_when_it_is_left(
    section: CompanySection, workspace: Workspace, hands: Hands
) -> None:
    area = section.areas["invoice_note"]
    hands.activate(section.window())
    area.setFocus()
    QTest.keyClicks(area, "Thank you.")
    assert company(workspace).invoice_note == ""
    section.lines["city"].setFocus()
    assert company(workspace).invoice_note == "Thank you."


def test_a_logo_is_kept_shown_and_removed(
    section: CompanySection, workspace: Workspace, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_words: (str(picture), ""))
    section.choose.click()
    assert workspace.read(settings.company).logo_sha256 is not None
    assert logo.logo(workspace) == picture.read_bytes()
    assert not section.picture.pixmap().isNull()
    section.load()
    assert section.remove.isVisibleTo(section)
    section.remove.click()
    assert logo.logo(workspace) is None
    assert section.picture.pixmap().isNull()


def test_a_file_that_is_no_picture_leaves_the_present_logo(
    section: CompanySection, workspace: Workspace, picture: Path
) -> None:
    section.take_logo(picture)
    kept = company(workspace).logo_sha256
    other = picture.with_name("not.png")
    other.write_bytes(b"GIF89a, or not")
    section.take_logo(other)
    assert section.logo_problem.text()
    section.take_logo(picture.with_name("gone.png"))
    assert section.logo_problem.text().startswith("This logo was not saved")
    assert company(workspace).logo_sha256 == kept


def test_giving_up_the_choice_changes_nothing(
    section: CompanySection, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_words: ("", ""))
    section.choose.click()
    assert company(workspace).logo_sha256 is None


def test_countries_are_named_in_words() -> None:
    assert country_name("DE") == "Germany"


def test_buttons_and_boxes_begin_where_the_fields_begin(section: CompanySection) -> None:
    """Compare faces, which a button paints 3 px within its widget."""

    def left(widget: QWidget) -> int:
        return widget.mapTo(section, QPoint(0, 0)).x()

    section.view.window().resize(1440, 900)
    QCoreApplication.processEvents()
    fields = left(section.fields.fields["legal_name"].editor)
    assert left(section.choose) + section.choose.face().left() == fields
    assert left(section.small) + 3 == fields
    button = of_kind(section.view, SettingsView).buttons["company"]
    page = section.view
    face = button.mapTo(page, QPoint(0, 0)).x() + button.face().left()
    assert face == page.body.contentsRect().left()


def choose_country(section: CompanySection, code: str) -> None:
    section.country.choose(code)
    section.country.chosen.emit(code)


def test_another_country_after_an_invoice_says_that_the_tax_stays(
    section: CompanySection, workspace: Workspace
) -> None:
    choose_country(section, "FR")
    assert not section.notice.isVisibleTo(section)
    choose_country(section, "DE")
    job = money.make_job(workspace)
    workspace.execute(invoicing.issue, money.draft_item(workspace, job))
    choose_country(section, "FR")
    assert section.notice.isVisibleTo(section)
    assert section.notice.text() == workspace.read(settings.tax_notice)
    assert "New lines still bear" in section.notice.text()
    section.to_taxes.click()
    view = of_kind(section.view, SettingsView)
    assert view.shown == "taxes"
    view.open_section("company")
    choose_country(section, "DE")
    assert not section.notice.isVisibleTo(section)

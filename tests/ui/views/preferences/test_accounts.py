"""The bank accounts: added, changed and taken out row by row; a bad one stays with its reason."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest

from billops_desktop.services.profile import settings
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.views.preferences.accounts import AccountsForm
from billops_desktop.ui.views.preferences.company import CompanySection
from billops_desktop.ui.views.settings import SettingsView
from billops_desktop.ui.widgets.buttons import IconButton
from billops_desktop.ui.widgets.input.line_field import LineField
from tests.support.present import present
from tests.support.window import OpenView


@pytest.fixture
def form(open_view: OpenView) -> AccountsForm:
    found = open_view("settings", SettingsView).sections["company"]
    assert isinstance(found, CompanySection)
    return found.accounts


def saved(workspace: Workspace) -> list[tuple[str, str]]:
    return [(row.holder, row.iban) for row in workspace.read(settings.accounts)]


def type_into(line: LineField, text: str) -> None:
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)
    line.commit()


def test_what_is_saved_is_shown(form: AccountsForm) -> None:
    (card,) = form.cards
    assert card.lines["iban"].text().replace(" ", "") == "DE89370400440532013000"


def test_a_second_account_is_saved_when_it_is_left(
    form: AccountsForm, workspace: Workspace
) -> None:
    form.add.click()
    assert len(saved(workspace)) == 1
    type_into(form.cards[1].lines["iban"], "GB29 NWBK 6016 1331 9268 19")
    assert [iban.replace(" ", "") for _holder, iban in saved(workspace)] == [
        "DE89370400440532013000",
        "GB29NWBK60161331926819",
    ]


def test_a_wrong_iban_stays_and_nothing_is_saved(form: AccountsForm, workspace: Workspace) -> None:
    before = saved(workspace)
    type_into(form.cards[0].lines["iban"], "DE89370400440532013001")
    assert saved(workspace) == before
    told = form.cards[0].fields.fields["iban"].note.text() + form.problem.text()
    assert told
    assert form.cards[0].lines["iban"].text() == "DE89370400440532013001"


def test_an_account_is_taken_out(form: AccountsForm, workspace: Workspace) -> None:
    present(form.cards[0].findChild(IconButton, "accountRemove0")).click()
    assert saved(workspace) == []
    assert form.cards == []

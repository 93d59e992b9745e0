"""Over and under the list of what can be invoiced: words, sums per currency, buttons held."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from billops_desktop.services.drafts.unbilled import UnbilledRow, unbilled
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.views.billing.batch_bars import (
    BatchBanner,
    BatchFoot,
    grouping_words,
    sums,
)
from tests.support import money

TODAY = date(2026, 11, 25)


@pytest.fixture
def rows(workspace: Workspace) -> list[UnbilledRow]:
    """Return unbilled time of two clients in euros and one in dollars."""
    for number, (name, currency) in enumerate([("A", "EUR"), ("B", "EUR"), ("C", "USD")]):
        job = money.make_job(workspace, name, currency=currency)
        money.log(workspace, job, f"2026-11-24 0{number}:00")
    return list(workspace.read(unbilled, to_on=money.TO_ON))


def test_currencies_are_never_added(rows: list[UnbilledRow]) -> None:
    found = {amount.currency: amount.minor for amount in sums(rows)}
    assert found == {"EUR": 2 * 11_900, "USD": rows[-1].total.minor}
    assert sums([]) == ()


def test_the_foot_counts_and_adds_up(holder: QWidget, rows: list[UnbilledRow]) -> None:
    foot = BatchFoot(holder)
    foot.show_rows(rows)
    assert foot.count.text() == "3 invoices"
    assert foot.amounts.text().startswith("€238.00   +   US$")
    assert (foot.draft.text(), foot.review.text()) == ("Create 3 drafts", "Review 3 invoices…")
    assert foot.draft.isEnabled()
    foot.show_rows(rows[:1])
    assert (foot.draft.text(), foot.review.text()) == ("Create 1 draft", "Review 1 invoice…")


def test_with_nothing_chosen_there_is_nothing_to_press(holder: QWidget) -> None:
    foot = BatchFoot(holder)
    foot.show_rows([])
    assert foot.amounts.text() == "—"
    assert not foot.draft.isEnabled()
    assert not foot.review.isEnabled()


def test_a_held_button_makes_no_second_batch(
    holder: QWidget, rows: list[UnbilledRow], qtbot: QtBot
) -> None:
    foot = BatchFoot(holder)
    foot.show_rows(rows)
    foot.hold(True)
    with qtbot.assertNotEmitted(foot.draft_wanted), qtbot.assertNotEmitted(foot.review_wanted):
        foot.draft.click()
        foot.review.click()
    foot.hold(False)
    with qtbot.waitSignal(foot.draft_wanted):
        foot.draft.click()
    with qtbot.waitSignal(foot.review_wanted):
        foot.review.click()


def test_the_banner_says_how_drafts_will_be(holder: QWidget) -> None:
    banner = BatchBanner(TODAY, holder)
    banner.grouping.choose("day")
    banner.show_count(2)
    assert banner.head.text() == "2 clients selected"
    assert banner.words.text() == "Invoices will be dated 25 November 2026, one line per day"


def test_change_opens_date_and_grouping_under_the_words(holder: QWidget, qtbot: QtBot) -> None:
    banner = BatchBanner(TODAY, holder)
    banner.show()
    assert not banner.form.isVisible()
    banner.change.click()
    assert banner.form.isVisible()
    assert banner.change.text() == "Done"
    with qtbot.waitSignal(banner.changed):
        banner.date.setText("2026-11-30")
        assert banner.date.commit()
    banner.show_count(1)
    assert banner.words.text().startswith("Invoices will be dated 30 November 2026")
    banner.change.click()
    assert not banner.form.isVisible()


def test_the_groupings_are_some_of_the_domains() -> None:
    from billops_desktop.domain.billing.grouping import Grouping

    assert set(grouping_words()) <= {one.value for one in Grouping}

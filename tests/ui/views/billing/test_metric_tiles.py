"""The sums over the invoices: counts, currencies beside each other, a press that picks a tab."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from billops_desktop.domain.money import Money
from billops_desktop.services.invoices.invoice_rows import InvoiceMetrics, Metric
from billops_desktop.ui.views.billing.metric_tiles import MetricTiles

NONE = Metric(count=0, amounts=())
EUROS = Money(119_000, "EUR")
POUNDS = Money(50_000, "GBP")


@pytest.fixture
def tiles(holder: QWidget) -> MetricTiles:
    made = MetricTiles(holder)
    made.resize(1200, 90)
    made.show()
    return made


def show(tiles: MetricTiles, **metrics: Metric) -> None:
    names = ("overdue", "due_soon", "outstanding", "paid_this_month")
    tiles.show_metrics(InvoiceMetrics(**{name: metrics.get(name, NONE) for name in names}))


def test_currencies_stand_beside_each_other_and_are_never_added(tiles: MetricTiles) -> None:
    show(tiles, outstanding=Metric(count=3, amounts=(EUROS, POUNDS)))
    tile = tiles.outstanding
    assert tile.title.text() == "Outstanding, 3"
    assert (tile.amount.text(), tile.others.text()) == ("€1,190.00", "+\u00a0£500.00")
    assert tile.accessibleName() == "Outstanding, 3: €1,190.00 +\u00a0£500.00"


def test_nothing_is_a_dash_and_what_was_paid_is_not_counted(tiles: MetricTiles) -> None:
    show(tiles, paid_this_month=Metric(count=2, amounts=(EUROS,)))
    assert (tiles.soon.amount.text(), tiles.soon.others.text()) == ("—", "")
    assert (tiles.paid.title.text(), tiles.paid.amount.text()) == ("Paid this month", "€1,190.00")


def test_only_what_is_overdue_is_alarming(tiles: MetricTiles) -> None:
    late = Metric(count=1, amounts=(EUROS,))
    show(tiles, overdue=late, due_soon=late)
    assert (tiles.overdue.amount.ink, tiles.soon.amount.ink) == ("bad", "text")
    show(tiles, due_soon=late)
    assert tiles.overdue.amount.ink == "text"


@pytest.mark.parametrize(
    ("name", "tab"),
    [("overdue", "overdue"), ("soon", "open"), ("outstanding", "open"), ("paid", "paid")],
)
def test_click_enter_and_space_pick_the_tab(
    tiles: MetricTiles, qtbot: QtBot, name: str, tab: str
) -> None:
    tile = getattr(tiles, name)
    wanted: list[object] = []
    tiles.tab_wanted.connect(wanted.append)
    QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
    QTest.keyClick(tile, Qt.Key.Key_Return)
    QTest.keyClick(tile, Qt.Key.Key_Space)
    QTest.keyClick(tile, Qt.Key.Key_A)
    assert wanted == [tab] * 3


def test_an_amount_takes_a_smaller_style_before_a_digit_is_cut(tiles: MetricTiles) -> None:
    big = Metric(count=2, amounts=(Money(1_375_600, "EUR"), POUNDS, Money(157_500, "USD")))
    show(tiles, overdue=big)
    assert tiles.overdue.amount.style_name == "title"
    tiles.resize(520, 110)
    amount = tiles.overdue.amount
    assert amount.style_name != "title"
    assert amount.fontMetrics().horizontalAdvance(amount.text()) <= amount.width()
    others = tiles.overdue.others
    longest = max(others.text().split(" "), key=len)
    assert others.fontMetrics().horizontalAdvance(longest) <= others.width()
    assert others.wordWrap()

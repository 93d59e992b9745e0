"""Tests for what the first page says while records open, or when they cannot."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from billops_desktop.errors import NewerVersion
from billops_desktop.ui.starting.opening import OpeningPage
from billops_desktop.ui.widgets.buttons import Button
from tests.support.present import of_kind, present


def test_an_upgrade_shows_how_far_it_is_in_one_line(dressed: QApplication, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    QVBoxLayout(page)
    first = OpeningPage.report(page, 1, 4)
    assert OpeningPage.report(page, 3, 4) is first
    assert (first.bar.value(), first.bar.maximum()) == (3, 4)


def test_records_that_cannot_be_opened_can_be_tried_again(
    dressed: QApplication, qtbot: QtBot
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    QVBoxLayout(page)
    done: list[str] = []
    banner = OpeningPage.fail(
        page,
        NewerVersion("Made by a newer BillOps.", "Nothing was written."),
        again=lambda: done.append("again"),
        leave=lambda: done.append("leave"),
    )
    of_kind(present(banner.offers.itemAt(1)).widget(), Button).click()
    of_kind(present(banner.offers.itemAt(0)).widget(), Button).click()
    assert done == ["leave", "again"]
    assert banner.title.text() == "Made by a newer BillOps."

"""Tests for views: a visible page loads at once, a hidden one when it is shown next."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from billops_desktop.domain.changes import Changes
from billops_desktop.errors import Refused
from billops_desktop.services import tracking
from billops_desktop.ui.view import rule
from billops_desktop.ui.widgets.panels import Banner


def test_a_visible_page_loads_again_when_its_kind_changes(small_window: Any) -> None:
    page = small_window.view("time")
    before = page.loads
    small_window.jobs.run(tracking.start, description="x")
    assert page.loads == before + 1
    small_window.jobs.changed.emit(Changes("t", {"client": frozenset({"c"})}))
    assert page.loads == before + 1


def test_a_hidden_page_waits_until_it_is_shown(small_window: Any) -> None:
    small_window.go("invoices")
    page = small_window.view("invoices")
    small_window.go("clients")
    before = page.loads
    small_window.jobs.run(tracking.start, description="x")
    assert page.loads == before
    assert not page.fresh
    small_window.go("invoices")
    assert page.loads == before + 1


def test_an_error_stands_as_a_banner_under_the_header(small_window: Any) -> None:
    page = small_window.current()
    page.run(tracking.stop)
    banners = [one for one in page.findChildren(Banner) if not one.isHidden()]
    assert len(banners) == 1
    assert page.body.indexOf(banners[0]) == 1
    page.show_error(Refused("Another."))
    assert [one.title.text() for one in page.findChildren(Banner) if not one.isHidden()] == [
        "Another."
    ]


def test_queries_of_a_page_answer_it(small_window: Any) -> None:
    page = small_window.current()
    seen: list[Any] = []
    page.query(tracking.running, done=seen.append)
    assert seen == [None]


def test_a_released_page_hears_nothing_more(small_window: Any) -> None:
    page = small_window.current()
    page.release()
    before = page.loads
    small_window.jobs.changed.emit(Changes("t", {"time_entry": frozenset({"e"})}))
    assert page.loads == before


def test_a_rule_is_a_hairline(dressed: QApplication, qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    assert rule(holder).maximumHeight() == 1

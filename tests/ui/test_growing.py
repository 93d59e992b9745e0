"""Tests for what is made in steps: one a turn, whole at once for who needs it, made only once."""

from __future__ import annotations

from typing import Any

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject

from billops_desktop.ui.growing import Growing, Steps, at_once


class Maker:
    def __init__(self) -> None:
        self.steps: list[str] = []

    def make(self) -> Steps[str]:
        for name in ("upper", "lower"):
            self.steps.append(name)
            yield
        self.steps.append("end")
        return "made"


def turn() -> None:
    QCoreApplication.processEvents()


def test_a_step_a_turn_then_the_answer(qapp: Any) -> None:
    owner, maker, seen = QObject(), Maker(), []
    growing = Growing(owner, maker.make)
    growing.grow(lambda: seen.append(growing.whole()))
    lengths = []
    while not seen:
        turn()
        lengths.append(len(maker.steps))
    assert lengths == [1, 2, 3, 3]
    assert seen == ["made"]


def test_who_needs_it_sooner_has_it_at_once_and_once(qapp: Any) -> None:
    owner, maker, seen = QObject(), Maker(), []
    growing = Growing(owner, maker.make)
    growing.grow(lambda: seen.append("first"))
    turn()
    assert growing.whole() == "made"
    growing.grow(lambda: seen.append("latest"))
    for _ in range(4):
        turn()
    assert seen == ["latest"]
    assert maker.steps == ["upper", "lower", "end"]


def test_nothing_is_made_for_an_owner_that_is_gone(qapp: Any) -> None:
    owner, maker = QObject(), Maker()
    Growing(owner, maker.make).grow(bool)
    turn()
    shiboken6.delete(owner)
    for _ in range(4):
        turn()
    assert maker.steps == ["upper"]


def test_what_is_stopped_is_not_made_and_tells_nobody(qapp: Any) -> None:
    owner, maker, seen = QObject(), Maker(), []
    growing = Growing(owner, maker.make)
    growing.grow(lambda: seen.append("done"))
    turn()
    growing.stop()
    for _ in range(4):
        turn()
    assert maker.steps == ["upper"]
    assert seen == []


def test_all_steps_in_one_go() -> None:
    assert at_once(Maker().make()) == "made"

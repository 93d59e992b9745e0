"""Tests for the left side of the editor: made in short steps, and connected once it is whole."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from billops_desktop.ui.growing import Steps, at_once
from billops_desktop.ui.main_window import MainWindow
from billops_desktop.ui.views.editor.left_side import form_steps, panel_steps

# So many widgets at most in one turn.
MOST_A_STEP = 70


@pytest.fixture
def view(jobs: Any, clock: Any, qtbot: Any) -> Any:
    """Return the editor of a window that shows no invoice yet."""
    window = MainWindow(jobs, clock)
    qtbot.addWidget(window)
    made: Any = window.view("invoice")
    return made


@pytest.mark.parametrize(("side", "least"), [(form_steps, 3), (panel_steps, 4)])
def test_no_step_makes_all_of_it(view: Any, side: Any, least: int) -> None:
    counts: list[int] = []

    def watched() -> Steps[QWidget]:
        steps = side(view)
        while True:
            counts.append(len(view.findChildren(QWidget)))
            try:
                next(steps)
            except StopIteration as end:
                return end.value  # type: ignore[no-any-return]  # either side
            yield

    made = at_once(watched())
    counts.append(len(view.findChildren(QWidget)))
    assert len(counts) - 1 >= least
    assert max(after - before for before, after in pairwise(counts)) <= MOST_A_STEP
    assert view.sides.left.indexOf(made) >= 0


def test_what_the_form_says_reaches_the_desk(view: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []
    monkeypatch.setattr(view.desk, "change", lambda **values: seen.append(values))
    view.form.changed.emit({"note": "Hello"})
    assert seen == [{"note": "Hello"}]
    assert view.form is view._growing_form.whole()

"""The banner of things to check and its actions."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from billops_desktop.domain.billing.findings import ADVICE, BLOCK, Finding
from billops_desktop.ui.views.editor.checks import Checks, action_words
from billops_desktop.ui.widgets.buttons import Button
from tests.support.present import child


@pytest.mark.parametrize(
    ("rule", "field", "words"),
    [
        ("time left", "lines", "Add it"),
        ("entry changed", "lines.1", "Take it again"),
        ("entry billed", "lines", "Take it off"),
        ("entry gone", "lines.1", "Take it off"),
        ("entry moved", "lines.1", "Take it off"),
        ("entry not billable", "lines.1", "Take it off"),
        ("rounding changed", "lines.1", "Take the new rounding"),
        ("rate changed", "lines.1", "Take the new rate"),
        ("BR-06", "seller.name", "Company settings"),
        ("BR-07", "buyer.name", "Open client"),
        ("number", "series", "Number settings"),
        ("BR-25", "lines.1.description", "Go there"),
    ],
)
def test_each_finding_has_one_action(rule: str, field: str, words: str) -> None:
    assert action_words(Finding(rule, BLOCK, "…", field)) == words


def test_findings_are_counted_named_and_pressed(holder: QWidget) -> None:
    checks = Checks(holder)
    finding = Finding("due date", ADVICE, "The due date has already passed.", "due_on")
    wanted: list[object] = []
    checks.wanted.connect(wanted.append)
    checks.show_findings([finding])
    assert checks.isVisibleTo(holder)
    assert checks.accessibleName() == "1 thing to check The due date has already passed."
    QTest.mouseClick(child(checks, Button, "check0"), Qt.MouseButton.LeftButton)
    assert wanted == [finding]
    checks.show_findings([])
    assert not checks.isVisibleTo(holder)


def test_a_long_list_says_how_many_more_there_are(holder: QWidget) -> None:
    checks = Checks(holder)
    checks.show_findings([Finding("r", BLOCK, f"No {n}", "lines") for n in range(7)])
    assert len(checks.findChildren(Button)) == 4
    assert "7 things" in checks.accessibleName()

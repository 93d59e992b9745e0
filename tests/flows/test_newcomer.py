"""Somebody who has read nothing: from the first start to the PDF of an issued invoice, counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QEvent, QRegularExpression, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from billops_desktop import bootstrap
from billops_desktop.ui import application
from billops_desktop.ui.dialogs.first_run import FirstRun
from billops_desktop.ui.views.billing import pdf_files
from billops_desktop.ui.widgets.buttons import Button
from billops_desktop.ui.widgets.input.fields import TextField
from tests.support.clock import MovableClock
from tests.support.hands import Hands
from tests.support.present import of_kind, present

Key = Qt.Key
CHECK = QRegularExpression(r"^check\d+$")
# The promise is 25 clicks and three minutes: what it takes is written here, and may only shrink.
CLICKS = 25
# A key of an untrained typist and a click with the look before it, in seconds.
SECONDS_A_KEY, SECONDS_A_CLICK = 0.3, 2.5
THREE_MINUTES = 180


@dataclass
class CountingHands(Hands):
    """Hands that count what they do."""

    clicks: int = 0
    keys: int = 0

    def click(self, widget: Any, at: Any = None, modifiers: Any = None) -> None:
        self.clicks += 1
        super().click(widget, at, modifiers)

    def double_click(self, widget: Any, at: Any) -> None:
        """Click twice, as on a row that is to be opened."""
        self.click(widget, at)
        self.clicks += 1
        QTest.mouseDClick(widget, Qt.MouseButton.LeftButton, pos=at)

    def type(self, text: str, *, over: bool = False) -> None:
        self.keys += len(text) + over
        super().type(text, over=over)

    def key(self, key: Any, modifiers: Any = None) -> None:
        self.keys += 1
        super().key(key, modifiers)

    def sheet(self, name: str) -> Any:
        """Return the dialog of a name once it can be typed into."""
        self.until(
            lambda: (
                (focused := QApplication.focusWidget())
                and focused.window().objectName() == name
                and focused.window().isActiveWindow()
            ),
            f"the dialog {name}",
        )
        return QApplication.activeWindow()

    def fill(self, *texts: str) -> None:
        """Type into the field with the focus and, by Tab, into those after it."""
        for number, text in enumerate(texts):
            if number:
                self.key(Key.Key_Tab)
            if text:
                self.type(text, over=True)


@pytest.fixture
def newcomer(
    tmp_path: Path, dressed: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Any, CountingHands]]:
    """Start the program for the very first time, on no profile at all."""
    monkeypatch.setattr(application, "install_crash_hook", lambda _feedback: None)
    clock, profile, hands = MovableClock(), tmp_path / "profile", CountingHands(qtbot)
    session = application.Session(
        dressed, profile, clock, partial(bootstrap.glance, profile, clock)
    )
    session.window.resize(1280, 800)
    session.start(partial(bootstrap.open_workspace, profile, clock=clock))
    hands.until(QApplication.activeModalWidget, "the first run")
    yield session.window, hands
    session.quit()
    hands.until(lambda: session.jobs.closed, "the last backup")
    present(session.tray).deleteLater()
    session.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_an_issued_pdf_in_25_clicks(
    newcomer: tuple[Any, CountingHands], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, hands = newcomer
    introduce_yourself(window, hands)
    editor = draft_for_a_new_client(window, hands)
    say_who_you_are(window, hands, editor)
    open_the_draft_again(window, hands, editor)
    hands.click(hands.find(editor, "check0"))
    hands.type("24 - 25 Nov 2026", over=True)
    hands.key(Key.Key_Tab)
    hands.until(lambda: not checks(editor), "nothing to check")
    hands.click(hands.find(editor, "reviewAndIssue"))
    hands.click(hands.find(hands.sheet("issueSheet"), "confirm"))
    hands.until(editor.panel.isVisible, "the issued invoice")
    # The question for the folder is the desktop's own: one click more.
    monkeypatch.setattr(pdf_files, "choose_folder", lambda _parent: tmp_path)
    hands.clicks += 1
    hands.click(hands.find(editor, "editorPdf"))
    file = hands.until(lambda: next(tmp_path.glob("*.pdf"), None), "the PDF")
    hands.until(lambda: editor.preview.content == present(file).read_bytes(), "the whole file")
    text = "".join(page.extract_text() for page in PdfReader(present(file)).pages)
    for words in ("2026-0001", "Haldane Consulting", "Acme GmbH", "Workshop", "1.190,00"):
        assert words in text
    # The figure that was counted; the promise is 25. Whoever makes the way longer changes it here.
    assert hands.clicks == 20 <= CLICKS
    assert hands.clicks * SECONDS_A_CLICK + hands.keys * SECONDS_A_KEY < THREE_MINUTES


def introduce_yourself(window: Any, hands: CountingHands) -> None:
    """Go through the four steps of the first run, as somebody who writes the invoices."""
    first = QApplication.activeModalWidget()
    hands.type("Mara Haldane")
    hands.click(hands.find(present(first), "first-company"))
    hands.type("Haldane Consulting")
    hands.click(of_kind(first, FirstRun).you.role.cards["office"])
    for step in (1, 2, 3):
        hands.click(of_kind(first, FirstRun).confirm)
        hands.until(partial(_stands_at, first, step), f"step {step}")
    hands.click(of_kind(first, FirstRun).confirm)
    hands.until(lambda: not present(first).isVisible(), "the end of the first run")
    hands.until(lambda: window.journey.here == "invoices", "the page of who writes invoices")


def _stands_at(first: Any, step: int) -> bool:
    return bool(first.steps.currentIndex() == step)


def draft_for_a_new_client(window: Any, hands: CountingHands) -> Any:
    """Begin a blank invoice, which asks for the client that is missing; type one line."""
    view = window.view("invoices")
    hands.until(lambda: button(view, "Blank invoice"), "the way to begin")
    hands.click(button(view, "Blank invoice"))
    sheet = hands.sheet("clientSheet")
    hands.fill("Acme GmbH", "", "Hafenstraße 1", "20457", "Hamburg")
    hands.click(sheet.confirm)
    hands.until(lambda: window.journey.here == "invoice", "the editor")
    editor = window.view("invoice")
    hands.until(lambda: editor.opened and editor.form.isVisible(), "the draft")
    hands.click(hands.find(editor, "addLine"))
    hands.until(lambda: len(editor.form.lines_card.lines.lines) == 1, "the new line")
    hands.fill("Workshop", "2", "500")
    hands.key(Key.Key_Tab)
    hands.until(lambda: "1,190.00" in hands.find(editor, "total").text(), "the total")
    return editor


def say_who_you_are(window: Any, hands: CountingHands, editor: Any) -> None:
    """Follow the first thing to check to the settings: address and tax number are missing."""
    # The line that was missing at first is heard of when it is saved.
    missing = ["Company settings", "Company settings", "Go there"]
    hands.until(lambda: [one.text() for one in checks(editor)] == missing, "what is missing")
    hands.click(hands.find(editor, "check0"))
    settings = window.view("settings")
    hands.until(lambda: settings.findChild(TextField, "street"), "the settings of the company")
    hands.until(settings.findChild(TextField, "street").isVisible, "the fields")
    hands.click(hands.find(settings, "street"))
    hands.fill("Lindenweg 4", "", "10115", "Berlin")
    hands.click(hands.find(settings, "tax_number"))
    hands.type("12/345/67890")
    hands.key(Key.Key_Tab)


def open_the_draft_again(window: Any, hands: CountingHands, editor: Any) -> None:
    """Find the draft in the list and open it; only the period of supply is missing by now."""
    hands.click(hands.find(window, "nav-invoices"))
    view = window.view("invoices")
    hands.until(lambda: window.journey.here == "invoices" and view.table.rows_model.row(0))
    cell = view.table.visualRect(view.table.model().index(0, 1))
    hands.double_click(view.table.viewport(), cell.center())
    hands.until(lambda: window.journey.here == "invoice" and editor.form.isVisible(), "the draft")
    hands.until(lambda: len(checks(editor)) == 1, "the last thing to check")


def checks(editor: Any) -> list[Any]:
    """Return the buttons of what is still to be checked."""
    seen = [one for one in editor.findChildren(Button, CHECK) if one.isVisible()]
    return sorted(seen, key=Button.objectName)


def button(within: Any, words: str) -> Any:
    """Return the visible button that bears these words, if there is one."""
    seen = [one for one in within.findChildren(Button) if one.isVisible() and one.text() == words]
    return seen[0] if seen else None

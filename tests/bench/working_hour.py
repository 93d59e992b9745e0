"""An hour of work in the window, step by step, with the longest turn of each kind of step."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from billops_desktop.ui import theme
from billops_desktop.ui.live.directory import set_preference
from billops_desktop.ui.views.billing import pdf_files
from billops_desktop.ui.views.editor.lines.cells import COLUMNS
from billops_desktop.ui.views.entries.entry_model import Field
from tests.bench.main_thread import TurnProbe
from tests.bench.window_probe import press, settle, spin
from tests.support.present import present

CONTROL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


class Worker:
    """Does what a user does in an hour; every step ends when the window is at rest again."""

    def __init__(self, session: Any) -> None:
        self.session = session
        self.window = session.window
        self.timer = session.window.timer
        self.probe = TurnProbe()
        self.stalls: dict[str, float] = {}

    def step(
        self, name: str, deed: Callable[[], object], until: Callable[[], object] = lambda: True
    ) -> None:
        """Do one thing from the event loop, as an event would, and note its longest turn."""
        self.probe.taken()
        QTimer.singleShot(0, deed)
        spin(until)
        settle(self.session)
        self.stalls[name] = max(self.stalls.get(name, 0.0), self.probe.taken())

    def key(self, key: Qt.Key, modifiers: Any = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        self.window.activateWindow()
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)

    def type_at_focus(self, palette: QWidget, letter: str) -> None:
        """Type where the palette has the focus."""
        QTest.keyClicks(present(palette.focusWidget()), letter)

    def page(self, name: str, key: Qt.Key) -> Any:
        """Go to a page by its shortcut and return its view."""
        self.step(f"go to {name}", lambda: self.key(key, CONTROL))
        return self.window.view(name)

    # The parts of the hour.

    def track(self) -> None:
        """Start, switch, stop, edit, step through weeks."""
        view = self.page("time", Key.Key_1)
        for _ in range(4):
            self.step("start", lambda: press(view.bar.button))
            self.step("switch", lambda: self.timer.start_recent(1))
            self.step("stop", lambda: press(view.bar.button))
        for _ in range(6):
            self.step("week before", lambda: view.step(-1))
        table = view.table
        for row in list(table.entries.rows())[:4]:
            place = table.cell_rect(table.entries.place_of(row.id), Field.DESCRIPTION).center()
            self.step(
                "open a field",
                partial(QTest.mouseClick, table.viewport(), Qt.MouseButton.LeftButton, pos=place),
            )
            if table.editor is not None:
                self.step("type", lambda: QTest.keyClicks(table.editor, " reviewed"))
                self.step("keep", lambda: QTest.keyClick(table.editor, Key.Key_Return))
        self.step("delete", lambda: self.key(Key.Key_Delete))
        self.step("undo", lambda: self.key(Key.Key_Z, CONTROL))
        self.step("this week", lambda: view.go_to(None))

    def look_around(self) -> None:
        """Go through the pages, search, switch the theme."""
        for name, key in (
            ("clients", Key.Key_6),
            ("projects", Key.Key_7),
            ("invoices", Key.Key_4),
            ("to_invoice", Key.Key_3),
        ):
            for _ in range(2):
                self.page(name, key)
                self.page("time", Key.Key_1)
        for section in ("company", "taxes", "numbers", "time", "appearance", "backup"):
            self.step(f"settings, {section}", partial(self.window.go, "settings", section=section))
        self.page("time", Key.Key_1)
        palette = self.window.palette_panel
        self.step("open the palette", palette.open)
        for letter in "project 0":
            self.step("search", partial(self.type_at_focus, palette, letter))
        self.step("close the palette", palette.hide)
        self.renew()
        for choice in ("dark", "light"):
            self.step("switch the theme", partial(theme.SWITCH.choose, choice))

    def renew(self) -> None:
        """Choose a larger text and another language, and take both back."""
        for name, value in (
            ("appearance.text_size", 110),
            ("appearance.text_size", 100),
            ("appearance.language", "de"),
            ("appearance.language", "en"),
        ):
            self.step(
                f"change the {name.partition('.')[2].replace('_', ' ')}",
                partial(self.session.jobs.run, set_preference, name, value),
                until=lambda: self.session.window is not self.window,
            )
            self.window, self.timer = self.session.window, self.session.window.timer

    def bill(self) -> None:
        """Draft the unbilled time of all clients, edit one, issue, export, get it paid."""
        view = self.page("to_invoice", Key.Key_3)
        self.step("drafts for all clients", lambda: press(view.foot.draft))
        invoices = self.page("invoices", Key.Key_4)
        row = invoices.table.rows_model.row(0)
        self.step("open a draft", lambda: self.window.go("invoice", invoice_id=row.id))
        editor = self.window.view("invoice")
        spin(lambda: editor.preview.content)
        lines = editor.form.lines_card.lines
        for rate in ("120", "110"):
            self.step("open a cell", lambda: lines.open_cell(0, COLUMNS.index("rate")))
            self.step("type in a cell", partial(QTest.keyClicks, lines.cell, rate))
            self.step("leave a cell", lines.leave_cell)
        self.step("review", editor.review)
        sheet: Any = QApplication.activeModalWidget()
        if sheet is None or not sheet.confirm.isEnabled():
            raise RuntimeError("the draft cannot be issued")
        self.step("issue", lambda: press(sheet.confirm))
        spin(editor.panel.isVisible)
        self.export(editor)
        self.step("record a payment", lambda: press(editor.panel.form.record))
        self.page("invoices", Key.Key_4)

    def export(self, editor: Any) -> None:
        """Export the PDF to a folder of its own."""
        with (
            tempfile.TemporaryDirectory() as folder,
            patch.object(pdf_files, "choose_folder", return_value=Path(folder)),
        ):
            self.step("export the PDF", editor.export)


def work_through(session: Any) -> dict[str, float]:
    """Work through the hour; return the longest turn of each kind of step, in milliseconds."""
    worker = Worker(session)
    worker.step("nothing", lambda: None)
    for part in (worker.track, worker.look_around, worker.bill):
        part()
    return worker.stalls

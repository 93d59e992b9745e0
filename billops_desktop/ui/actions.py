"""Every action once: id, words, shortcut, icon, where it is listed; one table for all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from billops_desktop.i18n import _
from billops_desktop.ui import icons
from billops_desktop.ui.widgets.labels import escaped
from billops_desktop.values import dataclass

Slot = Callable[[], object]
RECENTS: Final = 9
START: Final = ("Ctrl+Shift+S", "S")


@dataclass(frozen=True, slots=True)
class ActionDeclaration:
    """One action: its id, its words, its keys, its icon and the group it is listed under.

    A single letter acts only while no text field has the focus, and only on the page ``on`` where
    one is named: what is typed astray elsewhere must not start or stop anything.
    """

    id: str
    words: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    group: str = ""
    in_palette: bool = True
    on: str = ""

    @property
    def letters(self) -> tuple[str, ...]:
        """Return the keys that are letters typed without a modifier."""
        return tuple(key for key in self.keys if "+" not in key and len(key) == 1)


def declarations() -> tuple[ActionDeclaration, ...]:
    """Return the actions of the window, in the order in which they are listed."""
    act, time, go, app = ActionDeclaration, _("Time"), _("Go to"), _("Application")
    edit, bill, make = _("Edit"), _("Billing"), _("New")
    return (
        act("timer.toggle", _("Start or stop the timer"), START, "play", time, on="time"),
        act("timer.new", _("New entry"), ("Ctrl+N", "N"), "plus", time, on="time"),
        act("timer.past", _("Log past time…"), ("Ctrl+Shift+L",), "clock", time),
        act("invoice.new", _("New invoice…"), ("Ctrl+Shift+N",), "file-plus", make),
        act("client.new", _("New client…"), (), "users", make),
        act("project.new", _("New project…"), (), "folder", make),
        act("invoice.from_time", _("Invoice unbilled time…"), (), "hand-coins", bill),
        act("go.time", _("Time"), ("Ctrl+1",), "clock", go),
        act("go.to_invoice", _("To invoice"), ("Ctrl+3",), "hand-coins", go),
        act("go.invoices", _("Invoices"), ("Ctrl+4",), "file-text", go),
        act("go.clients", _("Clients"), ("Ctrl+6",), "users", go),
        act("go.projects", _("Projects"), ("Ctrl+7",), "folder", go),
        act("go.settings", _("Settings"), ("Ctrl+,",), "settings", go),
        act("go.back", _("Back"), ("Alt+Left",), "arrow-left", go),
        act("go.forward", _("Forward"), ("Alt+Right",), "arrow-right", go),
        act("edit.undo", _("Undo"), ("Ctrl+Z",), "undo-2", edit),
        act("edit.redo", _("Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), "redo-2", edit),
        act("edit.filter", _("Filter this page"), ("Ctrl+F", "/"), "search", edit),
        act("app.palette", _("Search or run…"), ("Ctrl+K",), "search", app, in_palette=False),
        act("app.sidebar", _("Show or hide the sidebar's words"), ("Ctrl+B",), "panel-left", app),
        act("app.panel", _("Show or hide the panel"), ("Ctrl+.",), "panel-right", app),
        act("app.region", _("Next region"), ("F6",), "", app),
        act("app.region_back", _("Previous region"), ("Shift+F6",), "", app),
        act("app.theme", _("Switch theme between light and dark"), (), "moon", app),
        act("app.shortcuts", _("Keyboard shortcuts"), ("?", "F1"), "keyboard", app),
        act("app.backup", _("Make a backup now"), (), "hard-drive", app),
        act("app.close", _("Close window"), ("Ctrl+W",), "x", app),
        act("app.quit", _("Quit BillOps"), ("Ctrl+Q",), "log-out", app),
        *(
            act(
                f"recent.{number}",
                _("Start recent work {number}").format(number=number),
                (f"Alt+{number}",),
                "play",
                time,
                in_palette=False,
            )
            for number in range(1, RECENTS + 1)
        ),
    )


class Actions(QObject):
    """Makes the QActions of the table and gives them their slots."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("actions")
        self.declared = {one.id: one for one in declarations()}
        self._made: dict[str, QAction] = {}
        for one in self.declared.values():
            self._made[one.id] = self._make(one, window)

    def __getitem__(self, action_id: str) -> QAction:
        """Return an action by its id; KeyError for an id that is none."""
        return self._made[action_id]

    def __iter__(self) -> Iterator[ActionDeclaration]:
        """Walk the declarations in their order."""
        return iter(self.declared.values())

    def connect_slots(self, slots: dict[str, Slot]) -> None:
        """Give actions their slots; an action without one is invisible and disabled."""
        for action_id, slot in slots.items():
            action = self._made[action_id]
            action.triggered.connect(lambda _checked=False, slot=slot: slot())
            action.setEnabled(True)
            action.setVisible(True)

    def offered(self) -> tuple[ActionDeclaration, ...]:
        """Return the declarations whose action can be triggered now."""
        return tuple(one for one in self if self._made[one.id].isEnabled())

    def letter(self, key: str, page: str) -> QAction | None:
        """Return the action of a letter typed outside text fields on a page."""
        for one in self:
            here = key.upper() in one.letters and one.on in {"", page}
            if here and self._made[one.id].isEnabled():
                return self._made[one.id]
        return None

    def recolour(self) -> None:
        """Draw the icons again in the theme's colours."""
        for one in self:
            if one.icon:
                self._made[one.id].setIcon(icons.icon(one.icon))

    def _make(self, one: ActionDeclaration, window: QWidget) -> QAction:
        action = QAction(one.words, self)
        action.setObjectName(one.id)
        # Letters are left to the window's key filter: as shortcuts they would eat typed text.
        keys = [QKeySequence(key) for key in one.keys if key not in one.letters]
        action.setShortcuts(keys)
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setToolTip(escaped(one.words.rstrip("…")))
        action.setEnabled(False)
        action.setVisible(False)
        window.addAction(action)
        return action


def types_text(widget: QWidget | None) -> bool:
    """Return whether letters typed now belong to a text field."""
    return isinstance(widget, QLineEdit | QPlainTextEdit) and not widget.isReadOnly()


def focus_types_text() -> bool:
    """Return whether the widget with the focus takes letters."""
    return types_text(QApplication.focusWidget())

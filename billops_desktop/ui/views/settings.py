"""The Settings page: a list of sections at the left, one of them beside it, saved at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from billops_desktop.i18n import _
from billops_desktop.ui.view import View
from billops_desktop.ui.views.preferences.appearance import AppearanceSection
from billops_desktop.ui.views.preferences.company import CompanySection
from billops_desktop.ui.views.preferences.numbers import NumbersSection
from billops_desktop.ui.views.preferences.section import Section
from billops_desktop.ui.views.preferences.section_list import SectionButton
from billops_desktop.ui.views.preferences.taxes import TaxesSection
from billops_desktop.ui.views.preferences.time_rules import TimeSection
from billops_desktop.ui.views.preferences.upkeep import UpkeepSection
from billops_desktop.ui.widgets.edges import RING

if TYPE_CHECKING:
    from billops_desktop.ui.view import Shell

LIST_WIDTH: Final = 196


class SettingsView(View):
    """Shows one section at a time; a section is made when it is first shown."""

    name: ClassVar[str] = "settings"
    shows: ClassVar[frozenset[str]] = frozenset(
        {
            "company",
            "bank_account",
            "tax_rate",
            "number_series",
            "number_counter",
            "rounding_policy",
            "setting",
            "workspace",
        }
    )

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.sections: dict[str, Section] = {}
        self._unfinished: dict[str, Section] = {}
        self._steps = QTimer(self, singleShot=True, interval=0)
        self._steps.timeout.connect(self._make_on)
        self.buttons: dict[str, SectionButton] = {}
        self.shown = ""
        self.stack = QStackedWidget(self)
        self.stack.setObjectName("settingsPages")
        self.header(_("Settings"))
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addStrut(LIST_WIDTH)
        for key, words, icon in _sections():
            button = self.buttons[key] = SectionButton(key, words, icon, self)
            button.clicked.connect(lambda _checked=False, key=key: self.open_section(key))
            button.stepped.connect(self._step)
            names.addWidget(button)
        names.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addSpacing(-RING)
        row.addLayout(names)
        row.addWidget(self.stack, 1)
        self.body.addLayout(row, 1)
        self.open_section("company")

    def load(self) -> None:
        """Ask for what the section shows."""
        if self.shell.jobs.inline or self.shown in self.sections:
            self.section.load()
        else:
            self._steps.start()

    def open_at(self, place: Mapping[str, Any]) -> None:
        """Go to a section."""
        if place.get("section") in self.buttons:
            self.open_section(place["section"])

    def place(self) -> dict[str, Any]:
        """Return the section that is shown."""
        return {"section": self.shown}

    def heading(self) -> str:
        """Return the words of the window's title."""
        return f"{_('Settings')}, {self.buttons[self.shown].words()}"

    @property
    def section(self) -> Section:
        """Return the section that is shown, made when it is first asked for."""
        made = self.sections.get(self.shown)
        if made is None:
            made = self.sections[self.shown] = self._begun()
            made.complete()
            self.stack.addWidget(made)
        self.stack.setCurrentWidget(made)
        return made

    def _begun(self) -> Section:
        key = self.shown
        return self._unfinished.pop(key, None) or _FACTORIES[key](self, self.stack)

    def _make_on(self) -> None:
        """Build the next part of the section; it is shown in a later turn than its last part."""
        if self.shown in self.sections:
            self.section.load()
            return
        begun = self._unfinished[self.shown] = self._begun()
        if begun.steps:
            begun.steps.pop(0)()
            self._steps.start()
        else:
            self.section.load()

    def open_section(self, key: str) -> None:
        """Show a section and ask for its values."""
        self.shown = key
        for other, button in self.buttons.items():
            button.setChecked(other == key)
        self.reload()

    def _step(self, step: int) -> None:
        keys = list(self.buttons)
        there = keys[(keys.index(self.shown) + step) % len(keys)]
        self.open_section(there)
        self.buttons[there].setFocus()


def _sections() -> tuple[tuple[str, str, str], ...]:
    return (
        ("company", _("Company"), "building-2"),
        ("taxes", _("Taxes"), "percent"),
        ("numbers", _("Numbers"), "hash"),
        ("time", _("Time and rounding"), "clock"),
        ("appearance", _("Appearance"), "paintbrush"),
        ("backup", _("Data and backup"), "hard-drive"),
    )


_FACTORIES: Final[dict[str, type[Section]]] = {
    "company": CompanySection,
    "taxes": TaxesSection,
    "numbers": NumbersSection,
    "time": TimeSection,
    "appearance": AppearanceSection,
    "backup": UpkeepSection,
}

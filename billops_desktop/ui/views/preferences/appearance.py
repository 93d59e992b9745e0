"""Theme, text size and language, worn at once; the tray and what closing the window means."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication

from billops_desktop.config import declared
from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _, format_percent, use_language
from billops_desktop.services.profile import settings
from billops_desktop.ui import fonts, theme
from billops_desktop.ui.views.preferences.section import Section
from billops_desktop.ui.widgets.input.edits import TypedEdit, whole
from billops_desktop.ui.widgets.input.fields import FormField


def keep(name: str) -> Any:
    """Return the saving of one preference."""
    return lambda value: (settings.set_preference, (name, value))


def read_size(text: str) -> int:
    """Read a text size in per cent."""
    number = whole(text.replace("%", ""))
    size = declared("appearance.text_size")
    if number is None:
        raise InvalidInput(
            _("This is not a text size."), _("Example: 110%"), field="appearance.text_size"
        )
    return int(size.check(number))


class AppearanceSection(Section):
    """How the window looks and speaks."""

    id = "appearance"

    def build(self) -> None:
        """Add looks, then the tray."""
        looks = self.group(_("Appearance"), _("Invoices look as their clients need them."))
        themes = (("system", _("As the desktop")), ("light", _("Light")), ("dark", _("Dark")))
        name = "appearance.theme"
        self.theme = self.choice(looks, name, _("Theme"), themes, keep(name))
        self.theme.chosen.connect(theme.SWITCH.choose)
        languages = (("system", _("As the desktop")), ("en", "English"), ("de", "Deutsch"))
        name = "appearance.language"
        self.language = self.choice(looks, name, _("Language"), languages, keep(name))
        self.language.chosen.connect(self._on_language)
        name = "appearance.text_size"
        self.text_size = TypedEdit(
            name, (read_size, format_percent), self, placeholder=format_percent(100)
        )
        field = FormField(_("Text size"), self.text_size, self, hint=_("90% to 160%"))
        looks.add(self.fields.add(name, field))
        self.text_size.committed.connect(self._on_size)
        self._tray()

    def _tray(self) -> None:
        group = self.group(_("Tray and window"))
        name = "tray.shown"
        self.tray = self.check(group, name, _("Show the timer in the tray"), keep(name))
        choices = (
            ("ask", _("Ask")),
            ("keep", _("Keep running in the tray")),
            ("quit", _("Quit BillOps")),
        )
        name = "window.close_to_tray"
        self.close_to = self.choice(
            group, name, _("When the window is closed"), choices, keep(name)
        )
        roles = (("consultant", _("Time")), ("office", _("Invoices")))
        name = "window.role"
        self.role = self.choice(group, name, _("Page shown at the start"), roles, keep(name))

    def load(self) -> None:
        """Ask for the preferences."""
        self.view.query(settings.preferences, done=self.show_preferences)

    def show_preferences(self, values: dict[str, Any]) -> None:
        """Show what was read."""
        self.theme.choose(values["appearance.theme"])
        self.language.choose(values["appearance.language"])
        if not self.text_size.property("wrong"):
            self.text_size.set_value(values["appearance.text_size"])
        self.tray.setChecked(bool(values["tray.shown"]))
        self.close_to.choose(values["window.close_to_tray"])
        self.role.choose(values["window.role"])

    def _on_language(self, code: str) -> None:
        use_language(code)

    def _on_size(self, percent: int | None) -> None:
        size = 100 if percent is None else percent
        application = QApplication.instance()
        if isinstance(application, QApplication):
            fonts.install(application, size)
        self.save("appearance.text_size", keep("appearance.text_size")(size))

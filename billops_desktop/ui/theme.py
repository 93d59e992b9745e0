"""Colours of the window: tokens for light, dark and high contrast, the palette, the live switch."""

from __future__ import annotations

import re
from dataclasses import field
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette, QPen
from PySide6.QtWidgets import QApplication, QWidget

from billops_desktop.paths import resources_folder
from billops_desktop.values import dataclass

TOKENS: Final[dict[str, tuple[str, str]]] = {
    "bg_app": ("#F4F5F7", "#121418"),
    "bg_surface": ("#FFFFFF", "#1A1D22"),
    "bg_subtle": ("#F7F8FA", "#1F2329"),
    "bg_hover": ("#F0F2F5", "#262B32"),
    "bg_pressed": ("#E6E9EE", "#2F353E"),
    "bg_sunken": ("#EBEDF1", "#0E1013"),
    "bg_selected": ("#E8EDFC", "#232D52"),
    "border_subtle": ("#E7E9EE", "#272C34"),
    "border": ("#D3D8E0", "#373E48"),
    "border_control": ("#8C94A2", "#69727F"),
    "border_strong": ("#858D9B", "#79828F"),
    "text": ("#14171C", "#EDEFF2"),
    "text2": ("#4B5361", "#ADB4BF"),
    "text3": ("#646C7A", "#8F97A4"),
    "text_disabled": ("#9AA1AD", "#5F6772"),
    "accent": ("#3355D6", "#4666E5"),
    "accent_hover": ("#2A48BD", "#4B6AE6"),
    "accent_pressed": ("#223C9F", "#3B59D2"),
    "accent_subtle": ("#E8EDFC", "#222B4A"),
    "accent_text": ("#2A48BD", "#9FB3FF"),
    "on_accent": ("#FFFFFF", "#FFFFFF"),
    "focus": ("#3355D6", "#8AA2FF"),
    "ok": ("#157347", "#5FD39A"),
    "ok_bg": ("#E1F4E9", "#16322A"),
    "warn": ("#8A5300", "#F0B557"),
    "warn_bg": ("#FCEFD6", "#3A2C14"),
    "bad": ("#B8242F", "#FF8A8F"),
    "bad_bg": ("#FCE8E9", "#41201F"),
    "bad_solid": ("#C42B36", "#D5404A"),
    "on_bad": ("#FFFFFF", "#FFFFFF"),
    "info": ("#0B6477", "#6CCBDD"),
    "info_bg": ("#DFF3F7", "#14323A"),
    "canvas": ("#E9EBEF", "#0E1013"),
    "tooltip_bg": ("#1E222A", "#EDEFF2"),
    "tooltip_fg": ("#F4F5F7", "#14171C"),
}

# Name of the hue: solid light, solid dark, tint light, tint dark.
HUES: Final[dict[str, tuple[str, str, str, str]]] = {
    "blue": ("#2F6FDB", "#6FA3F7", "#E4ECFA", "#2E3D55"),
    "teal": ("#0E8577", "#4CC7B6", "#E0EFED", "#264646"),
    "green": ("#2E8540", "#6CC57C", "#E4EFE6", "#2E4538"),
    "lime": ("#66790F", "#B5CC4B", "#EBEEE0", "#3F472C"),
    "amber": ("#9C6614", "#EBB454", "#F2EBE0", "#4C412E"),
    "orange": ("#C2560C", "#F2955A", "#F7E9DF", "#4E3A2F"),
    "red": ("#C93A3A", "#F28482", "#F8E5E5", "#4E3639"),
    "pink": ("#BE3F84", "#EE89BE", "#F7E6EF", "#4D3747"),
    "violet": ("#7A4FD0", "#B294F5", "#EEE8F9", "#3E3A55"),
    "indigo": ("#4A55C9", "#929CF7", "#E7E9F8", "#373B55"),
    "slate": ("#5B6675", "#9BA7B6", "#EAEBED", "#393E46"),
    "brown": ("#86603F", "#C9A27E", "#EFEAE6", "#443D38"),
}

RADIUS: Final = {"tag": 4, "block": 5, "control": 6, "card": 8, "panel": 12}
HEIGHT: Final = {"entry": 44, "table": 36, "nav": 32, "control": 32, "inline": 28, "bar": 64}
CHOICES: Final = ("system", "light", "dark")
HIGH_CONTRAST: Final = {
    "border_subtle": "text",
    "border": "text",
    "border_control": "text",
    "border_strong": "text",
    "text3": "text2",
    "accent_subtle": "bg_surface",
    "bg_selected": "bg_pressed",
    "ok_bg": "bg_surface",
    "warn_bg": "bg_surface",
    "bad_bg": "bg_surface",
    "info_bg": "bg_surface",
}


@dataclass(frozen=True, slots=True)
class Theme:
    """One set of colours: light or dark, with or without high contrast."""

    dark: bool = False
    high_contrast: bool = False
    made: dict[str, QColor] = field(default_factory=dict, compare=False, repr=False)

    def colour(self, token: str) -> QColor:
        """Return the colour of a token; KeyError for a name that is none."""
        known = self.made.get(token)
        if known is None:
            name = HIGH_CONTRAST.get(token, token) if self.high_contrast else token
            known = self.made[token] = QColor(TOKENS[name][self.dark])
        return known

    def hue(self, name: str) -> QColor:
        """Return the solid colour of a project hue; slate for a name that is none."""
        return QColor(HUES.get(name, HUES["slate"])[self.dark])

    def tint(self, name: str) -> QColor:
        """Return the quiet fill of a project hue; the surface itself in high contrast."""
        if self.high_contrast:
            return self.colour("bg_surface")
        return QColor(HUES.get(name, HUES["slate"])[2 + self.dark])


class ThemeSwitch(QObject):
    """Holds the theme that everything paints with, and changes it while windows are open."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.theme = Theme()
        self.choice = "system"
        self._installed = False
        self._worn = False

    def install(self, application: QApplication, choice: str = "system") -> None:
        """Dress the application and follow the desktop's light, dark and contrast settings."""
        if not self._installed:
            self._installed = True
            application.setStyle("Fusion")
            # Held as an attribute: a chained call would use the hints after their wrapper is gone.
            self._hints = QGuiApplication.styleHints()
            self._hints.colorSchemeChanged.connect(self._on_system)
            self._access = self._hints.accessibility()
            self._access.contrastPreferenceChanged.connect(self._on_system)
        self.choose(choice)

    def choose(self, choice: str) -> None:
        """Switch to system, light or dark; anything else counts as system."""
        self.choice = choice if choice in CHOICES else "system"
        schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
        if self._installed:
            self._hints.setColorScheme(schemes.get(self.choice, Qt.ColorScheme.Unknown))
        self.wear(self._wanted())

    def wear(self, theme: Theme) -> None:
        """Put a theme on all that is shown and tell who paints; what is hidden waits."""
        application = QApplication.instance()
        same = theme == self.theme
        self.theme = theme
        if not isinstance(application, QApplication) or (same and self._worn):
            return
        self._worn = True
        application.setPalette(palette_of(theme))
        self.changed.emit()
        for window in application.topLevelWidgets():
            window.update()

    def _wanted(self) -> Theme:
        if not self._installed:
            return Theme(dark=self.choice == "dark")
        contrast = self._access.contrastPreference() == Qt.ContrastPreference.HighContrast
        if self.choice == "system":
            return Theme(self._hints.colorScheme() == Qt.ColorScheme.Dark, contrast)
        return Theme(self.choice == "dark", contrast)

    def _on_system(self) -> None:
        self.wear(self._wanted())


SWITCH: Final = ThemeSwitch()


class _Wardrobe(QObject):
    """Keeps the style sheet of one window or page; it lives as long as its widget does."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.widget = widget
        self.worn: Theme | None = None
        widget.installEventFilter(self)
        SWITCH.changed.connect(self.on_changed)
        self.put_on()

    def put_on(self) -> None:
        """Wear the theme of now."""
        if self.worn != SWITCH.theme:
            self.worn = SWITCH.theme
            self.widget.setStyleSheet(style_sheet(SWITCH.theme))

    def on_changed(self) -> None:
        """Follow a switch at once while seen, else when shown next."""
        if self.widget.isVisible():
            self.put_on()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Catch up with the switches that were missed while hidden."""
        if event.type() == QEvent.Type.Show:
            self.put_on()
        return False


def dress(widget: QWidget) -> None:
    """Give a window or page the style sheet, now and after each switch of the theme.

    Not the whole application: Qt would polish each widget once for every widget around it, those
    of hidden pages too, and stand still for a second. Call it before the widget gets children.
    """
    _Wardrobe(widget)


def colour(token: str) -> QColor:
    """Return the colour of a token in the theme that is worn now."""
    return SWITCH.theme.colour(token)


def hue(name: str) -> QColor:
    """Return the solid colour of a project hue in the theme that is worn now."""
    return SWITCH.theme.hue(name)


def tint(name: str) -> QColor:
    """Return the quiet fill of a project hue in the theme that is worn now."""
    return SWITCH.theme.tint(name)


def edge(token: str = "") -> QPen:
    """Return the outline of what only its fill shows, seen in high contrast alone.

    Else the outline is that of a token, or none.
    """
    if SWITCH.theme.high_contrast:
        return QPen(colour("text"), 1)
    return QPen(colour(token)) if token else QPen(Qt.PenStyle.NoPen)


def palette_of(theme: Theme) -> QPalette:
    """Return the Qt palette that says the same as the tokens."""
    palette = QPalette()
    role = QPalette.ColorRole
    pairs = (
        (role.Window, "bg_surface"),
        (role.WindowText, "text"),
        (role.Base, "bg_surface"),
        (role.AlternateBase, "bg_subtle"),
        (role.Text, "text"),
        (role.PlaceholderText, "text3"),
        (role.Button, "bg_surface"),
        (role.ButtonText, "text"),
        (role.BrightText, "on_accent"),
        (role.Highlight, "accent"),
        (role.HighlightedText, "on_accent"),
        (role.Accent, "accent"),
        (role.Link, "accent_text"),
        (role.LinkVisited, "accent_text"),
        (role.ToolTipBase, "tooltip_bg"),
        (role.ToolTipText, "tooltip_fg"),
        (role.Light, "bg_hover"),
        (role.Midlight, "border_subtle"),
        (role.Mid, "border"),
        (role.Dark, "border_control"),
        (role.Shadow, "border_strong"),
    )
    for which, token in pairs:
        palette.setColor(which, theme.colour(token))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, theme.colour("text_disabled"))
    return palette


def style_sheet(theme: Theme) -> str:
    """Return resources/theme/billops.qss with every @token replaced by its colour."""
    return re.sub(r"@([a-z]\w*)", lambda match: theme.colour(match[1]).name(), _template())


@lru_cache(maxsize=1)
def _template() -> str:
    return (resources_folder() / "theme" / "billops.qss").read_text("utf-8")

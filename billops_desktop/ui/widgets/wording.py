"""Lengths of time, amounts and countries as the window writes them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale

from billops_desktop.domain.parties import COUNTRIES
from billops_desktop.i18n import _, format_money

if TYPE_CHECKING:
    from billops_desktop.domain.money import Money


def clock_text(seconds: int) -> str:
    """Return h:mm:ss, the running clock."""
    minutes, rest = divmod(max(seconds, 0), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}"


def short_text(seconds: int) -> str:
    """Return h:mm, a length in a list."""
    minutes = max(seconds, 0) // 60
    return f"{minutes // 60}:{minutes % 60:02d}"


def hours_text(seconds: int) -> str:
    """Return a sum as people say it: 5 h 42."""
    minutes = max(seconds, 0) // 60
    return _("{hours} h {minutes}").format(hours=minutes // 60, minutes=f"{minutes % 60:02d}")


def started_text(entry: Any) -> str:
    """Return what is said of an entry (EntryRow) that began to run."""
    work = entry.description or entry.project_name
    return _("Timer started: {work}").format(work=work) if work else _("Timer started")


def stopped_text(entry: Any) -> str:
    """Return what is said of an entry (EntryRow) that ran until now."""
    work = entry.description or entry.project_name
    words = _("Stopped: {time} on {work}") if work else _("Stopped: {time}")
    return words.format(time=short_text(entry.seconds or 0), work=work)


def country_name(code: str) -> str:
    """Return a country's name for its two letters."""
    if code == "XI":
        # A code of VAT numbers only, unknown to Qt.
        return _("Northern Ireland")
    return QLocale.territoryToString(QLocale.codeToTerritory(code))


def country_choices() -> list[tuple[str, str]]:
    """Return every country's two letters and name by name, with none of them first."""
    known = [(code, country_name(code) or code) for code in COUNTRIES]
    return [("", "—"), *sorted(known, key=lambda pair: pair[1].casefold())]


def amounts_text(values: Iterable[Money]) -> str:
    """Return amounts of several currencies beside each other: they are never added."""
    return " + ".join(format_money(value) for value in values)

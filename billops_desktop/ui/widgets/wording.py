"""Lengths of time, amounts and countries as the window writes them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from billops_desktop.domain.alphabet import name_order
from billops_desktop.domain.parties import COUNTRIES
from billops_desktop.i18n import _, current_language, format_money, normal_language
from billops_desktop.services import postal

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
    """Return a country's name for its two letters, in the screen's language."""
    if code == "XI":
        # A code of VAT numbers only, which is no country's.
        return _("Northern Ireland")
    return postal.country_name(code, current_language())


def country_choices() -> list[tuple[str, str]]:
    """Return every country's two letters and name by name, with none of them first."""
    return [("", "—"), *by_name((code, country_name(code)) for code in COUNTRIES)]


def by_name(choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return choices by their words; an accent does not send a name to the end of the list."""
    return sorted(choices, key=lambda pair: name_order(pair[1]))


def language_name(code: str) -> str:
    """Return a language's name for its code, in the screen's language, as a list begins it."""
    from babel.core import Locale

    name = str(Locale.parse(normal_language(current_language())).languages.get(code, code))
    return name[:1].upper() + name[1:]


def amounts_text(values: Iterable[Money]) -> str:
    """Return amounts of several currencies beside each other: they are never added."""
    return " + ".join(format_money(value) for value in values)

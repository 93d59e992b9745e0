"""Words and numbers in a language: gettext catalogues and locale formats, one language per call."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from datetime import date, time
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, runtime_checkable

if TYPE_CHECKING:
    from decimal import Decimal
    from gettext import NullTranslations

DOMAIN = "billops"
SOURCE_LANGUAGE = "en"
LANGUAGES = ("en", "de")
DateStyle = Literal["short", "medium", "long"]

# English without a region is read all over the world: day before month, and "US$" beside "€".
REGIONS = {"en": "en_GB"}
NO_BREAK_SPACE = "\u00a0"
# Their clocks are known without babel, which the first page does not wait for.
ROUND_THE_CLOCK = frozenset({"en", "en_GB", "de", "de_DE", "de_AT", "de_CH"})
TYPED_BACK = re.compile(r"[0-9]{1,2}([:.]|\sh\s)[0-9]{2}(\s?[ap]\.?\s?m\.?)?", re.IGNORECASE)


@runtime_checkable
class Amount(Protocol):
    """What format_money needs of an amount of money; domain.money.Money is one."""

    @property
    def currency(self) -> str:
        """Return the ISO 4217 code."""
        ...

    @property
    def decimal(self) -> Decimal:
        """Return the amount with exactly the decimals of its currency."""
        ...


class SourceWords:
    """The words as they stand in the source: English is spoken without loading gettext."""

    def gettext(self, message: str) -> str:
        """Return the message itself."""
        return message

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """Return the singular for one, else the plural."""
        return singular if count == 1 else plural


class Translator:
    """The words of one language; a message without a translation stays English."""

    def __init__(self, language: str, catalogue: SourceWords | NullTranslations) -> None:
        self.language = language
        self._catalogue = catalogue

    def text(self, message: str) -> str:
        """Return the message in this language."""
        return self._catalogue.gettext(message) if message else ""

    def plural(self, singular: str, plural: str, count: int) -> str:
        """Return the form of the message that goes with count."""
        return self._catalogue.ngettext(singular, plural, count)


def normal_language(code: str) -> str:
    """Return a code such as ``de`` or ``en_US`` for what settings and systems write.

    "system" and "" ask the environment; a code that cannot be read is English.
    """
    if code in {"", "system"}:
        code = _system_language()
    parts = code.split(".")[0].split("@")[0].replace("-", "_").split("_")
    if not (parts[0].isascii() and parts[0].isalpha() and len(parts[0]) in {2, 3}):
        return SOURCE_LANGUAGE
    region = parts[-1].upper()
    known_region = len(parts) > 1 and region.isascii() and region.isalpha() and len(region) == 2
    return f"{parts[0].lower()}_{region}" if known_region else parts[0].lower()


def _system_language() -> str:
    """Return what the environment asks for, as gettext reads it."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return os.environ[name].split(":")[0]
    import locale  # seldom asked: the environment names a language nearly everywhere

    if sys.platform == "win32":
        import ctypes

        code = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        return locale.windows_locale.get(code, SOURCE_LANGUAGE)
    return locale.getlocale()[0] or SOURCE_LANGUAGE


@cache
def translator(language: str) -> Translator:
    """Return the words of the language, loaded once; ``de_AT`` falls back to ``de``."""
    code = normal_language(language)
    if code.split("_")[0] == SOURCE_LANGUAGE:
        return Translator(code, SourceWords())
    import gettext

    from billops_desktop.paths import resources_folder

    folder = resources_folder() / "locale"
    return Translator(code, gettext.translation(DOMAIN, folder, [code], fallback=True))


class _Current:
    """The language of the screen; English until use_language is called."""

    words = Translator(SOURCE_LANGUAGE, SourceWords())


def use_language(code: str) -> None:
    """Switch the language of the screen: "system", "en", "de"."""
    _Current.words = translator(normal_language(code))


def current_language() -> str:
    """Return the code of the screen's language."""
    return _Current.words.language


def _(message: str) -> str:
    """Return the message in the screen's language."""
    return _Current.words.text(message)


def N_(message: str) -> str:  # noqa: N802 - the name that the extraction of messages looks for
    """Mark a message for the catalogues; it is translated when it is shown."""
    return message


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the form of the message that goes with count, in the screen's language."""
    return _Current.words.plural(singular, plural, count)


def worded(message: str, **values: object) -> str:
    """Return the message in the screen's language, its named places filled as that language writes.

    >>> worded("No rate covers {day}.", day=date(2026, 11, 25))
    'No rate covers 25 Nov 2026.'
    """
    return filled(_(message), **values)


def filled(words: str, **values: object) -> str:
    """Fill the named places of words that are translated already; ours, never a user's."""
    return words.format(**{name: _written(value) for name, value in values.items()})


def _written(value: object) -> str:
    """Return a value as the screen's language writes it: amounts, numbers, days, times of day."""
    if isinstance(value, bool | str):
        return str(value)
    from decimal import Decimal

    if isinstance(value, int | Decimal):
        return format_decimal(Decimal(value))
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, time):
        return format_time(value)
    if isinstance(value, Amount):
        return format_money(value)
    return str(value)


class Format(NamedTuple):
    """How one locale writes numbers, read from babel once: its own calls cost 20 times more."""

    identifier: str
    decimal_mark: str
    group_mark: str
    minus: str
    thousands: bool

    def number(self, value: Decimal, places: int) -> str:
        """Return the number with exactly these places, rounded half up, grouped."""
        exact = value.quantize(_step(places), rounding="ROUND_HALF_UP")
        if not self.thousands:
            from babel.numbers import format_decimal as babel_decimal

            pattern = "#,##,##0" + ("." + "0" * places if places > 0 else "")
            return babel_decimal(exact, format=pattern, locale=self.identifier)
        text = f"{abs(exact):,f}".translate({44: self.group_mark, 46: self.decimal_mark})
        return self.minus + text if exact < 0 else text


@cache
def _step(places: int) -> Decimal:
    """Return the smallest step of a number with these places: 0.01 for two."""
    from decimal import Decimal

    return Decimal(1).scaleb(-places)


@cache
def number_format(language: str) -> Format:
    """Return how the language writes numbers; what babel does not know is written as English."""
    from babel.core import Locale, UnknownLocaleError

    code = normal_language(language)
    code = REGIONS.get(code, code)
    try:
        found = Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        found = Locale.parse(_parent(code))
    symbols = found.number_symbols["latn"]
    pattern = found.decimal_formats[None]
    return Format(
        identifier=str(found),
        decimal_mark=symbols["decimal"],
        group_mark=symbols["group"],
        minus=symbols.get("minusSign", "-").replace("-", "\u2212"),
        thousands=pattern.grouping == (3, 3) and found.default_numbering_system == "latn",
    )


def _parent(code: str) -> str:
    """Return the language without its region where babel knows that much, else English."""
    from babel.localedata import exists

    language = code.split("_", maxsplit=1)[0]
    return language if "_" in code and exists(language) else REGIONS[SOURCE_LANGUAGE]


def format_decimal(
    value: Decimal, language: str | None = None, *, places: int | None = None, at_least: int = 0
) -> str:
    """Return a number as the language writes it.

    With ``places`` it is rounded half up to them; without, all its digits are kept, padded to
    ``at_least`` places.
    """
    if places is None:
        exponent = value.normalize().as_tuple().exponent
        places = max(at_least, -exponent) if isinstance(exponent, int) else at_least
    return number_format(language or current_language()).number(value, places)


@cache
def _currency_writer(language: str, currency: str) -> Callable[[str], str]:
    """Return what puts the currency's symbol before or after a positive number."""
    from babel.core import Locale
    from babel.numbers import get_currency_symbol

    identifier = number_format(language).identifier
    pattern = Locale.parse(identifier).currency_formats["standard"].pattern.split(";")[0]
    symbol = get_currency_symbol(currency, locale=identifier)
    prefix, suffix = pattern.split("#", 1)[0], pattern.rsplit("0", 1)[-1]
    before, after = prefix.replace("¤", symbol), suffix.replace("¤", symbol)
    if before and symbol[-1].isalpha() and before == symbol:
        before += NO_BREAK_SPACE  # CHF 12.00, not CHF12.00
    return lambda number: f"{before}{number}{after}"


def format_money(
    amount: Amount, language: str | None = None, *, symbol: bool = True, plus: bool = False
) -> str:
    """Return an amount with its currency's own decimals, with its symbol unless told otherwise.

    ``plus`` writes the sign of positive amounts too.
    """
    code = language or current_language()
    value = amount.decimal
    exponent = value.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    form = number_format(code)
    text = form.number(abs(value), places)
    if symbol:
        text = _currency_writer(code, amount.currency)(text)
    sign = form.minus if value < 0 else "+" if plus and value > 0 else ""
    return sign + text


def currency_symbol(currency: str, language: str | None = None) -> str:
    """Return the sign of the currency as the language writes it: €, US$, CHF."""
    from babel.numbers import get_currency_symbol

    return get_currency_symbol(
        currency, locale=number_format(language or current_language()).identifier
    )


def format_percent(value: Decimal | int, language: str | None = None) -> str:
    """Return a percentage given in hundredths: 19 is "19 %" in German, "19%" in English."""
    from decimal import Decimal

    code = language or current_language()
    space = "" if normal_language(code).startswith("en") else NO_BREAK_SPACE
    return f"{format_decimal(Decimal(value), code)}{space}%"


def format_date(day: date, language: str | None = None, style: DateStyle = "medium") -> str:
    """Return a calendar date: 30/11/2025, 30 Nov 2025 or 30 November 2025; years have 4 digits."""
    return _written_date(day, number_format(language or current_language()).identifier, style)


@lru_cache(maxsize=4096)
def _written_date(day: date, identifier: str, style: DateStyle) -> str:
    """Return what babel writes, kept: lists ask for the same few days again and again."""
    from babel.core import Locale
    from babel.dates import format_date as babel_date

    if style != "short":
        return babel_date(day, format=style, locale=identifier)
    pattern = Locale.parse(identifier).date_formats["short"].pattern
    # 26.11.26 reads like three days: the year is always whole.
    return babel_date(day, format=pattern.replace("yy", "y"), locale=identifier)


def format_day(day: date, language: str | None = None, *, parts: str = "MMMEd") -> str:
    """Return a day without its year: Tue 18 Nov; ``parts`` EEEE: its name, LLLL: its month."""
    return _written_day(day, number_format(language or current_language()).identifier, parts)


@lru_cache(maxsize=4096)
def _written_day(day: date, identifier: str, parts: str) -> str:
    """Return what babel writes, kept like whole dates."""
    from babel.dates import format_date as babel_date
    from babel.dates import format_skeleton

    if parts in {"EEEE", "LLLL"}:
        return babel_date(day, format=parts, locale=identifier)
    return format_skeleton(parts, day, locale=identifier)


def format_period(
    first: date, last: date, language: str | None = None, style: DateStyle = "long"
) -> str:
    """Return a span of days, both inclusive, without repeating the month or the year."""
    if first == last:
        return format_date(first, language, style)
    from babel.core import Locale
    from babel.dates import parse_pattern

    found = Locale.parse(number_format(language or current_language()).identifier)
    skeleton = "yMd" if style == "short" else "yMMMd"
    changes = "y" if first.year != last.year else "M" if first.month != last.month else "d"
    parts = found.interval_formats.get(skeleton, {}).get(changes)
    if not parts or len(parts) != 2:
        return f"{format_date(first, language, style)} – {format_date(last, language, style)}"
    if style == "long":
        parts = [part if "MMMM" in part else part.replace("MMM", "MMMM") for part in parts]
    shown = (
        parse_pattern(part).apply(day, found)
        for part, day in zip(parts, (first, last), strict=True)
    )
    return "".join(shown)


def format_time(moment: time, language: str | None = None) -> str:
    """Return a time of day in hours and minutes: 09:15, or 9:15 AM where that is the custom."""
    code = language or current_language()
    if normal_language(code) in ROUND_THE_CLOCK:
        return f"{moment:%H:%M}"
    return _written_time(moment.hour, moment.minute, number_format(code).identifier)


@lru_cache(maxsize=4096)
def _written_time(hour: int, minute: int, identifier: str) -> str:
    """Return what babel writes where it can be typed back, else the time of a 24-hour clock."""
    from babel.dates import format_time as babel_time

    moment = time(hour, minute)
    text = babel_time(moment, "short", locale=identifier).replace("\u202f", NO_BREAK_SPACE)
    return text if TYPED_BACK.fullmatch(text) else f"{moment:%H:%M}"


def format_hours(seconds: int, language: str | None = None, *, unit: bool = True) -> str:
    """Return hours so that a reader can multiply: 38.50 h where that is exact, else 0:20 h.

    A rest of seconds is written too: 1:00:05 h.
    """
    if seconds % 36 == 0:
        from decimal import Decimal

        text = format_decimal(Decimal(seconds) / 3600, language, places=2)
    else:
        minutes, rest = divmod(abs(seconds), 60)
        text = f"{minutes // 60}:{minutes % 60:02d}" + (f":{rest:02d}" if rest else "")
        text = f"\u2212{text}" if seconds < 0 else text
    return f"{text}{NO_BREAK_SPACE}h" if unit else text


def format_span(seconds: int) -> str:
    """Return a length of time as people say it, in whole minutes: 5 h 42; never 0 for some."""
    minutes = max(seconds // 60, 1) if seconds > 0 else 0
    return _("{hours} h {minutes}").format(hours=minutes // 60, minutes=f"{minutes % 60:02d}")

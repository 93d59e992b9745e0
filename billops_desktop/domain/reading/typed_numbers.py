"""Numbers as people type them: decimals, money, durations, quantities; never a guess."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from billops_desktop.domain.money import Money, decimals_of, round_half_up, round_whole
from billops_desktop.domain.quoting import quoted
from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _, worded

MARKS = (".", ",")
GROUPS = {".": ",\u0020\u00a0\u202f\u2009'’", ",": ".\u0020\u00a0\u202f\u2009'’"}
LONGEST_WHOLE = 12
MOST_PLACES = 6
LONGEST_EXPRESSION = 100
LONGEST_HOURS = 9_999
HOUR = 3600

SIGN = r"(?P<sign>[-+−]?)"
SYMBOLS = {
    "EUR": "€", "GBP": "£", "USD": "$", "JPY": "¥", "CAD": "$", "AUD": "$", "NZD": "$", "INR": "₹",
    "CNY": "¥", "CHF": "Fr.", "PLN": "zł", "SEK": "kr", "NOK": "kr", "DKK": "kr", "CZK": "Kč",
}  # fmt: skip
CLOCK = re.compile(r"([0-9]{1,4}):([0-5][0-9])(?::([0-5][0-9]))?")
HOURS_MINUTES = re.compile(
    r"(?:([0-9]{1,4}) ?(?:h|hr|hrs|hours?|std\.?|stunden?))?"
    r" ?(?:([0-9]{1,5}) ?(?:m|min|mins|minutes?|minuten?))?"
    r" ?(?:([0-9]{1,6}) ?(?:s|sec|secs|seconds?|sek|sekunden?))?"
)
HOURS_THEN_DIGITS = re.compile(r"([0-9]{1,4}) ?h ?([0-5][0-9])")
DECIMAL_HOURS = re.compile(r"([0-9]{0,4}[.,][0-9]{1,6}) ?(?:h|hr|hrs|hours?|std\.?|stunden?)?")
TOKEN = re.compile(r"\s*(?:([0-9]+(?:[.,][0-9]+)?)|([-+*/()×÷−]))")
SAME_SIGN = str.maketrans("×÷−", "*/-")


def _readings(text: str) -> dict[str, Decimal]:
    """Return what a number means with each decimal mark that its form allows."""
    found: dict[str, Decimal] = {}
    for mark in MARKS:
        group = re.escape(GROUPS[mark])
        form = re.compile(
            rf"{SIGN}(?P<whole>[1-9][0-9]{{0,2}}(?:(?P<by>[{group}])[0-9]{{3}})"
            rf"(?:(?P=by)[0-9]{{3}})*|[0-9]+|(?=\{mark}))(?:\{mark}(?P<part>[0-9]+))?"
        )
        match = form.fullmatch(text)
        if match:
            whole = re.sub("[^0-9]", "", match["whole"]) or "0"
            sign = "-" if match["sign"] in {"-", "−"} else ""
            found[mark] = Decimal(
                f"{sign}{whole}.{match['part']}" if match["part"] else sign + whole
            )
    return found


def read_decimal(
    text: str,
    decimal_mark: str | None = None,
    *,
    places: int = MOST_PLACES,
    field: str = "number",
) -> Decimal:
    """Read a decimal number as typed; InvalidInput for anything that is not surely one.

    Where only one reading is possible it is taken; where both are (“1,500”) ``decimal_mark``
    decides, and without one the text is refused. No exponents, no other digits than 0 to 9.

    >>> read_decimal("1.450,00"), read_decimal("1 450.5"), read_decimal("1,500", ",")
    (Decimal('1450.00'), Decimal('1450.5'), Decimal('1.500'))
    """
    typed = text.strip()
    readings = _readings(typed)
    if not readings:
        raise InvalidInput(
            worded("{text} is not a number.", text=quoted(typed)),
            _("Use digits and a decimal mark."),
            field=field,
        )
    values = list(readings.values())
    if len(set(values)) == 1:
        value = values[0]
    elif decimal_mark in readings:
        value = readings[decimal_mark]
    else:
        raise InvalidInput(
            worded(
                "{text} can mean {one} or {other}.",
                text=quoted(typed),
                one=values[0],
                other=values[1],
            ),
            _("Type it without a thousands mark, or with decimals."),
            field=field,
        )
    return _within_bounds(value, places, field)


def _within_bounds(value: Decimal, places: int, field: str) -> Decimal:
    """Refuse a number that is too long to be kept exactly."""
    digits = -int(value.as_tuple().exponent)
    if digits > places:
        allowed = worded("Use {places} decimals.", places=places)
        raise InvalidInput(
            worded("{value} has too many decimals.", value=value),
            allowed if places else _("Use whole numbers."),
            field=field,
        )
    if abs(value) >= 10**LONGEST_WHOLE:
        raise InvalidInput(_("The number is too large."), _("Check its digits."), field=field)
    return value


def read_money(
    text: str, currency: str, *, decimal_mark: str | None = None, field: str = "amount"
) -> Money:
    """Read an amount, with or without the currency's code or symbol; nothing is rounded.

    >>> read_money("€ 1.450,00", "EUR"), read_money("1,450 JPY", "JPY", decimal_mark=".")
    (Money(minor=145000, currency='EUR'), Money(minor=1450, currency='JPY'))
    """
    places = decimals_of(currency)
    bare = text.strip()
    for name in (currency, currency.lower(), SYMBOLS.get(currency, currency)):
        if bare.startswith(name):
            bare = bare.removeprefix(name).strip()
            break
        if bare.endswith(name):
            bare = bare.removesuffix(name).strip()
            break
        if bare[:1] in {"-", "−"} and bare[1:].lstrip().startswith(name):
            bare = "-" + bare[1:].lstrip().removeprefix(name).strip()
            break
    value = read_decimal(bare, decimal_mark, places=places, field=field)
    return Money.of(value, currency)


def read_duration(text: str, *, field: str = "duration") -> int:
    """Read a duration as seconds: 1:30, 1:30:15, 1h30, 1h 30m, 90m, 1.5h, 1,5 h, 2h, 45.

    A bare whole number is minutes, a bare decimal is hours, as in the timers people come from.

    >>> [read_duration(typed) for typed in ("1:30", "1h30", "90m", "1,5h", "45", "1.5")]
    [5400, 5400, 5400, 5400, 2700, 5400]
    """
    typed = text.strip().lower()
    seconds = _duration_in_seconds(typed)
    if seconds is None:
        raise InvalidInput(
            worded("{text} is not a duration.", text=quoted(text)),
            _("Type 1:30, 1h 30m, 1.5h or 90m."),
            field=field,
        )
    if seconds > LONGEST_HOURS * HOUR:
        raise InvalidInput(
            worded("A duration ends at {most} hours.", most=LONGEST_HOURS), field=field
        )
    return seconds


def _duration_in_seconds(typed: str) -> int | None:
    """Return the seconds of a duration in lower case, or nothing when it has no known form."""
    if match := CLOCK.fullmatch(typed):
        return int(match[1]) * HOUR + int(match[2]) * 60 + int(match[3] or 0)
    if re.fullmatch("[0-9]{1,5}", typed):
        return int(typed) * 60
    if match := HOURS_THEN_DIGITS.fullmatch(typed):
        return int(match[1]) * HOUR + int(match[2]) * 60
    if match := DECIMAL_HOURS.fullmatch(typed):
        return round_whole(Fraction("0" + match[1].replace(",", ".")) * HOUR)
    if typed and (match := HOURS_MINUTES.fullmatch(typed)):
        return int(match[1] or 0) * HOUR + int(match[2] or 0) * 60 + int(match[3] or 0)
    return None


def read_quantity(
    text: str, decimal_mark: str | None = None, *, field: str = "quantity"
) -> Decimal:
    """Read a quantity: a decimal, hours and minutes (38:30), or a sum to work out (=12*95).

    Six decimals at most are kept.

    >>> read_quantity("38:30"), read_quantity("=12*95"), read_quantity("2,5")
    (Decimal('38.5'), Decimal('1140'), Decimal('2.5'))
    """
    typed = text.strip()
    if typed.startswith("="):
        return _within_bounds(_shortened(_Sum(typed[1:], field).value()), MOST_PLACES, field)
    if match := CLOCK.fullmatch(typed.lstrip("-−")):
        seconds = int(match[1]) * HOUR + int(match[2]) * 60 + int(match[3] or 0)
        return _shortened(Fraction(-seconds if typed[0] in "-−" else seconds, HOUR))
    return read_decimal(typed, decimal_mark, field=field)


def _shortened(value: Fraction) -> Decimal:
    """Return a fraction as a decimal of at most six places, without trailing zeros."""
    rounded = round_half_up(value, MOST_PLACES).normalize()
    return rounded if int(rounded.as_tuple().exponent) <= 0 else round_half_up(rounded, 0)


class _Sum:
    """Works out + - * / and brackets, exactly; anything else is refused."""

    def __init__(self, text: str, field: str) -> None:
        self.field = field
        self.tokens: list[str] = []
        position = 0
        while position < len(text.rstrip()):
            match = TOKEN.match(text, position)
            if match is None or len(text) > LONGEST_EXPRESSION:
                raise self.refusal()
            self.tokens.append(match[0].strip().translate(SAME_SIGN))
            position = match.end()

    def refusal(self) -> InvalidInput:
        return InvalidInput(
            _("The calculation cannot be worked out."),
            _("Use numbers, + - * / and brackets, for example =12*95."),
            field=self.field,
        )

    def value(self) -> Fraction:
        result = self.terms()
        if self.tokens:
            raise self.refusal()
        return result

    def take(self, *wanted: str) -> str | None:
        return self.tokens.pop(0) if self.tokens and self.tokens[0] in wanted else None

    def terms(self) -> Fraction:
        result = self.factors()
        while sign := self.take("+", "-"):
            term = self.factors()
            result += term if sign == "+" else -term
        return result

    def factors(self) -> Fraction:
        result = self.atom()
        while sign := self.take("*", "/"):
            factor = self.atom()
            if sign == "/" and factor == 0:
                raise self.refusal()
            result = result * factor if sign == "*" else result / factor
        return result

    def atom(self) -> Fraction:
        if self.take("-"):
            return -self.atom()
        if self.take("("):
            result = self.terms()
            if not self.take(")"):
                raise self.refusal()
            return result
        if not self.tokens or not self.tokens[0][0].isdigit():
            raise self.refusal()
        return Fraction(self.tokens.pop(0).replace(",", "."))

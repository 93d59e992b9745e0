"""Number patterns of documents: parse, period, format; and file names made safe."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from billops_desktop.domain.quoting import quoted
from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _, worded
from billops_desktop.values import dataclass

RESETS = ("never", "year", "month")
LONGEST_PATTERN = 50
WIDEST_COUNT = 12
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
COUNT = re.compile(r"N(?::([0-9]{1,2}))?")
DATE_FORMATS = {"YYYY": "{0.year:04d}", "YY": "{0:%y}", "MM": "{0:%m}", "DD": "{0:%d}"}
CODES = ("client", "company")

LONGEST_FILE_NAME = 120
LONGEST_SUFFIX = 10
RESERVED_STEMS = frozenset(
    ["CON", "PRN", "AUX", "NUL"] + [f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10)]
)
SPELLED_OUT = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L"}
)


def _refuse(title: str, hint: str = "") -> InvalidInput:
    return InvalidInput(title, hint or _("Example: {YYYY}-{N:4}"), field="pattern")


def _no_code(name: str) -> InvalidInput:
    if name == "client":
        return InvalidInput(
            _("The number needs a code of the client."),
            _("Enter the client’s code, or take {client} out of the pattern."),
            field=name,
        )
    return InvalidInput(
        _("The number needs a code of the company."),
        _("Enter the company’s code, or take {company} out of the pattern."),
        field=name,
    )


@dataclass(frozen=True, slots=True)
class Pattern:
    """A number pattern: fixed text and {YYYY} {YY} {MM} {DD} {N} {N:4} {client} {company}.

    >>> pattern = Pattern.parse("RE-{YYYY}-{N:4}", "year")
    >>> pattern.format(7, date(2026, 11, 25)), pattern.period(date(2026, 11, 25), "year")
    ('RE-2026-0007', '2026')
    """

    text: str
    names: frozenset[str]
    width: int

    @classmethod
    def parse(cls, text: str, reset: str = "never") -> Pattern:
        """Read a pattern; InvalidInput(field="pattern") says what is wrong with it."""
        if len(text) > LONGEST_PATTERN:
            raise _refuse(
                worded("The pattern is longer than {most} characters.", most=LONGEST_PATTERN)
            )
        if not text.isprintable() or text != text.strip():
            raise _refuse(_("The pattern has blanks at an end or characters that do not print."))
        rest = PLACEHOLDER.sub("", text)
        if "{" in rest or "}" in rest:
            raise _refuse(_("A brace of the pattern has no partner."))
        names = PLACEHOLDER.findall(text)
        counts = [match for name in names if (match := COUNT.fullmatch(name))]
        if len(counts) != 1:
            raise _refuse(_("The pattern needs {N}, exactly once."))
        width = int(counts[0][1] or 1)
        if not 1 <= width <= WIDEST_COUNT:
            raise _refuse(worded("The width of {{N}} is between 1 and {most}.", most=WIDEST_COUNT))
        others = [name for name in names if not COUNT.fullmatch(name)]
        unknown = [name for name in others if name not in DATE_FORMATS and name not in CODES]
        if unknown:
            raise _refuse(
                worded("{{{name}}} is not a placeholder.", name=unknown[0]),
                _("Use {YYYY} {YY} {MM} {DD} {N} {client} {company}."),
            )
        pattern = cls(text, frozenset(others), width)
        pattern.check_reset(reset)
        return pattern

    def check_reset(self, reset: str) -> None:
        """Refuse a reset whose period is not in the pattern: numbers would repeat."""
        if reset not in RESETS:
            raise InvalidInput(
                worded("{text} is not a way of counting anew.", text=quoted(reset)), field="reset"
            )
        if reset == "never":
            return
        if not self.names & {"YYYY", "YY"}:
            raise _refuse(
                _("Counting anew needs the year in the pattern."), _("Add {YYYY} or {YY}.")
            )
        if reset == "month" and "MM" not in self.names:
            raise _refuse(
                _("Counting anew each month needs the month in the pattern."), _("Add {MM}.")
            )

    def period(self, on: date, reset: str) -> str:
        """Return the period that a date counts in: "2026", "2026-11" or "" for never."""
        self.check_reset(reset)
        # Not %Y, which writes the year 1 as one digit on some systems.
        return {"never": "", "year": on.isoformat()[:4], "month": on.isoformat()[:7]}[reset]

    def may_meet(self, other: Pattern) -> bool:
        """Tell whether two patterns can give the same number, on whatever days and for whomever.

        >>> Pattern.parse("CN-{YYYY}-{N:4}").may_meet(Pattern.parse("CN-2026-{N}"))
        True
        """
        pairs = ((self, other), (other, self))
        return any(one.shape.fullmatch(two.sample) for one, two in pairs)

    @property
    def shape(self) -> re.Pattern[str]:
        """All texts that the pattern can give."""
        pieces = PLACEHOLDER.split(self.text)
        return re.compile("".join(map(self._piece, range(len(pieces)), pieces)))

    def _piece(self, place: int, piece: str) -> str:
        if place % 2 == 0:
            return re.escape(piece)
        if piece in DATE_FORMATS:
            return rf"\d{{{len(piece)}}}"
        if piece in CODES:
            return ".+"
        return rf"\d{{{self.width},}}" if self.width > 1 else r"[1-9]\d*"

    def read(self, number: str, reset: str) -> tuple[str, int] | None:
        """Return period and count of a number that the pattern gave, None for any other text.

        >>> Pattern.parse("{YYYY}-{N:4}", "year").read("2026-0007", "year")
        ('2026', 7)
        """
        match = self._pieces.fullmatch(number)
        if match is None:
            return None
        texts = dict(zip(PLACEHOLDER.findall(self.text), match.groups(), strict=True))
        years = texts.get("YYYY") or f"20{texts.get('YY', '')}"
        period = {"never": "", "year": years, "month": f"{years}-{texts.get('MM', '')}"}[reset]
        return period, int(next(text for name, text in texts.items() if COUNT.fullmatch(name)))

    def recounted(self, number: str, n: int) -> str:
        """Return a number of the pattern with another count.

        >>> Pattern.parse("RE-{YYYY}-{N:4}").recounted("RE-2026-0007", 6)
        'RE-2026-0006'
        """
        match = self._pieces.fullmatch(number)
        if match is None:
            raise InvalidInput(
                worded("{text} is no number of this pattern.", text=quoted(number)), field="number"
            )
        names = PLACEHOLDER.findall(self.text)
        place = next(place for place, name in enumerate(names, 1) if COUNT.fullmatch(name))
        return f"{number[: match.start(place)]}{n:0{self.width}d}{number[match.end(place) :]}"

    @property
    def _pieces(self) -> re.Pattern[str]:
        """All texts that the pattern can give, each placeholder a group."""
        pieces = PLACEHOLDER.split(self.text)
        grouped = (
            f"({self._piece(place, piece)})" if place % 2 else re.escape(piece)
            for place, piece in enumerate(pieces)
        )
        return re.compile("".join(grouped))

    @property
    def sample(self) -> str:
        """One number as the pattern gives it."""
        widest = int("1" * max(self.width, 4))
        return self.format(widest, date(2026, 11, 25), "1", "1")

    def format(self, n: int, on: date, client: str = "", company: str = "") -> str:
        """Return number ``n`` of the series for a document of that date."""
        if n < 1:
            raise InvalidInput(_("Numbers are counted from 1."), field="number")
        codes = {"client": client, "company": company}

        def filled(match: re.Match[str]) -> str:
            name = match[1]
            if name in DATE_FORMATS:
                return DATE_FORMATS[name].format(on)
            if name not in codes:
                return f"{n:0{self.width}d}"
            if not codes[name]:
                raise _no_code(name)
            return codes[name]

        return PLACEHOLDER.sub(filled, self.text)


def safe_file_name(text: str) -> str:
    """Return a file name that every system takes: A-Z a-z 0-9 . _ -, at most 120 bytes.

    >>> safe_file_name("Müller & Söhne: 2026/11.pdf"), safe_file_name("con.pdf")
    ('Muller-Sohne-2026-11.pdf', '_con.pdf')
    """
    plain = unicodedata.normalize("NFKD", text.translate(SPELLED_OUT))
    plain = plain.encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9._]+", "-", plain)
    plain = re.sub(r"-*\.[-.]*", ".", plain).strip("-.")
    if not plain:
        return "document"
    if plain.split(".")[0].upper() in RESERVED_STEMS:
        plain = f"_{plain}"
    if len(plain) <= LONGEST_FILE_NAME:
        return plain
    stem, dot, suffix = plain.rpartition(".")
    if not stem or len(suffix) > LONGEST_SUFFIX:
        return plain[:LONGEST_FILE_NAME].rstrip("-.")
    return stem[: LONGEST_FILE_NAME - len(suffix) - 1].rstrip("-.") + dot + suffix

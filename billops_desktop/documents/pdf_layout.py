"""Papers, type styles and the pen that all PDFs are drawn with."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from io import BytesIO
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from billops_desktop.documents.font_files import EM
from billops_desktop.documents.fonts import SINGLE_WEIGHT, Typeface, Weight, typeface
from billops_desktop.documents.regions import Region
from billops_desktop.documents.shaping import Line, Visual, break_lines, plain_line
from billops_desktop.values import dataclass

if TYPE_CHECKING:
    from billops_desktop.documents.logo import Logo

MM = 72 / 25.4
# Half a capital's height of Inter in em: text is centred on its line by its capitals.
HALF_CAPITAL = 0.364
BLOCK_WIDTH = 80 * MM  # facts and sums stand in one block at the right
OUTLINE = 0.035
MOST_OF_A_NAME = 300  # in the file's own title
ROUND = 0.5523  # control points of a quarter circle


def rgb(colour: str) -> str:
    """Return a colour such as "#14171C" as PDF operands."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return " ".join(f"{part:.3f}" for part in parts)


INK = rgb("#14171C")
SECOND = rgb("#4B5361")
THIRD = rgb("#646C7A")
HAIRLINE = rgb("#E1E4EA")
PANEL = rgb("#F4F5F7")
WATERMARK = rgb("#F1F2F5")
WHITE = rgb("#FFFFFF")


@dataclass(frozen=True, slots=True)
class Style:
    """How a text looks: weight, size and line height in points, colour."""

    weight: Weight
    size: float
    leading: float
    colour: str = INK

    @property
    def face(self) -> Typeface:
        """Return the characters of this style's weight."""
        return typeface(self.weight)

    def width(self, text: str) -> float:
        """Return the width of a drawn line in points."""
        return self.face.width(text) * self.size / EM

    def lines(self, text: str, width: float) -> list[Line]:
        """Break a text into lines no wider than ``width`` points."""
        return break_lines(text, self.face, self.size, width)

    def baseline(self) -> float:
        """Return how far below the top of its line the text stands."""
        return self.leading / 2 + HALF_CAPITAL * self.size


TITLE = Style(Weight.BOLD, 20, 25)
BRAND = Style(Weight.BOLD, 12.5, 15.5)
HEADING = Style(Weight.SEMIBOLD, 11, 15)
TOTAL = Style(Weight.SEMIBOLD, 12, 17)
STRONG = Style(Weight.SEMIBOLD, 9, 12.6)
BODY = Style(Weight.REGULAR, 9, 12.6)
MUTED = Style(Weight.REGULAR, 9, 12.6, SECOND)
SMALL = Style(Weight.REGULAR, 7.8, 11, SECOND)
CAPTION = Style(Weight.REGULAR, 7.5, 10.5, THIRD)
FOOT = Style(Weight.REGULAR, 7, 9.6, THIRD)
MARK = Style(Weight.BOLD, 96, 96, WATERMARK)


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet and where things stand on it, in points from its top left corner."""

    width: float
    height: float
    left: float = 25 * MM  # where DIN 5008 starts the text
    margin: float = 20 * MM
    head: float = 15 * MM
    address: float = 46 * MM  # inside the window of DIN form B and of a US No. 10 envelope
    address_width: float = 80 * MM
    body: float = 97 * MM
    next_body: float = 26 * MM
    foot: float = 12 * MM

    @property
    def right(self) -> float:
        """Return the right edge of the text."""
        return self.width - self.margin

    @property
    def text_width(self) -> float:
        """Return the width between the text's edges."""
        return self.right - self.left


PAPERS = {
    "A4": Paper(595.276, 841.89),
    "Letter": Paper(612.0, 792.0, left=22 * MM),
}

_ESCAPES = {code: f"\\{code:03o}" for code in (*range(32), *range(127, 256))}
_ESCAPES |= {ord(sign): f"\\{sign}" for sign in "()\\"}


class Pen:
    """Writes pages as PDF operators: text, rules, panels; all places in points from the top left.

    The operators are written here and not through the canvas: it costs a third, and pages can be
    numbered after the last one is known.
    """

    def __init__(self, paper: Paper, language: str) -> None:
        from reportlab.pdfgen.canvas import Canvas

        from billops_desktop.documents.pdf_fonts import bundled_font, prepare

        prepare()
        bundled_font(Weight.REGULAR.main)
        self.paper = paper
        self.pages: list[list[str]] = []
        self.page: list[str] = []
        self.at = -1
        self.regions: list[Region] = []
        self._out = BytesIO()
        self._canvas = Canvas(
            self._out,
            pagesize=(paper.width, paper.height),
            pageCompression=1,
            pdfVersion=(1, 4),  # the first with a transparent logo
            invariant=1,
            initialFontName=Weight.REGULAR.main,
            lang=language.replace("_", "-"),
        )
        self._encoded: dict[tuple[Weight, str], list[tuple[str, str, bool]]] = {}
        self._font: tuple[str, float] | None = None
        self._colour = ""
        self._logo: tuple[Logo, float, float] | None = None
        self.turn()

    def turn(self) -> None:
        """Begin a new page."""
        self.page = []
        self.pages.append(self.page)
        self.at = len(self.pages) - 1
        self._font, self._colour = None, ""

    def back_to(self, number: int) -> None:
        """Write on a finished page again, counted from zero."""
        self.page = self.pages[number]
        self.at = number
        self._font, self._colour = None, ""

    def mark(self, field: str, top: float, bottom: float, sides: tuple[float, float]) -> None:
        """Note that a field is printed here, between two sides of the present page."""
        left, right = sides
        if field and bottom > top and right > left:
            self.regions.append(Region(field, self.at, left, top, right - left, bottom - top))

    def text(self, x: float, y: float, text: Visual, style: Style, *, right: bool = False) -> None:
        """Draw a line whose top is at ``y``; ``x`` is its left end, or its right end."""
        if right:
            x -= style.width(text)
        self._draw(x, self.paper.height - y - style.baseline(), text, style)

    def line(self, x: float, y: float, line: Line, style: Style, width: float = 0) -> None:
        """Draw a broken line; one that reads right to left ends at the column's right edge."""
        self.text(x + width - line.width if line.rtl and width else x, y, line.text, style)

    def _draw(self, x: float, y: float, text: Visual, style: Style) -> None:
        runs = self._encoded.get((style.weight, text))
        if runs is None:
            runs = self._encoded[style.weight, text] = self._encode(text, style)
        page = self.page
        self.ink(style.colour)
        page.append(f"BT {x:.2f} {y:.2f} Td")
        for font, shown, thicken in runs:
            if self._font != (font, style.size):
                self._font = (font, style.size)
                page.append(f"{font} {style.size:g} Tf")
            if thicken:
                # This script has one weight: an outline makes it bold beside its neighbours.
                thick = f"2 Tr {style.size * OUTLINE:.2f} w {style.colour} RG"
                page.append(f"{thick} ({shown}) Tj 0 Tr")
            else:
                page.append(f"({shown}) Tj")
        page.append("ET")

    def _encode(self, text: str, style: Style) -> list[tuple[str, str, bool]]:
        """Return the codes of a text in the document's own subsets, ready to be written."""
        doc = self._canvas._doc  # noqa: SLF001 - subsets belong to the document; it has no getter
        return [
            (
                font.getSubsetInternalName(subset, doc),
                codes.decode("latin-1").translate(_ESCAPES),
                style.weight.bold and font.fontName in SINGLE_WEIGHT,
            )
            for font, stretch in style.face.runs(text)
            for subset, codes in font.splitString(stretch, doc)
        ]

    def ink(self, colour: str) -> None:
        """Use a colour for what follows."""
        if self._colour != colour:
            self._colour = colour
            self.page.append(f"{colour} rg")

    def rule(self, y: float, *, colour: str = HAIRLINE, weight: float = 0.5, x: float = 0) -> None:
        """Draw a horizontal line from ``x`` (the left edge of the text) to the right edge."""
        left = x or self.paper.left
        self.ink(colour)
        top = self.paper.height - y - weight / 2
        self.page.append(f"{left:.2f} {top:.2f} {self.paper.right - left:.2f} {weight:g} re f")

    def panel(
        self, x: float, y: float, size: tuple[float, float], radius: float, *, fill: str
    ) -> None:
        """Draw a rounded rectangle: filled, or as an outline where ``fill`` is empty."""
        if fill:
            self.ink(fill)
        width, height = size
        left, bottom = x, self.paper.height - y - height
        right, top, k = left + width, bottom + height, radius * (1 - ROUND)
        corners = (  # edge before, corner's two control points and end, as offsets from the corner
            ((right, bottom), (-radius, 0), (-k, 0), (0, k), (0, radius)),
            ((right, top), (0, -radius), (0, -k), (-k, 0), (-radius, 0)),
            ((left, top), (radius, 0), (k, 0), (0, -k), (0, -radius)),
            ((left, bottom), (0, radius), (0, k), (k, 0), (radius, 0)),
        )
        path = [f"{left + radius:.2f} {bottom:.2f} m"]
        for (cx, cy), (ex, ey), *curve in corners:
            points = " ".join(f"{cx + dx:.2f} {cy + dy:.2f}" for dx, dy in curve)
            path.append(f"{cx + ex:.2f} {cy + ey:.2f} l {points} c")
        shown = " f" if fill else f" h {HAIRLINE} RG 0.8 w S"
        self.page.append(" ".join(path) + shown)

    def beneath(self, text: Visual) -> None:
        """Write a pale word across the present page, under all that stands on it."""
        over, self.page = self.page, []
        self._font, self._colour = None, ""
        self._across(text)
        over[:0] = self.page
        self.page = over
        self._font, self._colour = None, ""

    def _across(self, text: Visual) -> None:
        style = MARK
        size = min(style.size, 0.9 * self.paper.width * EM / max(style.face.width(text), 1))
        shown = Style(style.weight, size, size, style.colour)
        turned = 0.7071
        self.page.append(
            f"q {turned} {turned} {-turned} {turned} "
            f"{self.paper.width / 2:.2f} {self.paper.height / 2:.2f} cm"
        )
        self._draw(-shown.width(text) / 2, -HALF_CAPITAL * size, text, shown)
        self.page.append("Q")

    def logo(self, logo: Logo, x: float, y: float) -> None:
        """Put the logo on the first page, its top left corner at the place."""
        self._logo = (logo, x, y)

    def finish(self, title: str, author: str, dated: date) -> bytes:
        """Return the bytes of the PDF: the same for the same pages, on any machine and day."""
        canvas = self._canvas
        title, author = (plain_line(text)[:MOST_OF_A_NAME] for text in (title, author))
        self._fix_identity(canvas._doc, title, dated)  # noqa: SLF001 - no setter for either
        canvas.setTitle(title)
        canvas.setAuthor(author)
        canvas.setSubject("")
        canvas.setCreator("BillOps Desktop")
        for number, page in enumerate(self.pages):
            if number == 0 and self._logo is not None:
                self._place_logo(canvas, *self._logo)
            canvas.addLiteral("\n".join(page))
            canvas.showPage()
        canvas.save()
        return self._out.getvalue()

    def _fix_identity(self, doc: Any, title: str, dated: date) -> None:
        """Date the file by the document and identify it by its content, not by the environment."""
        doc._timeStamp = SimpleNamespace(  # noqa: SLF001 - reportlab would ask the machine
            YMDhms=(dated.year, dated.month, dated.day, 0, 0, 0), dhh=0, dmm=0
        )
        content = sha256(title.encode())
        for page in self.pages:
            content.update("\n".join(page).encode("latin-1"))
        mark = content.hexdigest()[:32].encode()
        doc._ID = b"\n[<" + mark + b"><" + mark + b">]\n"  # noqa: SLF001 - as above

    def _place_logo(self, canvas: Any, logo: Logo, x: float, y: float) -> None:
        from reportlab.lib.utils import ImageReader

        bottom = self.paper.height - y - logo.height
        picture = ImageReader(logo.picture)
        canvas.drawImage(picture, x, bottom, logo.width, logo.height, mask="auto")


@dataclass(slots=True)
class Flow:
    """The place on the page where the next thing goes, and the way to the next page."""

    pen: Pen
    y: float
    bottom: float

    @property
    def room(self) -> float:
        """Return the height that is left on this page."""
        return self.bottom - self.y

    @property
    def whole_page(self) -> float:
        """Return the height that a following page offers."""
        return self.bottom - self.pen.paper.next_body

    def turn(self) -> None:
        """Go on at the top of a new page."""
        self.pen.turn()
        self.y = self.pen.paper.next_body

    def make_room(self, height: float) -> bool:
        """Turn the page when ``height`` does not fit here; say whether it was turned."""
        if height <= self.room or self.y <= self.pen.paper.next_body:
            return False
        self.turn()
        return True

    def write(self, lines: list[Line], style: Style, *, width: float = 0, x: float = 0) -> None:
        """Write broken lines from here on, over as many pages as they need."""
        for line in lines:
            self.make_room(style.leading)
            self.pen.line(x or self.pen.paper.left, self.y, line, style, width)
            self.y += style.leading

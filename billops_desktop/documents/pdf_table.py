"""The table of lines: column widths from its content, whole rows, heads on every page."""

from __future__ import annotations

from billops_desktop.documents.content import DocumentLine, InvoiceDocument
from billops_desktop.documents.pdf_layout import (
    BODY,
    CAPTION,
    INK,
    MM,
    MUTED,
    SMALL,
    STRONG,
    Flow,
    Style,
)
from billops_desktop.documents.shaping import Line, Visual, one_line, tabular
from billops_desktop.documents.words import Words
from billops_desktop.domain.money import decimals_of
from billops_desktop.values import dataclass

GAP = 5 * MM
ROW_PADDING = 5.6
HEAD_HEIGHT = CAPTION.leading + 8
LEAST_DESCRIPTION = 55 * MM
CELL_STYLES = (MUTED, MUTED, MUTED, STRONG)
CELL_FIELDS = ("quantity", "price", "tax", "amount")
NO_TEXT = Visual("")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: broken text with style and width, and four right-aligned cells."""

    text: list[tuple[Line, Style, float]]
    cells: tuple[Visual, ...]
    height: float


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns stand: the description's width, the right edge of each cell, its head."""

    description: float
    edges: tuple[float, ...]
    heads: tuple[Visual, ...]


@dataclass(slots=True)
class Table:
    """The lines of a document on their way to the page."""

    flow: Flow
    document: InvoiceDocument
    words: Words

    def draw(self, keep_below: float) -> None:
        """Draw all lines; the last one stays on one page with ``keep_below`` points after it."""
        lines = self.document.lines
        places = decimals_of(self.document.currency)
        cells = [self._cells(line, places) for line in lines]
        columns = self._columns(cells)
        rows = [self._row(line, cell, columns) for line, cell in zip(lines, cells, strict=True)]
        first = rows[0].height if rows else 0
        self.flow.make_room(HEAD_HEIGHT + min(first, self.flow.whole_page - HEAD_HEIGHT))
        self._head(columns)
        for number, row in enumerate(rows, 1):
            # The sums must not stand alone on a page: the last row goes with them.
            with_it = keep_below if number == len(rows) else 0
            height = row.height + with_it
            fits_a_page = height <= self.flow.whole_page - HEAD_HEIGHT
            self._place(row, columns, height if fits_a_page else row.height)
            self._mark(number, row, columns)

    def _mark(self, number: int, row: Row, columns: Columns) -> None:
        """Note where the row just drawn and its cells stand; one over two pages is left out."""
        pen, bottom = self.flow.pen, self.flow.y
        top = bottom - row.height
        if top < pen.paper.next_body:
            return
        left = pen.paper.left
        pen.mark(f"lines.{number}.description", top, bottom, (left, left + columns.description))
        for name, edge, cell, style in zip(
            CELL_FIELDS, columns.edges, row.cells, CELL_STYLES, strict=True
        ):
            if cell:
                sides = (edge - style.width(cell) - GAP / 2, edge + GAP / 4)
                pen.mark(f"lines.{number}.{name}", top, bottom, sides)

    def _place(self, row: Row, columns: Columns, height: float) -> None:
        flow = self.flow
        if flow.make_room(height):
            self._head(columns)
        self._cells_of(row, columns)
        flow.y += ROW_PADDING
        for line, style, width in row.text:
            if flow.make_room(style.leading):  # only a row taller than a page gets here
                self._head(columns)
                flow.y += ROW_PADDING
            flow.pen.line(flow.pen.paper.left, flow.y, line, style, width)
            flow.y += style.leading
        flow.y += ROW_PADDING
        flow.pen.rule(flow.y)

    def _cells_of(self, row: Row, columns: Columns) -> None:
        pen, top = self.flow.pen, self.flow.y + ROW_PADDING
        for text, edge, style in zip(row.cells, columns.edges, CELL_STYLES, strict=True):
            if text:
                pen.text(edge, top, text, style, right=True)

    def _head(self, columns: Columns) -> None:
        flow, paper = self.flow, self.flow.pen.paper
        label = one_line(self.words.text("Description"))
        flow.pen.text(paper.left, flow.y, label, CAPTION)
        for text, edge in zip(columns.heads, columns.edges, strict=True):
            if text:
                flow.pen.text(edge, flow.y, text, CAPTION, right=True)
        flow.y += HEAD_HEIGHT - 3
        flow.pen.rule(flow.y, colour=INK, weight=0.9)
        flow.y += 3

    def _cells(self, line: DocumentLine, places: int) -> tuple[Visual, ...]:
        words = self.words
        net = "" if line.net is None else words.money(line.net, symbol=False)
        tax = "" if line.net is None or self._untaxed() else words.percent(line.tax_percent)
        texts = (words.quantity(line), words.price(line, places), tax, net)
        return tuple(tabular(one_line(text)) if text else NO_TEXT for text in texts)

    def _untaxed(self) -> bool:
        return not any(tax.percent is not None for tax in self.document.taxes)

    def _columns(self, cells: list[tuple[Visual, ...]]) -> Columns:
        words, paper = self.words, self.flow.pen.paper
        tax = self.document.taxes[0] if self.document.taxes else None
        heads = (
            words.text("Quantity"),
            words.text("Price"),
            "" if self._untaxed() else words.tax_name(tax),
            words.amount_head(self.document),
        )
        shown = tuple(one_line(text) if text else NO_TEXT for text in heads)
        edges, right = [], paper.right
        for at in (3, 2, 1, 0):
            style = CELL_STYLES[at]
            widest = max((style.width(cell) for cell in {row[at] for row in cells}), default=0.0)
            widest = max(widest, CAPTION.width(shown[at]))
            edges.append(right)
            right -= widest + GAP if widest else 0
        return Columns(max(right - paper.left, LEAST_DESCRIPTION), tuple(edges[::-1]), shown)

    def _row(self, line: DocumentLine, cells: tuple[Visual, ...], columns: Columns) -> Row:
        title = STRONG if line.net is not None else BODY
        text = _block(line.description, title, columns.description)
        for small in (line.details, self._discount(line)):
            text += _block(small, SMALL, columns.description) if small else []
        height = sum(style.leading for _, style, _ in text) + 2 * ROW_PADDING
        return Row(text, cells, height)

    def _discount(self, line: DocumentLine) -> str:
        """Return what was taken off this line, so that quantity times price can be followed."""
        if line.discount is None or not line.discount.minor:
            return ""
        amount = self.words.money(-line.discount)
        if line.discount_percent is None:
            return self.words.text("Discount {amount}").format(amount=amount)
        percent = self.words.percent(line.discount_percent)
        return self.words.text("{percent} discount: {amount}").format(
            percent=percent, amount=amount
        )


def _block(text: str, style: Style, width: float) -> list[tuple[Line, Style, float]]:
    """Break a text; only what took several lines is set flush right where it reads so."""
    lines = style.lines(text, width)
    return [(line, style, width if len(lines) > 1 else 0) for line in lines]

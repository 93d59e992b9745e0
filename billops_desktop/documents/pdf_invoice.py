"""The invoice as PDF: one clean template for invoices, credit notes, quotes and drafts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from billops_desktop.documents.content import DocumentParty, InvoiceDocument
from billops_desktop.documents.logo import read_logo
from billops_desktop.documents.pdf_layout import (
    BLOCK_WIDTH,
    BODY,
    BRAND,
    CAPTION,
    FOOT,
    HAIRLINE,
    HEADING,
    MM,
    MUTED,
    PAPERS,
    SMALL,
    STRONG,
    TITLE,
    WHITE,
    Flow,
    Paper,
    Pen,
    Style,
    rgb,
)
from billops_desktop.documents.pdf_sums import (
    Sums,
    draw_closing,
    draw_legal_texts,
    draw_payment,
)
from billops_desktop.documents.pdf_table import Table
from billops_desktop.documents.regions import Region
from billops_desktop.documents.shaping import Line, Visual, one_line
from billops_desktop.documents.words import Words
from billops_desktop.i18n import NO_BREAK_SPACE

TILE = 11 * MM
TILE_COLOUR = "#233A9A"
LOGO_ROOM = (62 * MM, 17 * MM)
FACTS_GAP = 4 * MM
LINE_GAP = 1.4
FOOT_RULE_GAP = 5.0
PAGE_COUNT_ROOM = 28 * MM
LETTER_LIMIT = 2
BLOCK_LINES = 4  # of one address line or fact: the block must leave room for the table
RETURN_SIZE = 6.8
RETURN_SIZE_LEAST = 5.0
FOOT_LIMIT = 8  # a footer that ate the page would leave no room for the lines
RUNNING = CAPTION


def render_invoice(document: InvoiceDocument) -> bytes:
    """Return the PDF of a document; the same document gives the same bytes everywhere."""
    return Invoice.of(document).render()


def render_marked(document: InvoiceDocument) -> tuple[bytes, tuple[Region, ...]]:
    """Return the PDF of a document, the same bytes, and where on it each field is printed."""
    invoice = Invoice.of(document)
    return invoice.render(), tuple(invoice.pen.regions)


@dataclass(slots=True)
class Invoice:
    """A document on its way to paper."""

    document: InvoiceDocument
    words: Words
    pen: Pen
    footer: list[Line]

    @classmethod
    def of(cls, document: InvoiceDocument) -> Invoice:
        """Prepare pen, words and footer."""
        paper = PAPERS[document.paper]
        words = Words.of(document)
        pen = Pen(paper, document.language)
        return cls(document, words, pen, _footer_lines(document, words, paper))

    def render(self) -> bytes:
        """Draw everything from top to bottom, then number the pages."""
        paper, document, words = self.pen.paper, self.document, self.words
        self._letterhead()
        top = max(self._recipient(), self._facts()) + 9 * MM
        flow = Flow(self.pen, max(top, paper.body), self._bottom())
        self._opening(flow)
        sums = Sums.of(document, words)
        Table(flow, document, words).draw(keep_below=sums.height)
        sums.draw(flow)
        draw_legal_texts(flow, document, words)
        draw_payment(flow, document, words)
        draw_closing(flow, document)
        self._number_pages()
        return self.pen.finish(self._name(), document.seller.name, document.issue_on)

    def _name(self) -> str:
        state = self.document.number or self.words.text("Draft")
        return f"{self.words.title(self.document)} {state}"

    def _bottom(self) -> float:
        paper = self.pen.paper
        return paper.height - paper.foot - len(self.footer) * FOOT.leading - FOOT_RULE_GAP - 4 * MM

    def _letterhead(self) -> None:
        pen, paper, seller = self.pen, self.pen.paper, self.document.seller
        title = one_line(self.words.title(self.document))
        pen.text(paper.right, paper.head - 1, title, TITLE, right=True)
        if self.document.draft or not self.document.number:
            below = one_line(self.words.text("Draft"))
        else:
            below = one_line(self.words.text("No. {number}").format(number=self.document.number))
        pen.text(paper.right, paper.head + TITLE.leading, below, MUTED, right=True)
        logo = read_logo(self.document.logo, LOGO_ROOM)
        if logo is not None:
            pen.logo(logo, paper.left, paper.head)
            return
        self._tile(seller)
        left = paper.left + TILE + 4 * MM
        room = paper.right - left - max(TITLE.width(title), MUTED.width(below)) - 8 * MM
        name = BRAND.lines(seller.name, room)[:LETTER_LIMIT]
        tagline = SMALL.lines(seller.tagline, room)[:1] if seller.tagline else []
        y = paper.head + (TILE - len(name) * BRAND.leading - len(tagline) * SMALL.leading) / 2
        for line in name:
            pen.line(left, y, line, BRAND)
            y += BRAND.leading
        for line in tagline:
            pen.line(left, y, line, SMALL)

    def _tile(self, seller: DocumentParty) -> None:
        pen, paper = self.pen, self.pen.paper
        colour = rgb(_colour(self.document.accent))
        pen.panel(paper.left, paper.head, (TILE, TILE), 2 * MM, fill=colour)
        style = Style(BRAND.weight, 11.5, TILE, WHITE)
        letters = one_line(initials(seller.name))
        pen.text(paper.left + (TILE - style.width(letters)) / 2, paper.head, letters, style)

    def _recipient(self) -> float:
        """Draw the address where a window envelope shows it; return where it ends."""
        pen, paper, buyer = self.pen, self.pen.paper, self.document.buyer
        y = paper.address
        sender = _fitted(_return_line(self.document.seller), paper.address_width)
        if sender is not None:
            pen.line(paper.left, y, *sender)
        y += CAPTION.leading + 5
        texts = [(buyer.name, STRONG), (buyer.contact, BODY)]
        texts += [(line, BODY) for line in buyer.address]
        for text, style in texts:
            for line in style.lines(text, paper.address_width)[:BLOCK_LINES] if text else []:
                pen.line(paper.left, y, line, style)
                y += style.leading + LINE_GAP
        pen.mark("client", paper.address, y, (paper.left, paper.left + paper.address_width))
        return y

    def _facts(self) -> float:
        """Draw dates and references at the right; return where they end."""
        pen, paper = self.pen, self.pen.paper
        left, y = paper.right - BLOCK_WIDTH, paper.address + CAPTION.leading + 5
        for field, label, text in self._fact_rows():
            above = y
            shown = one_line(label)
            pen.text(left, y, shown, MUTED)
            room = paper.right - left - MUTED.width(shown) - FACTS_GAP
            for line in self._fact_lines(field, text, max(room, 20 * MM)):
                pen.text(paper.right, y, line.text, STRONG, right=True)
                y += STRONG.leading + LINE_GAP
            pen.mark(field, above, y, (left, paper.right))
        return y

    def _fact_lines(self, field: str, text: str, room: float) -> list[Line]:
        """Return the lines of a fact; months are cut short where a period then fits on one."""
        lines = STRONG.lines(text, room)[:BLOCK_LINES]
        supply = self.words.supply(self.document, "medium") if field == "supply_from" else None
        if len(lines) > 1 and supply is not None:
            shorter = STRONG.lines(supply[1], room)
            return shorter if len(shorter) == 1 else lines
        return lines

    def _fact_rows(self) -> list[tuple[str, str, str]]:
        """Return field, label and text of each row."""
        document, words = self.document, self.words
        rows = [("issue_on", words.date_label(document), words.date(document.issue_on))]
        supply = words.supply(document)
        rows += [("supply_from", *supply)] if supply else []
        if document.due_on is not None and document.kind != "credit_note":
            label = words.text("Valid until") if document.kind == "quote" else words.text("Due")
            rows.append(("due_on", label, words.date(document.due_on)))
        rows += [(one.label, words.label(one.label), one.text) for one in document.references]
        rows.append(("client", words.text("Your VAT ID"), document.buyer.vat_id))
        rows.append(("", words.text("Our VAT ID"), document.seller.vat_id))
        if not document.seller.vat_id:
            rows.append(("", words.text("Our tax number"), document.seller.tax_number))
        return [row for row in rows if row[2]]

    def _opening(self, flow: Flow) -> None:
        """Write subject, the document that is corrected, and the words before the table."""
        document, words = self.document, self.words
        width = self.pen.paper.text_width
        parts = [(document.title, HEADING)]
        if document.corrects is not None:
            corrected = words.text("Corrects invoice {number} of {date}.").format(
                number=document.corrects.number, date=words.date(document.corrects.issue_on)
            )
            parts.append((f"{corrected} {document.corrects.reason}".strip(), BODY))
        parts.append((document.intro, BODY))
        written = [(text, style) for text, style in parts if text.strip()]
        for text, style in written:
            flow.write(style.lines(text.rstrip(), width), style, width=width)
            flow.y += 3
        flow.y += 10 if written else 0

    def _number_pages(self) -> None:
        pen, paper, count = self.pen, self.pen.paper, len(self.pen.pages)
        top = paper.height - paper.foot - len(self.footer) * FOOT.leading
        whose = f"{self._name()} · {self.document.seller.name}"
        running = RUNNING.lines(whose, paper.text_width)[0]
        for number in range(count):
            pen.back_to(number)
            if self.document.draft:
                pen.beneath(one_line(self.words.text("Draft")))
            pen.rule(top - FOOT_RULE_GAP, colour=HAIRLINE)
            for at, line in enumerate(self.footer):
                pen.line(paper.left, top + at * FOOT.leading, line, FOOT)
            page = self.words.text("Page {number} of {count}")
            shown = one_line(page.format(number=number + 1, count=count))
            pen.text(paper.right, top, shown, FOOT, right=True)
            if number:
                pen.line(paper.left, paper.head, running, RUNNING)


def initials(name: str) -> str:
    """Return up to two letters for a company without a logo.

    >>> initials("Haldane Consulting"), initials("acme"), initials("3M & Söhne GmbH")
    ('HC', 'A', '3S')
    """
    words = [word for word in name.split() if word[0].isalnum()]
    return "".join(word[0].upper() for word in words[:LETTER_LIMIT]) or "–"


def _colour(accent: str) -> str:
    """Return the accent when it is a colour in six hexadecimal digits, else the house's."""
    digits = accent.removeprefix("#")
    fine = len(digits) == 6 and all(digit in "0123456789abcdefABCDEF" for digit in digits)
    return f"#{digits}" if fine else TILE_COLOUR


def _return_line(seller: DocumentParty) -> str:
    return " · ".join(part for part in (seller.name, *seller.address) if part)


def _fitted(text: str, width: float) -> tuple[Line, Style] | None:
    """Return the sender's line above the address, smaller where it is long, cut at last."""
    if not text:
        return None
    whole = Style(CAPTION.weight, RETURN_SIZE, CAPTION.leading, CAPTION.colour)
    needed = RETURN_SIZE * min(width / max(whole.width(one_line(text)), 1), 1)
    style = replace(whole, size=max(round(needed - 0.05, 1), RETURN_SIZE_LEAST))
    return style.lines(text, width)[0], style


def _footer_lines(document: InvoiceDocument, words: Words, paper: Paper) -> list[Line]:
    """Return the legal line of the seller and the company's own footer, broken."""
    seller = document.seller
    facts = [
        seller.legal_name or seller.name,
        *seller.address,
        _labelled(words.text("VAT ID"), seller.vat_id),
        _labelled(words.text("Tax number"), seller.tax_number),
        seller.register_id,
        seller.email,
        seller.phone,
        seller.website,
    ]
    width = paper.text_width - PAGE_COUNT_ROOM
    # Lines end between two facts, unless one is wider than a line.
    whole = [part.replace(" ", NO_BREAK_SPACE) for part in facts if part]
    fits = all(FOOT.width(one_line(part)) < width for part in whole)
    text = " · ".join(whole if fits else [part for part in facts if part])
    lines = [
        replace(line, text=Visual(line.text.removesuffix(" ·"))) for line in FOOT.lines(text, width)
    ]
    if document.footer.strip():
        lines += FOOT.lines(document.footer.strip(), width)
    return lines[:FOOT_LIMIT]


def _labelled(label: str, text: str) -> str:
    return f"{label} {text}" if text else ""

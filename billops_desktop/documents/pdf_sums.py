"""What stands under the lines: sums, legal texts, where to pay, closing words."""

from __future__ import annotations

from collections.abc import Sequence

from billops_desktop.documents.content import DocumentBank, DocumentCharge, InvoiceDocument
from billops_desktop.documents.pdf_layout import (
    BLOCK_WIDTH,
    BODY,
    INK,
    MM,
    MUTED,
    PANEL,
    SMALL,
    STRONG,
    TOTAL,
    Flow,
    Style,
)
from billops_desktop.documents.shaping import Line, Visual, one_line, tabular
from billops_desktop.documents.words import Words
from billops_desktop.domain.money import Money
from billops_desktop.values import dataclass

ABOVE = 8.0
BESIDE = 5 * MM
SUM_PADDING = 3.2
PANEL_PADDING = 11.0
PANEL_RADIUS = 5.0
HEADLINE_GAP = 3.0
# A label is smaller than the fact beside it, and lowered to stand on the same line.
FACT_LABEL = Style(SMALL.weight, 7.8, BODY.leading, SMALL.colour)
LABEL_DROP = 0.4
IBAN_GROUP = 4


@dataclass(frozen=True, slots=True)
class Sum:
    """One row of the sums."""

    label: list[Line]
    amount: Visual
    styles: tuple[Style, Style]
    ruled: bool = False
    field: str = ""

    @property
    def height(self) -> float:
        """Return the height of the row in points."""
        leading = max(style.leading for style in self.styles)
        return len(self.label) * leading + SUM_PADDING + (4 if self.ruled else 0)


@dataclass(slots=True)
class Sums:
    """The sums of a document, measured before the table is drawn: its last row stays with them."""

    document: InvoiceDocument
    words: Words
    rows: list[Sum]

    @classmethod
    def of(cls, document: InvoiceDocument, words: Words) -> Sums:
        """Word and measure all rows."""
        sums = cls(document, words, [])
        totals = document.totals
        sums._add(words.text("Subtotal"), totals.sum_lines)
        for number, charge in enumerate(document.charges, start=1):
            label = sums._charge_label(charge)
            sums._add(label, sums._signed(charge), field=f"charges.{number}")
        if document.charges:
            sums._add(words.text("Net amount"), totals.net)
        sums._taxes()
        sums._total(words.text("Total"), totals.gross)
        settled = [
            (words.text("Already paid"), -totals.prepaid if totals.prepaid else None),
            (words.text("Rounding"), totals.rounding),
        ]
        for label, amount in settled:
            if amount is not None and amount.minor:
                sums._add(label, amount)
        if totals.due != totals.gross:
            sums._total(words.text("Amount due"), totals.due)
        return sums

    @property
    def height(self) -> float:
        """Return the height of the whole block."""
        return ABOVE + sum(row.height for row in self.rows)

    def _add(self, label: str, amount: Money, *, field: str = "") -> None:
        text = tabular(one_line(self.words.money(amount, symbol=False)))
        self._row(label, text, (MUTED, BODY), field=field)

    def _total(self, label: str, amount: Money) -> None:
        text = tabular(one_line(self.words.money(amount)))
        self._row(label, text, (STRONG, TOTAL), ruled=True)

    def _row(
        self,
        label: str,
        amount: Visual,
        styles: tuple[Style, Style],
        *,
        ruled: bool = False,
        field: str = "",
    ) -> None:
        room = max(BLOCK_WIDTH - BESIDE - styles[1].width(amount), 25 * MM)
        self.rows.append(Sum(styles[0].lines(label, room), amount, styles, ruled, field))

    def _charge_label(self, charge: DocumentCharge) -> str:
        words = self.words
        plain = words.text("Discount") if charge.kind == "discount" else words.text("Charge")
        label = charge.reason or plain
        if charge.percent is None:
            return label
        return f"{label} ({words.percent(charge.percent)})"

    @staticmethod
    def _signed(charge: DocumentCharge) -> Money:
        return -charge.amount if charge.kind == "discount" else charge.amount

    def _taxes(self) -> None:
        words, taxes = self.words, self.document.taxes
        for tax in taxes:
            if tax.percent is None:
                continue
            label = f"{words.tax_name(tax)} {words.percent(tax.percent)}"
            if len(taxes) > 1:
                base = words.money(tax.base, symbol=False)
                label = words.text("{tax} on {base}").format(tax=label, base=base)
            self._add(label, tax.tax)

    def draw(self, flow: Flow) -> None:
        """Draw the sums at the right, over a page's end only when a page cannot hold them."""
        if self.height <= flow.whole_page:
            flow.make_room(self.height)
        flow.y += ABOVE
        pen = flow.pen
        left = pen.paper.right - BLOCK_WIDTH
        for row in self.rows:
            flow.make_room(row.height)
            if row.ruled:
                pen.rule(flow.y + 2, colour=INK, weight=0.9, x=left)
                flow.y += 4
            leading = max(style.leading for style in row.styles)
            lift = [leading - style.leading for style in row.styles]
            top = flow.y + SUM_PADDING / 2
            # Baselines meet although the total's figures are larger than its label.
            drop = row.styles[1].baseline() - row.styles[0].baseline() if lift[0] else 0
            for at, line in enumerate(row.label):
                pen.line(left, top + drop + at * leading, line, row.styles[0])
            pen.text(pen.paper.right, top, row.amount, row.styles[1], right=True)
            flow.y += len(row.label) * leading + SUM_PADDING
            pen.mark(row.field, top, flow.y, (left, pen.paper.right))


def draw_legal_texts(flow: Flow, document: InvoiceDocument, words: Words) -> None:
    """Write why no tax is charged, and the tax in the currency of the books."""
    texts = [words.exemption(tax) for tax in document.taxes]
    second = document.second_tax
    if second is not None:
        texts.append(
            words.text("{tax} in {currency}: {amount} (rate {rate} of {date}, {source})").format(
                tax=words.tax_name(document.taxes[0] if document.taxes else None),
                currency=second.tax.currency,
                amount=words.money(second.tax),
                rate=words.number(second.rate),
                date=words.date(second.rate_on),
                source=second.source or "–",
            )
        )
    width = flow.pen.paper.text_width
    for text in dict.fromkeys(text for text in texts if text):
        flow.y += 10
        flow.write(BODY.lines(text, width), BODY, width=width)


def draw_payment(flow: Flow, document: InvoiceDocument, words: Words) -> None:
    """Draw the panel that says what to pay, until when, where to, under which reference."""
    headline = _headline(document, words)
    if not headline:
        return
    pen = flow.pen
    inner = pen.paper.text_width - 2 * PANEL_PADDING
    head = STRONG.lines(headline, inner)
    facts = _payment_facts(document, words)
    label_width = max((SMALL.width(one_line(label)) for label, _ in facts), default=0) + BESIDE
    broken = [(one_line(label), BODY.lines(text, inner - label_width)) for label, text in facts]
    rows = sum(len(lines) for _, lines in broken)
    height = len(head) * STRONG.leading + rows * BODY.leading + 2 * PANEL_PADDING
    height += HEADLINE_GAP if rows else 0
    flow.y += 18
    flow.make_room(min(height, flow.whole_page))
    # On a draft the pale word beneath stays whole.
    size = (pen.paper.text_width, min(height, flow.room))
    fill = "" if document.draft else PANEL
    pen.panel(pen.paper.left, flow.y, size, PANEL_RADIUS, fill=fill)
    flow.y += PANEL_PADDING
    flow.write(head, STRONG, x=pen.paper.left + PANEL_PADDING)
    flow.y += HEADLINE_GAP if rows else 0
    for label, lines in broken:
        _write_fact(flow, label, lines, label_width)
    flow.y += PANEL_PADDING


def _write_fact(flow: Flow, label: Visual, lines: Sequence[Line], label_width: float) -> None:
    """Write one fact of the panel: its label, and beside it as many lines as it needs."""
    left = flow.pen.paper.left + PANEL_PADDING
    for at, line in enumerate(lines):
        flow.make_room(BODY.leading)
        if at == 0:
            flow.pen.text(left, flow.y + LABEL_DROP, label, FACT_LABEL)
        flow.pen.line(left + label_width, flow.y, line, BODY)
        flow.y += BODY.leading


def _headline(document: InvoiceDocument, words: Words) -> str:
    due = document.totals.due
    if document.kind == "quote":
        return ""
    if document.kind == "credit_note":
        return words.text("{amount} will be set off or paid back to you.").format(
            amount=words.money(due)
        )
    if due.minor <= 0:
        paid = words.text("Nothing is due: this invoice is settled.")
        return paid if document.totals.gross.minor else ""
    if document.due_on is None:
        return words.text("Amount to pay: {amount}").format(amount=words.money(due))
    return words.text("Please pay {amount} by {date}.").format(
        amount=words.money(due), date=words.date(document.due_on)
    )


def _payment_facts(document: InvoiceDocument, words: Words) -> list[tuple[str, str]]:
    """Return where to pay and under which reference; nothing where nothing is to be paid."""
    if document.kind == "credit_note" or document.totals.due.minor <= 0:
        return []
    facts: list[tuple[str, str]] = []
    for bank in document.banks:
        facts += _bank_facts(bank, words)
    reference = document.payment_reference or document.number
    if reference is None:
        reference = words.text("assigned when issued")
    if document.banks:
        facts.append((words.text("Payment reference"), reference))
    return facts


def _bank_facts(bank: DocumentBank, words: Words) -> list[tuple[str, str]]:
    rows = [
        (words.text("Account holder"), bank.holder),
        ("IBAN", grouped_iban(bank.iban)),
        (words.text("Account number"), bank.account_number),
        ("BIC", bank.bic),
        (words.text("Bank"), bank.bank_name),
    ]
    return [(label, text) for label, text in rows if text]


def grouped_iban(iban: str) -> str:
    """Return an IBAN in groups of four, as banks print it.

    >>> grouped_iban("DE89370400440532013000")
    'DE89 3704 0044 0532 0130 00'
    """
    plain = "".join(iban.split())
    return " ".join(plain[at : at + IBAN_GROUP] for at in range(0, len(plain), IBAN_GROUP))


def draw_closing(flow: Flow, document: InvoiceDocument) -> None:
    """Write the terms and the note, over as many pages as they need."""
    width = flow.pen.paper.text_width
    for field, text, style in (("", document.terms, MUTED), ("note", document.note, BODY)):
        if text.strip():
            flow.y += 12
            lines = style.lines(text.rstrip(), width)
            flow.write(lines, style, width=width)
            left = flow.pen.paper.left
            # What began on a page before is marked from the top of the page it ends on.
            top = max(flow.y - len(lines) * style.leading, flow.pen.paper.next_body)
            flow.pen.mark(field, top, flow.y, (left, left + width))

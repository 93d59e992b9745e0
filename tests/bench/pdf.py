"""P9: the invoice as PDF, against reportlab's bare canvas and, where installed, weasyprint."""

from __future__ import annotations

import html
import importlib
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

from billops_desktop.documents.content import DocumentLine, InvoiceDocument
from billops_desktop.documents.pdf_invoice import render_invoice
from billops_desktop.paths import resources_folder
from tests.bench.measuring import Row, in_turn, timed
from tests.documents.samples import of_lines
from tests.support.present import present

SIZES = {20: 1.2, 1_000: 1.5}
# How many times faster than weasyprint: 8 at 20 lines, 20 at 1,000.
FASTER = {20: 8, 1_000: 20}
ROUNDS = {20: 15, 1_000: 5}
COLUMNS = (60.0, 330.0, 400.0, 460.0, 500.0)
ROWS_PER_PAGE = 45
FONT = "BenchInter"
_numbers = count(1)


def cells(line: DocumentLine) -> tuple[str, ...]:
    """Return what one line prints."""
    hours = f"{present(line.quantity) / line.base_quantity:.2f} h"
    tax = f"{line.tax_percent} %"
    return line.description, hours, f"{line.price:.2f}", tax, f"{present(line.net).decimal:,.2f}"


def facts(document: InvoiceDocument) -> list[str]:
    """Return what the page prints beside its lines."""
    totals = document.totals
    parties = [
        text
        for party in (document.seller, document.buyer)
        for text in (party.name, *party.address, party.vat_id, party.email)
    ]
    sums = [f"{money.decimal:,.2f}" for money in (totals.net, totals.tax, totals.gross, totals.due)]
    return [*parties, str(document.number), str(document.issue_on), *sums]


def by_canvas(document: InvoiceDocument) -> bytes:
    """Draw the same texts on reportlab's canvas as it is shipped, with an embedded font."""
    from reportlab import rl_config
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    register_font()
    kept, rl_config.useA85 = rl_config.useA85, 1
    try:
        out = BytesIO()
        canvas = Canvas(out, pagesize=A4, pageCompression=1)
        canvas.setFont(FONT, 9)
        for place, text in enumerate(facts(document)):
            canvas.drawString(60, 800 - place * 11, text)
        canvas.showPage()
        for place, line in enumerate(document.lines):
            row = place % ROWS_PER_PAGE
            if row == 0:
                if place:
                    canvas.showPage()
                canvas.setFont(FONT, 9)
            height = 780 - row * 16
            for x, text in zip(COLUMNS, cells(line), strict=True):
                canvas.drawString(x, height, text)
            canvas.line(60, height - 5, 540, height - 5)
        canvas.save()
    finally:
        rl_config.useA85 = kept
    return out.getvalue()


@cache
def register_font() -> None:
    """Make the bundled face known to reportlab under a name of its own."""
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    registerFont(TTFont(FONT, str(resources_folder() / "fonts" / "Inter-Regular.ttf")))


def by_weasyprint(document: InvoiceDocument) -> bytes:
    """Lay the same texts out as an HTML table."""
    # Only `make bench` has it, and it has no types: the checker is not asked to find it.
    weasyprint = importlib.import_module("weasyprint")
    lines = "".join(
        f"<tr>{''.join(f'<td>{html.escape(text)}</td>' for text in cells(line))}</tr>"
        for line in document.lines
    )
    above = "".join(f"<p>{html.escape(text)}</p>" for text in facts(document))
    made: Any = weasyprint.HTML(string=f"{above}<table>{lines}</table>").write_pdf()
    return bytes(made)


def _weasyprint_loads() -> bool:
    """Tell whether weasyprint is there with the system libraries that it opens at import."""
    try:
        importlib.import_module("weasyprint")
    except (ImportError, OSError):
        return False
    return True


def rows(folder: Path) -> list[Row]:
    """Measure an invoice of 20 lines and one of 1,000."""
    found = []
    for lines, goal in SIZES.items():
        document = of_lines(lines)

        def fresh(
            render: Callable[[InvoiceDocument], bytes], document: InvoiceDocument = document
        ) -> Callable[[], object]:
            # Another number each time: nothing may be kept from the last one.
            return lambda: render(replace(document, number=f"2026-{next(_numbers):05}"))

        renderers = [render_invoice, by_canvas, *([by_weasyprint] if _weasyprint_loads() else [])]
        measured = in_turn([timed(fresh(render)) for render in renderers], rounds=ROUNDS[lines])
        found += _rows_of(f"PDF of {lines:,} lines", measured, goal, 1 / FASTER[lines])
    return found


def _rows_of(name: str, measured: list[float], goal: float, part: float) -> list[Row]:
    ours, canvas, *slow = measured
    return [
        Row(
            code="P9",
            measure=name,
            measured=ours,
            control="canvas as shipped",
            controlled=canvas,
            goal=goal,
        ),
        Row(
            code="P9",
            measure=name,
            measured=ours,
            control="weasyprint",
            controlled=slow[0] if slow else None,
            goal=round(part, 3),
            note="" if slow else "(weasyprint does not load)",
        ),
    ]

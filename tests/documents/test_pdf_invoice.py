"""The invoice as clients get it: complete, literal, the same bytes each time."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from billops_desktop.documents.content import (
    DocumentCorrection,
    DocumentLine,
    DocumentParty,
    InvoiceDocument,
    Paper,
)
from billops_desktop.documents.fonts import BOX
from billops_desktop.documents.pdf_invoice import initials, render_invoice
from tests.documents import samples
from tests.documents.samples import pages_of, text_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_all_facts_are_on_the_page(language: str, paper: Paper) -> None:
    pdf = render_invoice(samples.november(language, paper))
    text = text_of(pdf)
    facts = {
        "de": ["Rechnung", "Nr. 2025-0147", "30. November 2025", "1.–30. November 2025",
               "14. Dezember 2025", "Ihre Bestellnummer", "Kundennummer", "Ihre USt-IdNr.",
               "38,50 h", "5.747,50", "15.348,03 €", "Seite 1 von 1", "Beschreibung", "Betrag €"],
        "en": ["Invoice", "No. 2025-0147", "30 November 2025", "1–30 November 2025",
               "14 December 2025", "PO number", "Client number", "Your VAT ID",
               "38.50 h", "5,747.50", "€15,348.03", "Page 1 of 1", "Description", "Amount €"],
    }  # fmt: skip
    both = ["Haldane Consulting", "Acme GmbH", "Torstraße 140", "10119 Berlin", "PO 4500-7781",
            "10023", "DE298114772", "DE311904556", "HRB 184 220 B"]  # fmt: skip
    assert [fact for fact in facts[language] + both if fact not in text] == []
    box = PdfReader(BytesIO(pdf)).pages[0].mediabox
    assert (round(box.width), round(box.height)) == {"A4": (595, 842), "Letter": (612, 792)}[paper]


def test_a_draft_says_so_and_has_no_number() -> None:
    text = text_of(render_invoice(samples.draft("de")))
    assert text.count("Entwurf") == 2  # under the title, and pale across the page
    assert "Nr." not in text.replace("USt-IdNr.", "")
    assert "wird bei Ausstellung vergeben" in text
    assert "Entwurf" not in text_of(render_invoice(samples.november("de")))


def test_a_credit_note_names_what_it_corrects() -> None:
    text = text_of(render_invoice(samples.credit_note("de")))
    assert "Rechnungskorrektur" in text
    assert "Korrektur zur Rechnung 2025-0147 vom 30. November 2025." in text
    assert "Wrong recipient." in text


@pytest.mark.parametrize("script", samples.SCRIPTS)
def test_every_script_reads_back(script: str) -> None:
    # Readers turn right-to-left words around one by one: each must be there in its letters.
    words = text_of(render_invoice(samples.scripts())).split()
    assert [word for word in samples.SCRIPTS[script].split() if word not in words] == []


@pytest.mark.parametrize("language", ["de", "en"])
def test_only_embedded_subsets_are_used(language: str) -> None:
    reader = PdfReader(BytesIO(render_invoice(samples.scripts(language))))
    resources = [cast("DictionaryObject", page["/Resources"]) for page in reader.pages]
    fonts = [
        font.get_object() for one in resources
        for font in cast("DictionaryObject", one["/Font"]).values()
    ]  # fmt: skip
    assert fonts
    for font in fonts:
        assert "+" in font["/BaseFont"]
        assert "/FontFile2" in font["/FontDescriptor"]


def test_a_logo_takes_the_place_of_the_initials() -> None:
    document = samples.november()
    plain = PdfReader(BytesIO(render_invoice(document))).pages[0]
    pictured = PdfReader(BytesIO(render_invoice(replace(document, logo=samples.logo())))).pages[0]
    broken = PdfReader(BytesIO(render_invoice(replace(document, logo=b"no picture")))).pages[0]
    assert [len(page.images) for page in (plain, pictured, broken)] == [0, 1, 0]
    assert "HC" in plain.extract_text()
    assert "HC" not in pictured.extract_text()
    assert "HC" in broken.extract_text()


def test_following_pages_say_whose_they_are() -> None:
    second = pages_of(render_invoice(samples.of_lines(60)))[1]
    assert "Invoice 2025-0147 · Haldane Consulting" in second


ORDER = [samples.november, samples.scripts, samples.rich, samples.draft, samples.credit_note]


def hashes(documents: list[InvoiceDocument]) -> list[str]:
    return [hashlib.sha256(render_invoice(document)).hexdigest() for document in documents]


def test_the_bytes_depend_on_the_document_alone() -> None:
    documents = [make() for make in ORDER]
    first = hashes(documents)
    assert hashes(documents[::-1])[::-1] == first
    copies = [InvoiceDocument.from_json(document.to_json()) for document in documents]
    assert hashes(copies) == first
    with ThreadPoolExecutor(3) as lanes:  # the preview and an export may run side by side
        side_by_side = list(lanes.map(lambda one: hashes([one])[0], documents * 4))
    assert side_by_side == first * 4


def test_the_bytes_are_the_same_in_another_process() -> None:
    code = (
        "from tests.documents import samples\nimport hashlib\n"
        "from billops_desktop.documents.pdf_invoice import render_invoice\n"
        "for make in (samples.scripts, samples.november):\n"
        "    print(hashlib.sha256(render_invoice(make())).hexdigest())\n"
    )
    seeds = {"PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "86400", "TZ": "Asia/Tokyo"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT,
        env={"PATH": "/usr/bin", "LANG": "de_DE.UTF-8", **seeds},
    )  # fmt: skip
    assert done.stdout.split() == hashes([samples.scripts(), samples.november()])


PAYLOADS = [
    "<script>alert(1)</script>", "<b>unclosed", "</para>", "&amp; &lt; &#0; &nosuch;",
    '<img src="/etc/passwd"/>', "<img src='http://127.0.0.1/x.png'>",
    '<a href="javascript:alert(1)">x</a>', '<font color="[[[getattr(pow,Word)]]]">x</font>',
    "[[[a for a in [1]]]]", "{{7*7}} ${7*7} #{7*7} %(x)s {0} {seller}", "<onDraw name=x/>",
    "(unbalanced ) ( \\ \\\\ ))", "BT /F1 12 Tf (x) Tj ET endstream endobj %%EOF",
    '=HYPERLINK("http://x")', "../../../../etc/passwd", "'; DROP TABLE invoice; --",
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;", "%n%s%x", "\\u0000 \\x00",
    "Ω≈ç√∫˜µ≤≥÷", "田中さんにあげて下さい", "👾 🙇 💁", "ﷺ", "Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟o̶̙̰̠kè͚̮̺̪̹̱̤", "", " ", "\t",
]  # fmt: skip


def hostile(text: str) -> InvoiceDocument:
    """Return an invoice that has the text in every printable field."""
    base = samples.rich("en")
    party = DocumentParty(
        name=text, address=(text, text), contact=text, tagline=text, legal_name=text, vat_id=text,
        tax_number=text, register_id=text, email=text, phone=text, website=text,
    )  # fmt: skip
    bank = replace(samples.BANK, holder=text, iban=text, bic=text, bank_name=text)
    return replace(
        base, number=text or None, title=text, intro=text, note=text, terms=text, footer=text,
        seller=party, buyer=party, payment_reference=text, banks=(bank,), accent=text,
        references=tuple(replace(one, label=text, text=text) for one in base.references),
        lines=tuple(
            replace(one, description=text, details=text, unit=text or "C62") for one in base.lines
        ),
        charges=tuple(replace(one, reason=text) for one in base.charges),
        taxes=tuple(replace(one, name=text, exemption=text) for one in base.taxes),
        corrects=DocumentCorrection(number=text, issue_on=date(2025, 1, 1), reason=text),
    )  # fmt: skip


FORBIDDEN = (b"/JavaScript", b"/JS", b"/Launch", b"/URI", b"/EmbeddedFile", b"/OpenAction", b"/AA ")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_text_is_printed_as_it_was_typed(payload: str) -> None:
    pdf = render_invoice(hostile(payload))
    assert [name for name in FORBIDDEN if name in pdf] == []
    reader = PdfReader(BytesIO(pdf))
    assert all("/Annots" not in page and not page.images for page in reader.pages)
    if payload.isascii():
        text = "".join(text_of(pdf).split())
        assert "".join(payload.split()) in text


@given(st.text(max_size=60))
def test_any_text_in_every_field_gives_a_file(text: str) -> None:
    assert PdfReader(BytesIO(render_invoice(hostile(text)))).pages


WATCHED = """
import os, sys
from tests.documents import samples
from tests.documents.test_pdf_invoice import PAYLOADS, hostile
from billops_desktop.documents.pdf_invoice import render_invoice

render_invoice(samples.scripts()); render_invoice(hostile("<x>"))  # imports and fonts, once
seen = []
REACHES_OUT = ("open", "os.", "subprocess.", "socket.", "urllib.", "ctypes.", "import", "exec")

def watch(event, arguments):
    if event.startswith(REACHES_OUT):
        seen.append((event, str(arguments)[:200]))

sys.addaudithook(watch)
for payload in PAYLOADS:
    render_invoice(hostile(payload))
strange = [one for one in seen if "fonts" not in one[1]]
sys.stdout.write(repr(strange))
sys.stdout.flush()
os._exit(0)
"""


def test_hostile_text_reaches_no_file_process_or_socket() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCHED], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.stdout == "[]", done.stdout + done.stderr


def test_controls_and_surrogates_are_shown_as_boxes() -> None:
    text = text_of(render_invoice(hostile("a\x00b\x1b[31m\ud800\u202ec\ufffe")))
    assert f"a{BOX}b{BOX}[31m{BOX}{BOX}c{BOX}" in text


@pytest.mark.timeout(60)
@pytest.mark.parametrize("unit", ["x", "word ", "漢字、", "שלום (עולם) ", "سلام ", "<b>&amp;"])
def test_a_hundred_thousand_letters_in_every_field_are_printed(unit: str) -> None:
    text = (unit * 100_000)[:100_000]
    pdf = render_invoice(replace(hostile("x"), note=text, lines=hostile(text).lines[:2]))
    assert len(pdf) < 20_000_000
    assert len(PdfReader(BytesIO(pdf)).pages) > 20


def test_long_text_in_the_fixed_blocks_leaves_the_page_whole() -> None:
    pages = pages_of(render_invoice(hostile("y" * 3_000)))
    assert "Description" in "".join(pages)
    assert f"Page 1 of {len(pages)}" in pages[0]


@pytest.mark.timeout(60)
def test_a_note_of_a_megabyte_is_printed_to_its_end() -> None:
    note = "The quick brown fox jumps over the lazy dog.\n" * 23_000 + "THE END"
    reader = PdfReader(BytesIO(render_invoice(replace(samples.november("en"), note=note))))
    assert "THE END" in reader.pages[-1].extract_text()


def test_an_invoice_without_anything_is_still_a_page() -> None:
    base = samples.november("en")
    bare = replace(
        base, seller=DocumentParty(name=""), buyer=DocumentParty(name=""), lines=(), taxes=(),
        references=(), banks=(), note="", supply_from=None, supply_to=None, due_on=None,
    )  # fmt: skip
    assert "Invoice" in text_of(render_invoice(bare))
    only_text = replace(bare, lines=(DocumentLine(description=" ", quantity=Decimal(0)),))
    assert len(pages_of(render_invoice(only_text))) == 1


def test_initials_are_those_of_the_first_words() -> None:
    assert [initials(name) for name in ("Haldane Consulting", "acme", "3M & Söhne", "", "& –")] == [
        "HC", "A", "3S", "–", "–",
    ]  # fmt: skip

"""A document survives its JSON exactly, and a logo is only the one it was made with."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from decimal import Decimal

import pytest

from billops_desktop.documents.content import DocumentLine, InvoiceDocument
from billops_desktop.errors import IntegrityFault
from tests.documents import samples

DOCUMENTS = [
    samples.november(),
    samples.draft(),
    samples.rich(),
    samples.credit_note(),
    samples.reverse_charge(),
    samples.scripts(),
    samples.of_lines(20),
]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_json_gives_the_same_document_back(document: InvoiceDocument) -> None:
    text = document.to_json()
    again = InvoiceDocument.from_json(text)
    assert again == document
    assert again.to_json() == text


def test_equal_numbers_have_one_spelling() -> None:
    one, other = (
        replace(samples.november(), lines=(DocumentLine(description="x", quantity=Decimal(text)),))
        for text in ("1.50", "1.5000")
    )
    assert one == other
    assert one.to_json() == other.to_json()


def test_the_logo_is_kept_by_its_hash() -> None:
    picture = samples.logo()
    document = replace(samples.november(), logo=picture)
    text = document.to_json()
    assert "logo_sha256" in text
    kept = {hashlib.sha256(picture).hexdigest(): picture}
    assert InvoiceDocument.from_json(text, kept.__getitem__) == document
    with pytest.raises(IntegrityFault):
        InvoiceDocument.from_json(text, lambda digest: kept[digest] + b"x")
    with pytest.raises(IntegrityFault):
        InvoiceDocument.from_json(text)

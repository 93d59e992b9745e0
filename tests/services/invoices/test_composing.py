"""Composing: the document says what the rows say, in the client's language, exactly."""

from __future__ import annotations

from decimal import Decimal

from billops_desktop.documents.content import InvoiceDocument
from billops_desktop.domain.money import Money
from billops_desktop.services.drafts import drafting
from billops_desktop.services.invoices import rendering
from billops_desktop.services.records import add
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.models import InvoiceCharge
from billops_desktop.storage.unit_of_work import UnitOfWork
from tests.support import money


def test_a_document_has_parties_lines_taxes_and_account(workspace: Workspace) -> None:
    job = money.make_job(
        workspace, language="de", purchase_order="PO 7", contact="Lena Vogt", number="K-17"
    )
    line = drafting.LineEdit(
        description="Workshop", price=Decimal(100), discount_percent=Decimal(10)
    )
    invoice_id = money.draft_item(
        workspace, job, lines=(line, drafting.LineEdit(kind="text", description="Danke"))
    )
    document = workspace.read(rendering.document, invoice_id)

    assert (document.seller.name, document.seller.vat_id) == ("Haldane Consulting", "DE136695976")
    assert document.buyer.address == ("Hafenstraße 1", "20457 Hamburg")
    assert [(one.label, one.text) for one in document.references] == [
        ("client_number", "K-17"),
        ("purchase_order", "PO 7"),
    ]
    priced, words = document.lines
    assert (priced.net, priced.discount) == (Money(9_000, "EUR"), Money(1_000, "EUR"))
    assert (words.description, words.quantity, words.net) == ("Danke", None, None)
    assert (document.taxes[0].percent, document.taxes[0].tax.minor) == (Decimal(19), 1_710)
    assert document.totals.due == Money(10_710, "EUR")
    assert [bank.iban for bank in document.banks] == ["DE89370400440532013000"]
    assert (document.number, document.draft, document.language) == (None, True, "de")


def test_a_foreign_currency_shows_the_tax_in_that_of_the_books(workspace: Workspace) -> None:
    from datetime import date

    job = money.make_job(workspace, "Globex Ltd", currency="USD")
    invoice_id = money.draft_item(
        workspace, job, base_rate=Decimal("1.0832"), base_rate_on=date(2026, 11, 24)
    )
    document = workspace.read(rendering.document, invoice_id)
    assert document.second_tax is not None
    assert document.second_tax.tax == Money(17_541, "EUR")
    assert document.banks == ()


def test_what_comes_to_nothing_is_not_printed(workspace: Workspace) -> None:
    """As drafts of earlier versions hold it: a row of zero, of a tax that no line bears."""
    invoice_id = money.draft_item(workspace, money.make_job(workspace))

    def keep_nothing(work: UnitOfWork) -> None:
        rest = {"invoice_id": invoice_id, "kind": "discount"}
        add(work, InvoiceCharge(position=1, percent=Decimal(0), **rest))
        add(work, InvoiceCharge(position=2, amount_minor=0, reason="Begun", **rest))
        add(work, InvoiceCharge(position=3, percent=Decimal(10), reason="Loyal", **rest))

    workspace.execute(keep_nothing)
    document = workspace.read(rendering.document, invoice_id)
    assert [(one.reason, one.amount.minor) for one in document.charges] == [("Loyal", 10_000)]
    assert document.charges[0].percent == 10


def test_the_sealed_document_reads_back_as_it_was_written(workspace: Workspace) -> None:
    row = money.issued_item(workspace, money.make_job(workspace))
    document = workspace.read(rendering.document, row.id)
    assert InvoiceDocument.from_json(document.to_json()) == document
    assert (document.number, document.payment_reference) == ("2026-0001", "2026-0001")

"""Composes the document that is printed from the rows of an invoice and its parties."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from sqlalchemy import select

from billops_desktop.documents.content import (
    DocumentBank,
    DocumentCharge,
    DocumentCorrection,
    DocumentLine,
    DocumentParty,
    DocumentReference,
    DocumentSecondTax,
    DocumentTax,
    DocumentTotals,
    InvoiceDocument,
)
from billops_desktop.domain.billing.invoice import InvoiceTotals, line_net
from billops_desktop.domain.money import Money
from billops_desktop.domain.tax import Category
from billops_desktop.services.books import Unit, profile_of
from billops_desktop.services.drafts.amounts import (
    as_line,
    charges_of,
    lines_of,
    tax_in_base,
    taxes_of,
    totals_of,
)
from billops_desktop.services.postal import postal_lines
from billops_desktop.storage import attachments
from billops_desktop.storage.models import (
    BankAccount,
    Client,
    Company,
    Contact,
    Invoice,
    InvoiceCharge,
    InvoiceLine,
    TaxRate,
)

# Where the tax on sales is no value added tax, its own name is printed.
OWN_TAX_NAMES = frozenset({"US", "CA", "AU", "NZ", "IN", "JP", "SG", "MY"})


def compose(work: Unit, invoice: Invoice, *, logo: bool = True) -> InvoiceDocument:
    """Return the document of an invoice as its rows and the parties' records stand now.

    Without ``logo`` the seller's picture is left out, for comparing what the rows say.
    """
    company = work.session.get_one(Company, invoice.company_id)
    client = work.session.get_one(Client, invoice.client_id)
    totals = totals_of(work, invoice)
    return InvoiceDocument(
        kind=invoice.kind,  # type: ignore[arg-type]  # the table holds only the document's kinds
        language=invoice.language,
        currency=invoice.currency,
        paper=invoice.paper,  # type: ignore[arg-type]  # the table holds only A4 and Letter
        template=invoice.template,
        number=invoice.number,
        draft=invoice.state == "draft",
        title=invoice.title,
        issue_on=invoice.issue_on,
        due_on=invoice.due_on,
        supply_from=invoice.supply_from,
        supply_to=invoice.supply_to,
        seller=_seller(company, client, invoice.language),
        buyer=_buyer(work, company, client, invoice.language),
        references=_references(invoice, client),
        lines=tuple(_line(row, invoice.currency) for row in lines_of(work, invoice.id)),
        charges=_charges(list(charges_of(work, invoice.id)), totals),
        taxes=_taxes(work, invoice, company),
        totals=_totals(invoice, totals),
        second_tax=_second_tax(work, invoice),
        corrects=_corrects(work, invoice),
        note=invoice.note,
        terms=invoice.terms,
        footer=invoice.footer,
        banks=_banks(work, invoice),
        payment_reference=invoice.number or "",
        logo=_logo(work, company) if logo else None,
    )


def stored_document(work: Unit, invoice: Invoice) -> InvoiceDocument:
    """Return the sealed document of an issued invoice; IntegrityFault when it cannot be read."""
    return InvoiceDocument.from_json(
        invoice.snapshot_json or "", lambda digest: attachments.read(profile_of(work), digest)
    )


def with_parties_of(document: InvoiceDocument, original: InvoiceDocument) -> InvoiceDocument:
    """Return a correction with the parties as the original named them, whatever changed since."""
    return replace(
        document,
        seller=original.seller,
        buyer=original.buyer,
        banks=original.banks,
        logo=original.logo,
        accent=original.accent,
    )


def _seller(company: Company, client: Client, language: str) -> DocumentParty:
    name = company.trade_name or company.legal_name
    return DocumentParty(
        name=name,
        legal_name=company.legal_name if company.legal_name != name else "",
        address=postal_lines(company, client.country or company.country, language),
        vat_id=company.vat_id,
        tax_number=company.tax_number,
        register_id=company.register_id,
        email=company.email,
        phone=company.phone,
        website=company.website,
    )


def _buyer(work: Unit, company: Company, client: Client, language: str) -> DocumentParty:
    receiver = work.session.scalars(
        select(Contact)
        .where(
            Contact.client_id == client.id,
            Contact.receives_invoices == "to",
            Contact.deleted_at.is_(None),
        )
        .order_by(Contact.position, Contact.id)
        .limit(1)
    ).first()
    return DocumentParty(
        name=client.name,
        contact=receiver.name if receiver else "",
        email=receiver.email if receiver else "",
        address=postal_lines(client, company.country, language),
        vat_id=client.vat_id,
        tax_number=client.tax_number,
    )


def _references(invoice: Invoice, client: Client) -> tuple[DocumentReference, ...]:
    pairs = (
        ("client_number", client.number),
        ("client_reference", invoice.client_reference),
        ("purchase_order", invoice.purchase_order),
    )
    return tuple(DocumentReference(label=label, text=text) for label, text in pairs if text)


def _line(row: InvoiceLine, currency: str) -> DocumentLine:
    if row.kind == "text":
        return DocumentLine(description=row.description, details=row.details)
    line = as_line(row, currency)
    net = line_net(line, currency)
    whole = line_net(replace(line, discount_percent=None, discount=None), currency)
    return DocumentLine(
        description=row.description,
        details=row.details,
        quantity=row.quantity,
        unit=row.unit,
        base_quantity=row.base_quantity,
        price=row.price,
        discount_percent=row.discount_percent,
        discount=whole - net if whole != net else None,
        tax_category=row.tax_category,
        tax_percent=_percent(row.tax_category, row.tax_percent),
        net=net,
    )


def _percent(category: str, percent: Decimal) -> Decimal | None:
    """Return the rate to print: outside the scope of the tax there is none, not even zero."""
    return None if category == Category.OUTSIDE_SCOPE else percent


def _charges(rows: list[InvoiceCharge], totals: InvoiceTotals) -> tuple[DocumentCharge, ...]:
    charges = []
    for position, row in enumerate(rows):
        parts = [part.amount for part in totals.charges if part.position == position]
        amount = Money.sum(parts, totals.currency)
        if not amount:
            # What was only begun, or takes nothing off, is no line of a document.
            continue
        charges.append(
            DocumentCharge(
                kind="discount" if row.kind == "discount" else "charge",
                amount=amount,
                reason=row.reason,
                percent=row.percent,
            )
        )
    return tuple(charges)


def _taxes(work: Unit, invoice: Invoice, company: Company) -> tuple[DocumentTax, ...]:
    names = _tax_names(work, company)
    return tuple(
        DocumentTax(
            category=row.category,
            percent=_percent(row.category, row.percent),
            base=Money(row.base_minor, invoice.currency),
            tax=Money(row.tax_minor, invoice.currency),
            name=names.get((row.category, row.percent), ""),
            exemption=row.exemption_text,
        )
        for row in taxes_of(work, invoice.id)
    )


def _tax_names(work: Unit, company: Company) -> dict[tuple[str, Decimal], str]:
    """Return the names of taxes that are no VAT; VAT is named in the language of the document."""
    if company.country not in OWN_TAX_NAMES:
        return {}
    rates = work.session.scalars(
        select(TaxRate).where(TaxRate.company_id == company.id).order_by(TaxRate.id)
    )
    return {(rate.category, rate.percent): rate.name for rate in rates}


def _totals(invoice: Invoice, totals: InvoiceTotals) -> DocumentTotals:
    currency = invoice.currency
    prepaid, rounding = invoice.prepaid_minor, invoice.rounding_minor
    return DocumentTotals(
        sum_lines=totals.sum_lines,
        net=Money(invoice.net_minor, currency),
        tax=Money(invoice.tax_minor, currency),
        gross=Money(invoice.gross_minor, currency),
        due=Money(invoice.due_minor, currency),
        prepaid=Money(prepaid, currency) if prepaid else None,
        rounding=Money(rounding, currency) if rounding else None,
    )


def _second_tax(work: Unit, invoice: Invoice) -> DocumentSecondTax | None:
    """Return the tax in the currency of the books, when a rate says how to convert it."""
    tax = tax_in_base(work, invoice)
    if tax is None or invoice.base_rate is None or invoice.base_rate_on is None:
        return None
    return DocumentSecondTax(
        tax=tax,
        rate=invoice.base_rate,
        rate_on=invoice.base_rate_on,
        source=invoice.base_rate_source,
    )


def _corrects(work: Unit, invoice: Invoice) -> DocumentCorrection | None:
    if invoice.corrects_invoice_id is None:
        return None
    original = work.session.get_one(Invoice, invoice.corrects_invoice_id)
    return DocumentCorrection(
        number=original.number or "", issue_on=original.issue_on, reason=invoice.cancel_reason
    )


def _banks(work: Unit, invoice: Invoice) -> tuple[DocumentBank, ...]:
    """Return the accounts to pay into: those of the currency, else those of any."""
    if invoice.kind == "credit_note":
        return ()
    rows = work.session.scalars(
        select(BankAccount)
        .where(BankAccount.company_id == invoice.company_id, BankAccount.deleted_at.is_(None))
        .order_by(BankAccount.position, BankAccount.id)
    ).all()
    exact = [row for row in rows if row.currency == invoice.currency]
    return tuple(
        DocumentBank(
            holder=row.holder,
            iban=row.iban,
            bic=row.bic,
            account_number=row.account_number,
            bank_name=row.bank_name,
        )
        for row in exact or [row for row in rows if not row.currency]
    )


def _logo(work: Unit, company: Company) -> bytes | None:
    if company.logo_sha256 is None:
        return None
    return attachments.read(profile_of(work), company.logo_sha256)

"""Invoices as PDF: the very bytes that are previewed, kept by hash once issued, and exported."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from billops_desktop import __version__, files
from billops_desktop.documents.content import InvoiceDocument
from billops_desktop.documents.regions import Region
from billops_desktop.domain.billing.numbering import safe_file_name
from billops_desktop.errors import EnvironmentFault, InvalidInput, Refused
from billops_desktop.i18n import _
from billops_desktop.services.books import Unit, invoice_of
from billops_desktop.services.invoices.composing import compose, stored_document
from billops_desktop.services.records import add
from billops_desktop.storage import attachments
from billops_desktop.storage.models import Client, InvoiceFile
from billops_desktop.storage.unit_of_work import UnitOfWork
from billops_desktop.values import dataclass

if TYPE_CHECKING:
    from billops_desktop.services.workspace import Workspace

PDF = "pdf"
Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedFile:
    """One file that was written for one invoice."""

    invoice_id: str
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedPdf:
    """The bytes of a PDF with the places of its fields; an issued invoice has none to change."""

    content: bytes
    regions: tuple[Region, ...] = ()


def document(work: Unit, invoice_id: str) -> InvoiceDocument:
    """Return what is printed: the sealed document once issued, else what the draft says now."""
    invoice = invoice_of(work, invoice_id)
    return compose(work, invoice) if invoice.state == "draft" else stored_document(work, invoice)


def render(workspace: Workspace, invoice_id: str) -> bytes:
    """Return the PDF: of an issued invoice the kept bytes if there are any, verified by hash."""
    sha256 = workspace.read(_kept, invoice_id)
    if sha256 is not None:
        return attachments.read(workspace.profile, sha256)
    return render_document(workspace.read(document, invoice_id))


def render_marked(workspace: Workspace, invoice_id: str) -> MarkedPdf:
    """Return the PDF, the very bytes of ``render``, and where a draft's fields are printed."""
    content = workspace.read(document, invoice_id)
    if not content.draft:
        return MarkedPdf(content=render(workspace, invoice_id))
    from billops_desktop.documents import pdf_invoice

    made, regions = pdf_invoice.render_marked(content)
    return MarkedPdf(content=made, regions=regions)


def render_document(content: InvoiceDocument) -> bytes:
    """Return the PDF of a document; equal documents give equal bytes."""
    from billops_desktop.documents.pdf_invoice import render_invoice

    return render_invoice(content)


def keep_pdf(workspace: Workspace, invoice_id: str) -> Path:
    """Keep the PDF of an issued invoice in the profile by its hash, once; return where it lies.

    Called after the invoice was issued: rendering takes too long for the issuing transaction.
    """
    sha256 = workspace.read(_kept, invoice_id)
    if sha256 is None:
        content = workspace.read(document, invoice_id)
        if content.draft:
            raise Refused(
                _("The PDF was not kept: the invoice is still a draft."),
                _("Issue it first."),
                field="state",
            )
        sha256 = attachments.keep(workspace.profile, render_document(content))
        sha256 = workspace.execute(_list_file, invoice_id, sha256)
    attachments.read(workspace.profile, sha256)
    return attachments.path_of(workspace.profile, sha256)


def export_pdf(
    workspace: Workspace,
    invoice_ids: Sequence[str],
    folder: Path,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> tuple[ExportedFile, ...]:
    """Write the PDF of each invoice into a folder; a name that is taken gets a suffix.

    ``progress`` gets files done and in all; ``cancelled`` is asked before each file, and what was
    written until then stays. EnvironmentFault when the folder cannot be written to.
    """
    written: list[ExportedFile] = []
    for done, invoice_id in enumerate(invoice_ids):
        if cancelled is not None and cancelled():
            break
        content = workspace.read(document, invoice_id)
        if not content.draft:
            keep_pdf(workspace, invoice_id)
        name = workspace.read(file_name, invoice_id)
        path = write_beside(folder, name, render(workspace, invoice_id))
        written.append(ExportedFile(invoice_id=invoice_id, path=path))
        if progress is not None:
            progress(done + 1, len(invoice_ids))
    return tuple(written)


def file_name(work: Unit, invoice_id: str) -> str:
    """Return the safe file name of an invoice: number and client, a draft without number."""
    invoice = invoice_of(work, invoice_id)
    client = work.session.get_one(Client, invoice.client_id)
    return safe_file_name(f"{invoice.number or _('Draft')} {client.name}.{PDF}")


def write_beside(folder: Path, name: str, content: bytes) -> Path:
    """Write a file whole or not at all, never over another one; return its path."""
    if "\0" in str(folder) or (os.path.lexists(folder) and not folder.is_dir()):
        raise InvalidInput(
            _("{folder} is not a folder, so nothing was exported.").format(folder=folder),
            _("Choose a folder."),
            field="folder",
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return files.write_beside(folder, name, content)
    except OSError as reason:
        raise EnvironmentFault(
            _("The PDF was not written to {folder}: {reason}.").format(
                folder=folder, reason=reason.strerror or _("every name is taken")
            ),
            _("The invoice is safe in your profile. Choose another folder."),
        ) from reason


def _kept(work: Unit, invoice_id: str) -> str | None:
    """Return the hash of the PDF that was kept for an invoice, None while there is none."""
    invoice_of(work, invoice_id)
    return work.session.scalars(
        select(InvoiceFile.sha256)
        .where(InvoiceFile.invoice_id == invoice_id, InvoiceFile.kind == PDF)
        .order_by(InvoiceFile.id)
        .limit(1)
    ).first()


def _list_file(work: UnitOfWork, invoice_id: str, sha256: str) -> str:
    """Add the row of a kept PDF; another thread may have been first, then its bytes stand."""
    first = _kept(work, invoice_id)
    if first is not None:
        return first
    made_with = f"BillOps {__version__}"
    add(work, InvoiceFile(invoice_id=invoice_id, kind=PDF, sha256=sha256, made_with=made_with))
    return sha256

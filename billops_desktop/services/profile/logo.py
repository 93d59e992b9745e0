"""The company's logo: proved to be a picture, kept by its hash, printed on new invoices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from billops_desktop.documents.logo import check_logo
from billops_desktop.services.books import Unit, company_of
from billops_desktop.services.profile.settings import CompanyEdit, CompanyRow, edit_company
from billops_desktop.storage import attachments

if TYPE_CHECKING:
    from billops_desktop.services.workspace import Workspace


def keep_logo(workspace: Workspace, content: bytes) -> CompanyRow:
    """Keep a PNG or JPEG as the company's logo; InvalidInput when it is no usable picture."""
    check_logo(content)
    sha256 = attachments.keep(workspace.profile, content)
    return workspace.execute(edit_company, CompanyEdit(logo_sha256=sha256))


def remove_logo(workspace: Workspace) -> CompanyRow:
    """Print new invoices without a logo; issued ones keep theirs."""
    return workspace.execute(edit_company, CompanyEdit(logo_sha256=None))


def logo(workspace: Workspace) -> bytes | None:
    """Return the company's logo, None while it has none."""
    sha256 = workspace.read(_logo_of)
    return None if sha256 is None else attachments.read(workspace.profile, sha256)


def _logo_of(work: Unit) -> str | None:
    return company_of(work).logo_sha256

"""The logo: a real picture is kept by its hash and printed, anything else is refused."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from billops_desktop.errors import InvalidInput
from billops_desktop.services.invoices import rendering
from billops_desktop.services.profile import settings
from billops_desktop.services.profile.logo import keep_logo, logo, remove_logo
from billops_desktop.services.workspace import Workspace
from tests.support import money


def picture(colour: str = "navy", kind: str = "PNG") -> bytes:
    made = BytesIO()
    Image.new("RGB", (64, 32), colour).save(made, kind)
    return made.getvalue()


def printed(workspace: Workspace, invoice_id: str) -> bytes | None:
    return workspace.read(rendering.document, invoice_id).logo


def test_without_one_there_is_none(workspace: Workspace) -> None:
    assert logo(workspace) is None


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_kept_and_printed_on_new_invoices(workspace: Workspace, kind: str) -> None:
    content = picture(kind=kind)
    row = keep_logo(workspace, content)
    assert row.logo_sha256 == workspace.read(settings.company).logo_sha256
    assert logo(workspace) == content
    assert printed(workspace, money.draft_item(workspace, money.make_job(workspace))) == content


def test_an_issued_invoice_keeps_the_logo_it_had(workspace: Workspace) -> None:
    keep_logo(workspace, picture())
    issued = money.issued_item(workspace, money.make_job(workspace)).id
    keep_logo(workspace, picture("red"))
    assert printed(workspace, issued) == picture()
    assert remove_logo(workspace).logo_sha256 is None
    assert logo(workspace) is None
    assert printed(workspace, issued) == picture()


@pytest.mark.parametrize(
    "content",
    [b"", b"GIF89a", b"<svg onload='x'/>", picture()[:40], b"\x89PNG\r\n\x1a\n" + b"\0" * 99],
)
def test_what_is_no_picture_leaves_the_present_one(workspace: Workspace, content: bytes) -> None:
    keep_logo(workspace, picture())
    with pytest.raises(InvalidInput):
        keep_logo(workspace, content)
    assert logo(workspace) == picture()

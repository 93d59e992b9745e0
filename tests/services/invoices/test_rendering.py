"""PDFs: one renderer, kept by hash once issued, written whole and never over another file."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from billops_desktop.errors import EnvironmentFault, IntegrityFault, InvalidInput, Refused
from billops_desktop.services.directory import clients
from billops_desktop.services.invoices import rendering
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.models import InvoiceFile
from tests.support import money


def words(content: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_preview_and_export_are_the_same_bytes(workspace: Workspace, tmp_path: Path) -> None:
    row = money.issued_item(workspace, money.make_job(workspace))
    shown = rendering.render(workspace, row.id)
    (written,) = rendering.export_pdf(workspace, [row.id], tmp_path / "out")

    assert written.path.name == "2026-0001-Acme-GmbH.pdf"
    assert written.path.read_bytes() == shown == rendering.render(workspace, row.id)
    assert "2026-0001" in words(shown)


def test_the_kept_pdf_stays_as_the_client_got_it_and_is_kept_once(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    row = money.issued_item(workspace, job)
    path = rendering.keep_pdf(workspace, row.id)
    workspace.execute(clients.edit, job.client_id, clients.ClientEdit(name="Acme SE"))

    assert rendering.keep_pdf(workspace, row.id) == path
    assert rendering.render(workspace, row.id) == path.read_bytes()
    assert len(workspace.read(lambda work: work.session.scalars(select(InvoiceFile)).all())) == 1

    path.chmod(0o600)
    path.write_bytes(b"altered")
    with pytest.raises(IntegrityFault):
        rendering.render(workspace, row.id)


def test_a_draft_says_so_and_is_not_kept(workspace: Workspace, tmp_path: Path) -> None:
    invoice_id = money.draft_item(workspace, money.make_job(workspace))
    assert workspace.read(rendering.document, invoice_id).draft
    with pytest.raises(Refused):
        rendering.keep_pdf(workspace, invoice_id)
    (written,) = rendering.export_pdf(workspace, [invoice_id], tmp_path)
    assert written.path.name == "Draft-Acme-GmbH.pdf"


def test_a_taken_name_gets_a_suffix_and_nothing_else_is_left(
    workspace: Workspace, tmp_path: Path
) -> None:
    row = money.issued_item(workspace, money.make_job(workspace))
    for _n in range(3):
        rendering.export_pdf(workspace, [row.id], tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "2026-0001-Acme-GmbH-2.pdf",
        "2026-0001-Acme-GmbH-3.pdf",
        "2026-0001-Acme-GmbH.pdf",
    ]


def test_export_tells_its_progress_and_stops_when_asked(
    workspace: Workspace, tmp_path: Path
) -> None:
    job = money.make_job(workspace)
    ids = [money.draft_item(workspace, job) for _n in range(3)]
    steps: list[tuple[int, int]] = []
    written = rendering.export_pdf(
        workspace,
        ids,
        tmp_path / "out",
        progress=lambda done, total: steps.append((done, total)),
        cancelled=lambda: len(steps) == 2,
    )
    assert (len(written), steps) == (2, [(1, 3), (2, 3)])


def test_a_hostile_name_stays_in_its_folder(workspace: Workspace, tmp_path: Path) -> None:
    job = money.make_job(workspace, "../../etc/passwd")
    invoice_id = money.draft_item(workspace, job)
    (written,) = rendering.export_pdf(workspace, [invoice_id], tmp_path / "out")
    assert written.path.parent == tmp_path / "out"


def test_a_folder_that_cannot_be_written_is_said_in_words(
    workspace: Workspace, tmp_path: Path
) -> None:
    invoice_id = money.draft_item(workspace, money.make_job(workspace))
    taken = tmp_path / "file"
    taken.write_text("")
    with pytest.raises(InvalidInput):
        rendering.export_pdf(workspace, [invoice_id], taken)
    with pytest.raises(EnvironmentFault):
        rendering.export_pdf(workspace, [invoice_id], taken / "below")

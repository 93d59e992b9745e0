"""PDF files: a copy is opened, an export lands where the user says, its failure is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QFileDialog

from billops_desktop.errors import BillOpsError
from billops_desktop.services.invoices import rendering
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.main_window import MainWindow
from billops_desktop.ui.view import View
from billops_desktop.ui.views.billing import pdf_files
from tests.support import money


@pytest.fixture
def ids(workspace: Workspace) -> list[str]:
    job = money.make_job(workspace)
    return [money.issued_item(workspace, job, price).id for price in ("100", "200")]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return the files that the desktop was asked to open."""
    found: list[Path] = []
    monkeypatch.setattr(pdf_files, "open_file", found.append)
    return found


@pytest.fixture
def shell(small_window: MainWindow) -> MainWindow:
    return small_window


@pytest.fixture
def page(shell: MainWindow) -> View:
    return shell.view("invoices")


def test_a_copy_is_opened_outside_the_profile(
    workspace: Workspace, shell: MainWindow, page: View, ids: list[str], opened: list[Path]
) -> None:
    pdf_files.open_pdf(shell, ids[0], page)
    (path,) = opened
    assert workspace.profile not in path.parents
    assert path.read_bytes() == workspace_pdf(workspace, ids[0])
    shutil.rmtree(path.parent)


def workspace_pdf(workspace: Workspace, invoice_id: str) -> bytes:
    return rendering.render(workspace, invoice_id)


def test_many_are_exported_with_progress_and_the_first_can_be_opened(
    shell: MainWindow, page: View, ids: list[str], opened: list[Path], tmp_path: Path
) -> None:
    pdf_files.export_pdf(shell, ids, page, folder=tmp_path)
    files = sorted(tmp_path.glob("*.pdf"))
    assert ["119.00" in words(file) for file in files] == [True, False]
    assert shell.feedback.recent[0].startswith(f"2 PDFs written to {tmp_path.name}")
    shell.feedback.toast.undo.click()
    assert opened == [files[0]]


def words(file: Path) -> str:
    return "".join(page.extract_text() for page in PdfReader(file).pages)


def test_giving_up_the_folder_writes_nothing(
    shell: MainWindow, page: View, ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_words: "")
    before = list(shell.feedback.recent)
    pdf_files.export_pdf(shell, ids, page)
    assert list(shell.feedback.recent) == before


def test_the_chosen_folder_is_taken(
    shell: MainWindow, page: View, ids: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_words: str(tmp_path))
    pdf_files.export_pdf(shell, ids[:1], page)
    assert len(list(tmp_path.glob("*.pdf"))) == 1


def test_an_invoice_that_is_gone_is_told_and_opens_nothing(
    shell: MainWindow, page: View, opened: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[BillOpsError] = []
    monkeypatch.setattr(shell.feedback, "show_error", lambda error, _page: told.append(error))
    pdf_files.open_pdf(shell, "0" * 32, page)
    pdf_files.export_pdf(shell, ["0" * 32], page, folder=page.shell.jobs.workspace.profile)
    assert opened == []
    assert [type(error).__name__ for error in told] == ["NotFound", "NotFound"]

"""An open invoice editor over a real profile, and short ways to type into it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from billops_desktop.services.workspace import Workspace
    from billops_desktop.ui.views.invoice_editor import InvoiceEditorView
    from tests.support import money

GRIP, DESCRIPTION, QUANTITY, RATE, TAX, AMOUNT = range(6)


@pytest.fixture
def job(workspace: Workspace) -> money.Job:
    """Return a client with a project, a task and a rate of 100 EUR."""
    from tests.support import money

    return money.make_job(workspace)


@pytest.fixture
def edit_invoice(open_view: Callable[..., Any]) -> Callable[[str], InvoiceEditorView]:
    """Return a function that opens an invoice in the editor, in a real window."""
    from billops_desktop.ui.views.invoice_editor import InvoiceEditorView

    def show(invoice_id: str) -> InvoiceEditorView:
        view: InvoiceEditorView = open_view("invoice", InvoiceEditorView)
        view.open_at({"invoice_id": invoice_id})
        return view

    return show


@pytest.fixture
def editor(
    workspace: Workspace, job: money.Job, edit_invoice: Callable[[str], InvoiceEditorView]
) -> InvoiceEditorView:
    """Return the editor of a draft with one line of 1,000 EUR."""
    from tests.support import money

    return edit_invoice(money.draft_item(workspace, job))


def type_cell(view: Any, row: int, column: int, text: str) -> None:
    """Type into a cell and leave it; what is good is saved."""
    lines = view.form.lines
    lines.open_cell(row, column)
    lines.cell.setText(text)
    lines.commit_cell()
    view.desk.flush()


def stored(view: Any) -> Any:
    """Return the invoice as it stands in the database."""
    from billops_desktop.services.invoices.invoice_rows import detail

    return view.shell.jobs.workspace.read(detail, view.invoice_id)

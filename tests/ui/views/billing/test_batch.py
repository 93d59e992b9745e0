"""Many drafts at once: each stands for itself, the rest goes on, and it ends between two."""

from __future__ import annotations

import pytest

from billops_desktop.services.drafts.drafting import DraftRequest
from billops_desktop.services.invoices.invoice_rows import invoices
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.views.billing.batch import draft_all
from tests.support import money


@pytest.fixture
def requests(workspace: Workspace) -> list[tuple[str, DraftRequest]]:
    """Return what to draft for two clients with time, and one without between them."""
    found = []
    for name, has_time in (("Acme", True), ("Bare", False), ("Globex", True)):
        job = money.make_job(workspace, name)
        if has_time:
            money.log(workspace, job, "2026-11-24 09:00" if name == "Acme" else "2026-11-24 11:00")
        found.append((name, DraftRequest(client_id=job.client_id, to_on=money.TO_ON)))
    return found


def clients_with_drafts(workspace: Workspace) -> set[str]:
    return {row.client_name for row in workspace.read(invoices, tab="drafts").rows}


def test_a_client_that_fails_is_named_and_the_others_go_on(
    workspace: Workspace, requests: list[tuple[str, DraftRequest]]
) -> None:
    told = []
    batch = draft_all(workspace, requests, progress=lambda *words: told.append(words))
    assert clients_with_drafts(workspace) == {"Acme", "Globex"}
    assert (len(batch.drafts), batch.ended) == (2, False)
    assert [name for name, _error in batch.failures] == ["Bare"]
    assert batch.failures[0][1].title
    assert told == [(0, 3, "Acme"), (1, 3, "Bare"), (2, 3, "Globex")]


def test_it_ends_between_two_clients_and_keeps_what_is_made(
    workspace: Workspace, requests: list[tuple[str, DraftRequest]]
) -> None:
    answers = iter([False, True])
    batch = draft_all(workspace, requests, cancelled=lambda: next(answers))
    assert (len(batch.drafts), batch.failures, batch.ended) == (1, (), True)
    assert clients_with_drafts(workspace) == {"Acme"}


def test_nothing_asked_is_nothing_made(workspace: Workspace) -> None:
    batch = draft_all(workspace, [])
    assert (batch.drafts, batch.failures, batch.ended) == ((), (), False)

"""The time behind lines: what was typed by hand is told, in whatever language it was written."""

from __future__ import annotations

from billops_desktop.services.drafts import line_time
from billops_desktop.services.drafts.line_time import (
    PRICE_BY_HAND,
    QUANTITY_BY_HAND,
    marked_by_hand,
    reason_of,
    was_typed,
)
from billops_desktop.services.workspace import Workspace
from tests.support import money

DRAFTED = "2 entries, 3:00 tracked, 3:00 billed; client rate, 100 EUR per hour"


def test_what_was_typed_is_said_once() -> None:
    assert not was_typed(DRAFTED, QUANTITY_BY_HAND)
    counted = marked_by_hand(DRAFTED, price=False, quantity=True)
    assert counted == f"{DRAFTED}; quantity typed by hand"
    assert marked_by_hand(counted, price=False, quantity=True) == counted
    both = marked_by_hand(counted, price=True, quantity=False)
    assert both == (
        "2 entries, 3:00 tracked, 3:00 billed; price typed by hand; quantity typed by hand"
    )
    assert was_typed(both, PRICE_BY_HAND)
    assert reason_of(DRAFTED) == "client rate, 100 EUR per hour"


def test_deleted_time_is_a_link_only_where_asked(workspace: Workspace) -> None:
    from billops_desktop.services import tracking

    job = money.make_job(workspace)
    entry = money.log(workspace, job)
    invoice_id = money.draft(workspace, job)
    workspace.execute(tracking.delete, [entry])
    assert workspace.read(line_time.links_of, invoice_id) == []
    [link] = workspace.read(line_time.links_of, invoice_id, gone=True)
    assert (link.row.entry_id, link.client_id, link.currency) == (entry, job.client_id, "EUR")

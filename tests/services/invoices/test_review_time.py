"""Tests of billops_desktop.services.invoices.review_time: what became of the time on a draft."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from billops_desktop.services import tracking
from billops_desktop.services.drafts import drafting
from billops_desktop.services.drafts.taking_off import take_off
from billops_desktop.services.invoices import invoicing, review
from billops_desktop.services.invoices.invoice_rows import detail
from billops_desktop.services.profile import settings
from billops_desktop.services.workspace import Workspace
from tests.support import factories, money

QUARTER = settings.NewPolicy(name="Quarter hour", step_seconds=900, mode="up")
Deed = Callable[[Workspace, str], object]


def found(workspace: Workspace, invoice_id: str) -> dict[str, Any]:
    return {one.rule: one for one in workspace.read(review.findings, invoice_id)}


def edited(**fields: Any) -> Deed:
    """Return what edits an entry; a callable value is asked for with the workspace."""

    def deed(workspace: Workspace, entry_id: str) -> object:
        asked = {
            name: value(workspace) if callable(value) else value for name, value in fields.items()
        }
        return workspace.execute(tracking.edit, entry_id, tracking.EntryEdit(**asked))

    return deed


def elsewhere(workspace: Workspace) -> str:
    other = money.make_job(workspace, "Zeta")
    return other.project_id


WAYS: tuple[tuple[str, Deed, str], ...] = (
    (
        "entry moved",
        edited(project_id=elsewhere),
        "Line 1 bills time that is not this client’s any more.",
    ),
    (
        "entry moved",
        edited(project_id=None),
        "Line 1 bills time that is not this client’s any more.",
    ),
    (
        "entry not billable",
        edited(billable=False),
        "Line 1 bills time that is marked as not billable.",
    ),
    (
        "entry gone",
        lambda workspace, entry_id: workspace.execute(tracking.delete, [entry_id]),
        "Line 1 bills time that was deleted or runs again.",
    ),
)


@pytest.mark.parametrize("step", [take_off, drafting.refresh_time])
@pytest.mark.parametrize(("rule", "deed", "words"), WAYS)
def test_time_that_cannot_be_billed_any_more_blocks_until_it_is_off(
    workspace: Workspace, rule: str, deed: Deed, words: str, step: Any
) -> None:
    job = money.make_job(workspace)
    gone = money.log(workspace, job, "2026-11-23 09:00")
    kept = money.log(workspace, job, "2026-11-24 09:00")
    invoice_id = money.draft(workspace, job, grouping="entry")
    assert not found(workspace, invoice_id)
    deed(workspace, gone)
    finding = found(workspace, invoice_id)[rule]
    assert (finding.blocks, finding.message, finding.field) == (True, words, "lines.1")
    with pytest.raises(invoicing.NotReady):
        workspace.execute(invoicing.issue, invoice_id)

    assert workspace.execute(step, invoice_id) == 1
    left = workspace.read(detail, invoice_id)
    assert [line.entry_count for line in left.lines] == [1]
    assert left.row.total.minor == 11_900
    assert not found(workspace, invoice_id)
    row = workspace.execute(invoicing.issue, invoice_id)
    assert workspace.read(tracking.entry, kept).locked_by == row.number


def test_a_line_of_several_entries_bills_less(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    gone = money.log(workspace, job, "2026-11-23 09:00", hours=2)
    money.log(workspace, job, "2026-11-24 09:00")
    invoice_id = money.draft(workspace, job)
    edited(billable=False)(workspace, gone)
    assert workspace.execute(drafting.refresh_time, invoice_id) == 1
    [line] = workspace.read(detail, invoice_id).lines
    assert (line.entry_count, line.net.minor) == (1, 10_000)
    assert line.derivation.startswith("1 entry, 1:00 tracked, 1:00 billed; ")


def test_a_project_that_goes_to_another_client_takes_its_time_along(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    money.log(workspace, job)
    invoice_id = money.draft(workspace, job)
    other = factories.make_client(workspace, "Zeta")
    # No face moves a project; a shared workspace or another program may.
    workspace.execute(_give, job.project_id, other)
    assert found(workspace, invoice_id)["entry moved"].blocks


def _give(work: Any, project_id: str, client_id: str) -> None:
    from billops_desktop.storage.models import Project

    work.session.get_one(Project, project_id).client_id = client_id


def round_up(workspace: Workspace) -> str:
    policy = workspace.execute(settings.add_policy, QUARTER)
    workspace.execute(settings.use_policy, policy.id)
    return policy.id


def test_a_changed_rounding_is_advice_until_it_is_taken(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    policy_id = round_up(workspace)
    money.log(workspace, job, hours=1.1)
    invoice_id = money.draft(workspace, job)
    assert "rounding changed" not in found(workspace, invoice_id)
    half = settings.NewPolicy(name="Half hour", step_seconds=1800, mode="up")
    workspace.execute(settings.edit_policy, policy_id, half)
    finding = found(workspace, invoice_id)["rounding changed"]
    assert (finding.blocks, finding.message) == (
        False,
        "The rounding of 1 line was changed after it was drafted (1:30 now, 1:15 on the draft).",
    )
    assert workspace.execute(drafting.refresh_time, invoice_id) == 1
    [line] = workspace.read(detail, invoice_id).lines
    assert (line.billed_seconds, line.net.minor) == (5400, 15_000)
    assert "rounding changed" not in found(workspace, invoice_id)


def test_another_policy_is_told_too_and_a_typed_quantity_is_left_alone(
    workspace: Workspace,
) -> None:
    job = money.make_job(workspace)
    money.log(workspace, job, hours=1.1)
    invoice_id = money.draft(workspace, job)
    round_up(workspace)
    assert "rounding changed" in found(workspace, invoice_id)
    [line] = workspace.read(detail, invoice_id).lines
    typed = drafting.LineEdit(
        id=line.id,
        kind="time",
        description=line.description,
        quantity=line.quantity + 60,
        unit=line.unit,
        base_quantity=line.base_quantity,
        price=line.price,
    )
    workspace.execute(drafting.save, invoice_id, drafting.DraftEdit(lines=(typed,)))
    assert "rounding changed" not in found(workspace, invoice_id)


def test_rounding_that_comes_to_the_same_is_not_told(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    money.log(workspace, job, hours=1)
    invoice_id = money.draft(workspace, job)
    round_up(workspace)
    assert "rounding changed" not in found(workspace, invoice_id)


def test_two_drafts_with_the_same_time_name_each_other(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    money.log(workspace, job)
    first = money.draft(workspace, job)
    assert "entry drafted" not in found(workspace, first)
    money.log(workspace, job, "2026-11-24 11:00")
    second = money.draft(workspace, job)
    workspace.execute(drafting.save, second, drafting.DraftEdit(title="November"))

    def said(invoice_id: str) -> list[str]:
        all_found = workspace.read(review.findings, invoice_id)
        return [one.message for one in all_found if one.rule == "entry drafted"]

    assert said(first) == [
        (
            "1 entry is also on the draft “November” of 25 Nov 2026 (€238.00). "
            "Only one of the two can bill it."
        )
    ]
    assert said(second) == [
        "1 entry is also on the draft of 25 Nov 2026 (€119.00). Only one of the two can bill it."
    ]
    workspace.execute(drafting.delete_draft, second)
    assert said(first) == []

"""Rounding policies: a change is a new version, a choice belongs to one place."""

from __future__ import annotations

import pytest
from sqlalchemy import Select, select

from billops_desktop.errors import InvalidInput, NotFound
from billops_desktop.services.profile import rounding_policies, settings
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.models import Client, Project
from billops_desktop.storage.unit_of_work import ReadingUnit
from tests.support.factories import make_client, make_project

QUARTER = rounding_policies.NewPolicy(name="Quarter hour", step_seconds=900, mode="up")


def chosen(work: ReadingUnit, query: Select[str | None]) -> str | None:
    return work.session.scalar(query)


def test_a_change_of_the_rule_is_a_new_version_a_new_name_is_not(workspace: Workspace) -> None:
    policy = workspace.execute(rounding_policies.add_policy, QUARTER)
    assert (policy.version, policy.step_seconds) == (1, 900)
    renamed = rounding_policies.NewPolicy(name="15 min", step_seconds=900, mode="up")
    assert workspace.execute(rounding_policies.edit_policy, policy.id, renamed).version == 1
    changed = rounding_policies.NewPolicy(name="15 min", step_seconds=900, mode="nearest")
    assert workspace.execute(rounding_policies.edit_policy, policy.id, changed).version == 2
    assert len(workspace.read(rounding_policies.policies)) == 1


def test_a_policy_is_chosen_for_workspace_client_or_project(workspace: Workspace) -> None:
    policy = workspace.execute(rounding_policies.add_policy, QUARTER)
    client_id = make_client(workspace)
    project_id = make_project(workspace, client_id=client_id)
    use = rounding_policies.use_policy
    workspace.execute(use, policy.id)
    workspace.execute(use, policy.id, client_id=client_id)
    workspace.execute(use, policy.id, project_id=project_id)
    assert workspace.read(settings.workspace_row).rounding_policy_id == policy.id
    for kind in (Client, Project):
        query = select(kind.rounding_policy_id)
        assert workspace.read(chosen, query) == policy.id
    workspace.execute(use, None)
    assert workspace.read(settings.workspace_row).rounding_policy_id is None
    with pytest.raises(NotFound):
        workspace.execute(use, "nowhere")


def test_what_is_no_policy(workspace: Workspace) -> None:
    for wrong in (
        rounding_policies.NewPolicy(name=""),
        rounding_policies.NewPolicy(name="x", step_seconds=0),
        rounding_policies.NewPolicy(name="x", mode="sideways"),
    ):
        with pytest.raises(InvalidInput):
            workspace.execute(rounding_policies.add_policy, wrong)

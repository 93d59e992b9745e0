"""Creates the tables of projects and their tasks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from initial.columns import refers, synced


def create_project() -> None:
    """Create the table of projects."""
    op.create_table(
        "project",
        sa.Column("client_id", sa.Text()),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("colour", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Text()),
        sa.Column("ends_on", sa.Text()),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("billable", sa.Integer(), nullable=False),
        sa.Column("budget_seconds", sa.Integer()),
        sa.Column("budget_minor", sa.Integer()),
        sa.Column("budget_period", sa.Text(), nullable=False),
        sa.Column("budget_exceeded", sa.Text(), nullable=False),
        sa.Column("rounding_policy_id", sa.Text()),
        sa.Column("purchase_order", sa.Text(), nullable=False),
        sa.Column("pinned", sa.Integer(), nullable=False),
        sa.Column("sample", sa.Integer(), nullable=False),
        *synced(),
        sa.CheckConstraint(
            "budget_exceeded IN ('warn', 'ask', 'block')",
            name=op.f("ck_project_budget_exceeded_known"),
        ),
        sa.CheckConstraint(
            "budget_period IN ('lifetime', 'monthly')", name=op.f("ck_project_budget_period_known")
        ),
        sa.CheckConstraint(
            "status IN ('active', 'on_hold', 'archived')", name=op.f("ck_project_status_known")
        ),
        refers("project", "client_id", "client"),
        refers("project", "rounding_policy_id", "rounding_policy"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_project_client_id"), "project", ["client_id"])
    op.create_index(op.f("ix_project_rounding_policy_id"), "project", ["rounding_policy_id"])


def create_task() -> None:
    """Create the table of tasks; one without a project serves all."""
    op.create_table(
        "task",
        sa.Column("project_id", sa.Text()),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("billable", sa.Integer(), nullable=False),
        sa.Column("colour", sa.Text(), nullable=False),
        sa.Column("estimate_seconds", sa.Integer()),
        sa.Column("rounding_policy_id", sa.Text()),
        sa.Column("archived", sa.Integer(), nullable=False),
        *synced(),
        refers("task", "project_id", "project"),
        refers("task", "rounding_policy_id", "rounding_policy"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_task_project_id"), "task", ["project_id"])
    op.create_index(op.f("ix_task_rounding_policy_id"), "task", ["rounding_policy_id"])

"""Creates the table of the time that was tracked, and its indexes."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from initial.columns import refers, synced

UNBILLED = "billable = 1 AND billed_line_id IS NULL AND ended_at IS NOT NULL AND deleted_at IS NULL"


def create_time_entry() -> None:
    """Create the table of time entries; one without an end is running."""
    op.create_table(
        "time_entry",
        *_columns(),
        *synced(),
        *_rules(),
        refers("time_entry", "billed_line_id", "invoice_line"),
        refers("time_entry", "person_id", "person"),
        refers("time_entry", "project_id", "project"),
        refers("time_entry", "task_id", "task"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_time_entry")),
        sqlite_strict=True,
    )
    _create_indexes()


def _columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("project_id", sa.Text()),
        sa.Column("task_id", sa.Text()),
        sa.Column("started_at", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.Integer()),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("local_on", sa.Text(), nullable=False),
        sa.Column("break_seconds", sa.Integer(), nullable=False),
        sa.Column(
            "seconds",
            sa.Integer(),
            sa.Computed("(ended_at - started_at) / 1000000 - break_seconds", persisted=True),
            nullable=True,
        ),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("billable", sa.Integer(), nullable=False),
        sa.Column("rate", sa.Integer()),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("approval", sa.Text(), nullable=False),
        sa.Column("approval_reason", sa.Text(), nullable=False),
        sa.Column("needs_check", sa.Integer(), nullable=False),
        sa.Column("external_source", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("context_json", sa.Text(), nullable=False),
        sa.Column("billed_line_id", sa.Text()),
    )


def _rules() -> tuple[sa.CheckConstraint, ...]:
    return (
        sa.CheckConstraint(
            "approval IN ('pending', 'approved', 'rejected')",
            name=op.f("ck_time_entry_approval_known"),
        ),
        sa.CheckConstraint(
            "source IN ('timer', 'manual', 'calendar', 'import', 'api')",
            name=op.f("ck_time_entry_source_known"),
        ),
        sa.CheckConstraint("break_seconds >= 0", name=op.f("ck_time_entry_break")),
        sa.CheckConstraint(
            "ended_at IS NULL OR ended_at >= started_at", name=op.f("ck_time_entry_end_after_start")
        ),
    )


def _create_indexes() -> None:
    _index("ix_time_entry_billed_line_id", ["billed_line_id"], "billed_line_id IS NOT NULL")
    _index("ix_time_entry_day", ["local_on", "started_at"], "deleted_at IS NULL")
    _index(
        "ix_time_entry_day_cover",
        ["local_on", "project_id", "billable", "seconds"],
        "deleted_at IS NULL",
    )
    _index(
        "ix_time_entry_person_start", ["person_id", "started_at", "ended_at"], "deleted_at IS NULL"
    )
    op.create_index(op.f("ix_time_entry_project_id"), "time_entry", ["project_id"])
    _index(
        "ix_time_entry_project_time",
        [sa.text("project_id COLLATE NOCASE"), "seconds"],
        "deleted_at IS NULL",
    )
    op.create_index(op.f("ix_time_entry_task_id"), "time_entry", ["task_id"])
    _index("ix_time_entry_unbilled", ["project_id", "local_on", "seconds"], UNBILLED)
    _index(
        "ix_time_entry_unbilled_sum",
        ["project_id", "person_id", "task_id", "rate", "local_on", "seconds"],
        UNBILLED,
    )
    # After the one above: SQLite prefers the younger of two that it thinks alike.
    _index(
        "ix_time_entry_unbilled_rated",
        ["project_id", "person_id", "task_id", "rate", "local_on", "seconds"],
        f"{UNBILLED} AND rate IS NOT NULL",
    )
    _index(
        "uq_time_entry_external",
        ["external_source", "external_id"],
        "external_id <> ''",
        unique=True,
    )
    _index(
        "uq_time_entry_running",
        ["person_id"],
        "ended_at IS NULL AND deleted_at IS NULL",
        unique=True,
    )


def _index(
    name: str, columns: list[str | sa.TextClause], where: str, *, unique: bool = False
) -> None:
    op.create_index(name, "time_entry", columns, unique=unique, sqlite_where=sa.text(where))

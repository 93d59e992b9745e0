"""Creates the tables of what time is worth: rounding, billing rules and taxes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from initial.columns import refers, synced


def create_rounding_policy() -> None:
    """Create the table of the ways in which time is rounded."""
    op.create_table(
        "rounding_policy",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("step_seconds", sa.Integer(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("applies_to", sa.Text(), nullable=False),
        sa.Column("minimum_seconds", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *synced(),
        sa.CheckConstraint(
            "applies_to IN ('entry', 'day_task', 'line', 'total')",
            name=op.f("ck_rounding_policy_applies_to_known"),
        ),
        sa.CheckConstraint(
            "mode IN ('none', 'up', 'down', 'nearest')", name=op.f("ck_rounding_policy_mode_known")
        ),
        sa.CheckConstraint("step_seconds > 0", name=op.f("ck_rounding_policy_step")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rounding_policy")),
        sqlite_strict=True,
    )


def create_tax_rate() -> None:
    """Create the table of dated tax rates."""
    op.create_table(
        "tax_rate",
        sa.Column("company_id", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("exemption_text", sa.Text(), nullable=False),
        sa.Column("exemption_code", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Text()),
        sa.Column("valid_to", sa.Text()),
        sa.Column("is_default", sa.Integer(), nullable=False),
        sa.Column("archived", sa.Integer(), nullable=False),
        *synced(),
        sa.CheckConstraint(
            "category IN ('S', 'Z', 'E', 'AE', 'K', 'G', 'O', 'L', 'M')",
            name=op.f("ck_tax_rate_category_known"),
        ),
        sa.CheckConstraint("percent >= 0", name=op.f("ck_tax_rate_percent")),
        refers("tax_rate", "company_id", "company"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tax_rate")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_tax_rate_company_id"), "tax_rate", ["company_id"])


def create_billing_rule() -> None:
    """Create the table of what an hour, a day or a month costs, and where that holds."""
    op.create_table(
        "billing_rule",
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text()),
        sa.Column("project_id", sa.Text()),
        sa.Column("task_id", sa.Text()),
        sa.Column("person_id", sa.Text()),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("day_seconds", sa.Integer(), nullable=False),
        sa.Column("half_days", sa.Integer(), nullable=False),
        sa.Column("day_cap_seconds", sa.Integer()),
        sa.Column("pro_rata", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Text()),
        sa.Column("valid_to", sa.Text()),
        *synced(),
        sa.CheckConstraint(
            "kind IN ('hourly', 'daily', 'retainer', 'fixed')",
            name=op.f("ck_billing_rule_kind_known"),
        ),
        sa.CheckConstraint(
            "purpose IN ('bill', 'cost')", name=op.f("ck_billing_rule_purpose_known")
        ),
        sa.CheckConstraint(
            "scope IN ('workspace', 'client', 'project', 'task')",
            name=op.f("ck_billing_rule_scope_known"),
        ),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from",
            name=op.f("ck_billing_rule_validity"),
        ),
        refers("billing_rule", "client_id", "client"),
        refers("billing_rule", "person_id", "person"),
        refers("billing_rule", "project_id", "project"),
        refers("billing_rule", "task_id", "task"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_rule")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_billing_rule_client_id"), "billing_rule", ["client_id"])
    op.create_index(op.f("ix_billing_rule_person_id"), "billing_rule", ["person_id"])
    op.create_index(op.f("ix_billing_rule_project_id"), "billing_rule", ["project_id"])
    op.create_index(op.f("ix_billing_rule_task_id"), "billing_rule", ["task_id"])

"""Creates the tables by which each invoice gets its number once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from initial.columns import refers, synced


def create_number_series() -> None:
    """Create the table of number patterns, one active per company and kind."""
    op.create_table(
        "number_series",
        sa.Column("company_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("pattern", sa.Text(), nullable=False),
        sa.Column("reset", sa.Text(), nullable=False),
        sa.Column("first_number", sa.Integer(), nullable=False),
        sa.Column("active", sa.Integer(), nullable=False),
        *synced(),
        sa.CheckConstraint(
            "kind IN ('invoice', 'credit_note', 'quote', 'pro_forma')",
            name=op.f("ck_number_series_kind_known"),
        ),
        sa.CheckConstraint(
            "reset IN ('never', 'year', 'month')", name=op.f("ck_number_series_reset_known")
        ),
        refers("number_series", "company_id", "company"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_series")),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_number_series_kind",
        "number_series",
        ["company_id", "kind"],
        unique=True,
        sqlite_where=sa.text("active = 1 AND deleted_at IS NULL"),
    )


def create_number_counter() -> None:
    """Create the table of the last number given in each period of a series."""
    op.create_table(
        "number_counter",
        sa.Column("series_id", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("last_given", sa.Integer(), nullable=False),
        *synced(),
        refers("number_counter", "series_id", "number_series"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_counter")),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_number_counter_period", "number_counter", ["series_id", "period"], unique=True
    )


def create_number_used() -> None:
    """Create the table of every number given or void."""
    op.create_table(
        "number_used",
        sa.Column("company_id", sa.Text(), nullable=False),
        sa.Column("series_id", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("invoice_id", sa.Text()),
        sa.Column("void_reason", sa.Text(), nullable=False),
        *synced(),
        refers("number_used", "company_id", "company"),
        refers("number_used", "invoice_id", "invoice"),
        refers("number_used", "series_id", "number_series"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_used")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_number_used_invoice_id"), "number_used", ["invoice_id"])
    op.create_index(
        "uq_number_used_count", "number_used", ["series_id", "period", "count"], unique=True
    )
    op.create_index("uq_number_used_number", "number_used", ["company_id", "number"], unique=True)

"""Columns and constraints that several tables of the first version share."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op


def synced() -> tuple[sa.Column[Any], ...]:
    """Return the columns of every record that a shared workspace exchanges."""
    return (
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.Integer()),
        sa.Column("_v", sa.Integer(), server_default="0", nullable=False),
    )


def address() -> tuple[sa.Column[Any], ...]:
    """Return the columns of a postal address."""
    return (
        sa.Column("street", sa.Text(), nullable=False),
        sa.Column("street_more", sa.Text(), nullable=False),
        sa.Column("post_code", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
    )


def refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    """Return the constraint by which a row keeps the row it refers to from being deleted."""
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete="RESTRICT")

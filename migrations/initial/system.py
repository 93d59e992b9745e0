"""Creates the tables that serve all others: files, settings, the record of every change."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from initial.columns import synced


def create_attachment() -> None:
    """Create the table of files kept by the hash of their bytes."""
    op.create_table(
        "attachment",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        *synced(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sqlite_strict=True,
    )
    op.create_index("uq_attachment_sha256", "attachment", ["sha256"], unique=True)


def create_capture_context() -> None:
    """Create the one row that tells the triggers who writes, and in which transaction."""
    op.create_table(
        "capture_context",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("transaction_id", sa.Text()),
        sa.Column("person_id", sa.Text()),
        sa.Column("device_id", sa.Text()),
        sa.Column("at_ms", sa.Integer()),
        sa.Column("applying", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_capture_context_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capture_context")),
        sqlite_strict=True,
    )


def create_change_record() -> None:
    """Create the journal of every change to a row."""
    op.create_table(
        "change_record",
        sa.Column("sequence", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("transaction_id", sa.Text()),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Text(), nullable=False),
        sa.Column("operation", sa.Text(), nullable=False),
        sa.Column("old_json", sa.Text()),
        sa.Column("new_json", sa.Text()),
        sa.Column("at_ms", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Text()),
        sa.Column("device_id", sa.Text()),
        sa.CheckConstraint("operation IN ('I', 'U', 'D')", name=op.f("ck_change_record_operation")),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_change_record")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_change_record_transaction", "change_record", ["transaction_id"])


def create_event() -> None:
    """Create the table of what happened, as people tell it."""
    op.create_table(
        "event",
        sa.Column("sequence", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text()),
        sa.Column("record_table", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("payload_json", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_event")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_event_record", "event", ["record_table", "record_id"])


def create_setting() -> None:
    """Create the table of settings by name."""
    op.create_table(
        "setting",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value_json", sa.Text(), nullable=False),
        *synced(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting")),
        sqlite_strict=True,
    )
    op.create_index("uq_setting_name", "setting", ["name"], unique=True)

"""Creates the tables of invoices, their lines, and the time that each line bills."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from initial.columns import refers, synced


def create_invoice() -> None:
    """Create the table of invoices, credit notes, quotes and pro forma invoices."""
    op.create_table(
        "invoice",
        *_invoice_columns(),
        *synced(),
        *_invoice_rules(),
        refers("invoice", "cancelled_by_id", "invoice"),
        refers("invoice", "client_id", "client"),
        refers("invoice", "company_id", "company"),
        refers("invoice", "corrects_invoice_id", "invoice"),
        refers("invoice", "series_id", "number_series"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_invoice_cancelled_by_id"), "invoice", ["cancelled_by_id"])
    op.create_index(op.f("ix_invoice_client_id"), "invoice", ["client_id"])
    op.create_index(op.f("ix_invoice_corrects_invoice_id"), "invoice", ["corrects_invoice_id"])
    op.create_index(op.f("ix_invoice_series_id"), "invoice", ["series_id"])
    op.create_index(
        "ix_invoice_state_due",
        "invoice",
        ["state", "due_on"],
        sqlite_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        "uq_invoice_number",
        "invoice",
        ["company_id", "number"],
        unique=True,
        sqlite_where=sa.text("number IS NOT NULL"),
    )


def _invoice_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("company_id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("series_id", sa.Text()),
        sa.Column("number", sa.Text()),
        sa.Column("issued_at", sa.Integer()),
        sa.Column("issue_on", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Text()),
        sa.Column("supply_from", sa.Text()),
        sa.Column("supply_to", sa.Text()),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("client_reference", sa.Text(), nullable=False),
        sa.Column("purchase_order", sa.Text(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("footer", sa.Text(), nullable=False),
        sa.Column("net_minor", sa.Integer(), nullable=False),
        sa.Column("tax_minor", sa.Integer(), nullable=False),
        sa.Column("gross_minor", sa.Integer(), nullable=False),
        sa.Column("prepaid_minor", sa.Integer(), nullable=False),
        sa.Column("rounding_minor", sa.Integer(), nullable=False),
        sa.Column("due_minor", sa.Integer(), nullable=False),
        sa.Column("base_rate", sa.Integer()),
        sa.Column("base_rate_on", sa.Text()),
        sa.Column("base_rate_source", sa.Text(), nullable=False),
        sa.Column("corrects_invoice_id", sa.Text()),
        sa.Column("cancelled_by_id", sa.Text()),
        sa.Column("cancel_reason", sa.Text(), nullable=False),
        sa.Column("snapshot_json", sa.Text()),
        sa.Column("content_sha256", sa.Text()),
        sa.Column("previous_sha256", sa.Text()),
        sa.Column("sample", sa.Integer(), nullable=False),
    )


def _invoice_rules() -> tuple[sa.CheckConstraint, ...]:
    return (
        sa.CheckConstraint(
            "(state = 'draft') = (issued_at IS NULL)", name=op.f("ck_invoice_issued_at_iff_issued")
        ),
        sa.CheckConstraint(
            "(state = 'draft') = (number IS NULL)", name=op.f("ck_invoice_number_iff_issued")
        ),
        sa.CheckConstraint(
            "kind IN ('invoice', 'credit_note', 'quote', 'pro_forma')",
            name=op.f("ck_invoice_kind_known"),
        ),
        sa.CheckConstraint("paper IN ('A4', 'Letter')", name=op.f("ck_invoice_paper_known")),
        sa.CheckConstraint(
            "state IN ('draft', 'issued', 'cancelled')", name=op.f("ck_invoice_state_known")
        ),
    )


def create_invoice_charge() -> None:
    """Create the table of discounts and charges on a whole invoice."""
    op.create_table(
        "invoice_charge",
        sa.Column("invoice_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("percent", sa.Integer()),
        sa.Column("amount_minor", sa.Integer()),
        sa.Column("tax_category", sa.Text()),
        sa.Column("tax_percent", sa.Integer()),
        *synced(),
        sa.CheckConstraint(
            "kind IN ('discount', 'charge')", name=op.f("ck_invoice_charge_kind_known")
        ),
        sa.CheckConstraint(
            "(percent IS NULL) <> (amount_minor IS NULL)",
            name=op.f("ck_invoice_charge_percent_or_amount"),
        ),
        refers("invoice_charge", "invoice_id", "invoice"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice_charge")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_invoice_charge_invoice_id"), "invoice_charge", ["invoice_id"])


def create_invoice_file() -> None:
    """Create the table of the files made of an invoice."""
    op.create_table(
        "invoice_file",
        sa.Column("invoice_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("made_with", sa.Text(), nullable=False),
        *synced(),
        refers("invoice_file", "invoice_id", "invoice"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice_file")),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_invoice_file_kind", "invoice_file", ["invoice_id", "kind", "sha256"], unique=True
    )


def create_invoice_line() -> None:
    """Create the table of invoice lines."""
    op.create_table(
        "invoice_line",
        sa.Column("invoice_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("project_id", sa.Text()),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("base_quantity", sa.Integer(), nullable=False),
        sa.Column("discount_percent", sa.Integer()),
        sa.Column("discount_minor", sa.Integer(), nullable=False),
        sa.Column("net_minor", sa.Integer(), nullable=False),
        sa.Column("tax_rate_id", sa.Text()),
        sa.Column("tax_category", sa.Text(), nullable=False),
        sa.Column("tax_percent", sa.Integer(), nullable=False),
        sa.Column("derivation", sa.Text(), nullable=False),
        *synced(),
        sa.CheckConstraint(
            "kind IN ('time', 'item', 'expense', 'text')", name=op.f("ck_invoice_line_kind_known")
        ),
        sa.CheckConstraint(
            "tax_category IN ('S', 'Z', 'E', 'AE', 'K', 'G', 'O', 'L', 'M')",
            name=op.f("ck_invoice_line_tax_category_known"),
        ),
        sa.CheckConstraint("base_quantity > 0", name=op.f("ck_invoice_line_base_quantity")),
        sa.CheckConstraint("price >= 0", name=op.f("ck_invoice_line_price")),
        refers("invoice_line", "invoice_id", "invoice"),
        refers("invoice_line", "project_id", "project"),
        refers("invoice_line", "tax_rate_id", "tax_rate"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice_line")),
        sqlite_strict=True,
    )
    op.create_index("ix_invoice_line_position", "invoice_line", ["invoice_id", "position"])
    op.create_index(op.f("ix_invoice_line_project_id"), "invoice_line", ["project_id"])
    op.create_index(op.f("ix_invoice_line_tax_rate_id"), "invoice_line", ["tax_rate_id"])


def create_invoice_tax() -> None:
    """Create the table of an invoice's tax by category and percent."""
    op.create_table(
        "invoice_tax",
        sa.Column("invoice_id", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("base_minor", sa.Integer(), nullable=False),
        sa.Column("tax_minor", sa.Integer(), nullable=False),
        sa.Column("exemption_text", sa.Text(), nullable=False),
        sa.Column("exemption_code", sa.Text(), nullable=False),
        *synced(),
        sa.CheckConstraint(
            "category IN ('S', 'Z', 'E', 'AE', 'K', 'G', 'O', 'L', 'M')",
            name=op.f("ck_invoice_tax_category_known"),
        ),
        refers("invoice_tax", "invoice_id", "invoice"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice_tax")),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_invoice_tax_group", "invoice_tax", ["invoice_id", "category", "percent"], unique=True
    )


def create_line_entry() -> None:
    """Create the table of which line bills which entry."""
    op.create_table(
        "line_entry",
        sa.Column("line_id", sa.Text(), nullable=False),
        sa.Column("entry_id", sa.Text(), nullable=False),
        sa.Column("tracked_seconds", sa.Integer(), nullable=False),
        sa.Column("billed_seconds", sa.Integer(), nullable=False),
        sa.Column("rounding_policy_id", sa.Text()),
        sa.Column("rounding_policy_version", sa.Integer()),
        sa.Column("claimed_at", sa.Integer()),
        sa.Column("released_at", sa.Integer()),
        *synced(),
        sa.CheckConstraint("billed_seconds >= 0", name=op.f("ck_line_entry_billed_seconds")),
        sa.CheckConstraint(
            "released_at IS NULL OR claimed_at IS NOT NULL",
            name=op.f("ck_line_entry_release_after_claim"),
        ),
        refers("line_entry", "entry_id", "time_entry"),
        refers("line_entry", "line_id", "invoice_line"),
        refers("line_entry", "rounding_policy_id", "rounding_policy"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_entry")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_line_entry_entry_id"), "line_entry", ["entry_id"])
    op.create_index(op.f("ix_line_entry_line_id"), "line_entry", ["line_id"])
    op.create_index(
        "uq_line_entry_live",
        "line_entry",
        ["entry_id"],
        unique=True,
        sqlite_where=sa.text("claimed_at IS NOT NULL AND released_at IS NULL"),
    )

"""Creates the tables of payments and the invoices that they settle."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from initial.columns import refers, synced


def create_payment() -> None:
    """Create the table of money received or paid back."""
    op.create_table(
        "payment",
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.Integer(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("bank_line", sa.Text(), nullable=False),
        *synced(),
        sa.CheckConstraint(
            "method IN ('bank_transfer', 'cash', 'card', 'direct_debit', 'cheque', "
            "'online', 'other')",
            name=op.f("ck_payment_method_known"),
        ),
        sa.CheckConstraint("amount_minor <> 0", name=op.f("ck_payment_amount")),
        refers("payment", "client_id", "client"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_payment_client_id"), "payment", ["client_id"])


def create_allocation() -> None:
    """Create the table of which payment settles which invoice."""
    op.create_table(
        "allocation",
        sa.Column("payment_id", sa.Text(), nullable=False),
        sa.Column("invoice_id", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.Integer(), nullable=False),
        *synced(),
        sa.CheckConstraint("amount_minor <> 0", name=op.f("ck_allocation_amount")),
        refers("allocation", "invoice_id", "invoice"),
        refers("allocation", "payment_id", "payment"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_allocation_invoice_id"), "allocation", ["invoice_id"])
    op.create_index(op.f("ix_allocation_payment_id"), "allocation", ["payment_id"])

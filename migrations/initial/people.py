"""Creates the tables of the workspace, its people, the company and its clients."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from initial.columns import address, refers, synced


def create_company() -> None:
    """Create the table of the companies that invoices come from."""
    op.create_table(
        "company",
        sa.Column("legal_name", sa.Text(), nullable=False),
        sa.Column("trade_name", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("website", sa.Text(), nullable=False),
        sa.Column("vat_id", sa.Text(), nullable=False),
        sa.Column("tax_number", sa.Text(), nullable=False),
        sa.Column("register_id", sa.Text(), nullable=False),
        sa.Column("small_business", sa.Integer(), nullable=False),
        sa.Column("logo_sha256", sa.Text()),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("terms_days", sa.Integer(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("invoice_note", sa.Text(), nullable=False),
        sa.Column("invoice_footer", sa.Text(), nullable=False),
        sa.Column("sample", sa.Integer(), nullable=False),
        *synced(),
        *address(),
        sa.CheckConstraint("paper IN ('A4', 'Letter')", name=op.f("ck_company_paper_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company")),
        sqlite_strict=True,
    )


def create_person() -> None:
    """Create the table of the people who track time."""
    op.create_table(
        "person",
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("first_name", sa.Text(), nullable=False),
        sa.Column("last_name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("active", sa.Integer(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        *synced(),
        sa.CheckConstraint(
            "role IN ('owner', 'admin', 'member', 'viewer')", name=op.f("ck_person_role_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_person_email",
        "person",
        [sa.text("lower(email)")],
        unique=True,
        sqlite_where=sa.text("email <> ''"),
    )


def create_bank_account() -> None:
    """Create the table of the accounts that a company is paid to."""
    op.create_table(
        "bank_account",
        sa.Column("company_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("iban", sa.Text(), nullable=False),
        sa.Column("bic", sa.Text(), nullable=False),
        sa.Column("account_number", sa.Text(), nullable=False),
        sa.Column("bank_name", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        *synced(),
        refers("bank_account", "company_id", "company"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_account")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_bank_account_company_id"), "bank_account", ["company_id"])


def create_working_time() -> None:
    """Create the table of the hours a person works in a week, by date."""
    op.create_table(
        "working_time",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("seconds_per_week", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Text(), nullable=False),
        sa.Column("valid_to", sa.Text()),
        *synced(),
        refers("working_time", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_time")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_working_time_person_id"), "working_time", ["person_id"])


def create_workspace() -> None:
    """Create the table of what holds for everyone: currency, zone, first day of the week."""
    op.create_table(
        "workspace",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("base_currency", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("first_weekday", sa.Integer(), nullable=False),
        sa.Column("day_start_minutes", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("rounding_policy_id", sa.Text()),
        sa.Column("locked_until", sa.Text()),
        *synced(),
        sa.CheckConstraint(
            "day_start_minutes BETWEEN 0 AND 1439", name=op.f("ck_workspace_day_start")
        ),
        sa.CheckConstraint(
            "first_weekday BETWEEN 1 AND 7", name=op.f("ck_workspace_first_weekday")
        ),
        refers("workspace", "rounding_policy_id", "rounding_policy"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspace")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_workspace_rounding_policy_id"), "workspace", ["rounding_policy_id"])


def create_client() -> None:
    """Create the table of clients."""
    op.create_table(
        "client",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("parent_client_id", sa.Text()),
        sa.Column("vat_id", sa.Text(), nullable=False),
        sa.Column("tax_number", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("terms_days", sa.Integer()),
        sa.Column("tax_rate_id", sa.Text()),
        sa.Column("einvoice_format", sa.Text(), nullable=False),
        sa.Column("einvoice_endpoint", sa.Text(), nullable=False),
        sa.Column("buyer_reference", sa.Text(), nullable=False),
        sa.Column("purchase_order", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("rounding_policy_id", sa.Text()),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("colour", sa.Text(), nullable=False),
        sa.Column("archived", sa.Integer(), nullable=False),
        sa.Column("sample", sa.Integer(), nullable=False),
        *synced(),
        *address(),
        refers("client", "parent_client_id", "client"),
        refers("client", "rounding_policy_id", "rounding_policy"),
        refers("client", "tax_rate_id", "tax_rate"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_client_parent_client_id"), "client", ["parent_client_id"])
    op.create_index(op.f("ix_client_rounding_policy_id"), "client", ["rounding_policy_id"])
    op.create_index(op.f("ix_client_tax_rate_id"), "client", ["tax_rate_id"])
    op.create_index(
        "uq_client_number",
        "client",
        ["number"],
        unique=True,
        sqlite_where=sa.text("number <> '' AND deleted_at IS NULL"),
    )


def create_contact() -> None:
    """Create the table of the people at a client."""
    op.create_table(
        "contact",
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("receives_invoices", sa.Text(), nullable=False),
        *synced(),
        sa.CheckConstraint(
            "receives_invoices IN ('', 'to', 'cc')", name=op.f("ck_contact_receives_invoices_known")
        ),
        refers("contact", "client_id", "client"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_contact_client_id"), "contact", ["client_id"])

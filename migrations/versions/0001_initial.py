"""Creates all tables of the first version; the triggers are installed after, by the upgrade."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

UNBILLED = "billable = 1 AND billed_line_id IS NULL AND ended_at IS NOT NULL AND deleted_at IS NULL"


def upgrade() -> None:
    """Create the tables, parents before children."""
    _attachment()
    _capture_context()
    _change_record()
    _company()
    _event()
    _person()
    _rounding_policy()
    _setting()
    _bank_account()
    _number_series()
    _tax_rate()
    _working_time()
    _workspace()
    _client()
    _number_counter()
    _contact()
    _invoice()
    _payment()
    _project()
    _allocation()
    _invoice_charge()
    _invoice_file()
    _invoice_line()
    _invoice_tax()
    _number_used()
    _task()
    _billing_rule()
    _time_entry()
    _line_entry()


def _synced() -> tuple[sa.Column[Any], ...]:
    """Return the columns of every record that a shared workspace exchanges."""
    return (
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.Integer()),
        sa.Column("_v", sa.Integer(), server_default="0", nullable=False),
    )


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    """Return the constraint by which a row keeps the row it refers to from being deleted."""
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete="RESTRICT")


def _attachment() -> None:
    op.create_table(
        "attachment",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        *_synced(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sqlite_strict=True,
    )
    op.create_index("uq_attachment_sha256", "attachment", ["sha256"], unique=True)


def _capture_context() -> None:
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


def _change_record() -> None:
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


def _company() -> None:
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
        *_synced(),
        sa.Column("street", sa.Text(), nullable=False),
        sa.Column("street_more", sa.Text(), nullable=False),
        sa.Column("post_code", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.CheckConstraint("paper IN ('A4', 'Letter')", name=op.f("ck_company_paper_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company")),
        sqlite_strict=True,
    )


def _event() -> None:
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


def _person() -> None:
    op.create_table(
        "person",
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("first_name", sa.Text(), nullable=False),
        sa.Column("last_name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("active", sa.Integer(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        *_synced(),
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


def _rounding_policy() -> None:
    op.create_table(
        "rounding_policy",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("step_seconds", sa.Integer(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("applies_to", sa.Text(), nullable=False),
        sa.Column("minimum_seconds", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_synced(),
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


def _setting() -> None:
    op.create_table(
        "setting",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value_json", sa.Text(), nullable=False),
        *_synced(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting")),
        sqlite_strict=True,
    )
    op.create_index("uq_setting_name", "setting", ["name"], unique=True)


def _bank_account() -> None:
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
        *_synced(),
        _refers("bank_account", "company_id", "company"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_account")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_bank_account_company_id"), "bank_account", ["company_id"])


def _number_series() -> None:
    op.create_table(
        "number_series",
        sa.Column("company_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("pattern", sa.Text(), nullable=False),
        sa.Column("reset", sa.Text(), nullable=False),
        sa.Column("first_number", sa.Integer(), nullable=False),
        sa.Column("active", sa.Integer(), nullable=False),
        *_synced(),
        sa.CheckConstraint(
            "kind IN ('invoice', 'credit_note', 'quote', 'pro_forma')",
            name=op.f("ck_number_series_kind_known"),
        ),
        sa.CheckConstraint(
            "reset IN ('never', 'year', 'month')", name=op.f("ck_number_series_reset_known")
        ),
        _refers("number_series", "company_id", "company"),
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


def _tax_rate() -> None:
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
        *_synced(),
        sa.CheckConstraint(
            "category IN ('S', 'Z', 'E', 'AE', 'K', 'G', 'O', 'L', 'M')",
            name=op.f("ck_tax_rate_category_known"),
        ),
        sa.CheckConstraint("percent >= 0", name=op.f("ck_tax_rate_percent")),
        _refers("tax_rate", "company_id", "company"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tax_rate")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_tax_rate_company_id"), "tax_rate", ["company_id"])


def _working_time() -> None:
    op.create_table(
        "working_time",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("seconds_per_week", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Text(), nullable=False),
        sa.Column("valid_to", sa.Text()),
        *_synced(),
        _refers("working_time", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_time")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_working_time_person_id"), "working_time", ["person_id"])


def _workspace() -> None:
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
        *_synced(),
        sa.CheckConstraint(
            "day_start_minutes BETWEEN 0 AND 1439", name=op.f("ck_workspace_day_start")
        ),
        sa.CheckConstraint(
            "first_weekday BETWEEN 1 AND 7", name=op.f("ck_workspace_first_weekday")
        ),
        _refers("workspace", "rounding_policy_id", "rounding_policy"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspace")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_workspace_rounding_policy_id"), "workspace", ["rounding_policy_id"])


def _client() -> None:
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
        *_synced(),
        sa.Column("street", sa.Text(), nullable=False),
        sa.Column("street_more", sa.Text(), nullable=False),
        sa.Column("post_code", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        _refers("client", "parent_client_id", "client"),
        _refers("client", "rounding_policy_id", "rounding_policy"),
        _refers("client", "tax_rate_id", "tax_rate"),
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


def _number_counter() -> None:
    op.create_table(
        "number_counter",
        sa.Column("series_id", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("last_given", sa.Integer(), nullable=False),
        *_synced(),
        _refers("number_counter", "series_id", "number_series"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_counter")),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_number_counter_period", "number_counter", ["series_id", "period"], unique=True
    )


def _contact() -> None:
    op.create_table(
        "contact",
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("receives_invoices", sa.Text(), nullable=False),
        *_synced(),
        sa.CheckConstraint(
            "receives_invoices IN ('', 'to', 'cc')", name=op.f("ck_contact_receives_invoices_known")
        ),
        _refers("contact", "client_id", "client"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_contact_client_id"), "contact", ["client_id"])


def _invoice() -> None:
    op.create_table(
        "invoice",
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
        *_synced(),
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
        _refers("invoice", "cancelled_by_id", "invoice"),
        _refers("invoice", "client_id", "client"),
        _refers("invoice", "company_id", "company"),
        _refers("invoice", "corrects_invoice_id", "invoice"),
        _refers("invoice", "series_id", "number_series"),
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


def _payment() -> None:
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
        *_synced(),
        sa.CheckConstraint(
            "method IN ('bank_transfer', 'cash', 'card', 'direct_debit', 'cheque', "
            "'online', 'other')",
            name=op.f("ck_payment_method_known"),
        ),
        sa.CheckConstraint("amount_minor <> 0", name=op.f("ck_payment_amount")),
        _refers("payment", "client_id", "client"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_payment_client_id"), "payment", ["client_id"])


def _project() -> None:
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
        *_synced(),
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
        _refers("project", "client_id", "client"),
        _refers("project", "rounding_policy_id", "rounding_policy"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_project_client_id"), "project", ["client_id"])
    op.create_index(op.f("ix_project_rounding_policy_id"), "project", ["rounding_policy_id"])


def _allocation() -> None:
    op.create_table(
        "allocation",
        sa.Column("payment_id", sa.Text(), nullable=False),
        sa.Column("invoice_id", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.Integer(), nullable=False),
        *_synced(),
        sa.CheckConstraint("amount_minor <> 0", name=op.f("ck_allocation_amount")),
        _refers("allocation", "invoice_id", "invoice"),
        _refers("allocation", "payment_id", "payment"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_allocation_invoice_id"), "allocation", ["invoice_id"])
    op.create_index(op.f("ix_allocation_payment_id"), "allocation", ["payment_id"])


def _invoice_charge() -> None:
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
        *_synced(),
        sa.CheckConstraint(
            "kind IN ('discount', 'charge')", name=op.f("ck_invoice_charge_kind_known")
        ),
        sa.CheckConstraint(
            "(percent IS NULL) <> (amount_minor IS NULL)",
            name=op.f("ck_invoice_charge_percent_or_amount"),
        ),
        _refers("invoice_charge", "invoice_id", "invoice"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice_charge")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_invoice_charge_invoice_id"), "invoice_charge", ["invoice_id"])


def _invoice_file() -> None:
    op.create_table(
        "invoice_file",
        sa.Column("invoice_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("made_with", sa.Text(), nullable=False),
        *_synced(),
        _refers("invoice_file", "invoice_id", "invoice"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice_file")),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_invoice_file_kind", "invoice_file", ["invoice_id", "kind", "sha256"], unique=True
    )


def _invoice_line() -> None:
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
        *_synced(),
        sa.CheckConstraint(
            "kind IN ('time', 'item', 'expense', 'text')", name=op.f("ck_invoice_line_kind_known")
        ),
        sa.CheckConstraint(
            "tax_category IN ('S', 'Z', 'E', 'AE', 'K', 'G', 'O', 'L', 'M')",
            name=op.f("ck_invoice_line_tax_category_known"),
        ),
        sa.CheckConstraint("base_quantity > 0", name=op.f("ck_invoice_line_base_quantity")),
        sa.CheckConstraint("price >= 0", name=op.f("ck_invoice_line_price")),
        _refers("invoice_line", "invoice_id", "invoice"),
        _refers("invoice_line", "project_id", "project"),
        _refers("invoice_line", "tax_rate_id", "tax_rate"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice_line")),
        sqlite_strict=True,
    )
    op.create_index("ix_invoice_line_position", "invoice_line", ["invoice_id", "position"])
    op.create_index(op.f("ix_invoice_line_project_id"), "invoice_line", ["project_id"])
    op.create_index(op.f("ix_invoice_line_tax_rate_id"), "invoice_line", ["tax_rate_id"])


def _invoice_tax() -> None:
    op.create_table(
        "invoice_tax",
        sa.Column("invoice_id", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("base_minor", sa.Integer(), nullable=False),
        sa.Column("tax_minor", sa.Integer(), nullable=False),
        sa.Column("exemption_text", sa.Text(), nullable=False),
        sa.Column("exemption_code", sa.Text(), nullable=False),
        *_synced(),
        sa.CheckConstraint(
            "category IN ('S', 'Z', 'E', 'AE', 'K', 'G', 'O', 'L', 'M')",
            name=op.f("ck_invoice_tax_category_known"),
        ),
        _refers("invoice_tax", "invoice_id", "invoice"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice_tax")),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_invoice_tax_group", "invoice_tax", ["invoice_id", "category", "percent"], unique=True
    )


def _number_used() -> None:
    op.create_table(
        "number_used",
        sa.Column("company_id", sa.Text(), nullable=False),
        sa.Column("series_id", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("invoice_id", sa.Text()),
        sa.Column("void_reason", sa.Text(), nullable=False),
        *_synced(),
        _refers("number_used", "company_id", "company"),
        _refers("number_used", "invoice_id", "invoice"),
        _refers("number_used", "series_id", "number_series"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_used")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_number_used_invoice_id"), "number_used", ["invoice_id"])
    op.create_index(
        "uq_number_used_count", "number_used", ["series_id", "period", "count"], unique=True
    )
    op.create_index("uq_number_used_number", "number_used", ["company_id", "number"], unique=True)


def _task() -> None:
    op.create_table(
        "task",
        sa.Column("project_id", sa.Text()),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("billable", sa.Integer(), nullable=False),
        sa.Column("colour", sa.Text(), nullable=False),
        sa.Column("estimate_seconds", sa.Integer()),
        sa.Column("rounding_policy_id", sa.Text()),
        sa.Column("archived", sa.Integer(), nullable=False),
        *_synced(),
        _refers("task", "project_id", "project"),
        _refers("task", "rounding_policy_id", "rounding_policy"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_task_project_id"), "task", ["project_id"])
    op.create_index(op.f("ix_task_rounding_policy_id"), "task", ["rounding_policy_id"])


def _billing_rule() -> None:
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
        *_synced(),
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
        _refers("billing_rule", "client_id", "client"),
        _refers("billing_rule", "person_id", "person"),
        _refers("billing_rule", "project_id", "project"),
        _refers("billing_rule", "task_id", "task"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_rule")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_billing_rule_client_id"), "billing_rule", ["client_id"])
    op.create_index(op.f("ix_billing_rule_person_id"), "billing_rule", ["person_id"])
    op.create_index(op.f("ix_billing_rule_project_id"), "billing_rule", ["project_id"])
    op.create_index(op.f("ix_billing_rule_task_id"), "billing_rule", ["task_id"])


def _time_entry() -> None:
    op.create_table(
        "time_entry",
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
        *_synced(),
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
        _refers("time_entry", "billed_line_id", "invoice_line"),
        _refers("time_entry", "person_id", "person"),
        _refers("time_entry", "project_id", "project"),
        _refers("time_entry", "task_id", "task"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_time_entry")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_time_entry_billed_line_id",
        "time_entry",
        ["billed_line_id"],
        sqlite_where=sa.text("billed_line_id IS NOT NULL"),
    )
    op.create_index(
        "ix_time_entry_day",
        "time_entry",
        ["local_on", "started_at"],
        sqlite_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        "ix_time_entry_day_cover",
        "time_entry",
        ["local_on", "project_id", "billable", "seconds"],
        sqlite_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        "ix_time_entry_person_start",
        "time_entry",
        ["person_id", "started_at", "ended_at"],
        sqlite_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(op.f("ix_time_entry_project_id"), "time_entry", ["project_id"])
    op.create_index(
        "ix_time_entry_project_time",
        "time_entry",
        [sa.text("project_id COLLATE NOCASE"), "seconds"],
        sqlite_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(op.f("ix_time_entry_task_id"), "time_entry", ["task_id"])
    op.create_index(
        "ix_time_entry_unbilled",
        "time_entry",
        ["project_id", "local_on", "seconds"],
        sqlite_where=sa.text(UNBILLED),
    )
    op.create_index(
        "ix_time_entry_unbilled_sum",
        "time_entry",
        ["project_id", "person_id", "task_id", "rate", "local_on", "seconds"],
        sqlite_where=sa.text(UNBILLED),
    )
    # After the one above: SQLite prefers the younger of two that it thinks alike.
    op.create_index(
        "ix_time_entry_unbilled_rated",
        "time_entry",
        ["project_id", "person_id", "task_id", "rate", "local_on", "seconds"],
        sqlite_where=sa.text(f"{UNBILLED} AND rate IS NOT NULL"),
    )
    op.create_index(
        "uq_time_entry_external",
        "time_entry",
        ["external_source", "external_id"],
        unique=True,
        sqlite_where=sa.text("external_id <> ''"),
    )
    op.create_index(
        "uq_time_entry_running",
        "time_entry",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL AND deleted_at IS NULL"),
    )


def _line_entry() -> None:
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
        *_synced(),
        sa.CheckConstraint("billed_seconds >= 0", name=op.f("ck_line_entry_billed_seconds")),
        sa.CheckConstraint(
            "released_at IS NULL OR claimed_at IS NOT NULL",
            name=op.f("ck_line_entry_release_after_claim"),
        ),
        _refers("line_entry", "entry_id", "time_entry"),
        _refers("line_entry", "line_id", "invoice_line"),
        _refers("line_entry", "rounding_policy_id", "rounding_policy"),
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

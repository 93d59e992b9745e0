"""The tables of the first version, a module a subject."""

from __future__ import annotations

from initial import entries, invoices, numbers, payments, people, rates, system, work


def create_tables() -> None:
    """Create the tables, parents before children."""
    system.create_attachment()
    system.create_capture_context()
    system.create_change_record()
    people.create_company()
    system.create_event()
    people.create_person()
    rates.create_rounding_policy()
    system.create_setting()
    people.create_bank_account()
    numbers.create_number_series()
    rates.create_tax_rate()
    people.create_working_time()
    people.create_workspace()
    people.create_client()
    numbers.create_number_counter()
    people.create_contact()
    invoices.create_invoice()
    payments.create_payment()
    work.create_project()
    payments.create_allocation()
    invoices.create_invoice_charge()
    invoices.create_invoice_file()
    invoices.create_invoice_line()
    invoices.create_invoice_tax()
    numbers.create_number_used()
    work.create_task()
    rates.create_billing_rule()
    entries.create_time_entry()
    invoices.create_line_entry()

"""Invoices as values: their lines, numbers, states, findings and what was paid."""

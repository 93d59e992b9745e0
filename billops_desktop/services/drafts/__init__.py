"""Invoices while they are drafts: from time, from a form, from a document."""

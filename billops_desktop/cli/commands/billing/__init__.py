"""Commands about invoices: drafts, issue, payments, taxes."""

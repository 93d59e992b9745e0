"""The pages of an invoice: previewed, looked at in passing, torn off, printed."""

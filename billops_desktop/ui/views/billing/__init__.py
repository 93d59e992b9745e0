"""The parts of the billing pages: rows of invoices, the panel beside them, payments, credit."""

"""Values in, bytes out: invoices as PDF; knows no database."""

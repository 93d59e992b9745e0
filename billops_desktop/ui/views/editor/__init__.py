"""The parts of the invoice editor: draft in hand, lines, fields, totals, checks, preview."""

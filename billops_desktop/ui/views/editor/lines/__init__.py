"""The table of invoice lines: its cells, its model, its painter, its keys."""

"""Time entries to and from CSV files."""

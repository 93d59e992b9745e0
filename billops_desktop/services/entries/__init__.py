"""Entries in rows, their rules, and their way to and from CSV files."""

"""Triggers that the database itself runs: capture of changes, guards of what stays."""

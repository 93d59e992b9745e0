"""Issued documents: review, issue, correct, pay, list and print."""

"""What is done with the pages of an invoice: looked at in passing, printed."""

"""What people type, read: dates, lengths of time, amounts, plain words."""

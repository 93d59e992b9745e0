"""What time is worth: the rate book and its answers."""

"""The sections of the settings page, each saved at once."""

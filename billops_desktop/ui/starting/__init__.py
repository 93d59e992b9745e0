"""From the process to a usable window: first page, what loads after it, one window a profile."""

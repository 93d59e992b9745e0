"""What keeps a profile whole: history, undo, checks, dumps, backups."""

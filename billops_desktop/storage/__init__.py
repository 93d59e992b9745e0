"""The SQLite profile: tables, the one connection module, change capture, units of work, backups."""

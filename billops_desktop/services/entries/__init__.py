"""Time entries in rows: how they are listed, found and checked, and where they end."""

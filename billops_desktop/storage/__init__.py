"""The SQLite profile: tables, the one connection module, change capture, units of work, backups."""

from billops_desktop.storage.deferred import defer

# Before SQLAlchemy is imported: whatever imports it has imported one of our modules first.
defer()

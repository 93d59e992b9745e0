"""Runs the migrations of a profile in the transaction that the upgrade has begun."""

from __future__ import annotations

from alembic import context

from billops_desktop.storage.models import Record

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Record.metadata,
    # Alembic takes SQLite for a database whose DDL commits; ours is inside BEGIN IMMEDIATE.
    transactional_ddl=True,
    render_as_batch=True,
)

with context.begin_transaction():
    context.run_migrations()

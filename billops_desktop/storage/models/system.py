"""Tables of the app itself: settings, attachments, change records, activity log."""

# Annotations are no text here: SQLAlchemy would read and evaluate each again at every start.
from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from billops_desktop.storage.record import Record, SyncedRecord

LOCAL = {"captured": False}


class Setting(SyncedRecord, Record):
    """One value of a setting that ``config.py`` declares, as JSON text."""

    __tablename__ = "setting"
    __table_args__ = (Index("uq_setting_name", "name", unique=True),)

    name: Mapped[str]
    value_json: Mapped[str]


class Attachment(SyncedRecord, Record):
    """A file of the profile; its bytes lie on disk under their SHA-256."""

    __tablename__ = "attachment"
    __table_args__ = (Index("uq_attachment_sha256", "sha256", unique=True),)

    sha256: Mapped[str]
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]


class ChangeRecord(Record):
    """One captured change of one row, written by trigger in the writer's transaction; append only.

    ``old_json`` and ``new_json`` hold the changed columns of an update, the whole row of an insert
    (new) or a delete (old). ``at_ms`` is milliseconds since 1970 UTC.
    """

    __tablename__ = "change_record"
    __table_args__ = (
        CheckConstraint("operation IN ('I', 'U', 'D')", "operation"),
        Index("ix_change_record_transaction", "transaction_id"),
        {"sqlite_autoincrement": True, "info": LOCAL},
    )

    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    transaction_id: Mapped[str | None]
    table_name: Mapped[str]
    row_id: Mapped[str]
    operation: Mapped[str]
    old_json: Mapped[str | None]
    new_json: Mapped[str | None]
    at_ms: Mapped[int]
    person_id: Mapped[str | None]
    device_id: Mapped[str | None]


class CaptureContext(Record):
    """The one row that tells the capture triggers who writes, from where, in which transaction."""

    __tablename__ = "capture_context"
    __table_args__ = (CheckConstraint("id = 1", "one_row"), {"info": LOCAL})

    id: Mapped[int] = mapped_column(primary_key=True)
    transaction_id: Mapped[str | None]
    person_id: Mapped[str | None]
    device_id: Mapped[str | None]
    at_ms: Mapped[int | None]
    applying: Mapped[int] = mapped_column(default=0)


class Event(Record):
    """The activity log: what happened, to what, by whom; no secrets, no personal text; local."""

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_record", "record_table", "record_id"),
        {"sqlite_autoincrement": True, "info": LOCAL},
    )

    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime]
    kind: Mapped[str]
    person_id: Mapped[str | None]
    record_table: Mapped[str] = mapped_column(default="")
    record_id: Mapped[str] = mapped_column(default="")
    payload_json: Mapped[str] = mapped_column(default="{}")

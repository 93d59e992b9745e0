"""Declarative base, naming convention, mixins and exact column types shared by all tables."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Dialect,
    ForeignKey,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    event,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from billops_desktop.clock import instant_of, microseconds_of

MICRO = 1_000_000
# SQLite's INTEGER holds 64 bits and is the only spelling that a STRICT table takes.
WHOLE = BigInteger().with_variant(Integer(), "sqlite")

NAMING: Mapping[str, str] = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcInstant(TypeDecorator[datetime]):
    """An aware instant kept as integer microseconds since 1970 UTC: exact, sortable, subtractable.

    A naive datetime is refused: the zone of the wall clock is a fact of its own (``zone``).
    """

    impl = WHOLE
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Turn an aware datetime into microseconds since 1970 UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = f"naive datetime {value!r} has no place in the database"
            raise ValueError(message)
        return microseconds_of(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Turn microseconds since 1970 UTC into an aware datetime."""
        return None if value is None else instant_of(value)


class Micro(TypeDecorator[Decimal]):
    """An exact decimal kept as an integer of millionths: quantities, unit prices, percentages."""

    impl = WHOLE
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Turn a Decimal into millionths; one with more than six places is refused."""
        if value is None:
            return None
        scaled = value * MICRO
        whole = int(scaled)
        if whole != scaled:
            message = f"{value} has more than six decimal places"
            raise ValueError(message)
        return whole

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:
        """Turn millionths into a Decimal without trailing zeros beyond the stored value."""
        return None if value is None else Decimal(value) / MICRO


class IsoDate(TypeDecorator[date]):
    """A calendar date kept as "2026-11-25": sorts as text, reads as itself."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """Turn a date into ISO 8601 text; an instant is refused, it is no date."""
        if isinstance(value, datetime):
            message = f"instant {value!r} given where a calendar date belongs"
            raise TypeError(message)
        return None if value is None else value.isoformat()

    def process_result_value(self, value: Any | None, dialect: Dialect) -> date | None:
        """Turn ISO 8601 text into a date."""
        return None if value is None else date.fromisoformat(value)


class Flag(TypeDecorator[bool]):
    """Yes or no, kept as 1 or 0."""

    impl = WHOLE
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        """Turn a truth value into 1 or 0."""
        return None if value is None else int(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> bool | None:
        """Turn 1 or 0 into a truth value."""
        return None if value is None else bool(value)


class Record(DeclarativeBase):
    """Base of every table; constraint names are predictable so that migrations can name them.

    All tables are STRICT: SQLite itself refuses a float where an integer belongs.
    """

    metadata = MetaData(naming_convention=dict(NAMING))
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        bool: Flag(),
        date: IsoDate(),
        datetime: UtcInstant(),
        Decimal: Micro(),
        int: WHOLE,
        str: Text(),
    }


def reference(target: str, *, nullable: bool = False, index: bool = True) -> Mapped[Any]:
    """Return a column that refers to ``target`` ("client.id") and never cascades a delete."""
    return mapped_column(
        Text(), ForeignKey(target, ondelete="RESTRICT"), nullable=nullable, index=index
    )


def one_of(column: str, *values: str) -> CheckConstraint:
    """Return the constraint that ``column`` holds one of ``values``, named after the column."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", f"{column}_known")


@event.listens_for(Table, "before_parent_attach")
def _make_strict(table: Table, metadata: object) -> None:
    if metadata is not Record.metadata:
        return  # Alembic's own table has a VARCHAR, which STRICT refuses
    table.dialect_options["sqlite"]["strict"] = True


class SyncedRecord:
    """Columns of every record that a shared workspace exchanges: UUIDv7 id, times, soft delete.

    ``server_version`` is the version the shared database gave the row, 0 while it was never there.
    """

    id: Mapped[str] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
    server_version: Mapped[int] = mapped_column("_v", default=0, server_default="0")

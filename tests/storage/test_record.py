"""Exact column types: instants, decimals, dates and flags survive the file, or are refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
import sqlalchemy as sa

from billops_desktop.storage.connection import DRIVER
from billops_desktop.storage.record import (
    Flag,
    IsoDate,
    Micro,
    Record,
    SyncedRecord,
    UtcInstant,
    one_of,
)

DIALECT = sa.create_engine("sqlite://", module=DRIVER).dialect
INSTANT = datetime(2026, 11, 25, 9, 0, 0, 123_456, tzinfo=UTC)


def test_instants_are_exact_and_utc() -> None:
    kind = UtcInstant()
    east = INSTANT.astimezone(timezone(timedelta(hours=14)))
    stored = kind.process_bind_param(east, DIALECT)
    assert stored == 1_795_597_200_123_456
    read = kind.process_result_value(stored, DIALECT)
    assert read == INSTANT
    assert read is not None
    assert read.utcoffset() == timedelta(0)
    assert kind.process_bind_param(datetime(1969, 1, 1, tzinfo=UTC), DIALECT) < 0  # type: ignore[operator]
    with pytest.raises(ValueError, match="naive"):
        kind.process_bind_param(datetime(2026, 1, 1), DIALECT)  # noqa: DTZ001 - naive on purpose


@pytest.mark.parametrize("text", ["0.1", "99999999999.999999", "-0.000001", "0", "1E+3"])
def test_decimals_are_exact(text: str) -> None:
    kind = Micro()
    stored = kind.process_bind_param(Decimal(text), DIALECT)
    assert isinstance(stored, int)
    assert kind.process_result_value(stored, DIALECT) == Decimal(text)


@pytest.mark.parametrize("text", ["0.0000001", "1.1234567"])
def test_a_seventh_place_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="six decimal places"):
        Micro().process_bind_param(Decimal(text), DIALECT)


def test_dates_are_dates() -> None:
    assert IsoDate().process_bind_param(date(2026, 1, 2), DIALECT) == "2026-01-02"
    assert IsoDate().process_result_value("2026-01-02", DIALECT) == date(2026, 1, 2)
    with pytest.raises(TypeError, match="calendar date"):
        IsoDate().process_bind_param(INSTANT, DIALECT)


def test_flags_are_ones_and_zeros() -> None:
    assert [Flag().process_bind_param(value, DIALECT) for value in (True, False)] == [1, 0]
    assert [Flag().process_result_value(value, DIALECT) for value in (1, 0)] == [True, False]


@pytest.mark.parametrize("kind", [UtcInstant(), Micro(), IsoDate(), Flag()])
def test_nothing_stays_nothing(kind: sa.TypeDecorator[object]) -> None:
    assert kind.process_bind_param(None, DIALECT) is None
    assert kind.process_result_value(None, DIALECT) is None


def test_a_choice_is_named_after_its_column() -> None:
    made = one_of("state", "draft", "issued")
    assert str(made.sqltext) == "state IN ('draft', 'issued')"
    assert made.name == "state_known"


def test_every_synced_record_has_the_columns_of_one() -> None:
    for mapper in Record.registry.mappers:
        if issubclass(mapper.class_, SyncedRecord):
            names = set(mapper.local_table.columns.keys())
            assert {"id", "created_at", "updated_at", "deleted_at", "_v"} <= names


def test_no_column_can_hold_a_float() -> None:
    for table in Record.metadata.tables.values():
        kinds = {column.type.compile(dialect=DIALECT) for column in table.columns}
        assert kinds <= {"TEXT", "INTEGER"}, table.name


def test_a_reference_never_cascades() -> None:
    for table in Record.metadata.tables.values():
        for key in table.foreign_keys:
            assert key.ondelete == "RESTRICT", f"{table.name}.{key.parent.name}"


def test_money_columns_say_their_unit() -> None:
    for table in Record.metadata.tables.values():
        for column in table.columns:
            if column.name.endswith("_minor"):
                assert column.type.compile(dialect=DIALECT) == "INTEGER"

"""The migrations: one line of revisions, and the schema they build is the models' own."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.config import Config
from alembic.script import ScriptDirectory

from billops_desktop.paths import migrations_folder
from billops_desktop.storage.connection import DRIVER, connect
from billops_desktop.storage.models import Record
from billops_desktop.storage.revision import HEAD, REVISIONS
from billops_desktop.storage.upgrade import open_database, wanted_triggers

OWN = (
    "SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL"
    " AND name NOT LIKE 'sqlite%' AND name <> 'alembic_version'"
)


def clauses(sql: str) -> list[str]:
    """Split a CREATE statement into its lines, so that only their order is free."""
    return sorted(line.strip().rstrip(",") for line in sql.splitlines() if line.strip())


def columns(sql: str) -> list[str]:
    """Return the column lines as they stand: their order is part of the schema."""
    lines = [line.strip() for line in sql.splitlines()]
    return [line for line in lines if line and not line.startswith(("CONSTRAINT", "CREATE"))]


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    path = tmp_path_factory.mktemp("migrated") / "billops.db"
    open_database(path).close()
    connection = connect(path)
    found = dict(connection.execute(OWN).fetchall())
    connection.close()
    return found


@pytest.fixture(scope="module")
def modelled() -> dict[str, str]:
    engine = sa.create_engine("sqlite://", module=DRIVER)
    with engine.begin() as connection:
        Record.metadata.create_all(connection)
        found = {row[0]: row[1] for row in connection.exec_driver_sql(OWN)}
    engine.dispose()
    return found


def test_the_migrated_schema_is_that_of_the_models(
    migrated: dict[str, str], modelled: dict[str, str]
) -> None:
    assert migrated.keys() == modelled.keys()
    for name, sql in modelled.items():
        assert clauses(migrated[name]) == clauses(sql)
        assert [c.rstrip(",") for c in columns(migrated[name])] == [
            c.rstrip(",") for c in columns(sql)
        ]


def test_every_table_is_strict(migrated: dict[str, str]) -> None:
    tables = [sql for sql in migrated.values() if sql.startswith("CREATE TABLE")]
    assert len(tables) == len(Record.metadata.tables)
    assert all("STRICT" in sql for sql in tables)


def test_the_known_revisions_are_those_of_the_folder() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations_folder()))
    script = ScriptDirectory.from_config(config)
    walked = [revision.revision for revision in script.walk_revisions()]
    assert tuple(reversed(walked)) == REVISIONS
    assert script.get_heads() == [HEAD]


def test_the_migrations_run_from_where_the_wheel_keeps_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, migrated: dict[str, str]
) -> None:
    packed = tmp_path / "_migrations"
    shutil.copytree(migrations_folder(), packed)
    monkeypatch.setattr("billops_desktop.paths.migrations_folder", lambda: packed)
    for name in [name for name in sys.modules if name.partition(".")[0] == "initial"]:
        monkeypatch.delitem(sys.modules, name)
    path = tmp_path / "billops.db"
    open_database(path).close()
    connection = connect(path)
    found = dict(connection.execute(OWN).fetchall())
    connection.close()
    assert found == migrated


def test_a_migrated_profile_has_every_trigger(tmp_path: Path) -> None:
    path = tmp_path / "billops.db"
    open_database(path).close()
    connection = connect(path)
    names = {
        row[0]
        for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    }
    connection.close()
    assert names == set(wanted_triggers())

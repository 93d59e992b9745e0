"""Opening a profile: made by migrations, at head without Alembic, read-only when it must."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from billops_desktop.errors import EnvironmentFault, IntegrityFault, NotFound
from billops_desktop.storage import upgrade as upgrades
from billops_desktop.storage.backups.backup import backups
from billops_desktop.storage.connection import BUSY_MILLISECONDS, connect
from billops_desktop.storage.revision import HEAD, revision_of
from billops_desktop.storage.upgrade import open_database, unwritable, upgrade

ROOT = Path(__file__).resolve().parents[2]


def test_a_fresh_profile_is_made(tmp_path: Path) -> None:
    path = tmp_path / "new" / "billops.db"
    steps: list[tuple[int, int]] = []
    opened = open_database(path, progress=lambda done, total: steps.append((done, total)))
    assert opened.read_only_reason is None
    opened.close()
    assert revision_of(path) == HEAD
    assert steps[0] == (0, 3)
    assert steps[-1] == (3, 3)
    assert backups(path.parent) == ()


def test_nothing_is_made_unless_asked(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no profile"):
        open_database(tmp_path / "billops.db", create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_start_at_head_needs_no_alembic(profile: Path) -> None:
    source = (
        "import sys; from pathlib import Path;"
        "from billops_desktop.storage.upgrade import open_database;"
        "open_database(Path(sys.argv[1])).close();"
        "print([name for name in sys.modules if name.split('.')[0] in ('alembic', 'mako')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", source, str(profile / "billops.db")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


def test_records_are_backed_up_before_an_upgrade(
    profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = profile / "billops.db"
    monkeypatch.setattr(upgrades, "_migrate", lambda _connection: None)
    upgrade(path, revision="0000")
    assert [row.reason for row in backups(profile)] == ["upgrade"]


def test_an_upgrade_that_would_leave_orphans_is_undone(
    profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = profile / "billops.db"

    def lose(connection: object) -> None:
        connection.exec_driver_sql(  # type: ignore[attr-defined]  # an SQLAlchemy connection
            "INSERT INTO contact (id, client_id, position, name, email, phone, role,"
            " receives_invoices, created_at, updated_at)"
            " VALUES ('a', 'nobody', 1, '', '', '', '', '', 1, 1)"
        )

    monkeypatch.setattr(upgrades, "_migrate", lose)
    with pytest.raises(IntegrityFault, match="contact"):
        upgrade(path, revision="0000")
    connection = connect(path)
    assert connection.execute("SELECT count(*) FROM contact").fetchone()[0] == 0
    connection.close()


def test_a_write_protected_profile_opens_for_reading(
    profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = profile / "billops.db"
    monkeypatch.setattr(os, "access", lambda target, _mode: Path(target) != path)
    reason = unwritable(path)
    assert reason is not None
    assert str(path) in reason
    opened = open_database(path)
    assert opened.read_only_reason == reason
    opened.close()


def test_a_write_protected_place_makes_no_profile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda _target, _mode: False)
    with pytest.raises(EnvironmentFault, match="cannot be written"):
        open_database(tmp_path / "deep" / "down" / "billops.db")
    assert list(tmp_path.iterdir()) == []


def test_an_upgrade_waits_for_another_ones_longer_than_a_writer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = []
    migrate = upgrades._migrate

    def look(connection: Any) -> None:
        waits.append(connection.exec_driver_sql("PRAGMA busy_timeout").scalar())
        migrate(connection)

    monkeypatch.setattr(upgrades, "_migrate", look)
    open_database(tmp_path / "billops.db").close()
    (wait,) = waits
    assert wait > 6 * BUSY_MILLISECONDS


def test_several_first_starts_at_once_make_one_profile(tmp_path: Path) -> None:
    source = (
        "import sys; from pathlib import Path;"
        "from billops_desktop.storage.upgrade import open_database;"
        "opened = open_database(Path(sys.argv[1])); assert opened.read_only_reason is None;"
        "opened.close()"
    )
    path = tmp_path / "profile" / "billops.db"
    started = [
        subprocess.Popen([sys.executable, "-c", source, str(path)], cwd=ROOT) for _ in range(3)
    ]
    assert [process.wait() for process in started] == [0] * 3
    assert revision_of(path) == HEAD

"""No hand but SQLite's touches the live database files, and only one SQLite is loaded."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]

# What a day does to a profile, with every opening and renaming written down.
TOUR = """
import json, sys
from datetime import UTC, datetime
from pathlib import Path

profile, careless = Path(sys.argv[1]), sys.argv[2:] == ["careless"]
seen, running = [], []
ENDINGS = (".db", "-wal", "-shm", "-journal")


def watch(event, arguments):
    # SQLite's own calls go past Python; what is seen here is somebody else's hand.
    if event in {"open", "os.rename", "os.remove", "os.link", "shutil.copyfile", "shutil.move"}:
        names = [str(name) for name in arguments[:2] if isinstance(name, (str, bytes, Path))]
        if any(name.endswith(ENDINGS) for name in names):
            seen.append([event, names[0]])
    elif event == "os.fork":
        seen.append([event])


sys.addaudithook(watch)

from billops_desktop.clock import FixedClock
from billops_desktop.storage import attachments
from billops_desktop.storage.backups import backup
from billops_desktop.storage.glance import glance
from billops_desktop.storage.models import Client
from billops_desktop.storage.backups.rotation import thin_out
from billops_desktop.storage.unit_of_work import ReadingUnit, UnitOfWork
from billops_desktop.storage.upgrade import open_database


def tour():
    clock = FixedClock(datetime(2026, 11, 25, 9, tzinfo=UTC))
    path = profile / "billops.db"
    opened = open_database(path)
    for name in ("Acme", "Globex"):
        with UnitOfWork(opened.writing_session(), clock, None, None) as work:
            work.session.add(Client(name=name, currency="EUR"))
    assert glance(path, clock) is not None
    attachments.keep(profile, b"scan")
    made = backup.make_backup(profile, reason="manual", clock=clock)
    backup.prove_backup(made.folder, clock=clock)
    thin_out(profile, now=clock.now())
    if careless:
        path.with_name("billops.db-shm").read_bytes()
    with ReadingUnit(opened.reading_session(), clock, None, None) as work:
        assert work.session.get(Client, "none") is None
    opened.close()
    open_database(path).close()


if __name__ == "__main__":
    tour()
    maps = Path("/proc/self/maps")
    loaded = sorted({line.split()[-1] for line in maps.read_text().splitlines() if ".so" in line})
    print(json.dumps({"seen": seen, "loaded": loaded, "modules": sorted(sys.modules)}))
"""


def take(tmp_path: Path, *options: str) -> dict[str, list[Any]]:
    script = tmp_path / "tour.py"
    script.write_text(TOUR, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script), str(tmp_path / "profile"), *options],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    report: dict[str, list[Any]] = json.loads(done.stdout.splitlines()[-1])
    return report


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc/self/maps")
def test_only_sqlite_touches_the_database_files(tmp_path: Path) -> None:
    report = take(tmp_path)
    path = str(tmp_path / "profile" / "billops.db")
    # Made private before the first connection; never opened again.
    assert report["seen"] == [["open", path]]
    libraries = [name for name in report["loaded"] if "sqli" in str(name).lower()]
    assert [Path(str(name)).name.partition(".")[0] for name in libraries] == ["_sqlite3"]
    assert "sqlcipher3" in str(libraries[0])
    assert "sqlite3" not in report["modules"]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc/self/maps")
def test_a_careless_read_is_seen(tmp_path: Path) -> None:
    """The control: the watch is not blind."""
    report = take(tmp_path, "careless")
    assert ["open", str(tmp_path / "profile" / "billops.db-shm")] in report["seen"]

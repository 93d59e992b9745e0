"""Thinning: all of two days, then 12 daily, 10 weekly, 9 monthly; the last good one always."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from billops_desktop.clock import FixedClock
from billops_desktop.storage.backups.backup import STAMP, BackupRow, backups, make_backup
from billops_desktop.storage.backups.rotation import (
    LIMIT_BYTES,
    kept_rows,
    prune_files,
    room,
    thin_out,
    within,
)

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def row(age: timedelta, *, reason: str = "timer", proven: bool = False, size: int = 1) -> BackupRow:
    made = NOW - age
    return BackupRow(
        folder=Path(f"{made:%Y%m%dT%H%M%S}-{reason}"),
        made_at=made,
        reason=reason,
        app_version="1",
        revision="0001",
        size=size,
        counts={},
        missing_files=(),
        proven_at=made if proven else None,
    )


YEAR = [row(timedelta(hours=6 * step)) for step in range(4 * 400)]


def test_a_year_of_backups_is_thinned() -> None:
    kept = kept_rows(YEAR, now=NOW)
    recent = [one for one in kept if one.made_at >= NOW - timedelta(days=2)]
    assert len(recent) == 9
    older = [one for one in kept if one.made_at < NOW - timedelta(days=2)]
    days = {one.made_at.date() for one in older}
    assert len(days) == len(older)
    assert {(NOW - timedelta(days=2 + day)).date() for day in range(1, 12)} <= days
    assert min(one.made_at for one in kept) < NOW - timedelta(days=230)
    assert 20 < len(older) <= 12 + 10 + 9


def test_thinning_twice_is_thinning_once() -> None:
    once = kept_rows(YEAR, now=NOW)
    assert kept_rows(once, now=NOW) == once


def test_upgrades_and_the_last_proven_one_stay() -> None:
    old = timedelta(days=900)
    upgrades = [row(old + timedelta(days=day), reason="upgrade") for day in range(5)]
    proven = [row(old - timedelta(days=1), proven=True), row(old, proven=True)]
    kept = kept_rows([*YEAR, *upgrades, *proven], now=NOW)
    assert [one for one in kept if one.reason == "upgrade"] == upgrades[:3]
    assert proven[0] in kept
    assert within(kept, 0) == [kept[0], proven[0], *upgrades[:3]]


def test_the_oldest_go_first_when_room_is_short() -> None:
    rows = [row(timedelta(hours=hour), size=10) for hour in range(5)]
    assert within(rows, 30) == rows[:3]


def test_what_need_not_stay_is_deleted(profile: Path) -> None:
    ages = (0, 1, 30, 30, 31)
    made = [
        make_backup(profile, reason="timer", clock=FixedClock(NOW - timedelta(days=age, hours=2)))
        for age in ages
    ]
    gone = thin_out(profile, now=NOW)
    assert {one.folder for one in gone} <= {one.folder for one in made}
    assert len(gone) == 1
    assert len(backups(profile)) == 4
    assert not gone[0].folder.exists()


def test_files_that_only_deleted_backups_named_go_with_them(profile: Path) -> None:
    store = profile / "backups" / "files"
    for sha256 in ("ab" * 32, "cd" * 32):
        (store / sha256[:2]).mkdir(parents=True)
        (store / sha256[:2] / sha256).write_bytes(b"x")
    made = make_backup(profile, reason="timer", clock=FixedClock(NOW))
    manifest = made.folder / "manifest.json"
    told = json.loads(manifest.read_text())
    told["facts"]["files"] = ["ab" * 32]
    manifest.chmod(0o600)
    manifest.write_text(json.dumps(told))
    assert prune_files(profile) == 1
    assert [path.name for path in store.glob("*/*")] == ["ab" * 32]


def test_while_a_backup_is_half_made_no_file_goes(profile: Path) -> None:
    kept = profile / "backups" / "files" / "ab" / ("ab" * 32)
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"x")
    half = profile / "backups" / f"{NOW:{STAMP}}-timer-0000"
    half.mkdir()
    assert prune_files(profile) == 0
    assert kept.exists()


def test_a_backup_that_was_killed_is_swept_away_after_a_day(profile: Path) -> None:
    old, young = (NOW - timedelta(days=2), NOW - timedelta(hours=1))
    for made in (old, young):
        (profile / "backups" / f"{made:{STAMP}}-timer-0000").mkdir(parents=True)
    thin_out(profile, now=NOW)
    left = [path.name for path in (profile / "backups").iterdir()]
    assert left == [f"{young:{STAMP}}-timer-0000"]


def test_backups_take_a_tenth_of_a_small_disk(
    profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def disk(free: int) -> None:
        usage = shutil.disk_usage(profile)._replace(free=free)
        monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)

    disk(free=900)
    assert room(profile, 100) == 100
    disk(free=10**15)
    assert room(profile, 0) == LIMIT_BYTES


def test_a_backup_whose_manifest_is_damaged_is_passed_over(profile: Path) -> None:
    made = [make_backup(profile, reason="timer", clock=FixedClock(NOW)) for _turn in range(2)]
    manifest = made[0].folder / "manifest.json"
    manifest.chmod(0o600)
    manifest.write_text("{")
    assert [row.folder for row in backups(profile)] == [made[1].folder]
    thin_out(profile, now=NOW + timedelta(days=900))
    assert manifest.exists()

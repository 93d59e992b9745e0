"""The one clock: aware instants in UTC, the machine's zone as its settings name it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from billops_desktop import clock
from billops_desktop.clock import FixedClock, SystemClock

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@pytest.fixture
def localtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file in place of /etc/localtime, on a machine that names no zone."""
    monkeypatch.delenv("TZ", raising=False)
    link = tmp_path / "localtime"
    monkeypatch.setattr(clock, "LOCALTIME", link)
    return link


def link_to(localtime: Path, zone: str) -> None:
    """Link as a system does that is set to a zone."""
    target = localtime.parent / "share" / "zoneinfo" / zone
    target.parent.mkdir(parents=True)
    target.touch()
    localtime.symlink_to(target)


def test_now_is_the_machines_instant_in_utc() -> None:
    with time_machine.travel(AT, tick=False):
        assert SystemClock().now() == AT
        assert SystemClock().now().utcoffset() == timedelta(0)


@pytest.mark.parametrize("named", ["America/New_York", ":America/New_York"])
def test_the_variable_goes_before_the_file(
    localtime: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    link_to(localtime, "Asia/Tokyo")
    monkeypatch.setenv("TZ", named)
    assert SystemClock().zone() == "America/New_York"


@pytest.mark.parametrize("named", ["", "Mars/Olympus", "../../etc/passwd", "America"])
def test_a_variable_that_names_no_zone_is_passed_over(
    localtime: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    link_to(localtime, "Asia/Tokyo")
    monkeypatch.setenv("TZ", named)
    assert SystemClock().zone() == "Asia/Tokyo"


def test_a_zone_of_three_parts_is_read_whole(localtime: Path) -> None:
    link_to(localtime, "America/Indiana/Knox")
    assert SystemClock().zone() == "America/Indiana/Knox"


def test_without_a_name_the_zone_is_a_real_one(localtime: Path) -> None:
    localtime.write_bytes(b"TZif")
    FixedClock(AT, SystemClock().zone())


def test_a_fixed_clock_stands_still_in_utc() -> None:
    berlin = datetime.fromisoformat("2026-11-25T10:00:00+01:00")
    fixed = FixedClock(berlin, "Asia/Tokyo")
    assert (fixed.now(), fixed.now().tzinfo, fixed.zone()) == (AT, UTC, "Asia/Tokyo")
    assert fixed.now() == fixed.now()


def test_a_fixed_clock_refuses_a_zone_that_is_none() -> None:
    with pytest.raises(KeyError):
        FixedClock(AT, "Mars/Olympus")


def test_instants_are_kept_as_whole_microseconds() -> None:
    late = AT + timedelta(microseconds=7)
    assert clock.microseconds_of(late) == 1_795_597_200_000_007
    assert clock.instant_of(clock.microseconds_of(late)) == late

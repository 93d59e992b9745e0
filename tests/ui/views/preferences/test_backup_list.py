"""The lines of backups: the day as people say it, why each was made, whether it can be trusted."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from billops_desktop.services.upkeep.backups import BackupRow
from billops_desktop.ui.views.preferences.backup_list import moment, told_of
from tests.support.clock import MovableClock

AT = datetime(2026, 11, 25, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (AT, "today 10:05"),
        (datetime(2026, 11, 24, 22, 59, tzinfo=UTC), "24 Nov 2026, 23:59"),
        (datetime(2026, 11, 24, 23, 1, tzinfo=UTC), "today 00:01"),
    ],
)
def test_the_day_is_that_of_the_zone(clock: MovableClock, at: datetime, words: str) -> None:
    assert moment(at, clock) == words


@pytest.mark.parametrize(
    ("reason", "verified", "drilled", "words"),
    [
        ("quit", None, None, "when BillOps was quit, 3 MB, not verified"),
        ("manual", AT, None, "made by hand, 3 MB, verified"),
        ("older", AT, AT, "older, 3 MB, verified, restored on trial"),
    ],
)
def test_a_line_says_why_and_whether_it_can_be_trusted(
    reason: str, verified: datetime | None, drilled: datetime | None, words: str
) -> None:
    row = BackupRow(
        name="one",
        folder=Path("one"),
        made_at=AT,
        reason=reason,
        app_version="1",
        size=2_100_000,
        counts={},
        missing_files=(),
        verified_at=verified,
        drilled_at=drilled,
    )
    assert told_of(row) == words

"""Tests of billops_desktop.cli.asking: days, instants and money as they are typed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from billops_desktop.cli import asking
from billops_desktop.cli.session import Session
from billops_desktop.domain.money import Money
from billops_desktop.errors import InvalidInput
from tests.support.clock import MovableClock


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    made = Session(tmp_path / "profile", clock=MovableClock())
    yield made
    made.close()


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("9:15", "2026-11-25T08:15"),
        ("9:15 pm", "2026-11-25T20:15"),
        ("9 Uhr", "2026-11-25T08:00"),
        ("gestern 9.15 Uhr", "2026-11-24T08:15"),
        ("24. November 16 Uhr", "2026-11-24T15:00"),
        ("yesterday 9:15", "2026-11-24T08:15"),
        ("24.11.2026 16:00", "2026-11-24T15:00"),
        ("2026-11-24T16:00", "2026-11-24T15:00"),
        ("2026-11-24 16:00", "2026-11-24T15:00"),
        ("2026-11-24T16:00+05:30", "2026-11-24T10:30"),
        ("2026-11-24T16:00Z", "2026-11-24T16:00"),
    ],
)
def test_instants(session: Session, text: str, instant: str) -> None:
    found = asking.instant(session, text, "at").astimezone(UTC)
    assert found == datetime.fromisoformat(instant).replace(tzinfo=UTC)


def test_of_past_days_the_last_is_meant_and_ends_follow_their_start(session: Session) -> None:
    assert asking.day(session, "13/02", "on", past=True) == date(2026, 2, 13)
    assert asking.day(session, "13/02", "due_on") == date(2027, 2, 13)
    assert asking.day(session, "30.11.", "to", past=True, since=date(2026, 11, 1)) == date(
        2026, 11, 30
    )
    assert session.remarks == []


def test_a_date_that_could_be_two_is_remarked_upon(session: Session) -> None:
    for _twice in range(2):
        assert asking.day(session, "03/04", "on", past=True) == date(2026, 4, 3)
    [remark] = session.remarks
    assert remark == (
        "“03/04” could be 3 Apr 2026 or 4 Mar 2026. Using 3 Apr 2026;"
        " type 2026-03-04 for the other."
    )


@pytest.mark.parametrize(
    ("text", "instant"),
    [("2:30+02:00", "2026-10-25T00:30"), ("2:30+01:00", "2026-10-25T01:30"),
     ("25.10. 2:30-05:30", "2026-10-25T08:00")],
)  # fmt: skip
def test_a_time_may_carry_its_offset(session: Session, text: str, instant: str) -> None:
    found = asking.instant(session, text, "from", on=date(2026, 10, 25)).astimezone(UTC)
    assert found == datetime.fromisoformat(instant).replace(tzinfo=UTC)


def test_a_date_alone_is_told_from_a_time(session: Session) -> None:
    with pytest.raises(InvalidInput, match="“2099-01-01” is a date without a time") as caught:
        asking.instant(session, "2099-01-01", "at")
    assert (caught.value.field, caught.value.hint) == (
        "at",
        "Type the time behind it: 2099-01-01 9:15",
    )


@pytest.mark.parametrize("text", ["0", "0:00", "-1h", "−30m", "- 1:00"])
def test_a_length_is_above_zero(session: Session, text: str) -> None:
    with pytest.raises(InvalidInput, match="must be above zero") as caught:
        asking.length(text, "budget")
    assert caught.value.field == "budget"
    assert asking.length("90m") == 5400


def test_a_time_belongs_to_the_day_and_zone_given(session: Session) -> None:
    found = asking.instant(session, "9:00", "at", on=date(2026, 7, 1), zone="America/New_York")
    assert found == datetime(2026, 7, 1, 13, 0, tzinfo=UTC)


def test_the_timer_counts_by_the_calendar_day(session: Session) -> None:
    session.clock.at = datetime(2026, 11, 25, 0, 30, tzinfo=UTC)  # type: ignore[attr-defined]
    assert asking.timer_instant(session, "1:00") == datetime(2026, 11, 25, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "soon", "9:15 9:15", "25:00", "today"])
def test_what_is_no_instant_names_its_field(session: Session, text: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        asking.instant(session, text, "start")
    assert caught.value.field == "start"


def test_a_month_by_its_name_or_a_day(session: Session) -> None:
    february = asking.Period(date(2028, 2, 1), date(2028, 2, 29))
    assert asking.month(session, "2028-02") == february
    assert asking.month(session, "3.2.2028") == february


def test_money_keeps_its_currency(session: Session) -> None:
    assert asking.money("1.450,00", "EUR") == Money(145_000, "EUR")
    assert asking.money("20.00 eur", "EUR") == Money(2_000, "EUR")
    with pytest.raises(InvalidInput, match=r"10 USD is not in EUR\."):
        asking.money("10 USD", "EUR")

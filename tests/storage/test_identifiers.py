"""Ids: UUIDv7 by the letter, ascending within a millisecond, stamped by the clock."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from billops_desktop.storage.identifiers import IdMaker, milliseconds_of, new_id, new_ids

AT = datetime(2026, 11, 25, 9, 0, 0, 123_000, tzinfo=UTC)


def test_an_id_is_a_version_7_uuid_of_its_instant() -> None:
    made = new_id(AT)
    read = uuid.UUID(made)
    assert len(made) == 32
    assert made == made.lower()
    assert (read.int >> 76) & 0xF == 7
    assert read.variant == uuid.RFC_4122
    assert read.int >> 80 == milliseconds_of(AT)


def test_ids_of_one_millisecond_ascend() -> None:
    made = [new_id(AT) for _ in range(1000)]
    assert made == sorted(set(made))


def test_a_later_instant_sorts_later() -> None:
    assert new_id(AT) < new_id(AT + timedelta(milliseconds=1))


def test_without_an_instant_the_present_is_taken() -> None:
    stamp = int(new_id(), 16) >> 80
    assert stamp > milliseconds_of(datetime(2024, 1, 1, tzinfo=UTC))


def test_two_programs_do_not_meet() -> None:
    assert not {IdMaker().make(1) for _ in range(100)} & {IdMaker().make(1) for _ in range(100)}


def test_many_at_once_ascend_and_go_on_from_the_last() -> None:
    before = new_id(AT)
    made = new_ids(1000, AT)
    after = new_id(AT)
    whole = [before, *made, after]
    assert whole == sorted(set(whole))
    assert len(whole) == 1002
    assert {uuid.UUID(one).version for one in made} == {7}
    assert (len(new_ids(1, AT)), new_ids(0, AT)) == (1, [])

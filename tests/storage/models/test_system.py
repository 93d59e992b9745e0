"""Tables of the app itself: one value per setting, one file per hash, sequences that only grow."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from billops_desktop.storage.models import Attachment, CaptureContext, ChangeRecord, Event, Setting
from billops_desktop.storage.unit_of_work import UnitOfWork

Unit = Callable[[], UnitOfWork]


@pytest.mark.parametrize(
    "make",
    [
        lambda: Setting(name="theme", value_json="1"),
        lambda: Attachment(sha256="ab", name="n", media_type="t", size=1),
    ],
)
def test_a_name_or_hash_is_kept_once(unit: Unit, make: Callable[[], object]) -> None:
    with unit() as work:
        work.session.add(make())
    with pytest.raises(IntegrityError, match="UNIQUE"), unit() as work:
        work.session.add(make())


def test_there_is_one_capture_context(unit: Unit) -> None:
    with pytest.raises(IntegrityError, match="one_row"), unit() as work:
        work.session.add(CaptureContext(id=2))


def test_a_sequence_number_is_never_given_again(unit: Unit) -> None:
    with unit() as work:
        work.session.add(Setting(name="a", value_json="1"))
    with unit() as work:
        first = work.session.scalars(select(ChangeRecord.sequence)).one()
        work.session.execute(update(CaptureContext).values(applying=0))
        work.session.add_all([Event(at=work.now(), kind="app.started") for _ in range(3)])
        work.session.add(Setting(name="b", value_json="1"))
    with unit() as work:
        assert work.session.scalars(select(ChangeRecord.sequence)).all() == [first, first + 1]
        assert work.session.scalars(select(Event.sequence)).all() == [1, 2, 3]

"""The activity log: one event row per thing done, in the transaction that does it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import insert

from billops_desktop.storage.models import Event

if TYPE_CHECKING:
    from billops_desktop.storage.unit_of_work import UnitOfWork


def record(work: UnitOfWork, kind: str, table: str, row_id: str, **payload: str | int) -> None:
    """Note that ``kind`` ("entry.started") happened to a row; no secrets, no personal text."""
    work.session.execute(
        insert(Event).values(
            at=work.clock.now(),
            kind=kind,
            person_id=work.person_id,
            record_table=table,
            record_id=row_id,
            payload_json=json.dumps(payload, sort_keys=True),
        )
    )

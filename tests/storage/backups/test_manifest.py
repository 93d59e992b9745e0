"""The manifest: what is counted, and that one that cannot be read is no backup."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from billops_desktop.errors import IntegrityFault
from billops_desktop.storage.backups.backup import make_backup
from billops_desktop.storage.backups.manifest import Manifest, facts_of
from billops_desktop.storage.connection import connect
from billops_desktop.storage.models import Client, Payment
from billops_desktop.storage.unit_of_work import UnitOfWork


def test_rows_and_money_are_counted(profile: Path, unit: Callable[[], UnitOfWork]) -> None:
    with unit() as work:
        client = Client(name="Acme", currency="EUR")
        work.session.add(client)
        work.session.flush()
        for amount, currency in ((100, "EUR"), (250, "EUR"), (7, "JPY")):
            work.session.add(
                Payment(
                    client_id=client.id,
                    received_on=work.now().date(),
                    amount_minor=amount,
                    currency=currency,
                )
            )
    connection = connect(profile / "billops.db")
    facts = facts_of(connection)
    connection.close()
    assert (facts.counts["client"], facts.counts["payment"]) == (1, 3)
    assert (facts.sums["paid EUR"], facts.sums["paid JPY"]) == (350, 7)
    assert facts.revision == "0001"


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"facts": {}}', b"\xff\xfe"])
def test_a_manifest_that_cannot_be_read_is_refused(profile: Path, content: bytes) -> None:
    made = make_backup(profile, reason="manual")
    assert Manifest.read(made.folder).size == made.size
    (made.folder / "manifest.json").write_bytes(content)
    with pytest.raises(IntegrityFault, match="cannot be read"):
        Manifest.read(made.folder)

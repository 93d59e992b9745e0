"""Checks: a sound profile proves all; each tampering is named with its invoice and its field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from billops_desktop.errors import InvalidInput
from billops_desktop.services.invoices import corrections, invoicing, rendering
from billops_desktop.services.upkeep import checking
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.connection import connect
from billops_desktop.storage.record import Record
from tests.support import money

Tamper = Callable[..., None]


@pytest.fixture
def busy(workspace: Workspace) -> Workspace:
    """Return a workspace with time, an issued, a paid and a cancelled invoice, and a draft."""
    job = money.make_job(workspace)
    money.log(workspace, job)
    invoice_id = money.draft(workspace, job)
    workspace.execute(invoicing.issue, invoice_id)
    rendering.keep_pdf(workspace, invoice_id)
    money.pay(workspace, invoice_id, "20")
    gone = money.issued_item(workspace, job, "30")
    workspace.execute(corrections.cancel, gone.id, reason="Agreed")
    money.draft_item(workspace, job, supply_to=date(2026, 11, 20))
    return workspace


@pytest.fixture
def tamper(busy: Workspace) -> Tamper:
    """Return what runs SQL as someone with the file and no respect: triggers dropped first."""

    def run(*statements: str) -> None:
        path: Path = busy.database.path
        connection = connect(path, "write")
        try:
            for (name,) in list(
                connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            ):
                connection.execute(f'DROP TRIGGER "{name}"')
            connection.execute("PRAGMA foreign_keys=OFF")
            connection.execute("PRAGMA ignore_check_constraints=ON")
            for statement in statements:
                connection.execute(statement)
        finally:
            connection.close()

    return run


def broken(workspace: Workspace) -> dict[str, tuple[str, ...]]:
    return {one.name: one.findings for one in checking.check(workspace) if not one.ok}


def test_a_sound_profile_proves_every_invariant(busy: Workspace) -> None:
    results = checking.check(busy)
    assert tuple(one.name for one in results) == checking.names()
    assert broken(busy) == {}
    assert all(one.claim for one in results)


@pytest.mark.parametrize(
    ("statement", "check", "told"),
    [
        ("UPDATE invoice SET gross_minor = 1 WHERE number = '2026-0001'", "totals", "gross_minor"),
        ("UPDATE invoice SET note = 'x' WHERE number = '2026-0001'", "hashes", "note"),
        ("UPDATE invoice SET snapshot_json = '{}' WHERE number = '2026-0001'", "hashes", "2026-00"),
        ("UPDATE invoice SET content_sha256 = 'x' WHERE number = '2026-0001'", "chain", "chain"),
        ("UPDATE invoice_line SET price = 1 WHERE kind = 'time'", "totals", "lines[1].net_minor"),
        ("UPDATE invoice_line SET description = 'x'", "hashes", "lines[0].description"),
        ("UPDATE invoice_tax SET tax_minor = 1", "totals", "taxes[S 19]"),
        ("UPDATE line_entry SET released_at = 1", "live-lines", "2026-0001"),
        ("DELETE FROM number_used WHERE number = '2026-0001'", "numbers", "2026-0001"),
        ("UPDATE number_counter SET last_given = 9", "numbers", "3, 4, 5, 6, 7, 8, 9"),
        ("UPDATE allocation SET amount_minor = 99999999", "allocations", "2026-0001"),
        ("UPDATE time_entry SET ended_at = started_at - 1000000", "durations", "before it starts"),
        ("UPDATE time_entry SET local_on = '2026-01-01'", "durations", "2026-01-01"),
        ("UPDATE client SET name = 'x'", "change-records", "name"),
        ("DELETE FROM payment", "foreign-keys", "payment"),
        ("SELECT 1", "triggers", "guard_invoice_update"),
    ],
)
def test_each_tampering_is_found_and_named(
    busy: Workspace, tamper: Tamper, statement: str, check: str, told: str
) -> None:
    tamper(statement)
    found = broken(busy)
    assert any(told in finding for finding in found[check]), found


@pytest.mark.parametrize("table", ["invoice", "invoice_line", "invoice_tax"])
def test_every_changed_column_is_named_with_its_invoice(
    busy: Workspace, tamper: Tamper, table: str
) -> None:
    columns = [
        column.name for column in Record.metadata.tables[table].columns if column.name != "id"
    ]
    values = {"state": "'cancelled'", "kind": "'quote'", "paper": "'Letter'"}
    other = "8" if table == "invoice" else "7"
    where = "number = '2026-0001'"
    if table != "invoice":
        where = f"invoice_id = (SELECT id FROM invoice WHERE {where})"
    changes = ", ".join(
        f'"{name}" = {values.get(name, other)}'
        for name in columns
        if name not in {"invoice_id", "number"}
    )
    tamper(f"UPDATE {table} SET {changes} WHERE {where}")

    (result,) = checking.check(busy, ["change-records"])
    for name in columns:
        if name not in {"invoice_id", "number"}:
            assert any(
                "2026-0001" in finding and f": {name} " in finding for finding in result.findings
            ), name


def test_a_row_without_record_and_a_record_without_row_are_found(
    busy: Workspace, tamper: Tamper
) -> None:
    tamper(
        "DELETE FROM line_entry",
        "INSERT INTO tax_rate (id, created_at, updated_at, company_id, country, name, category,"
        " percent, exemption_text, exemption_code, is_default, archived) SELECT 'smuggled', 0, 0,"
        " company_id, country, 'x', category, percent, '', '', 0, 0 FROM tax_rate LIMIT 1",
    )
    (result,) = checking.check(busy, ["change-records"])
    told = " ".join(result.findings)
    assert "gone without a change record" in told
    assert "tax_rate smuggled has no change record" in told


def test_a_lost_and_an_altered_file_are_found(busy: Workspace) -> None:
    kept = next((busy.profile / "files").glob("*/*"))
    kept.chmod(0o600)
    kept.write_bytes(b"altered")
    assert any("2026-0001" in finding for finding in broken(busy)["files"])
    kept.unlink()
    assert any("2026-0001" in finding for finding in broken(busy)["files"])


def test_one_check_can_be_asked_for_and_an_unknown_one_is_refused(busy: Workspace) -> None:
    assert [one.name for one in checking.check(busy, ["totals"])] == ["totals"]
    with pytest.raises(InvalidInput) as caught:
        checking.check(busy, ["weather" * 1_000])
    assert caught.value.field == "names"
    assert len(caught.value.title) < 200


def test_a_check_that_cannot_run_is_a_finding(
    busy: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(work: object) -> None:
        raise ValueError("no such thing")

    monkeypatch.setitem(checking.CHECKS, "totals", fail)
    (result,) = checking.check(busy, ["totals"])
    assert result.findings == ("This could not be checked: no such thing",)

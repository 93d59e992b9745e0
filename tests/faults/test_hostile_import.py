"""Hostile cells in every column of a CSV file, hostile values at every place of a document."""

from __future__ import annotations

import copy
import csv
import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from billops_desktop.cli.commands.billing.drafts import read_document
from billops_desktop.errors import BillOpsError
from billops_desktop.services.drafts import drafting
from billops_desktop.services.invoices import invoice_rows
from billops_desktop.services.transfer import exchange
from billops_desktop.services.transfer.entry_parsing import COLUMNS
from billops_desktop.services.upkeep import checking
from billops_desktop.services.workspace import Workspace
from tests.support import factories
from tests.support.naughty import NAUGHTY

# So many values at each place of a document in a short run; all of them by `soak`.
FEW = 2
GOOD = {
    "date": "2026-11-23",
    "start": "09:00",
    "end_date": "2026-11-23",
    "end": "10:30",
    "zone": "Europe/Berlin",
    "break_seconds": "60",
    "client": "Acme GmbH",
    "project": "Website",
    "task": "Design",
    "description": "Plan",
    "billable": "yes",
    "rate": "95",
    "email": "kim@example.org",
    "source": "timer",
    "external_source": "ics",
    "external_id": "7",
}
# Columns that stand in the place of another.
INSTEAD = {"id": "external_id", "duration": "end"}
LONGEST_WORDS = 600
SOAK = (pytest.mark.soak, pytest.mark.timeout(1800))
VALUES: dict[str, Any] = {
    **NAUGHTY,
    "nothing": None,
    "truth": True,
    "whole": 3,
    "below zero": -3,
    "whole beyond 64 bits": 10**40,
    "a float": 1.5,
    "a list": [[[]]],
    "an object": {},
    "no number": float("nan"),
    "no end": float("-inf"),
}
DOCUMENT: dict[str, Any] = {
    "client": {
        "name": "Umbra AG",
        "number": "U-1",
        "street": "Weg 1",
        "post_code": "8001",
        "city": "Zürich",
        "country": "CH",
        "vat_id": "",
        "currency": "CHF",
        "language": "de",
    },
    "issue_on": "2026-11-25",
    "due_on": "2026-12-14",
    "supply_from": "2026-11-01",
    "supply_to": "2026-11-20",
    "currency": "CHF",
    "language": "de",
    "reference": "PO 4500",
    "note": "Thank you.",
    "terms": "Net 14 days.",
    "lines": [
        {"description": "Design", "details": "On site", "hours": "12:30", "price": "95.00"},
        {"description": "Licence", "quantity": "2", "unit": "C62", "price": "40", "tax": "Z"},
        {"description": "Book", "price": "40", "discount_percent": "10"},
        {"description": "Map", "price": "40", "discount": "5.00"},
    ],
    "charges": [
        {"kind": "discount", "reason": "Loyal", "percent": "2"},
        {"kind": "charge", "reason": "Courier", "amount": "12.50", "tax": "Z"},
    ],
}


def count(workspace: Workspace, table: str) -> int:
    query = text(f"SELECT count(*) FROM {table}")
    return workspace.read(lambda work: int(work.session.execute(query).scalar_one()))


def failed_checks(workspace: Workspace) -> list[str]:
    return [one.name for one in checking.check(workspace) if not one.ok]


@pytest.mark.parametrize("column", COLUMNS)
def test_of_a_column_of_hostile_cells_each_is_kept_or_told_with_its_line(
    column: str, workspace: Workspace, tmp_path: Path
) -> None:
    row = {name: cell for name, cell in GOOD.items() if name != INSTEAD.get(column)}
    names = list(row | {column: ""})
    file = tmp_path / "time.csv"
    with file.open("w", encoding="utf-8", errors="surrogateescape", newline="") as stream:
        writer = csv.DictWriter(stream, names)
        writer.writerow({name: COLUMNS[name][0] for name in names})
        writer.writerow(row)
        # A byte that is no UTF-8 makes another encoding of the whole file: that has its own test.
        words = [word for kind, word in NAUGHTY.items() if kind != "surrogate"]
        for number, word in enumerate(words):
            own = {"external_id": str(number)} if column != "id" else {}
            writer.writerow(row | own | {column: word})

    done = exchange.import_entries(workspace, file, keep_good=True)

    assert done.rows == len(words) + 1
    assert done.added + done.already_there + done.rejected == done.rows
    for problem in done.problems:
        assert problem.line > 1
        assert problem.field
        assert problem.reason
        assert len(problem.value) <= 80
        assert len(problem.reason) <= LONGEST_WORDS
        assert (problem.value + problem.reason).isprintable(), problem
    assert exchange.import_entries(workspace, file, keep_good=True).added == 0
    assert failed_checks(workspace) == []
    again = tmp_path / "again.csv"
    exchange.export_entries(workspace, again)
    assert exchange.import_entries(workspace, again).added == 0


def places(value: Any, so_far: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield where each value of a document stands."""
    if so_far:
        yield so_far
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from places(inner, (*so_far, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from places(inner, (*so_far, number))


def with_value(at: tuple[Any, ...], value: Any, number: int) -> dict[str, Any]:
    """Return the document of a client that is new each time, with one value in another's place."""
    document = copy.deepcopy(DOCUMENT)
    document["client"] |= {"name": f"Umbra {number}", "number": f"U-{number}"}
    inner: Any = document
    for step in at[:-1]:
        inner = inner[step]
    inner[at[-1]] = value
    return document


def refusal_fits(refusal: BillOpsError) -> bool:
    words = f"{refusal.title} {refusal.hint}"
    return (
        refusal.exit_code == 2
        and bool(refusal.field)
        and bool(refusal.hint)
        and len(words) <= LONGEST_WORDS
    )


@pytest.mark.parametrize("few", [FEW, pytest.param(len(VALUES), marks=SOAK)])
@pytest.mark.parametrize("part", DOCUMENT)
def test_a_hostile_value_in_a_document_is_refused_at_its_place_or_kept(
    part: str, few: int, workspace: Workspace, tmp_path: Path
) -> None:
    factories.make_client(workspace)
    file = tmp_path / "invoice.json"
    # Another selection for each part, so that a short run tries every value somewhere.
    first = 3 * list(DOCUMENT).index(part)
    turn = itertools.islice(itertools.cycle(VALUES.items()), first, None)
    wrong: list[tuple[Any, ...]] = []
    numbers = itertools.count()
    for at in places({part: DOCUMENT[part]}):
        for kind, value in itertools.islice(turn, few):
            file.write_text(json.dumps(with_value(at, value, next(numbers))))
            before = count(workspace, "change_record")
            try:
                made = workspace.execute(drafting.draft_from_document, read_document(str(file)))
                workspace.read(invoice_rows.row, made)
            except BillOpsError as refusal:
                told = refusal_fits(refusal)
                if not told or count(workspace, "change_record") != before:
                    wrong.append((at, kind, refusal.field, refusal.title[:200]))
            except Exception as fault:  # noqa: BLE001 - a fault of any kind is what is looked for
                wrong.append((at, kind, repr(fault)[:200]))
    assert wrong == []
    assert failed_checks(workspace) == []

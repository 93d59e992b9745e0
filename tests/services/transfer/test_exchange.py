"""CSV in and out: all or nothing, twice is once, out and in again is the same."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text

from billops_desktop.bootstrap import open_workspace
from billops_desktop.errors import EnvironmentFault, InvalidInput
from billops_desktop.services import tracking
from billops_desktop.services.entries import entry_rows
from billops_desktop.services.profile import settings
from billops_desktop.services.transfer import exchange
from billops_desktop.services.upkeep import backups
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.models import ChangeRecord, TimeEntry
from tests.support.clock import AFTERNOON, MovableClock
from tests.support.factories import log, make_client, make_project, make_task, set_rate
from tests.support.profiles import copy_profile

HEADER = "Date,Start,End,Client,Project,Task,Description,Billable\r\n"
GOOD = HEADER + (
    "2026-11-23,09:00,10:30,Acme GmbH,Website,Design,Plan,yes\r\n"
    "2026-11-23,23:15,00:30,Acme GmbH,Website,,Späte Änderung,no\r\n"
    "2026-11-24,9am,11:00:30,,,,Inbox,\r\n"
)


def written(tmp_path: Path, content: str | bytes, name: str = "time.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def rows(workspace: Workspace) -> list[dict[str, Any]]:
    """Return what is stored of the entries, without what differs from profile to profile."""
    query = text(
        "SELECT e.id, e.started_at, e.ended_at, e.zone, e.local_on, e.break_seconds, e.description,"
        " e.billable, e.rate, e.source, e.external_source, e.external_id,"
        " p.name AS project, c.name AS client, t.name AS task FROM time_entry e"
        " LEFT JOIN project p ON p.id = e.project_id LEFT JOIN client c ON c.id = p.client_id"
        " LEFT JOIN task t ON t.id = e.task_id WHERE e.deleted_at IS NULL ORDER BY e.id"
    )
    return [
        dict(row)
        for row in workspace.read(lambda work: work.session.execute(query).mappings().all())
    ]


def change_count(workspace: Workspace) -> int:
    query = select(func.count()).select_from(ChangeRecord)
    return workspace.read(lambda work: work.session.scalar(query)) or 0


def test_a_foreign_file(workspace: Workspace, tmp_path: Path) -> None:
    result = exchange.import_entries(workspace, written(tmp_path, GOOD))
    assert (result.rows, result.added, result.rejected) == (3, 3, 0)
    assert (result.new_clients, result.new_projects, result.new_tasks) == (1, 1, 1)
    day = date(2026, 11, 23)
    late, plan = workspace.read(entry_rows.entries, from_on=day, to_on=day)
    assert (plan.seconds, plan.client_name, plan.task_name) == (5400, "Acme GmbH", "Design")
    assert (late.seconds, late.description, late.billable) == (4500, "Späte Änderung", False)
    [inbox] = workspace.read(
        entry_rows.entries, from_on=date(2026, 11, 24), to_on=date(2026, 11, 24)
    )
    assert (inbox.seconds, inbox.project_name, inbox.source) == (7230, None, "import")


def test_the_same_file_twice_adds_nothing(workspace: Workspace, tmp_path: Path) -> None:
    twin = GOOD + "2026-11-24,9am,11:00:30,,,,Inbox,\r\n"
    path = written(tmp_path, twin)
    assert exchange.import_entries(workspace, path).added == 4
    before = change_count(workspace)
    again = exchange.import_entries(workspace, path)
    assert (again.added, again.already_there) == (0, 4)
    assert change_count(workspace) == before


@pytest.mark.parametrize(
    ("row", "field", "said"),
    [
        ("2026-02-30,09:00,10:00,,,,x,", "date", "not a date"),
        ("2026-11-23,25:00,10:00,,,,x,", "start", "not a time"),
        ("2026-11-23,24:00:00,10:00,,,,x,", "start", "not a time"),
        ("2026-11-23,09:00,,,,,x,", "end", "missing"),
        (",09:00,10:00,,,,x,", "date", "missing"),
        ("2026-03-29,02:30,03:30,,,,x,", "start", "does not exist"),
        ("2026-10-25,02:30,03:30,,,,x,", "start", "occurs twice"),
        ("03/04/2026,09:00,10:00,,,,x,", "date", "two dates"),
        ("2026-11-23,09:00,10:00,,,,bell \x07,", "description", "U+0007"),
        ("2026-11-23,09:00,10:00,,,,x,perhaps", "billable", "neither yes nor no"),
        ("2026-11-23,09:00,10:00,,,Design,x,", "project", "needs its project"),
        ('2026-11-23,09:00,10:00,,,,"x', "row", "quotes"),
        ("0001-01-01,09:00,10:00,,,,x,", "start", "cannot be kept"),
    ],
)
def test_one_bad_row_keeps_everything_out(
    workspace: Workspace, tmp_path: Path, row: str, field: str, said: str
) -> None:
    before = change_count(workspace)
    with pytest.raises(exchange.ImportProblem) as refused:
        exchange.import_entries(workspace, written(tmp_path, GOOD + row + "\r\n"))
    [problem] = refused.value.problems
    assert (problem.line, problem.field or "row") == (5, field)
    assert said in problem.reason
    assert said in refused.value.title
    assert change_count(workspace) == before


def test_the_good_rows_are_kept_and_the_others_come_back_byte_for_byte(
    workspace: Workspace, tmp_path: Path
) -> None:
    bad = '2026-11-23,9 Uhr 99,10:00,,,,"zwei\nZeilen, ü",\n'
    content = (GOOD + bad).encode("cp1252") + b"2026-11-23,08:00,09:00,,,,last,"
    path = written(tmp_path, content)
    result = exchange.import_entries(workspace, path, keep_good=True)
    assert (result.added, result.rejected) == (4, 1)
    assert result.rejects == tmp_path / "time.rejects.csv"
    assert result.rejects.read_bytes() == HEADER.encode() + bad.encode("cp1252")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters(
    workspace: Workspace, tmp_path: Path, encoding: str, delimiter: str
) -> None:
    content = "Datum,Von,Bis,Kunde,Projekt,Beschreibung\n24.11.2026,9:00,10:00,Müller,Öl,Größe\n"
    path = written(tmp_path, content.replace(",", delimiter).encode(encoding))
    exchange.import_entries(workspace, path)
    [row] = rows(workspace)
    assert (row["client"], row["project"], row["description"]) == ("Müller", "Öl", "Größe")


def test_lengths_without_a_start_follow_one_another(workspace: Workspace, tmp_path: Path) -> None:
    content = 'Date,Hours,Notes\n2026-11-23,1.5,a\n2026-11-23,"0,25",b\n2026-11-24,2:00,c\n'
    exchange.import_entries(workspace, written(tmp_path, content))
    found = workspace.read(entry_rows.entries, from_on=date(2026, 11, 23), to_on=date(2026, 11, 24))
    walls = [(row.description, f"{row.started_at:%d %H:%M}", row.seconds) for row in found]
    assert walls == [("c", "24 08:00", 7200), ("b", "23 09:30", 900), ("a", "23 08:00", 5400)]


@pytest.mark.parametrize(("first", "day"), [(True, date(2026, 4, 3)), (False, date(2026, 3, 4))])
def test_the_order_of_a_date_is_said_or_told_by_its_neighbours(
    workspace: Workspace, tmp_path: Path, first: bool, day: date
) -> None:
    content = "Date,Hours\n03/04/2026,1\n"
    telling = content + ("25/04/2026,1\n" if first else "04/25/2026,1\n")
    exchange.import_entries(workspace, written(tmp_path, content), day_first=first)
    assert exchange.import_entries(workspace, written(tmp_path, telling)).added == 1
    assert date.fromisoformat(rows(workspace)[0]["local_on"]) == day


def fill(workspace: Workspace) -> None:
    """Have every kind of text and time that an export must bring back."""
    set_rate(workspace, "95.5")
    client_id = make_client(workspace, "=Acme & Söhne, “Co”; Ltd")
    project_id = make_project(workspace, "Shop/Web", client_id=client_id)
    task_id = make_task(workspace, "'-Design", project_id=project_id)
    for number, words in enumerate(
        (
            "=1+1",
            "'=1+1",
            "@cmd|' /C calc'!A0",
            '-5 °C\n\tzweite Zeile, “x”;"y"',
            "  blanks  ",
            "long " + "ü" * 9_000,
            "",
        )
    ):
        log(
            workspace,
            f"2026-11-{10 + number} 07:30",
            hours=1.25,
            description=words,
            project_id=project_id,
            task_id=task_id if number % 2 else None,
            break_seconds=number * 60,
            rate=Decimal("120.125") if number == 3 else None,
        )
    log(workspace, "2026-10-25 00:30", hours=2, zone="Europe/Berlin", description="fold")
    log(
        workspace,
        "2026-11-19 22:30",
        hours=3,
        zone="Asia/Tokyo",
        external_source="ics",
        external_id="=7",
    )
    workspace.execute(tracking.start, description="running")


def test_out_and_in_again_is_the_same(
    workspace: Workspace, haldane_template: Path, tmp_path: Path
) -> None:
    fill(workspace)
    path = tmp_path / "out.csv"
    assert exchange.export_entries(workspace, path) == 9
    assert exchange.import_entries(workspace, path).added == 0
    other = open_workspace(
        copy_profile(haldane_template, tmp_path / "other"), clock=MovableClock(AFTERNOON)
    )
    try:
        assert exchange.import_entries(other, path).added == 9
        workspace.execute(tracking.delete, [workspace.read(tracking.running).id])  # type: ignore[union-attr]  # it runs
        assert rows(other) == rows(workspace)
        second = tmp_path / "second.csv"
        exchange.export_entries(other, second)
        plain = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
        again = list(csv.reader(io.StringIO(second.read_text("utf-8-sig"))))
        assert [line[:13] for line in again] == [line[:13] for line in plain]
    finally:
        other.close()


def test_no_cell_of_an_export_is_a_formula(workspace: Workspace, tmp_path: Path) -> None:
    fill(workspace)
    out = io.StringIO()
    exchange.export_entries(workspace, out)
    for line in csv.reader(io.StringIO(out.getvalue())):
        assert not [cell for cell in line if cell[:1] in tuple("=+-@\t\r\n")]


def test_an_export_says_what_time_is_worth(workspace: Workspace) -> None:
    set_rate(workspace, "100")
    log(workspace, "2026-11-24 09:00", hours=1.5, project_id=make_project(workspace))
    out = io.StringIO()
    exchange.export_entries(workspace, out, from_on=date(2026, 11, 24), to_on=date(2026, 11, 24))
    [row] = list(csv.DictReader(io.StringIO(out.getvalue())))
    shown = (row["start"], row["duration"], row["value"], row["currency"])
    assert shown == ("2026-11-24T10:00:00+01:00", "1:30:00", "150.00", "EUR")


def test_a_closed_period_takes_no_row(workspace: Workspace, tmp_path: Path) -> None:
    lock = settings.WorkspaceEdit(locked_until=date(2026, 11, 23))
    workspace.execute(settings.edit_workspace, lock)
    with pytest.raises(exchange.ImportProblem, match="is locked") as refused:
        exchange.import_entries(workspace, written(tmp_path, GOOD))
    assert [problem.line for problem in refused.value.problems] == [2, 3]


def test_a_preview_writes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    before = change_count(workspace)
    path = written(tmp_path, GOOD + "2026-11-23,xx,10:00,,,,x,\r\n")
    found = exchange.preview_import(workspace, path)
    assert (found.rows, found.new, found.rejected, found.seconds) == (4, 3, 1, 17_130)
    assert (found.first_on, found.last_on) == (date(2026, 11, 23), date(2026, 11, 24))
    assert change_count(workspace) == before


@pytest.mark.parametrize("at_step", [0, 1])
def test_an_import_can_be_stopped_and_leaves_nothing(
    workspace: Workspace, tmp_path: Path, at_step: int
) -> None:
    asked = iter(range(100))
    path = written(tmp_path, GOOD)
    before = change_count(workspace)
    with pytest.raises(exchange.Stopped):
        exchange.import_entries(workspace, path, cancelled=lambda: next(asked) == at_step)
    assert change_count(workspace) == before


def test_an_export_that_is_stopped_leaves_no_file(workspace: Workspace, tmp_path: Path) -> None:
    log(workspace)
    with pytest.raises(exchange.Stopped):
        exchange.export_entries(workspace, tmp_path / "out.csv", cancelled=lambda: True)
    assert not list(tmp_path.glob("out*"))


def test_progress_is_told(workspace: Workspace, tmp_path: Path) -> None:
    log(workspace)
    told: list[tuple[int, int]] = []
    exchange.export_entries(
        workspace, tmp_path / "out.csv", progress=lambda done, total: told.append((done, total))
    )
    assert told == [(1, 1)]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\n\n", "empty"),
        (b"PK\x03\x04rest", "XLSX"),
        (b"%PDF-1.7", "PDF"),
        (b"a,b,c\n1,2,3\n", "names no columns of time"),
        (b"date,date,hours\n", "Two columns"),
        (b'"date,hours\n', "quotes"),
        ((",".join(["date"] * 1_200)).encode(), "too many columns"),
        (b"\xff\xfed\x00\x00\xd8", "encoding"),
    ],
)
def test_files_that_are_no_list_of_time(
    workspace: Workspace, tmp_path: Path, content: bytes, said: str
) -> None:
    with pytest.raises(InvalidInput, match=said) as refused:
        exchange.import_entries(workspace, written(tmp_path, content))
    assert refused.value.exit_code == 2


def test_what_is_no_file(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault):
        exchange.import_entries(workspace, tmp_path / "nowhere.csv")
    for path in (tmp_path, Path("/dev/zero")):
        with pytest.raises(InvalidInput, match="not a file"):
            exchange.import_entries(workspace, path)


def test_every_imported_row_has_its_change_record(workspace: Workspace, tmp_path: Path) -> None:
    result = exchange.import_entries(workspace, written(tmp_path, GOOD))
    recorded = select(func.count()).where(
        ChangeRecord.transaction_id == result.transaction, ChangeRecord.table_name == "time_entry"
    )
    assert workspace.read(lambda work: work.session.scalar(recorded)) == 3
    stored = select(func.count()).select_from(TimeEntry)
    assert workspace.read(lambda work: work.session.scalar(stored)) == 3


def test_a_large_import_is_preceded_by_a_backup(workspace: Workspace, tmp_path: Path) -> None:
    lines = [f"2026-11-{day:02},09:00,10:00,,,,Work,yes" for day in range(1, 21)]
    few = "\r\n".join([HEADER.strip(), *lines])
    many = "\r\n".join(
        [
            HEADER.strip(),
            *(line.replace("09:00", f"0{hour}:30") for line in lines for hour in range(5)),
        ]
    )
    exchange.import_entries(workspace, written(tmp_path, few, "few.csv"))
    assert backups.backups(workspace.profile) == ()
    exchange.import_entries(workspace, written(tmp_path, many, "many.csv"))
    (row,) = backups.backups(workspace.profile)
    assert (row.reason, row.counts["time_entry"]) == ("import", 20)
    assert row.verified_at is not None


def test_rejects_that_are_there_keep_their_name_and_the_folder_its_mode(
    workspace: Workspace, tmp_path: Path
) -> None:
    tmp_path.chmod(0o755)
    mended = tmp_path / "time.rejects.csv"
    mended.write_bytes(b"mended by hand")
    path = written(tmp_path, GOOD + "2026-11-25,10:00,never,,,,x,\r\n")
    result = exchange.import_entries(workspace, path, keep_good=True)
    assert (result.rejects, mended.read_bytes()) == (
        tmp_path / "time.rejects-2.csv",
        b"mended by hand",
    )
    assert tmp_path.stat().st_mode & 0o777 == 0o755


def test_an_export_follows_no_link(workspace: Workspace, tmp_path: Path) -> None:
    exchange.import_entries(workspace, written(tmp_path, GOOD))
    notes, out = tmp_path / "notes.txt", tmp_path / "out.csv"
    notes.write_bytes(b"mine")
    out.symlink_to(notes)
    exchange.export_entries(workspace, out)
    assert (notes.read_bytes(), out.is_symlink()) == (b"mine", False)


def test_the_columns_that_nothing_is_read_from_are_named(
    workspace: Workspace, tmp_path: Path
) -> None:
    content = "Datum;Stunden;Satz;Kostenstelle;Value\r\n2026-11-23;1;95,50;4711;95.5\r\n"
    path = written(tmp_path, content)
    assert exchange.preview_import(workspace, path).unread == ("Kostenstelle",)
    assert exchange.import_entries(workspace, path).unread == ("Kostenstelle",)
    rate = select(TimeEntry.rate)
    assert workspace.read(lambda work: work.session.scalar(rate)) == Decimal("95.5")


def test_a_problem_names_the_column_as_the_file_does(workspace: Workspace, tmp_path: Path) -> None:
    path = written(tmp_path, "Datum;Stunden\r\nnever;1\r\n")
    with pytest.raises(exchange.ImportProblem, match="line 2, Datum: ") as refused:
        exchange.import_entries(workspace, path)
    assert (refused.value.problems[0].field, refused.value.problems[0].column) == ("date", "Datum")

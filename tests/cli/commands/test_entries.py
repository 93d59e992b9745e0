"""Tests of billops_desktop.cli.commands.entries: log, list, edit, delete, undo."""

from __future__ import annotations

import pytest

from billops_desktop.cli.commands.entries import KEYS
from tests.cli.conftest import Billops, bad, refuse_all

LOG = ("log", "Workshop", "--project", "Website", "--on", "yesterday")


def test_past_work_between_two_times(billops: Billops) -> None:
    content = billops.json(*LOG, "--from", "9:00", "--to", "11:00")
    entry = content["entry"]
    assert tuple(entry) == KEYS
    assert (entry["started_at"], entry["ended_at"]) == (
        "2026-11-24T08:00:00Z",
        "2026-11-24T10:00:00Z",
    )
    assert entry["value"] == {"amount": "190.00", "currency": "EUR", "minor": 19000}
    assert content["warnings"] == []
    assert len(content["transaction"]) == 32


@pytest.mark.parametrize(
    ("words", "started_at", "seconds"),
    [
        (
            ("--on", "yesterday", "--from", "9:00", "--duration", "1h30"),
            "2026-11-24T08:00:00Z",
            5400,
        ),
        (("--on", "yesterday", "--to", "11:00", "--duration", "90m"), "2026-11-24T08:30:00Z", 5400),
        (("--duration", "0:20"), "2026-11-25T12:40:00Z", 1200),
        (("--on", "24.11.2026", "--from", "23:15", "--to", "00:30"), "2026-11-24T22:15:00Z", 4500),
        (("--from", "2026-11-23T09:00+02:00", "--duration", "1h"), "2026-11-23T07:00:00Z", 3600),
        (("--from", "yesterday 9:15", "--to", "yesterday 9:30 am"), "2026-11-24T08:15:00Z", 900),
        (
            ("--on", "2026-11-24", "--from", "9", "--to", "10", "--break", "10m"),
            "2026-11-24T08:00:00Z",
            3000,
        ),
    ],
)
def test_every_way_to_say_when(
    billops: Billops, words: tuple[str, ...], started_at: str, seconds: int
) -> None:
    entry = billops.json("log", "x", "--project", "Website", *words)["entry"]
    assert (entry["started_at"], entry["seconds"]) == (started_at, seconds)


def test_an_overlap_is_shown_and_kept(billops: Billops) -> None:
    billops.done(*LOG, "--from", "9:00", "--to", "11:00")
    shown = billops.done(*LOG, "--from", "10:30", "--to", "12:00")
    assert shown == (
        "Logged Workshop (Acme GmbH/Website), 1:30 on 24 Nov 2026.\n"
        "It overlaps “Workshop” (09:00–11:00) by 30 min.\n"
    )


def test_the_list_of_a_period_with_its_sum(billops: Billops) -> None:
    assert "No entries in this time." in billops.done("entries", "list")
    billops.done(*LOG, "--from", "9:00", "--to", "11:00")
    billops.done("log", "Old", "--on", "1.10.2026", "--from", "9:00", "--to", "10:00")
    listed = billops.done("entries", "list").split("\n")
    assert " ".join(listed[0].split()) == "Id Day From To Time Value Project Description"
    assert " ".join(listed[1].split()[1:]) == (
        "24 Nov 2026 09:00 11:00 2:00 €190.00 Acme GmbH/Website Workshop"
    )
    assert listed[3] == "1 entry, 2:00, €190.00"
    content = billops.json("entries", "list", "--month", "2026-10")
    assert (content["from"], content["to"]) == ("2026-10-01", "2026-10-31")
    assert [entry["description"] for entry in content["entries"]] == ["Old"]
    assert content["values"] == []


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (("--from", "1.11.2026"), 2),
        (("--to", "24.11.2026"), 1),
        (("--on", "today"), 1),
        (("--week", "today"), 2),
        (("--client", "Acme"), 1),
        (("--project", "Audit"), 1),
        (("--text", "work"), 1),
    ],
)
def test_the_list_takes_only_what_is_asked_for(
    billops: Billops, words: tuple[str, ...], count: int
) -> None:
    billops.done(*LOG, "--from", "9:00", "--to", "11:00")
    billops.done("log", "Check", "--project", "Audit", "--from", "9:00", "--to", "10:00")
    assert len(billops.json("entries", "list", *words)["entries"]) == count


def test_past_work_lands_in_the_past_and_says_how_its_day_was_read(billops: Billops) -> None:
    answer = billops("log", "x", "--on", "03/04", "--from", "9:00", "--to", "10:00")
    assert answer.out.startswith("Logged x, 1:00 on 3 Apr 2026.")
    assert answer.err == (
        "“03/04” could be 3 Apr 2026 or 4 Mar 2026. Using 3 Apr 2026;"
        " type 2026-03-04 for the other.\n"
    )
    content = billops.json("log", "x", "--on", "3/4", "--from", "12:00", "--duration", "1h")
    assert content["entry"]["local_on"] == "2026-04-03"
    assert len(content["remarks"]) == 1
    plain = billops.json("log", "x", "--on", "13/02", "--from", "9:00", "--duration", "1h")
    assert plain["entry"]["local_on"] == "2026-02-13"
    assert "remarks" not in plain


def test_what_runs_is_listed_as_running(billops: Billops) -> None:
    billops.done("start", "Now", "--project", "Website")
    billops.clock.move(minutes=10)
    assert "runs" in billops.done("entries", "list", "--on", "today")
    assert billops.json("entries", "list")["seconds"] == 600


def test_edit_changes_what_is_named_and_keeps_the_rest(billops: Billops) -> None:
    entry = billops.json(*LOG, "--from", "9:00", "--to", "11:00")["entry"]
    ending = entry["id"][-8:]
    edited = billops.json("entries", "edit", ending, "--to", "11:30", "--description", "Talk")[
        "entry"
    ]
    assert (edited["description"], edited["seconds"]) == ("Talk", 9000)
    assert edited["started_at"] == entry["started_at"]
    words = ("entries", "edit", ending, "--rate", "100", "--task", "Design", "--break", "30m")
    priced = billops.json(*words)["entry"]
    assert priced["value"]["amount"] == "200.00"
    assert priced["task_name"] == "Design"
    moved = billops.json("entries", "edit", ending, "--project", "", "--no-billable")["entry"]
    assert (moved["project_name"], moved["task_name"], moved["billable"]) == (None, None, False)


def test_delete_and_undo(billops: Billops) -> None:
    entry = billops.json(*LOG, "--from", "9:00", "--to", "11:00")["entry"]
    before = billops.dump()
    deleted = billops.json("entries", "delete", entry["id"][-8:])
    assert deleted["deleted"] == 1
    assert billops.json("entries", "list")["entries"] == []
    assert billops.done("entries", "undo").startswith("Undone: ")
    assert billops.dump() == before
    again = billops.json("entries", "delete", entry["id"])
    billops.json("entries", "undo", again["transaction"])
    assert billops.dump() == before


def test_hostile_text_is_shown_and_not_obeyed(billops: Billops) -> None:
    billops.done(*LOG[:1], "gnp.\u202eexe 客户", *LOG[2:], "--from", "9:00", "--to", "9:30")
    assert "gnp.\\u202eexe 客户" in billops.done("entries", "list")
    assert "\u202e" not in billops.done("entries", "list", "--json")


def test_bad_input_is_named_and_changes_nothing(billops: Billops) -> None:
    entry = billops.json(*LOG, "--from", "9:00", "--to", "11:00")["entry"]["id"]
    edit = f"entries edit {entry}"
    cases = [
        bad("log x", "from", "Nothing was logged."),
        bad("log x --from 9:00", "from", "Nothing was logged."),
        bad("log x --on yesterday --duration 1h", "from", "Nothing was logged."),
        bad("log x --from 9:00 --to 10:00 --duration 1h", "from", "Nothing was logged."),
        bad("log x --from 9:00 --to 9h", "to", "“9h” is not a time of day."),
        bad("log x --duration -5", "duration", "“-5” does not fit: a length of time must be"),
        bad("log x --duration -1h", "duration", "“-1h” does not fit: a length of time must be"),
        bad("log x --duration 0", "duration", "“0” does not fit"),
        bad("log x --from 10:00 --to 9:00", "to", "Ends at 09:00, before it starts (10:00)."),
        bad("log x --from 10:00 --to 10:00", "to", "It ends when it starts (10:00)."),
        bad("log x --from 9:00 --to 'yesterday 10:00'", "to", "Ends on 24 Nov 2026 at 10:00"),
        bad("log x --duration 1h --break 1h", "break_seconds", "The break does not"),
        bad("log x --duration", "duration", "Nothing was done. --duration needs a value."),
        bad("log x --duration soon", "duration", "“soon” is not"),
        bad("log x --on 32.13.2026 --duration 1h --from 9", "on", "“32.13.2026”"),
        bad("log x --on 30.2.2026 --from 9 --to 10", "on"),
        bad("log x --on 29.3.2026 --from 2:30 --to 4:00", "from", "02:30 on"),
        bad("log x --on 25.10.2026 --from 2:30 --to 4:00", "from", "02:30 on"),
        bad("log x --duration 1h --break 2h", "break_seconds", "The break does not"),
        bad("log x --duration 1h --project No", "project", "There is no project No."),
        bad("log x --from 1800-01-01T09:00+01:00 --duration 1h", "from"),
        bad("entries list --from today --to yesterday", "to", "Nothing was done."),
        bad("entries list --from today --on today", "from", "Nothing was done."),
        bad("entries list --on today --week today", "week", "Nothing was done."),
        bad("entries list --month 2026-13", "month"),
        bad("entries list --client Nobody", "client", "There is no client Nobody."),
        bad(edit, None, "Nothing was changed: no field was named."),
        bad(f"{edit} --to 8:00", "ended_at", "It ends before it starts."),
        bad(f"{edit} --rate many", "rate", "“many” is not a number."),
        bad(f"{edit} --rate -1", "rate"),
        bad(f"{edit} --description '\ud800'", "description", "Nothing was done"),
        bad("entries edit 12 --to 8:00", "entry", "12 is not the id of an entry."),
        bad(f"entries delete {entry} 00000000", "entry", "There is no entry 00000000."),
        bad("entries delete", "entry", "Nothing was done. Still missing: entry."),
        bad(f"entries undo {'0' * 32}", None),
        bad("entries lst", "command", "Nothing was done. lst does not fit COMMAND."),
    ]
    refuse_all(billops, cases)


def test_a_time_that_exists_twice_says_how_to_name_each(billops: Billops) -> None:
    answer = billops("log", "x", "--on", "25.10.2026", "--from", "2:30", "--to", "4:00")
    assert "02:30+02:00 or 02:30+01:00" in answer.err
    beside = ("--on", "25.10.2026", "--from", "2:30+02:00", "--to", "2:30+01:00")
    assert billops.json("log", "x", *beside)["entry"]["seconds"] == 3600
    words = ("log", "x", "--from", "2026-10-25T02:30+01:00", "--to", "2026-10-25T04:00+01:00")
    assert billops.json(*words)["entry"]["seconds"] == 5400


def test_each_undo_goes_one_step_further_back_and_redo_comes_forth(billops: Billops) -> None:
    entry = billops.json("log", "one", "--project", "Website", "--duration", "1:00")["entry"]["id"]
    for words in ("two", "three"):
        billops.done("entries", "edit", entry, "--description", words)

    def said() -> str:
        return str(billops.json("entries", "list")["entries"][0]["description"])

    billops.done("entries", "undo")
    assert said() == "two"
    billops.done("entries", "undo")
    assert said() == "one"
    assert billops.json("entries", "redo")["redone"]
    assert said() == "two"
    billops.done("entries", "redo")
    assert said() == "three"
    assert billops("entries", "redo").err.startswith("There is nothing to do again.")

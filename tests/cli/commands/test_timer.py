"""Tests of billops_desktop.cli.commands.timer: start, stop, switch and resume."""

from __future__ import annotations

import pytest

from billops_desktop.cli.commands.timer import KEYS
from tests.cli.conftest import Bad, Billops, bad, refuse_all


def test_the_first_start_needs_no_set_up(fresh: Billops) -> None:
    assert fresh.done("start", "Reading") == "Started Reading at 14:00.\n"
    assert fresh.profile.stat().st_mode & 0o777 == 0o700
    assert (fresh.profile / "billops.db").stat().st_mode & 0o777 == 0o600


def test_start_on_a_project_and_task(billops: Billops) -> None:
    words = ("start", "Review", "--project", "acme gmbh/WEBSITE", "--task", "design")
    content = billops.json(*words)
    assert tuple(content["started"]) == KEYS
    assert content["stopped"] is None
    started = content["started"]
    assert started["client_name"] == "Acme GmbH"
    assert started["project_name"] == "Website"
    assert started["task_name"] == "Design"
    assert started["started_at"] == "2026-11-25T13:00:00Z"
    assert started["zone"] == "Europe/Berlin"
    assert started["billable"] is True
    assert (started["ended_at"], started["seconds"]) == (None, None)


@pytest.mark.parametrize("name", ["Website", "Acme/Website", "K-1/Website"])
def test_a_project_is_found_by_what_it_is_called(billops: Billops, name: str) -> None:
    assert billops.json("start", "--project", name)["started"]["project_name"] == "Website"


def test_switch_ends_the_old_entry_in_the_same_second(billops: Billops) -> None:
    billops.done("start", "One", "--project", "Website")
    billops.clock.move(minutes=65)
    content = billops.json("switch", "Two", "--no-billable")
    assert content["stopped"]["description"] == "One"
    assert content["stopped"]["seconds"] == 3900
    assert content["stopped"]["ended_at"] == content["started"]["started_at"]
    assert content["started"]["billable"] is False


def test_stop_says_how_long_it_was(billops: Billops) -> None:
    billops.done("start", "Call", "--project", "Website")
    billops.clock.move(minutes=30)
    assert billops.done("stop") == "Stopped Call (Acme GmbH/Website) after 0:30.\n"
    answer = billops("stop")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == "No timer is running.\nStart one to track time.\n"


def test_a_clock_that_was_set_back_is_no_dead_end(billops: Billops) -> None:
    billops.done("start", "Ahead", "--project", "Website")
    billops.clock.move(hours=-2)
    assert billops.done("stop") == (
        "Stopped Ahead (Acme GmbH/Website) after 0:00.\n"
        "The clock was set back since its start. Its times are to be checked.\n"
    )
    assert billops("stop").code == 2


def test_start_and_stop_at_a_past_time(billops: Billops) -> None:
    started = billops.json("start", "Early", "--at", "9:15")["started"]
    assert started["started_at"] == "2026-11-25T08:15:00Z"
    assert billops.json("stop", "--at", "10:00")["stopped"]["seconds"] == 2700


def test_resume_takes_up_the_last_work_or_the_one_named(billops: Billops) -> None:
    first = billops.json("start", "One", "--project", "Website", "--task", "Design")["started"]
    billops.clock.move(minutes=5)
    billops.done("switch", "Two")
    billops.clock.move(minutes=5)
    billops.done("stop")
    assert billops.json("resume")["started"]["description"] == "Two"
    resumed = billops.json("resume", first["id"][-8:])
    assert resumed["stopped"]["description"] == "Two"
    assert resumed["started"]["task_name"] == "Design"
    assert resumed["started"]["id"] != first["id"]


def test_resume_of_what_runs_changes_nothing(billops: Billops) -> None:
    started = billops.json("start", "One")["started"]
    before = billops.dump()
    assert billops.json("resume", started["id"]) == {"started": started, "stopped": None}
    assert billops.dump() == before


def test_bad_input_is_named_and_changes_nothing(billops: Billops) -> None:
    billops.done("start", "Running", "--project", "Website")
    cases = [
        bad("start x --at 23:59", "at", "That time has not come yet."),
        bad("start x --at 25:00", "at", "“25:00” is not a time of day."),
        bad("start x --project Nowhere", "project", "There is no project Nowhere."),
        bad("start x --project Acme/Nowhere", "project", "There is no project"),
        bad("start x --project Website --task Nap", "task", "There is no task Nap."),
        Bad(("start", "a\x00b"), "description", "The text holds a character"),
        bad("start x --billable --no-billable", "no_billable", "Nothing was done."),
        bad("start one two", None, "Nothing was done. This was not understood: two"),
        bad("stop --at 8:00", "at", "The timer was not stopped: 08:00 lies before its start"),
        bad("stop --at", "at", "Nothing was done. --at needs a value."),
        bad("start x --project ''", "project"),
        bad("start x --at ''", "at"),
        bad("stop now", None, "Nothing was done."),
        bad("resume zzzz", "entry", "zzzz is not the id of an entry."),
        bad("resume 0000abcd", "entry", "There is no entry 0000abcd."),
    ]
    refuse_all(billops, cases)

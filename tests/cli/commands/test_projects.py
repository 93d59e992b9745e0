"""Tests of billops_desktop.cli.commands.projects: list, add, archive, activate and tasks."""

from __future__ import annotations

from billops_desktop.cli.commands.projects import KEYS, TASK_KEYS
from tests.cli.conftest import Billops, bad, refuse_all


def test_the_list_of_a_client(billops: Billops) -> None:
    rows = billops.json("projects", "list", "--client", "Acme")["projects"]
    assert [row["name"] for row in rows] == ["Website"]
    assert tuple(rows[0]) == KEYS
    assert billops.done("projects", "list").split("\n")[1].startswith("Acme GmbH")
    assert "No projects here." in billops.done("projects", "list", "--archived")


def test_add_with_rate_and_budget_in_one_transaction(billops: Billops) -> None:
    words = ("Acme/Shop", "--rate", "110.50", "--budget", "40h", "--code", "SH")
    project = billops.json("projects", "add", *words)["project"]
    assert project["client_name"] == "Acme GmbH"
    assert project["budget_seconds"] == 144_000
    assert "110" in project["rate_label"]
    internal = billops.json("projects", "add", "Reading", "--no-billable")["project"]
    assert (internal["client_id"], internal["billable"]) == (None, False)


def test_a_rate_that_is_none_adds_no_project(billops: Billops) -> None:
    before = billops.dump()
    assert billops("projects", "add", "Acme/Shop", "--rate", "-5").code == 2
    assert billops.dump() == before


def test_archive_and_activate(billops: Billops) -> None:
    assert billops.done("projects", "archive", "Website") == "Archived Acme GmbH/Website.\n"
    assert billops.json("projects", "list", "--archived")["projects"][0]["status"] == "archived"
    billops.done("projects", "activate", "Acme/Website")
    assert billops.json("projects", "list", "--archived")["projects"] == []


def test_tasks(billops: Billops) -> None:
    task = billops.json("projects", "task", "Website", "Travel", "--no-billable")["task"]
    assert (task["name"], task["billable"]) == ("Travel", False)
    assert tuple(task) == TASK_KEYS
    assert billops.done("projects", "tasks", "Website") == "Design\nTravel\n"
    assert "No tasks here." in billops.done("projects", "tasks", "Audit")


def test_bad_input_is_named_and_changes_nothing(billops: Billops) -> None:
    cases = [
        bad("projects add Nobody/Shop", "client", "There is no client Nobody."),
        bad("projects add ''", "name"),
        bad("projects add Acme/", "name"),
        bad("projects add Acme/Shop --rate cheap", "rate", "“cheap” is not a number."),
        bad("projects add Acme/Shop --budget much", "budget"),
        bad("projects archive Nowhere", "project", "There is no project Nowhere."),
        bad("projects task Website Design", "name", "There is a task Design here already."),
        bad("projects task Nowhere Design", "project"),
        bad("projects list --client Nobody", "client"),
        bad("projects delete Website", "command"),
    ]
    refuse_all(billops, cases)


def test_projects_of_a_client_with_a_slash_and_doubles(billops: Billops) -> None:
    billops.done("clients", "add", "Rot/Weiß")
    billops.done("projects", "add", "Rot/Weiß/Shop")
    added = billops.json("log", "x", "--project", "rot/weiß/shop", "--duration", "1h")
    assert added["entry"]["client_name"] == "Rot/Weiß"
    again = billops("projects", "add", "Rot/Weiß/Shop")
    assert again.err.startswith("There is a project Shop here already.")
    assert billops("projects", "add", "/X").err.startswith("No client stands before the slash.")
    assert "must be above zero" in billops("projects", "add", "Y", "--budget", "-3h").err
    assert "task {id, name" in billops.done("projects", "task", "--help")

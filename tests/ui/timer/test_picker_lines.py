"""Tests for the lines of the picker: which projects and tasks are offered, in which order."""

from __future__ import annotations

from billops_desktop.ui.live.directory import (
    ClientItem,
    NewProject,
    Picked,
    ProjectItem,
    TaskItem,
)
from billops_desktop.ui.timer.picker_lines import (
    ForClient,
    PickerLine,
    all_lines,
    client_lines,
    found_lines,
    offer_lines,
)

DESIGN = TaskItem(id="t1", name="Design")
TRAVEL = TaskItem(id="t2", name="Travel", billable=False, of_all=True)
SITE = ProjectItem(
    id="1", name="Website", colour="blue", client_name="Acme", tasks=(DESIGN, TRAVEL)
)
LEGAL = ProjectItem(id="2", name="Legal design", colour="teal", client_name="", tasks=(TRAVEL,))


def spoken(lines: list[PickerLine]) -> list[str]:
    return [one.spoken() for one in lines]


def test_own_tasks_stand_under_their_project_those_of_all_only_when_asked_for() -> None:
    assert spoken(all_lines([SITE, LEGAL], [], None)) == [
        "No project",
        "Without a client",
        "Legal design",
        "Acme",
        "Website, Acme",
        "Design",
    ]
    assert spoken(found_lines("travel", [SITE, LEGAL], ["2"])) == [
        "Legal design · Travel",
        "Website · Travel, Acme",
    ]


def test_a_name_that_says_it_better_comes_first() -> None:
    assert spoken(found_lines("design", [SITE, LEGAL], [])) == [
        "Legal design",
        "Website · Design, Acme",
    ]


def test_a_choice_says_what_such_work_is() -> None:
    assert Picked(SITE, TRAVEL).name == "Website · Travel"
    assert Picked(SITE, DESIGN).billable
    assert not Picked(SITE, TRAVEL).billable
    assert (Picked().project_id, Picked().name, Picked().billable) == (None, "", False)


def test_a_new_project_is_for_a_client_or_for_nobody() -> None:
    clients = [ClientItem(id="c", name="Globex"), ClientItem(id="a", name="acme")]
    assert [one.choice for one in client_lines("", clients)] == [
        ForClient(None),
        ForClient("a"),
        ForClient("c"),
    ]
    assert [one.choice for one in client_lines("glo", clients)] == [
        ForClient("c"),
        ForClient(None, "glo"),
        ForClient(None),
    ]
    new = [one.choice for one in client_lines("Initech", clients)]
    assert new == [ForClient(None, "Initech"), ForClient(None)]
    assert ForClient(None, "ACME") not in [one.choice for one in client_lines("ACME", clients)]
    assert client_lines("", clients)[0].note == "cannot be invoiced"


def test_client_and_project_are_read_as_the_command_line_writes_them() -> None:
    clients = [ClientItem(id="n", name="Northwind"), ClientItem(id="a", name="A/B Labs")]
    assert spoken(offer_lines("Portal", clients)) == ["Create project “Portal”"]
    found = offer_lines("northwind / Portal", clients)
    assert spoken(found) == [
        "Create project “Portal” for Northwind",
        "Create project “northwind / Portal”",
    ]
    assert found[0].choice == NewProject("Portal", "n", "Northwind")
    assert offer_lines("a/b labs/Site", clients)[0].choice == NewProject("Site", "a", "A/B Labs")
    unknown = offer_lines("Initech/Site", clients)
    assert unknown[0].choice == NewProject("Site", None, "Initech")
    assert unknown[0].spoken() == "Create project “Site” and client Initech"
    assert len(offer_lines("24/", clients)) == 1

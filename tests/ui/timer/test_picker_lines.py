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
    WhichClient,
    all_lines,
    client_lines,
    found_lines,
    offer_lines,
    typed_lines,
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
        "Create project “Portal”, for Northwind",
        "Create project “northwind / Portal”",
    ]
    assert found[0].choice == NewProject("Portal", "n", "Northwind")
    assert offer_lines("a/b labs/Site", clients)[0].choice == NewProject("Site", "a", "A/B Labs")
    unknown = offer_lines("Initech/Site", clients)
    assert unknown[0].choice == NewProject("Site", None, "Initech")
    assert unknown[0].spoken() == "Create project “Site”, for the new client Initech"
    assert len(offer_lines("24/", clients)) == 1


def test_a_word_that_begins_one_clients_name_means_that_client() -> None:
    clients = [ClientItem(id="a", name="Acme GmbH"), ClientItem(id="n", name="North Wind")]
    found = offer_lines("acme/Portal", clients)
    assert spoken(found) == [
        "Create project “Portal”, for Acme GmbH",
        "Create project “Portal”, for the new client acme",
        "Create project “acme/Portal”",
    ]
    assert found[0].choice == NewProject("Portal", "a", "Acme GmbH")
    assert found[1].choice == NewProject("Portal", None, "acme")
    assert offer_lines("wind/Site", clients)[0].choice == NewProject("Site", "n", "North Wind")
    # A piece of a word is no name: another client is meant.
    assert offer_lines("me/Site", clients)[0].choice == NewProject("Site", None, "me")
    assert spoken(typed_lines("Acme/Xyz", [SITE], clients, []))[:2] == [
        "Create project “Xyz”, for Acme GmbH",
        "Create project “Xyz”, for the new client Acme",
    ]


def test_a_word_that_begins_several_names_asks_which_client() -> None:
    clients = [ClientItem(id="a", name="Acme GmbH"), ClientItem(id="b", name="Acme Ltd")]
    found = offer_lines("Acme/Portal", clients)
    assert spoken(found) == [
        "Create project “Portal”, for one of the clients called “Acme”",
        "Create project “Acme/Portal”",
    ]
    assert found[0].choice == WhichClient("Portal", "Acme")
    assert offer_lines("acme ltd/Site", clients)[0].choice == NewProject("Site", "b", "Acme Ltd")

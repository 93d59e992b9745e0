"""Hostile values for each argument of each service: done or refused in words, never half."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from billops_desktop.bootstrap import open_workspace
from billops_desktop.errors import BillOpsError
from billops_desktop.services.upkeep import dumping
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.connection import connect
from tests.faults import service_calls
from tests.faults.service_calls import Call
from tests.support import hostile
from tests.support.clock import MovableClock
from tests.support.profiles import copy_profile

# So many texts at each place in a short run, another selection at each; all of them by `soak`.
FEW = 1
SOAK = (pytest.mark.soak, pytest.mark.timeout(7200))
# Its caller has looked the name up.
OURS = {"upkeep.checking.prove"}
CALLS = {call.name: call for call in service_calls.calls() if call.name not in OURS}
CALLS_AT_LEAST = 90
LONGEST_WORDS = 800
# Which table holds what an argument names.
TABLES = {
    "client_id": "client", "project_id": "project", "task_id": "task", "entry_id": "time_entry",
    "invoice_id": "invoice", "line_id": "invoice_line", "contact_id": "contact",
    "person_id": "person", "payment_id": "payment", "rule_id": "billing_rule",
    "tax_id": "tax_rate", "tax_rate_id": "tax_rate", "policy_id": "rounding_policy",
}  # fmt: skip


class TakenBack(Exception):
    """Ends a transaction that went well, so that the next call finds what this one found."""


@pytest.fixture(scope="module")
def books(haldane_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Open a profile with a row of everything."""
    profile = copy_profile(haldane_template, tmp_path_factory.mktemp("services") / "profile")
    hostile.fill(profile)
    opened = open_workspace(profile, clock=MovableClock())
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def known(books: Workspace) -> dict[str, Any]:
    """Return the ids that arguments of these names take."""
    with closing(connect(books.profile / "billops.db")) as connection:

        def first(table: str) -> Any:
            where = "WHERE state = 'draft'" if table == "invoice" else ""
            return (
                connection.execute(f"SELECT id FROM {table} {where} LIMIT 1").fetchone() or [""]
            )[0]

        found = {name: first(table) for name, table in TABLES.items()}
    return found | {"entry_ids": (found["entry_id"],)}


def take_back(work: Any, function: Any, arguments: dict[str, Any]) -> None:
    """Do it, have it written, and take it back."""
    answer = function(work, **arguments)
    if hasattr(answer, "__next__"):
        list(itertools.islice(answer, 50))
    if hasattr(work.session, "flush"):
        work.session.flush()
    raise TakenBack


def tried(books: Workspace, call: Call, arguments: dict[str, Any]) -> str:
    """Call it; return what breaks the contract, or nothing."""
    before = recorded(books) if call.works_on is Workspace else 0
    try:
        whole = {name: service_calls.made(value) for name, value in arguments.items()}
        if call.works_on is Workspace:
            call.function(books, **whole)
        else:
            books.execute(take_back, call.function, whole)
    except TakenBack:
        return ""
    except BillOpsError as refusal:
        words = f"{refusal.title} {refusal.hint}"
        if call.works_on is Workspace and recorded(books) != before:
            return f"half done: {words[:200]}"
        return "" if refusal.title and len(words) <= LONGEST_WORDS else f"{len(words)} letters"
    except Exception as fault:  # noqa: BLE001 - a fault of any kind is what is looked for
        return repr(fault)[:200]
    return ""


def recorded(books: Workspace) -> int:
    with closing(connect(books.profile / "billops.db")) as connection:
        return int(connection.execute("SELECT count(*) FROM change_record").fetchone()[0])


def dumped(books: Workspace) -> str:
    text = io.StringIO()
    dumping.dump_logical(books, text)
    return text.getvalue()


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let files whose names have no folder be written where they go away."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("part", sorted({name.split(".")[0] for name in CALLS}))
@pytest.mark.parametrize("few", [FEW, pytest.param(10**6, marks=SOAK)])
def test_each_argument_of_each_service_is_taken_or_refused_in_words(
    part: str, few: int, books: Workspace, known: dict[str, Any]
) -> None:
    turn, wrong = itertools.count(len(part)), []
    before = dumped(books)
    for call in (one for name, one in CALLS.items() if name.split(".")[0] == part):
        for place, broken in call.broken(known):
            every = list(broken)
            chosen = every if len(every) < 15 else _some(every, few, next(turn))
            for arguments in chosen:
                fault = tried(books, call, arguments)
                if fault:
                    said = {k: repr(v)[-120:] for k, v in arguments.items()}
                    wrong.append((call.name, place, fault, said))
        if call.works_on is not Workspace and dumped(books) != before:
            wrong.append((call.name, "something is written", "", {}))
    assert wrong == []


def _some(every: list[Any], few: int, turn: int) -> list[Any]:
    """Return so many of a list, others each time."""
    return [every[(turn * few + step) % len(every)] for step in range(min(few, len(every)))]


def test_the_services_are_found() -> None:
    """A new service is tried the day it is written: its signature says what it takes."""
    assert len(CALLS) >= CALLS_AT_LEAST
    assert {"tracking.add", "invoices.payments.record", "drafts.draft_edits.save"} <= CALLS.keys()

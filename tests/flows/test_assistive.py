"""The program by a screen reader alone: names (U-09), presses (U-10), what is spoken (U-11)."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from billops_desktop.bootstrap import open_workspace
from billops_desktop.clock import SystemClock
from billops_desktop.services import tracking
from billops_desktop.services.entries import entry_rows
from billops_desktop.services.entries.entry_reading import EntryRow
from billops_desktop.services.invoices.invoice_rows import invoices
from billops_desktop.services.workspace import Workspace
from tests.support import money
from tests.support.assistive import ENABLED, FOCUSABLE, Gone, Reader
from tests.support.display import Screen, wait_for

pytestmark = pytest.mark.xvfb
PAGES = ("To invoice", "Invoices", "Clients", "Projects", "Settings", "Time")
NAMED = {"push button", "check box", "combo box", "text", "list", "list item", "table", "menu item"}
SECONDS = re.compile(r"\d:\d\d:\d\d")
RUNS, DAY = timedelta(seconds=4), timedelta(days=1)


@pytest.fixture
def records(profile: Path) -> Iterator[Workspace]:
    opened = open_workspace(profile, clock=SystemClock())
    money.make_job(opened)
    yield opened
    opened.close()


@pytest.fixture
def listener(screen: Screen, reader: Reader, records: Workspace, profile: Path) -> Reader:
    screen.start(
        *(sys.executable, "-m", "billops_desktop", "--profile", profile),
        QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1",
    )
    reader.find("Log past time")
    return reader


def unnamed(reader: Reader) -> list[str]:
    faults = []
    for thing in reader.showing():
        role, states = reader.role(thing), reader.states(thing)
        reached = states >> FOCUSABLE & 1 and states >> ENABLED & 1 and "cell" not in role
        if (role in NAMED or reached) and not reader.name(thing).strip():
            faults.append(f"{role} {thing.path}")
    return faults


def settled_and_named(reader: Reader) -> bool:
    """Tell whether nothing is without a name, once the page does not change any more."""
    try:
        faults = unnamed(reader)
    except Gone:
        return False
    assert faults == []
    return True


def test_every_page_is_named_on_the_bus(listener: Reader) -> None:
    for page in PAGES:
        listener.press(page, "check box")
        listener.find(page, "filler")
        wait_for(partial(settled_and_named, listener), f"names of all things on {page}")


def test_start_stop_and_log_do_what_a_click_does(listener: Reader, records: Workspace) -> None:
    listener.listen()
    start_and_stop(listener, records)
    log(listener, records)
    spoken = listener.spoken()
    assert [words.partition(":")[0] for words in spoken[:2]] == ["Timer started", "Stopped"]
    assert len(spoken) == 3, spoken


def test_record_pays_the_invoice_and_says_so_once(listener: Reader, records: Workspace) -> None:
    today = SystemClock().now().date()
    owed = money.issued_item(records, money.make_job(records, "Globex"), "100", supply_to=today)
    listener.press("Invoices", "check box")
    listener.find("Record €119.00")
    listener.listen()
    listener.press("Record €119.00")
    wait_for(lambda: state_of(records, owed.id) == "paid", "a paid invoice")
    wait_for(listener.spoken, "that it was announced")
    assert len(listener.spoken()) == 1, listener.spoken()


def state_of(records: Workspace, invoice_id: str) -> str:
    return next(row.status.value for row in records.read(invoices).rows if row.id == invoice_id)


def start_and_stop(listener: Reader, records: Workspace) -> None:
    listener.press("Start timer  S")
    running: Any = wait_for(lambda: records.read(tracking.running), "a running timer")
    wait_for(listener.spoken, "that it was announced")
    clock = SystemClock()
    wait_for(lambda: clock.now() - running.started_at > RUNS, "the clock to run on")
    # A clock that runs says nothing, and has no new name before a minute is full.
    assert len(listener.spoken()) == 1
    assert [words for words in listener.renamed() if SECONDS.search(words)] == []
    listener.press("Stop timer  S")
    wait_for(lambda: records.read(tracking.running) is None, "a stopped timer")
    wait_for(lambda: len(listener.spoken()) == 2, "that it was announced")


def log(listener: Reader, records: Workspace) -> None:
    listener.press("Log past time")
    # Yesterday: at no hour of the day can this lie ahead.
    day = SystemClock().now().date() - DAY
    typed = {"Description": "By ear", "Date": day.isoformat(), "From": "09:00", "To": "10:00"}
    for label, words in typed.items():
        listener.write(label, words)
    listener.press("Log")

    def found() -> tuple[EntryRow, ...]:
        return records.read(entry_rows.entries, from_on=day, to_on=day)

    wait_for(lambda: "By ear" in [row.description for row in found()], "the logged entry")
    wait_for(lambda: len(listener.spoken()) == 3, "that it was announced")

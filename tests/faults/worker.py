"""A program to be killed: adds entries, starts and stops timers, tells what was acknowledged.

It is loaded once and forks before it opens anything, so that fifty kills take seconds.
"""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import configure_mappers

from billops_desktop.clock import SystemClock
from billops_desktop.storage import connection, database
from billops_desktop.storage.database import Database
from billops_desktop.storage.models import Person, TimeEntry
from billops_desktop.storage.unit_of_work import UnitOfWork
from billops_desktop.storage.upgrade import open_database


def acknowledge(word: str, entry: TimeEntry) -> None:
    say("ACK", word, entry.id, entry.description)


def say(*words: str) -> None:
    """Write one line at once: a pipe takes it whole or not at all."""
    os.write(1, f"{' '.join(words)}\n".encode())


def unit(opened: Database) -> UnitOfWork:
    return UnitOfWork(opened.writing_session(), SystemClock(), "p1", "d1")


def add(opened: Database, person: str, mark: str) -> None:
    with unit(opened) as work:
        entry = new_entry(work, person, mark)
        entry.ended_at = entry.started_at + timedelta(seconds=60)
        # Two statements: half of them must never be found, though the kill may come between.
        work.session.flush()
        say("HALF")
        entry.break_seconds = 30
    acknowledge("added", entry)


def start(opened: Database, person: str, mark: str) -> None:
    with unit(opened) as work:
        running = work.session.scalars(
            select(TimeEntry).where(TimeEntry.ended_at.is_(None), TimeEntry.person_id == person)
        ).one_or_none()
        if running is not None:
            running.ended_at = max(work.now(), running.started_at)
            work.session.flush()
            say("HALF")
        entry = new_entry(work, person, mark)
    acknowledge("started", entry)


def stop(opened: Database, person: str) -> None:
    with unit(opened) as work:
        entry = work.session.scalars(
            select(TimeEntry).where(TimeEntry.ended_at.is_(None), TimeEntry.person_id == person)
        ).one()
        entry.ended_at = max(work.now(), entry.started_at)
    acknowledge("stopped", entry)


def new_entry(work: UnitOfWork, person: str, mark: str) -> TimeEntry:
    now = work.now()
    entry = TimeEntry(
        person_id=person, started_at=now, zone="UTC", local_on=now.date(), description=mark
    )
    work.session.add(entry)
    return entry


def begin_nothing(_connection: object) -> None:
    """Stand in for BEGIN IMMEDIATE: each statement commits on its own."""


def work_on(path: Path) -> None:
    """Work until killed."""
    opened = open_database(path)
    with unit(opened) as work:
        person = Person()
        work.session.add(person)
    count = 0
    while True:
        count += 1
        add(opened, person.id, f"a{count}")
        start(opened, person.id, f"s{count}")
        if count % 2:
            stop(opened, person.id)


def main() -> None:
    """Fork a worker for each path on the input; two options take a defence away."""
    if "--without-begin" in sys.argv:
        database._begin = begin_nothing  # type: ignore[assignment]
    if "--without-sync" in sys.argv:
        connection.SAFE = tuple(one.replace("=FULL", "=NORMAL") for one in connection.SAFE)
    configure_mappers()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                work_on(Path(line.strip()))
            finally:
                os._exit(1)
        say("PID", str(child))
        os.waitpid(child, 0)
        say("DEAD")


if __name__ == "__main__":
    main()

"""Builds a Workspace over a profile: folder, upgrade, person, device; the only wiring.

What is heavy is imported where it is used: the first paint and ``billops status`` need ``glance``
alone, which waits for no SQLAlchemy.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from billops_desktop.clock import Clock, SystemClock
from billops_desktop.errors import EnvironmentFault, NotFound
from billops_desktop.i18n import _
from billops_desktop.paths import (
    DEVICE_NAME,
    FILE_MODE,
    PRIVATE_UMASK,
    database_file,
    make_private_folder,
)
from billops_desktop.storage.glance import Glance, GlanceEntry
from billops_desktop.storage.glance import glance as look

if TYPE_CHECKING:
    from billops_desktop.services.workspace import Workspace
    from billops_desktop.storage.database import Database

__all__ = ["Glance", "GlanceEntry", "glance", "open_workspace", "sqlite_version"]


def glance(profile: Path, clock: Clock | None = None) -> Glance | None:
    """Return what a first look shows, by plain SQL; None when the profile must be opened first."""
    return look(database_file(profile), clock or SystemClock())


def sqlite_version() -> tuple[str, bool]:
    """Return the version of the SQLite library in use, and whether it keeps records safe."""
    from billops_desktop.storage.connection import DRIVER, OLDEST_SQLITE

    return DRIVER.sqlite_version, DRIVER.sqlite_version_info >= OLDEST_SQLITE


def open_workspace(
    profile: Path,
    *,
    clock: Clock | None = None,
    create: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> Workspace:
    """Open the profile's records, upgraded with a verified backup before where that is needed.

    ``create`` False refuses a folder that holds no profile. A fresh profile has a person but no
    company yet: ``onboarding.is_set_up`` tells.
    """
    from billops_desktop.services.workspace import Workspace
    from billops_desktop.storage.upgrade import open_database

    os.umask(PRIVATE_UMASK)
    chosen = clock or SystemClock()
    file = database_file(profile)
    if not create and not file.exists():
        raise NotFound(
            _("There is no BillOps profile in {folder}.").format(folder=profile),
            _("Nothing was written. Name another folder with --profile."),
            field="profile",
        )
    _make_profile(profile)
    database = open_database(file, progress=progress)
    try:
        device_id = _device(profile)
        person_id = _person(database, chosen, device_id)
        return Workspace(
            database, clock=chosen, profile=profile, person_id=person_id, device_id=device_id
        )
    except BaseException:
        database.close()
        raise


def _make_profile(profile: Path) -> None:
    try:
        make_private_folder(profile)
    except OSError as fault:
        raise EnvironmentFault(
            _("The folder {folder} cannot be used: {reason}.").format(
                folder=profile, reason=fault.strerror or str(fault)
            ),
            _("Nothing was written. Choose another folder with --profile."),
        ) from fault


def _device(profile: Path) -> str:
    """Return this installation's id.

    A file beside the records: a copy of them restored on another machine is another device.
    """
    file = profile / DEVICE_NAME
    try:
        known = file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        known = ""
    if known:
        return known
    made = os.urandom(8).hex()
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_MODE)
        with os.fdopen(descriptor, "w", encoding="ascii") as opened:
            opened.write(made + "\n")
    except OSError:
        # A profile on a read-only disk can still be looked at; its device has no name then.
        return made
    return made


def _person(database: Database, clock: Clock, device_id: str) -> str:
    """Return the person of this profile: the first active one; a fresh profile gets its owner."""
    from sqlalchemy import select

    from billops_desktop.storage.models import Person
    from billops_desktop.storage.unit_of_work import ReadingUnit, UnitOfWork

    first = select(Person.id).where(Person.deleted_at.is_(None), Person.active.is_(True))
    with ReadingUnit(database.reading_session(), clock, None, device_id) as reading:
        found = reading.session.scalar(first.order_by(Person.created_at, Person.id).limit(1))
    if found is not None or database.read_only:
        return found or ""
    with UnitOfWork(database.writing_session(), clock, None, device_id) as work:
        owner = Person(role="owner")
        work.session.add(owner)
        work.session.flush()
        return owner.id

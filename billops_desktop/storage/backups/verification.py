"""Proves in a process of its own that a backup on disk holds what its manifest says."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from billops_desktop.errors import BillOpsError, EnvironmentFault, IntegrityFault
from billops_desktop.i18n import _, current_language, use_language
from billops_desktop.storage.attachments import digest, path_of
from billops_desktop.storage.backups.manifest import Manifest, facts_of
from billops_desktop.storage.connection import connect
from billops_desktop.storage.faults import BACKUP_FILE, explained

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

# So often is looked whether the check shall stop.
LOOK_SECONDS = 0.1
OURS = ("capture_", "guard_")
FOREIGN = (
    "SELECT name FROM sqlite_master WHERE type NOT IN ('table', 'index', 'trigger')"
    " OR sql LIKE 'CREATE VIRTUAL%'"
)
TRIGGERS = "SELECT name FROM sqlite_master WHERE type = 'trigger'"


def findings(folder: Path) -> list[str]:
    """Return what is wrong with the backup in ``folder``, [] when it can be restored."""
    manifest = Manifest.read(folder)
    path = folder / BACKUP_FILE
    if not path.exists() or path.stat().st_size != manifest.size:
        return [_("its size is not the one recorded")]
    if digest(path) != manifest.sha256:
        return [_("its content is not the one recorded")]
    found = _findings_of_database(path, manifest)
    return found + _findings_of_files(folder.parent, manifest)


class ProofStopped(BillOpsError):
    """The user stopped the check; the backup is as it was."""


def prove(folder: Path, *, cancelled: Callable[[], bool] | None = None) -> None:
    """Check the backup in a new process, as a restore would find it; IntegrityFault if it fails."""
    prove_apart(findings, folder, cancelled=cancelled)


def prove_apart(
    found_in: Callable[[Path], list[str]],
    folder: Path,
    *,
    cancelled: Callable[[], bool] | None = None,
) -> None:
    """Ask what is wrong with a backup in a new process; IntegrityFault if anything is.

    ``found_in`` is a function of a module, so that the new process can find it.
    """
    # Never fork: a copied process would drop the locks of our open database when it ends.
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(
        target=_tell, args=(found_in, str(folder), current_language(), there), daemon=True
    )
    process.start()
    there.close()
    try:
        while cancelled is not None and not here.poll(LOOK_SECONDS):
            if cancelled():
                process.terminate()
                raise ProofStopped(
                    _("The check of the backup was stopped."), _("Your records are not affected.")
                )
        found = here.recv()
    except EOFError:
        found = None
    finally:
        here.close()
        process.join()
    if found is None:
        raise EnvironmentFault(
            _("The backup {name} could not be checked.").format(name=folder.name),
            _("It was kept. Check it again later."),
            retryable=True,
        )
    if found:
        raise IntegrityFault(
            _("The backup {name} cannot be trusted: {findings}.").format(
                name=folder.name, findings="; ".join(found)
            ),
            _("Your records are not affected. Use another backup."),
        )


def _tell(
    found_in: Callable[[Path], list[str]], folder: str, language: str, pipe: Connection
) -> None:
    use_language(language)
    try:
        pipe.send(found_in(Path(folder)))
    except BillOpsError as error:
        pipe.send([error.title])
    finally:
        pipe.close()


def _findings_of_database(path: Path, manifest: Manifest) -> list[str]:
    connection = connect(path, "still")
    try:
        with explained(path):
            checked = [row[0] for row in connection.execute("PRAGMA quick_check(5)")]
            if checked != ["ok"]:
                return checked
            found = [name for (name,) in connection.execute(FOREIGN)]
            found += [name for (name,) in connection.execute(TRIGGERS) if not name.startswith(OURS)]
            if found:
                return [_("{names} is not ours").format(names=", ".join(found))]
            if connection.execute("PRAGMA foreign_key_check").fetchall():
                return [_("records refer to others that are gone")]
            counted = facts_of(connection)
    finally:
        connection.close()
    return [] if counted == manifest.facts else [_("its rows or sums are not those recorded")]


def _findings_of_files(backups: Path, manifest: Manifest) -> list[str]:
    """Check the files kept beside the backups; what was missing when it was made is known."""
    kept = set(manifest.facts.files) - set(manifest.missing_files)
    bad = [sha256 for sha256 in sorted(kept) if not _whole(path_of(backups, sha256))]
    return [_("the file {sha256} is missing or altered").format(sha256=sha[:12]) for sha in bad]


def _whole(path: Path) -> bool:
    return path.exists() and digest(path) == path.name

"""Files of the profile by their SHA-256: written once, whole or not at all, verified when read."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from billops_desktop import files
from billops_desktop.errors import IntegrityFault, NotFound
from billops_desktop.i18n import _
from billops_desktop.paths import FILES_NAME, make_private_folder
from billops_desktop.storage.faults import explained

if TYPE_CHECKING:
    from pathlib import Path

PART = ".part"


def path_of(home: Path, sha256: str) -> Path:
    """Return where a profile, or the folder of its backups, has this hash: ``files/ab/abcd…``."""
    return home / FILES_NAME / sha256[:2] / sha256


def keep(profile: Path, content: bytes) -> str:
    """Store the bytes and return their SHA-256; the same bytes are stored once.

    On return they are on the disk. Write the row that names the hash after this call.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    target = path_of(profile, sha256)
    if target.exists() and digest(target) == sha256:
        return sha256
    write_whole(target, content)
    return sha256


def read(profile: Path, sha256: str) -> bytes:
    """Return the bytes of this hash; NotFound when they are gone, IntegrityFault when altered."""
    target = path_of(profile, sha256)
    try:
        with explained(target):
            content = target.read_bytes() if target.exists() else None
    except FileNotFoundError:
        content = None
    if content is None:
        raise NotFound(
            _("The file {sha256} is not in this profile.").format(sha256=sha256[:12]),
            _("Its record is kept. Restore a backup to get the file back."),
        )
    if hashlib.sha256(content).hexdigest() != sha256:
        raise IntegrityFault(
            _("The file {path} was altered after it was stored.").format(path=target),
            _("Its record is kept. Restore a backup to get the file back."),
        )
    return content


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, as 64 hex characters."""
    with explained(path), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_whole(target: Path, content: bytes) -> None:
    """Write a file of the profile: after a crash it is the old one or the new one, never a part."""
    with explained(target):
        make_private_folder(target.parent.parent)
        make_private_folder(target.parent)
        files.write_whole(target, content)
        sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable; Windows does it by itself and refuses to be asked."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

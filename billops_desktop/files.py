"""Files that are there whole or not at all: written aside, made durable, then given their name."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from billops_desktop.i18n import _
from billops_desktop.paths import FILE_MODE

MOST_NAMES = 10_000


@contextmanager
def whole_file(target: Path) -> Iterator[BinaryIO]:
    """Open a file that takes the place of ``target`` when the block ends without a fault.

    Until then the older file stays as it was; a link of that name is replaced, never followed.
    OSError where it cannot be written, or where something else than a file has that name.
    """
    _check_replaceable(target)
    part = _aside(target.parent)
    try:
        with _opened(part) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def write_whole(target: Path, content: bytes) -> Path:
    """Write a file over an older one of its name, whole or not at all; return it. OSError."""
    with whole_file(target) as file:
        file.write(content)
    return target


def write_beside(folder: Path, name: str, content: bytes) -> Path:
    """Write a file under the first of ``name``, ``name-2`` and so on that is free; return it.

    Nothing that is there is written over, not even what came between. FileExistsError when every
    name is taken, OSError where nothing can be written.
    """
    stem, dot, ending = name.rpartition(".")
    part = _aside(folder)
    try:
        with _opened(part) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        for attempt in range(1, MOST_NAMES):
            path = folder / (name if attempt == 1 else f"{stem}-{attempt}{dot}{ending}")
            if _took_name(part, path):
                return path
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    raise FileExistsError(folder / name)


def _check_replaceable(target: Path) -> None:
    """Refuse to put a file in the place of a folder or a device: root could."""
    try:
        kind = target.lstat().st_mode
    except OSError:
        return  # what hinders is told when it is written
    if stat.S_ISDIR(kind):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not (stat.S_ISREG(kind) or stat.S_ISLNK(kind)):
        raise OSError(errno.EINVAL, _("it is not a file"))


def _aside(folder: Path) -> Path:
    # Nobody can have put a file or a link in its place before, and it never grows too long.
    return folder / f".billops.{os.urandom(8).hex()}.part"


def _opened(part: Path) -> BinaryIO:
    return os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE), "wb")


def _took_name(part: Path, path: Path) -> bool:
    """Give the finished file its name unless that is taken; a link never overwrites."""
    try:
        os.link(part, path)
    except FileExistsError:
        return False
    except OSError:
        # No hard links here (FAT, some network drives): look first, then rename.
        if os.path.lexists(path):
            return False
        part.replace(path)
    return True

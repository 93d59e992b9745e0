"""A disk that writes down what a program does to it, loses what was not synced, or fails.

``disk.c`` stands between the program and the kernel. It is built once per run with the machine's
compiler; without one the tests that need it are skipped, and say so.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

SOURCE = Path(__file__).with_name("disk.c")
COMPILERS = ("cc", "gcc", "clang")
SECTOR = 512


@dataclass(frozen=True)
class Disk:
    """The built library, and the environment that puts a program on it."""

    library: Path

    def environment(self, folder: Path, log: Path | None = None) -> dict[str, str]:
        """Return the environment of a program whose files below ``folder`` are watched."""
        told = {"LD_PRELOAD": str(self.library), "BILLOPS_DISK_FOLDER": f"{folder}/"}
        if log is not None:
            told["BILLOPS_DISK_LOG"] = str(log)
        return os.environ | told


@pytest.fixture(scope="session")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Disk:
    """Return the disk between program and kernel, built for this run."""
    compiler = next(filter(None, map(shutil.which, COMPILERS)), None)
    if sys.platform != "linux" or compiler is None:
        pytest.skip("NOT TESTED: power loss and failing disks need Linux and a C compiler (cc)")
    library = tmp_path_factory.mktemp("disk") / "disk.so"
    words = [compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(SOURCE), "-ldl"]
    subprocess.run([*words, "-lpthread"], check=True, capture_output=True)
    return Disk(library)


@dataclass(frozen=True)
class Step:
    """One thing that a program did, by its first letter.

    Write, Truncate, Sync, Unlink, Rename, Acknowledge, Open, Connect.
    """

    what: str
    at: int
    path: str
    content: bytes


def steps_of(log: Path) -> Iterator[Step]:
    """Return what the program did, in turn."""
    text, place = log.read_bytes(), 0
    while place < len(text):
        end = text.index(b"\n", place)
        what, at, length, path = text[place:end].decode(errors="replace").split(" ", 3)
        place = end + 1
        content = text[place : place + int(length)]
        place += int(length)
        yield Step(what, int(at), path, content)


@dataclass
class Platter:
    """One file: what reached the disk for good, and what the disk may still lose."""

    durable: bytearray = field(default_factory=bytearray)
    pending: list[Step] = field(default_factory=list)

    def sync(self) -> None:
        """Let everything reach the disk."""
        for step in self.pending:
            apply(self.durable, step, len(step.content))
        self.pending.clear()

    def image(self, chance: random.Random) -> bytes:
        """Return the file as a power cut may leave it: each write kept, lost, halved or torn."""
        left = bytearray(self.durable)
        for step in self.pending:
            kept = len(step.content)
            match chance.randrange(4):
                case 1:
                    continue
                case 2:
                    kept //= 2
                case 3:
                    kept = min(kept, SECTOR * chance.randint(0, kept // SECTOR))
            apply(left, step, kept)
        return bytes(left)


def apply(content: bytearray, step: Step, kept: int) -> None:
    """Do a write, of which only the first bytes arrived, or a cut."""
    if step.what == "T":
        del content[step.at :]
        content.extend(bytes(step.at - len(content)))
        return
    content.extend(bytes(max(0, step.at - len(content))))
    content[step.at : step.at + kept] = step.content[:kept]


@dataclass
class Cut:
    """The moment of a power cut: the files as they may be found, and what was acknowledged."""

    files: dict[str, Platter]
    acknowledged: list[str]

    def leave(self, folder: Path, chance: random.Random) -> None:
        """Write the files as the next start finds them; shared memory dies with the power."""
        for path, platter in self.files.items():
            if not path.endswith("-shm"):
                (folder / Path(path).name).write_bytes(platter.image(chance))


def cuts(log: Path, before: Path, chance: random.Random, count: int) -> Iterator[Cut]:
    """Return ``count`` moments of a program's run; the file ``before`` was durable as it began.

    Names are taken as durable at once: SQLite syncs the folder itself where it must.
    """
    steps = list(steps_of(log))
    chosen = sorted(chance.sample(range(1, len(steps)), min(count, len(steps) - 1)))
    files = {
        str(before): Platter(bytearray(before.with_name(f"{before.name}.before").read_bytes()))
    }
    acknowledged: list[str] = []
    for place, step in enumerate(steps):
        if chosen and place == chosen[0]:
            chosen.pop(0)
            yield Cut(files, acknowledged)
        _follow(files, acknowledged, step)


def _follow(files: dict[str, Platter], acknowledged: list[str], step: Step) -> None:
    if step.what in {"W", "T"}:
        files.setdefault(step.path, Platter()).pending.append(step)
    elif step.what == "S" and step.path in files:
        files[step.path].sync()
    elif step.what == "U":
        files.pop(step.path, None)
    elif step.what == "R":
        old, new = step.path.split("\t")
        if old in files:
            files[new] = files.pop(old)
    elif step.what == "A":
        acknowledged += step.content.decode(errors="replace").splitlines()

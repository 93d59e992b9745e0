"""Damaged and foreign databases: never a crash, a traceback, a new empty book or a changed byte.

The profile's file is damaged in many ways; then the command line and the window look at it. What
cannot be read is refused with the name of the newest backup; what can be read is read.
"""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from billops_desktop.bootstrap import open_workspace
from billops_desktop.errors import IntegrityFault
from billops_desktop.services.upkeep import backups
from billops_desktop.storage.connection import connect
from tests.faults.forking import WINDOW, Commands, Ended
from tests.support import money
from tests.support.clock import MovableClock
from tests.support.profiles import copy_profile

FEW, MANY = 24, int(os.environ.get("BILLOPS_MUTATIONS", "300"))
PAGE = 4096
TOLD = {0, 3, 4, 5}
LOOKS = (("status",), ("check",), ("invoice", "list"), ("dump", "--logical"))


@pytest.fixture(scope="module")
def whole(haldane_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a closed profile with an issued invoice, time and one backup."""
    profile = copy_profile(haldane_template, tmp_path_factory.mktemp("damage") / "profile")
    opened = open_workspace(profile, clock=MovableClock())
    job = money.make_job(opened)
    for hour in range(9, 17):
        money.log(opened, job, f"2026-11-24 {hour:02}:00")
    money.issued_item(opened, job)
    backups.make(opened)
    opened.close()
    return profile


@pytest.fixture(scope="module")
def commands() -> Iterator[Commands]:
    started = Commands()
    yield started
    started.close()


def flip_header(file: bytearray, chance: random.Random) -> None:
    file[chance.randrange(100)] ^= 1 << chance.randrange(8)


def flip_anywhere(file: bytearray, chance: random.Random) -> None:
    for _bit in range(8):
        file[chance.randrange(len(file))] ^= 1 << chance.randrange(8)


def scribble(file: bytearray, chance: random.Random) -> None:
    """Fill a page with noise, the first one among them."""
    start = PAGE * chance.randrange(len(file) // PAGE)
    file[start : start + PAGE] = chance.randbytes(PAGE)


def blank_page(file: bytearray, chance: random.Random) -> None:
    start = PAGE * chance.randrange(len(file) // PAGE)
    file[start : start + PAGE] = bytes(PAGE)


def swap_pages(file: bytearray, chance: random.Random) -> None:
    one, two = (PAGE * chance.randrange(len(file) // PAGE) for _page in range(2))
    kept = file[one : one + PAGE]
    file[one : one + PAGE] = file[two : two + PAGE]
    file[two : two + PAGE] = kept


def cut(file: bytearray, chance: random.Random) -> None:
    del file[chance.randrange(len(file)) :]


def empty(file: bytearray, chance: random.Random) -> None:
    file.clear()


def noise(file: bytearray, chance: random.Random) -> None:
    file[:] = chance.randbytes(chance.randint(1, 20_000))


def prose(file: bytearray, chance: random.Random) -> None:
    file[:] = b"Dear accountant, this is a letter and no database.\n" * chance.randint(1, 99)


DAMAGES: tuple[Callable[[bytearray, random.Random], None], ...] = (
    flip_header, flip_anywhere, scribble, blank_page, swap_pages, cut, empty, noise, prose,
)  # fmt: skip


def tree(profile: Path) -> dict[str, bytes]:
    """Return every file of a profile but its log."""
    return {
        path.relative_to(profile).as_posix(): path.read_bytes()
        for path in sorted(profile.rglob("*"))
        if path.is_file() and "logs" not in path.parts
    }


def hold(ended: Ended, profile: Path, before: dict[str, bytes], what: str) -> None:
    """Hold what must be so after any command on any file."""
    shown = f"{what}: {ended}"
    assert ended.signal == 0, shown
    assert ended.code in TOLD, shown
    assert "Traceback" not in ended.out + ended.err, shown
    if ended.code:
        # Who may only read leaves what lies beside the file: an index of nothing, and nothing.
        beside = {"billops.db-shm", "billops.db-wal"} - before.keys()
        now = tree(profile)
        assert not now.get("billops.db-wal"), shown
        assert {name: now[name] for name in now.keys() - beside} == before, shown
    if ended.code == IntegrityFault.exit_code and ended.err:
        assert backups.backups(profile)[0].name in ended.err, shown


@pytest.mark.parametrize(
    "count", [FEW, pytest.param(MANY, marks=[pytest.mark.soak, pytest.mark.timeout(3600)])]
)
def test_whatever_befell_the_file_it_is_told_and_left(
    commands: Commands, whole: Path, tmp_path: Path, count: int
) -> None:
    seed = random.SystemRandom().randrange(2**32)
    chance = random.Random(seed)
    refused = 0
    for number in range(count):
        damage = DAMAGES[number % len(DAMAGES)]
        profile = damaged(whole, tmp_path / str(number), damage, chance)
        before = tree(profile)
        what = f"{damage.__name__}, number {number} of seed {seed}"
        ended = commands(profile, *LOOKS[number % len(LOOKS)])
        hold(ended, profile, before, what)
        if not ended.code:
            # A damaged log cannot always be folded in; the file itself stays as it was.
            sides = {"billops.db-wal", "billops.db-shm"}
            assert tree(profile).keys() - sides == before.keys(), what
            assert profile_bytes(profile) == before["billops.db"], what
        written = commands(profile, "start", "Review")
        hold(written, profile, tree(profile) if not written.code else before, what)
        refused += ended.code != 0
        shutil.rmtree(profile)
    # The control: most damages are seen.
    assert refused > count // 3


def damaged(
    whole: Path,
    profile: Path,
    damage: Callable[[bytearray, random.Random], None],
    chance: random.Random,
) -> Path:
    copy_profile(whole, profile)
    file = bytearray(profile_bytes(profile))
    damage(file, chance)
    (profile / "billops.db").write_bytes(file)
    return profile


def profile_bytes(profile: Path) -> bytes:
    return (profile / "billops.db").read_bytes()


@pytest.mark.parametrize(
    "count", [4, pytest.param(60, marks=[pytest.mark.soak, pytest.mark.timeout(3600)])]
)
def test_the_window_says_so_and_stays(
    commands: Commands, whole: Path, tmp_path: Path, count: int
) -> None:
    chance = random.Random(count)
    for number in range(count):
        damage = (prose, cut, noise, empty, flip_header, scribble, blank_page)[number % 7]
        profile = damaged(whole, tmp_path / str(number), damage, chance)
        before = profile_bytes(profile)
        ended = commands(profile, WINDOW)
        assert ended.signal == 0, (damage, ended)
        assert ended.code == 0, (damage, ended)
        told = json.loads(ended.out)
        assert told["opened"] or told["said"], (damage, ended)
        if told["said"]:
            assert profile_bytes(profile) == before
            assert backups.backups(profile)[0].name in " ".join(told["said"]), (damage, told)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER helpful AFTER INSERT ON time_entry BEGIN DELETE FROM invoice_line; END",
        "CREATE TRIGGER guard_x AFTER INSERT ON time_entry BEGIN DELETE FROM time_entry; END",
        "CREATE VIEW report AS SELECT load_extension('/tmp/evil') FROM client",
        "CREATE VIRTUAL TABLE search USING fts5(words)",
        "DROP TRIGGER guard_invoice_update",
    ],
)
def test_what_is_not_ours_in_the_schema_is_refused(
    commands: Commands, whole: Path, tmp_path: Path, statement: str
) -> None:
    profile = copy_profile(whole, tmp_path / "profile")
    with closing(connect(profile / "billops.db")) as foreign:
        foreign.execute(statement)
    name = statement.split()[3 if "VIRTUAL" in statement else 2]
    asked: list[tuple[str, ...]] = [("log", "Call", "--from", "1:00", "--to", "2:00")]
    if statement.startswith("CREATE"):
        # Missing guards of invoices are no concern of the timer, which reads only what it needs.
        asked.append(("start", "Call"))
    for words in asked:
        written = commands(profile, *words)
        assert (written.code, name in written.err) == (3, True), written
    checked = commands(profile, "check", "--json")
    assert (checked.code, name in checked.out) == (4, True), checked


def test_a_newer_file_is_refused_untouched(commands: Commands, whole: Path, tmp_path: Path) -> None:
    profile = copy_profile(whole, tmp_path / "profile")
    with closing(connect(profile / "billops.db")) as newer:
        newer.execute("UPDATE alembic_version SET version_num = 'zzzz'")
    before = tree(profile)
    for words in (("status",), ("start", "Review"), ("check",), ("backup", "make")):
        ended = commands(profile, *words)
        assert (ended.signal, ended.code) == (0, 5), (words, ended)
        assert "zzzz" in ended.err
        assert tree(profile) == before, words
    told = json.loads(commands(profile, WINDOW).out)
    assert (told["opened"], "zzzz" in " ".join(told["said"])) == (False, True)
    assert tree(profile)["billops.db"] == before["billops.db"]

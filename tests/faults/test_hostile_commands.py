"""Hostile words after every option of every command, found by asking the commands themselves."""

from __future__ import annotations

import argparse
import itertools
import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from billops_desktop.cli import face
from billops_desktop.cli.catalogue import COMMANDS
from billops_desktop.cli.parsing import Parser
from billops_desktop.i18n import use_language
from billops_desktop.paths import database_file
from billops_desktop.storage.connection import connect
from tests.support.commanding import run
from tests.support.filled import Filled
from tests.support.naughty import NAUGHTY

# So many words at each option in a short run, another selection at each; all of them by `soak`.
FEW = 1
SOAK = (pytest.mark.soak, pytest.mark.timeout(3600))
# What these write beside the profile has its own tests; demo makes pictures for minutes.
LEFT_OUT = {"demo", "backup", "restore"}
LONGEST_WORDS = 1_500
# What is also typed where an option is.
WORDS = {
    **NAUGHTY,
    "another option": "--help",
    "two dashes": "--",
    "the first instant": "0001-01-01 00:00+14:00",
    "the last instant": "9999-12-31 23:59-12:00",
    "no offset": "2026-01-01T00:00+99:99",
    "a long time": "99999999h",
    "no home": "~nobody/x",
}
# What stands where the option does not: what a command cannot do without.
NEEDED: dict[tuple[str, ...], list[str]] = {
    ("start",): ["Work"],
    ("switch",): ["Work"],
    ("log",): ["Work", "--from", "7:00", "--to", "8:00"],
    ("entries", "edit"): ["ENTRY"],
    ("clients", "add"): ["Globex Ltd"],
    ("clients", "edit"): ["Acme GmbH"],
    ("projects", "add"): ["Acme GmbH/Audit"],
    ("rates", "set"): ["50"],
    ("invoice", "draft"): ["--client", "Acme GmbH"],
    ("invoice", "edit"): ["DRAFT"],
    ("invoice", "pdf"): ["DRAFT"],
    ("invoice", "cancel"): ["2026-0001"],
    ("taxes", "add"): ["Local", "5"],
    ("rounding", "add"): ["Quarter hours"],
    ("rounding", "edit"): ["Usual"],
    ("rounding", "use"): ["Usual"],
    ("pay",): ["2026-0001", "5"],
}
# An option that takes the place of one that is needed.
INSTEAD: dict[tuple[str, ...], list[str]] = {("invoice", "draft", "--from"): []}


def verbs(parser: argparse.ArgumentParser, path: tuple[str, ...]) -> Iterator[Any]:
    """Yield each way to go on after a command, with its parser."""
    inner = [one for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
    if not inner:
        yield path, parser
    for action in inner:
        for name, below in action.choices.items():
            yield from verbs(below, (*path, name))


def options(name: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every option of a command that takes a value."""
    parser = Parser(f"billops {name}", "summary")
    face._module(COMMANDS[name]).declare(parser, name)
    for path, below in verbs(parser, (name,)):
        for action in below._actions:
            if action.option_strings and action.nargs is None and action.dest != "help":
                yield path, action.option_strings[-1]


def command_line(path: tuple[str, ...], option: str, made: dict[str, str]) -> list[str]:
    """Return the words of a command that needs only the value of ``option`` to be whole."""
    words = list(INSTEAD.get((*path, option), NEEDED.get(path, [])))
    if option in words:
        at = words.index(option)
        del words[at : at + 2]
    return [*path, *(made.get(word, word) for word in words)]


def recorded(profile: Path) -> int:
    with closing(connect(database_file(profile))) as connection:
        return int(connection.execute("SELECT count(*) FROM change_record").fetchone()[0])


def fault_of(code: int, out: str, err: str, *, wrote: bool) -> str:
    """Return what an answer with --json lacks, or nothing."""
    if code not in {0, 2, 3} or "Traceback" in out + err:
        return "it is a fault"
    if code == 0:
        return "" if out.isprintable() or out.endswith("\n") else "the answer is no line"
    if wrote:
        return "it wrote although it refused"
    error = json.loads(err)["error"]
    if not (error["title"] and error["hint"]):
        return "it does not say what and what to do"
    return "it says too much" if len(err) > LONGEST_WORDS else ""


@pytest.mark.parametrize("few", [FEW, pytest.param(len(WORDS), marks=SOAK)])
@pytest.mark.parametrize("name", sorted(COMMANDS.keys() - LEFT_OUT))
def test_a_hostile_word_after_an_option_is_refused_in_words_or_kept(
    name: str,
    few: int,
    filled: Filled,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source, made = filled.profile, {"ENTRY": filled.entry, "DRAFT": filled.draft}
    monkeypatch.chdir(tmp_path)
    profile = tmp_path / "profile"
    shutil.copytree(source, profile)
    before = recorded(source)
    # Another first word for each command, so that a short run tries them all somewhere.
    turn = itertools.islice(itertools.cycle(WORDS.items()), sorted(COMMANDS).index(name) * 5, None)
    wrong = []
    for path, option in options(name):
        for kind, word in itertools.islice(turn, few):
            words = [*command_line(path, option, made), f"{option}={word}"]
            code, out, err = run(profile, *words, "--json")
            wrote = recorded(profile) != before
            if fault := fault_of(code, out, err, wrote=wrote):
                wrong.append((kind, " ".join([*path, option]), fault, err[:300]))
            if wrote:
                shutil.rmtree(profile)
                shutil.copytree(source, profile)
    use_language("en")
    assert wrong == []


def test_every_option_has_what_it_needs_beside_it() -> None:
    paths = {path for name in COMMANDS.keys() - LEFT_OUT for path, _option in options(name)}
    assert paths >= NEEDED.keys()
    assert len([one for name in COMMANDS for one in options(name)]) > 100

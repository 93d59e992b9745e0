"""Hostile words at every place of every command: refused in words or kept, never a fault."""

from __future__ import annotations

import argparse
import csv
import itertools
import os
import shlex
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from billops_desktop.cli import face
from billops_desktop.cli.catalogue import COMMANDS
from billops_desktop.cli.parsing import Parser
from billops_desktop.errors import BillOpsError
from billops_desktop.i18n import use_language
from billops_desktop.paths import database_file
from billops_desktop.services.transfer import exchange
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.connection import connect
from tests.support.commanding import run
from tests.support.filled import Filled
from tests.support.naughty import NAUGHTY

# So many words at each place in a short run, another selection at each; all of them by `soak`.
FEW = int(os.environ.get("BILLOPS_WORDS", "2"))
# demo makes a company with its pictures in minutes; doctor and help take no words.
LEFT_OUT = {"demo"}
REFUSED = {2}


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Return a parser and those of its verbs."""
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                yield from parsers(inner)


def examples(name: str) -> list[list[str]]:
    """Return the command lines that the help of a command shows, without redirections."""
    command = COMMANDS[name]
    made = Parser(f"billops {name}", "summary")
    face._module(command).declare(made, name)
    told = "\n".join(parser.epilog or "" for parser in parsers(made))
    lines = [line.strip() for line in told.splitlines() if line.startswith("  billops ")]
    words = [shlex.split(line)[1:] for line in lines]
    return [list(itertools.takewhile(lambda word: word != ">", one)) for one in words]


def places(words: list[str]) -> list[int]:
    """Return where a command line holds what somebody typed: not its name, verb or options."""
    verb = 2 if len(words) > 1 and words[1].isalpha() and words[1].islower() else 1
    return [at for at in range(verb, len(words)) if not words[at].startswith("-")]


def recorded(profile: Path) -> int:
    with closing(connect(database_file(profile))) as connection:
        return int(connection.execute("SELECT count(*) FROM change_record").fetchone()[0])


@pytest.mark.parametrize("name", sorted(COMMANDS.keys() - LEFT_OUT))
def test_a_hostile_word_is_refused_in_words_or_kept(
    name: str,
    filled: Filled,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kind_of_id = filled.entry if name in {"entries", "resume"} else filled.draft
    stands_for = {"3f9c21aa": kind_of_id, "3f9c21": kind_of_id}
    monkeypatch.chdir(tmp_path)
    turn = itertools.cycle(NAUGHTY.items())
    wrong = []
    for words in examples(name):
        for place in places(words):
            for kind, word in itertools.islice(turn, min(FEW, len(NAUGHTY))):
                profile = tmp_path / "profile"
                shutil.rmtree(profile, ignore_errors=True)
                shutil.copytree(filled.profile, profile)
                before = recorded(profile)
                typed = [stands_for.get(one, one) for one in words]
                typed[place] = word
                code, out, err = run(profile, *typed)
                unchanged = recorded(profile) == before
                told = "Traceback" not in out + err and (code == 0 or err.strip() != "")
                if not told or code not in REFUSED | {0} or (code != 0 and not unchanged):
                    wrong.append((kind, " ".join(words), place, code, err[:300]))
    use_language("en")
    assert wrong == []


def test_every_command_that_takes_words_is_tried() -> None:
    tried = {name for name in COMMANDS if any(places(words) for words in examples(name))}
    untried = set(COMMANDS) - tried - LEFT_OUT
    assert untried <= {"status", "doctor", "dump", "backup", "restore", "check", "stop"}


COLUMNS = ("Date", "Start", "End", "Client", "Project", "Task", "Description", "Billable", "Rate")
GOOD_ROW = ("2026-11-23", "09:00", "10:30", "Acme GmbH", "Website", "Design", "Plan", "yes", "95")


@pytest.mark.parametrize("column", range(len(COLUMNS)), ids=COLUMNS)
def test_a_hostile_cell_is_refused_with_its_line_or_kept(
    column: int, workspace: Workspace, tmp_path: Path
) -> None:
    database = workspace.profile
    wrong = []
    for kind, word in NAUGHTY.items():
        cells = list(GOOD_ROW)
        cells[column] = word
        file = tmp_path / "time.csv"
        with file.open("w", encoding="utf-8", errors="surrogateescape", newline="") as stream:
            csv.writer(stream).writerows([COLUMNS, cells])
        before = recorded(database)
        try:
            exchange.import_entries(workspace, file)
        except BillOpsError as refusal:
            if recorded(database) != before or not refusal.title or refusal.exit_code != 2:
                wrong.append((kind, repr(refusal)))
        except Exception as fault:  # noqa: BLE001 - a fault of any kind is what is looked for
            wrong.append((kind, repr(fault)))
    assert wrong == []

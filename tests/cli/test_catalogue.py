"""Tests of billops_desktop.cli.catalogue: every command is listed, and every one answers --help."""

from __future__ import annotations

import importlib

import pytest

from billops_desktop.cli.catalogue import COMMANDS, overview
from billops_desktop.cli.parsing import Parser

# fmt: off
ASKED_FOR = (
    "start", "stop", "switch", "resume", "status", "log", "entries", "clients", "projects", "rates",
    "invoice", "taxes", "rounding", "pay", "payments", "report", "import", "export", "demo",
    "backup", "restore", "check", "dump", "config", "doctor",
)
# fmt: on


def test_the_overview_lists_every_command_on_one_line() -> None:
    lines = overview().split("\n")
    assert set(COMMANDS) == set(ASKED_FOR)
    for command in COMMANDS.values():
        assert sum(line.split() == [command.name, *command.summary.split()] for line in lines) == 1


def test_the_overview_fits_a_terminal() -> None:
    assert max(map(len, overview().split("\n"))) <= 80


@pytest.mark.parametrize("name", ASKED_FOR)
def test_every_help_has_an_example(name: str) -> None:
    command = COMMANDS[name]
    parser = Parser(f"billops {name}", command.summary)
    importlib.import_module(f"billops_desktop.cli.commands.{command.module}").declare(parser, name)
    parsers = [parser] if parser.verbs is None else list(parser.verbs.choices.values())
    for one in parsers:
        text = one.format_help()
        assert f"  billops {name}" in text.split("Examples:")[1]
        assert text.startswith("Usage: billops ")

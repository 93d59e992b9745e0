"""The commands: what each is called, what it does in one line, and which module answers."""

from __future__ import annotations

from typing import NamedTuple

from billops_desktop.i18n import N_, _


class Command(NamedTuple):
    """One word after ``billops``; ``summary`` is a message id.

    ``usual`` is the verb that is meant when none is typed: ``billops entries`` lists them.
    ``plain`` is the function of the module that answers when no word follows, for a command that
    takes none and must not wait for a parser.
    """

    name: str
    module: str
    summary: str
    usual: str = ""
    plain: str = ""


class Chapter(NamedTuple):
    """Commands that the list of commands shows together; ``title`` is a message id."""

    title: str
    commands: tuple[Command, ...]


CHAPTERS: tuple[Chapter, ...] = (
    Chapter(
        N_("Time"),
        (
            Command("start", "timer", N_("Start the timer; a running one ends in the same second")),
            Command("stop", "timer", N_("Stop the timer")),
            Command("switch", "timer", N_("End what runs and start something else")),
            Command("resume", "timer", N_("Start again what ran last, or the entry named")),
            Command("status", "status", N_("Show what runs and today's total"), plain="status"),
            Command("log", "entries", N_("Add an entry for work that is already done")),
            Command(
                "entries", "entries", N_("List, edit, delete entries; undo the last change"), "list"
            ),
        ),
    ),
    Chapter(
        N_("Clients and work"),
        (
            Command("clients", "clients", N_("List, add, edit, archive, show clients"), "list"),
            Command("projects", "projects", N_("List, add, archive projects"), "list"),
            Command("rates", "rates", N_("List rates, set a rate and see what it changes"), "list"),
        ),
    ),
    Chapter(
        N_("Money"),
        (
            Command(
                "invoice",
                "billing.invoices",
                N_("Draft, show, list, issue, print, cancel invoices"),
                "list",
            ),
            Command("taxes", "billing.taxes", N_("List, add, choose, archive taxes"), "list"),
            Command(
                "rounding",
                "billing.rounding",
                N_("List, add, change, choose how billed time is rounded"),
                "list",
            ),
            Command("pay", "billing.payments", N_("Record a payment of an invoice")),
            Command(
                "payments",
                "billing.payment_list",
                N_("List payments, take one back, use credit"),
                "list",
            ),
            Command("report", "reports", N_("Unbilled time, and reports by day, week, month")),
        ),
    ),
    Chapter(
        N_("Files"),
        (
            Command("import", "exchange", N_("Import time entries from a CSV file")),
            Command("export", "exchange", N_("Export time entries to a CSV file")),
            Command("demo", "demo", N_("Run the whole job on a sample company, into ./demo")),
        ),
    ),
    Chapter(
        N_("Upkeep"),
        (
            Command("backup", "upkeep", N_("Make, list and verify backups"), "make"),
            Command("restore", "upkeep", N_("Put a backup in place of the profile")),
            Command("check", "upkeep", N_("Prove the invariants of the profile, each by name")),
            Command("dump", "upkeep", N_("Write all records as canonical JSON lines")),
            Command("config", "settings", N_("List, read and change settings"), "list"),
            Command("doctor", "doctor", N_("Show versions, paths and the state of this machine")),
        ),
    ),
)

COMMANDS: dict[str, Command] = {
    command.name: command for chapter in CHAPTERS for command in chapter.commands
}


def overview() -> str:
    """Return the text of ``billops --help``: every command with its one line."""
    width = max(map(len, COMMANDS)) + 2
    lines = [
        _("Usage: billops [--profile DIR] [--json] [COMMAND ...]"),
        "",
        _("Track time and invoice it. Without a command the window opens."),
    ]
    for chapter in CHAPTERS:
        lines += ["", f"{_(chapter.title)}:"]
        lines += [f"  {command.name:<{width}}{_(command.summary)}" for command in chapter.commands]
    lines += [
        "",
        _("Everywhere:"),
        *(f"  {option:<{width + 6}}{words}" for option, words in _everywhere()),
        "",
        _("Exit codes: 0 done, 1 internal, 2 bad input, 3 environment, 4 integrity,"),
        _("5 profile of a newer version, 130 stopped with Ctrl-C."),
        _("In JSON instants are UTC, and money is"),
        '{"amount": "12.34", "currency": "EUR", "minor": 1234}.',
        "",
        _("Examples:"),
        '  billops start "Sprint review" --project Acme/Website',
        "  billops invoice draft --client Acme --month 2026-11",
        "  billops status --json",
    ]
    return "\n".join(lines)


def _everywhere() -> tuple[tuple[str, str], ...]:
    """Return the options that every command takes, with what they do."""
    return (
        ("--profile DIR", _("Use the profile in this folder")),
        ("--json", _("Answer in JSON, failures too (on stderr)")),
        ("--version", _("Show the version")),
        ("--help", _("Show this list, or the help of a command")),
    )

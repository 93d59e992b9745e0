"""backup, restore, check and dump: the profile kept safe, proved and compared."""

from __future__ import annotations

from argparse import Namespace

from billops_desktop.cli.output import Column, Reply, Table, pick, visible
from billops_desktop.cli.parsing import Parser
from billops_desktop.cli.session import Session
from billops_desktop.errors import IntegrityFault, InvalidInput
from billops_desktop.i18n import _

DECLARED = {}


def declare(parser: Parser, name: str) -> None:
    """Add what the four commands take."""
    {
        "backup": _declare_backup,
        "restore": _declare_restore,
        "check": _declare_check,
        "dump": _declare_dump,
    }[name](parser)


def _declare_check(parser: Parser) -> None:
    parser.add_argument("names", nargs="*", help=_("Only these; without a name all"))
    parser.add_argument("--names", dest="listing", action="store_true", help=_("List the names"))
    parser.set_defaults(run=check)
    parser.examples(
        "billops check",
        "billops check totals numbers",
        "billops check --names",
        keys="ok, checks[] {name, claim, ok, findings[]}",
    )


def _declare_dump(parser: Parser) -> None:
    parser.add_argument(
        "--logical", action="store_true", help=_("Canonical JSON lines without volatile columns")
    )
    parser.set_defaults(run=dump)
    parser.examples(
        "billops dump --logical > before.jsonl", keys=_("each line is one record, with or without")
    )


def check(session: Session, asked: Namespace) -> Reply:
    """Prove the invariants and name each; exit code 4 when one does not hold."""
    from billops_desktop.services import checking

    if asked.listing:
        names = checking.names()
        return Reply({"names": names}, "\n".join(names))
    results = checking.check(session.workspace, asked.names or None)
    ok = all(result.ok for result in results)
    content = {
        "ok": ok,
        "checks": [pick(result, ("name", "claim", "ok", "findings")) for result in results],
    }
    table = Table([Column(_("Check")), Column(""), Column(_("What it proves"))])
    for result in results:
        table.add(result.name, _("holds") if result.ok else _("BROKEN"), result.claim)
    findings = [
        f"{result.name}: {visible(finding)}" for result in results for finding in result.findings
    ]
    text = "\n".join([table.text(session.width()), *findings])
    return Reply(content, text, exit_code=0 if ok else IntegrityFault.exit_code)


def dump(session: Session, asked: Namespace) -> None:
    """Write every record as one canonical JSON line."""
    from billops_desktop.services.dumping import dump_logical

    if not asked.logical:
        raise InvalidInput(
            _("Nothing was written: name the kind of dump."),
            _("billops dump --logical is the one there is."),
            field="logical",
        )
    dump_logical(session.workspace, session.out)

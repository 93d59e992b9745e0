"""backup, restore, check and dump: the profile kept safe, put back, proved and compared."""

from __future__ import annotations

from argparse import Namespace

from billops_desktop.cli.output import Column, Reply, Table, pick, visible
from billops_desktop.cli.parsing import Parser
from billops_desktop.cli.session import Session
from billops_desktop.cli.wording import moment_label, size_label
from billops_desktop.errors import IntegrityFault, InvalidInput
from billops_desktop.i18n import _

BACKUP_KEYS = (
    "name",
    "folder",
    "made_at",
    "reason",
    "size",
    "missing_files",
    "verified_at",
    "drilled_at",
)
SHOWN_KEYS = "{" + ", ".join(BACKUP_KEYS) + "}"


def declare(parser: Parser, name: str) -> None:
    """Add what the four commands take."""
    {
        "backup": _declare_backup,
        "restore": _declare_restore,
        "check": _declare_check,
        "dump": _declare_dump,
    }[name](parser)


def _declare_backup(parser: Parser) -> None:
    making = parser.verb("make", make, _("Back the profile up while it is in use, and verify it"))
    making.examples("billops backup make", keys=f"backup {SHOWN_KEYS}")
    listing = parser.verb("list", list_backups, _("List the backups of the profile"))
    listing.examples("billops backup list", keys=f"backups[] {SHOWN_KEYS}")
    proving = parser.verb("verify", verify, _("Prove a backup in a process of its own"))
    proving.add_argument("name", nargs="?", default="", help=_("Without a name the newest"))
    proving.examples("billops backup verify", keys=f"backup {SHOWN_KEYS}")
    trying = parser.verb("drill", drill, _("Restore a backup on trial and prove what it brings"))
    trying.add_argument("name", nargs="?", default="", help=_("Without a name the newest"))
    trying.examples("billops backup drill", keys=f"backup {SHOWN_KEYS}")


def _declare_restore(parser: Parser) -> None:
    parser.add_argument("name", nargs="?", default="", help=_("Without a name the newest"))
    parser.add_argument("--yes", action="store_true", help=_("Do it: what is there is set aside"))
    parser.set_defaults(run=restore)
    parser.examples(
        "billops backup list",
        "billops restore --yes",
        keys=_("backup {keys}, kept (where the records from before lie), unsure_of_numbers").format(
            keys=SHOWN_KEYS
        ),
    )


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
        "billops dump --logical > before.jsonl",
        keys=_("each line is one record, also without --json"),
    )


def make(session: Session, _asked: Namespace) -> Reply:
    """Make a backup and prove it."""
    from billops_desktop.services.upkeep import backups

    with session.progress(_("Backing up")) as report, session.cancelling() as cancelled:
        row = backups.make(session.workspace, progress=report, cancelled=cancelled)
    text = _("Made and verified the backup {name}.").format(name=row.name)
    return Reply({"backup": pick(row, BACKUP_KEYS)}, text)


def list_backups(session: Session, _asked: Namespace) -> Reply:
    """List the backups; the profile itself need not open."""
    from billops_desktop.services.upkeep import backups

    rows = backups.backups(session.profile)
    content = {"backups": [pick(row, BACKUP_KEYS) for row in rows]}
    if not rows:
        return Reply(content, _("No backups yet. billops backup make makes one."))
    table = Table(
        [
            Column(_("Name")),
            Column(_("Made")),
            Column(_("Why")),
            Column(_("Size"), right=True),
            Column(_("Verified")),
        ]
    )
    for row in rows:
        table.add(
            row.name,
            moment_label(row.made_at, session.clock.zone()),
            row.reason,
            size_label(row.size),
            _("no") if row.verified_at is None else _("yes"),
        )
    return Reply(content, table.text(session.width()))


def verify(session: Session, asked: Namespace) -> Reply:
    """Prove a backup."""
    from billops_desktop.services.upkeep import backups

    row = backups.verify(session.profile, asked.name, clock=session.clock)
    text = _("The backup {name} is intact.").format(name=row.name)
    return Reply({"backup": pick(row, BACKUP_KEYS)}, text)


def drill(session: Session, asked: Namespace) -> Reply:
    """Restore a backup on trial; the profile is not touched."""
    from billops_desktop.services.upkeep import drill as trials

    row = trials.drill(session.profile, asked.name, clock=session.clock)
    text = _("The backup {name} was restored on trial: every check holds.").format(name=row.name)
    return Reply({"backup": pick(row, BACKUP_KEYS)}, text)


def restore(session: Session, asked: Namespace) -> Reply:
    """Put a backup in place of the records; asks for --yes."""
    from billops_desktop.services.upkeep import backups

    if not asked.yes:
        raise InvalidInput(
            _("Nothing was restored: this puts other records in place of yours."),
            _("Add --yes to do it. The records of now are kept beside them."),
            field="yes",
        )
    done = backups.restore_backup(session.profile, asked.name, clock=session.clock)
    lines = [_("Restored the backup {name}.").format(name=done.backup.name)]
    if done.kept is not None:
        lines.append(
            _("The records from before lie in {folder}.").format(folder=visible(str(done.kept)))
        )
    if done.unsure:
        lines.append(
            _(
                "It is not known which numbers were given since. billops config confirm-numbers "
                "confirms the last one; until then nothing is issued."
            )
        )
    content = {
        "backup": pick(done.backup, BACKUP_KEYS),
        "kept": done.kept,
        "unsure_of_numbers": done.unsure,
    }
    return Reply(content, "\n".join(lines))


def check(session: Session, asked: Namespace) -> Reply:
    """Prove the invariants and name each; exit code 4 when one does not hold."""
    from billops_desktop.services.upkeep import checking

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
    from billops_desktop.services.upkeep.dumping import dump_logical

    if not asked.logical:
        raise InvalidInput(
            _("Nothing was written: name the kind of dump."),
            _("billops dump --logical is the one there is."),
            field="logical",
        )
    dump_logical(session.workspace, session.out)

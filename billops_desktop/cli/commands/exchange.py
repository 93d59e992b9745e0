"""import csv and export csv: time entries in and out of a file."""

from __future__ import annotations

from argparse import Namespace
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from billops_desktop.cli import asked_records, asking, files
from billops_desktop.cli.output import Reply, pick, visible
from billops_desktop.cli.parsing import Parser, file_path
from billops_desktop.cli.session import Session
from billops_desktop.cli.wording import count_label
from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from billops_desktop.services.transfer.exchange import ImportPreview, ImportRowProblem

IMPORT_KEYS = (
    "rows",
    "added",
    "already_there",
    "rejected",
    "new_clients",
    "new_projects",
    "new_tasks",
    "rejects",
    "unread",
    "transaction",
)
PREVIEW_KEYS = (
    "rows",
    "new",
    "already_there",
    "first_on",
    "last_on",
    "seconds",
    "rejected",
    "unread",
)
PROBLEM_KEYS = ("line", "field", "value", "reason")
SHOWN_PROBLEMS = 20


def declare(parser: Parser, name: str) -> None:
    """Add csv to import or to export."""
    if name == "import":
        _declare_import(parser)
    else:
        _declare_export(parser)


def _declare_import(parser: Parser) -> None:
    reading = parser.verb("csv", import_csv, _("Add the entries of a CSV file, all or none"))
    reading.add_argument(
        "file", type=file_path, help=_("The file; its first line names the columns")
    )
    reading.add_argument(
        "--keep-good",
        action="store_true",
        help=_("Add the good rows; the others go to FILE.rejects.csv"),
    )
    reading.add_argument("--preview", action="store_true", help=_("Only count; write nothing"))
    order = reading.add_mutually_exclusive_group()
    order.add_argument(
        "--day-first", action="store_true", default=None, help=_("03/04 is the 3rd of April")
    )
    order.add_argument(
        "--month-first", dest="day_first", action="store_false", help=_("03/04 is March 4th")
    )
    reading.examples(
        "billops import csv hours.csv --preview",
        "billops import csv hours.csv --keep-good",
        keys=", ".join(IMPORT_KEYS) + ", problems[] {" + ", ".join(PROBLEM_KEYS) + "}",
    )


def _declare_export(parser: Parser) -> None:
    writing = parser.verb("csv", export_csv, _("Write entries to a CSV file, or to stdout"))
    writing.add_argument(
        "file", nargs="?", type=file_path, default="-", help=_("Without a file, or -: stdout")
    )
    files.declare_force(writing)
    asking.declare_period(writing)
    writing.add_argument("--client", metavar="CLIENT", help=_("Only work for this client"))
    writing.examples(
        "billops export csv november.csv --month 2026-11",
        "billops export csv --client Acme > acme.csv",
        keys="entries, file",
    )


def import_csv(session: Session, asked: Namespace) -> Reply:
    """Import a file, or count what that would do."""
    from billops_desktop.services.transfer import exchange

    file = Path(asked.file).expanduser()
    reason = files.unreadable(file)
    if reason:
        raise InvalidInput(
            _("{file} was not imported: {reason}.").format(file=file, reason=reason),
            _("Nothing was changed. Name another file."),
            field="file",
        )
    workspace = session.workspace
    with session.progress(_("Importing")) as report, session.cancelling() as cancelled:
        if asked.preview:
            seen = exchange.preview_import(
                workspace, file, day_first=asked.day_first, progress=report, cancelled=cancelled
            )
            return _previewed(seen)
        done = exchange.import_entries(
            workspace,
            file,
            keep_good=asked.keep_good,
            day_first=asked.day_first,
            progress=report,
            cancelled=cancelled,
        )
    text = _("Added {count}; {there} were there already.").format(
        count=_entries(done.added), there=done.already_there
    )
    if done.rejects is not None:
        words = ngettext(
            "{rejected} row does not fit and is in {file}.",
            "{rejected} rows do not fit and are in {file}.",
            done.rejected,
        )
        file_name = visible(str(done.rejects))
        text += "\n" + words.format(rejected=done.rejected, file=file_name)
    text += _left_out(done.unread)
    content = pick(done, IMPORT_KEYS) | {"problems": _problems(done.problems)}
    return Reply(content, _with_problems(text, done.problems))


def _previewed(seen: ImportPreview) -> Reply:
    text = _("{rows} rows: {new} new, {there} already there, {rejected} do not fit.").format(
        rows=seen.rows, new=seen.new, there=seen.already_there, rejected=seen.rejected
    )
    text += _left_out(seen.unread)
    content = pick(seen, PREVIEW_KEYS) | {"problems": _problems(seen.problems)}
    return Reply(content, _with_problems(text, seen.problems))


def _left_out(columns: Sequence[str]) -> str:
    """Return the line that names the columns that nothing was read from; none for none."""
    if not columns:
        return ""
    named = ", ".join(map(visible, columns))
    return "\n" + _("Not read, because nothing here is called so: {columns}.").format(columns=named)


def _problems(problems: Sequence[ImportRowProblem]) -> list[dict[str, object]]:
    return [pick(problem, PROBLEM_KEYS) for problem in problems]


def _with_problems(text: str, problems: Sequence[ImportRowProblem]) -> str:
    lines = [
        _("line {line}, {field}: “{value}”. {reason}").format(
            line=problem.line,
            field=visible(problem.column) or problem.field or _("row"),
            value=visible(problem.value),
            reason=visible(problem.reason),
        )
        for problem in problems[:SHOWN_PROBLEMS]
    ]
    if len(problems) > SHOWN_PROBLEMS:
        lines.append("…")
    return "\n".join([text, *lines])


def _entries(count: int) -> str:
    return count_label(count, "{count} entry", "{count} entries")


def export_csv(session: Session, asked: Namespace) -> Reply | None:
    """Write entries as CSV, to a file whole or not at all."""
    from billops_desktop.services.transfer import exchange

    days = asking.period(session, asked, default=asking.FOREVER)
    client = asked_records.chosen_client(session, asked)
    to_stdout = asked.file == "-"
    text = StringIO()
    target = text if to_stdout else Path(asked.file).expanduser()
    if isinstance(target, Path):
        files.check_new(target, force=asked.force, field="file")
    with session.progress(_("Exporting")) as report, session.cancelling() as cancelled:
        count = exchange.export_entries(
            session.workspace,
            target,
            from_on=days.first,
            to_on=days.last,
            client_id=client,
            progress=report,
            cancelled=cancelled,
        )
    if to_stdout:
        return _printed(session, count, text.getvalue())
    words = _("Wrote {count} to {file}.").format(count=_entries(count), file=visible(str(target)))
    return Reply({"entries": count, "file": target}, words)


def _printed(session: Session, count: int, text: str) -> Reply | None:
    """Print the file as it is into a pipe; on a screen nothing in it can steer the terminal."""
    if session.as_json:
        return Reply({"entries": count, "csv": text})
    session.out.write(visible(text, multiline=True) if session.out.isatty() else text)
    return None

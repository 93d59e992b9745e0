"""demo: the whole main job on a sample company, with its PDF and pictures of the views."""

from __future__ import annotations

import os
import shlex
import shutil
from argparse import Namespace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from billops_desktop.cli import asked_records
from billops_desktop.cli.output import Reply, visible
from billops_desktop.cli.parsing import Parser, file_path
from billops_desktop.cli.session import Session
from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _

# Says that a folder was made here, so that the next run may make it anew.
MARK = ".billops-demo"
PROFILE = "profile"
WORKED_MINUTES = 20


def declare(parser: Parser, _name: str) -> None:
    """Add the folder to write to."""
    parser.add_argument(
        "--to",
        metavar="DIR",
        type=file_path,
        default="demo",
        help=_("Where it is written; without it ./demo"),
    )
    parser.add_argument("--no-pictures", action="store_true", help=_("Only the PDF; loads no Qt"))
    parser.set_defaults(run=demo)
    parser.examples("billops demo", keys="folder, profile, invoice, pdf, pictures[], steps[]")


def demo(session: Session, asked: Namespace) -> Reply:
    """Track, draft, issue, print and get paid on a sample company in a folder of its own."""
    from billops_desktop.bootstrap import open_workspace
    from billops_desktop.services.samples import sample

    folder = _clear(Path(asked.to).expanduser().absolute())
    profile = folder / PROFILE
    job = _Job(Session(profile, session.as_json, clock=session.clock, out=session.out))
    with session.progress(_("Making the sample company")):
        workspace = open_workspace(profile, clock=session.clock)
        workspace.execute(sample.create)
    job.session.opened = workspace
    try:
        number, file = _main_job(job, folder)
    finally:
        job.session.close()
    pictures = [] if asked.no_pictures else _pictures(session, profile, folder)
    content = {
        "folder": folder,
        "profile": profile,
        "invoice": number,
        "pdf": file,
        "pictures": pictures,
        "steps": job.steps,
    }
    lines = [
        "",
        _("The invoice: {file}").format(file=visible(str(file))),
        *(_("A picture: {file}").format(file=visible(str(picture))) for picture in pictures),
        _("To open this company in the window: billops --profile {profile}").format(
            profile=shlex.quote(str(profile))
        ),
    ]
    return Reply(content, "\n".join(lines))


def _clear(folder: Path) -> Path:
    """Return the folder, emptied of an earlier demo; a folder of anything else is refused."""
    if folder.exists() and not (folder / MARK).exists() and any(folder.iterdir()):
        raise InvalidInput(
            _("No demo was made: {folder} holds other things.").format(folder=folder),
            _("Name an empty folder with --to."),
            field="to",
        )
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    (folder / MARK).touch()
    return folder


class _Job:
    """Runs commands as a person would type them, and shows each with its answer."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.steps: list[str] = []

    def __call__(self, *words: str) -> Any:
        from billops_desktop.cli.face import parse

        shown = shlex.join(("billops", *words))
        self.steps.append(shown)
        asked = parse(words)
        reply = asked.run(self.session, asked)
        if not self.session.as_json:
            print(f"$ {visible(shown)}\n{reply.text}\n", file=self.session.out)
        return reply.content


def _main_job(job: _Job, folder: Path) -> tuple[str, Path]:
    """Do the main job and return the invoice's number and its PDF."""
    now = job.session.clock.now()
    client = _billable_client(job.session)
    project = _project_of(job.session, client)
    job("status")
    since = (now - timedelta(minutes=WORKED_MINUTES)).isoformat(timespec="seconds")
    job("switch", "Sprint review", "--project", project, "--at", since)
    job("stop")
    day = str(job.session.today() - timedelta(days=1))
    job("log", "Notes", "--project", project, "--on", day, "--from", "18:00", "--duration", "0:30")
    job("entries", "list", "--on", "today")
    job("report", "unbilled")
    drafted = job("invoice", "draft", "--client", client)["invoice"]["id"]
    job("invoice", "show", drafted)
    issued = job("invoice", "issue", drafted)["invoice"]
    number: str = issued["number"]
    file = Path(job("invoice", "pdf", number, "--to", str(folder))["files"][0])
    half = Decimal(issued["open"]["amount"]) // 2
    job("pay", number, str(half), "--reference", "Part payment")
    job("pay", number)
    job("invoice", "list", "--limit", "8")
    job("check")
    return number, file


def _billable_client(session: Session) -> str:
    from billops_desktop.services.drafts import unbilled

    rows = session.workspace.read(unbilled.unbilled, to_on=session.today())
    return max(rows, key=lambda row: row.seconds).client_name


def _project_of(session: Session, client: str) -> str:
    from billops_desktop.services.directory import projects

    owner = asked_records.client_id(session, client)
    found = session.workspace.read(projects.projects, client_id=owner)
    return f"{client}/{found[0].name}"


def _pictures(session: Session, profile: Path, folder: Path) -> list[Path]:
    """Take pictures of the views, without a display; none when the face was given no window."""
    if session.grab is None:
        return []
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        with session.progress(_("Taking pictures")):
            session.grab(profile, folder)
    except ImportError as missing:
        # A bare machine without Qt's libraries still gets its PDF.
        words = _("No pictures were taken: {reason}. billops doctor says what is missing.")
        print(words.format(reason=missing), file=session.err)
    return sorted(folder.glob("**/*.png"))

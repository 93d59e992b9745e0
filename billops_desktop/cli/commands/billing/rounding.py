"""rounding: how billed time is rounded: policies listed, added, changed, chosen."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from billops_desktop.cli import asked_records, asking
from billops_desktop.cli.output import Column, Reply, Table, pick, visible
from billops_desktop.cli.parsing import Parser, shorten
from billops_desktop.cli.session import Session
from billops_desktop.cli.wording import ending_so, short_id
from billops_desktop.errors import InvalidInput, NotFound
from billops_desktop.i18n import _

if TYPE_CHECKING:
    from billops_desktop.services.profile.rounding_policies import PolicyRow

KEYS = ("id", "name", "step_seconds", "mode", "applies_to", "minimum_seconds", "version")
SHOWN_KEYS = "{" + ", ".join((*KEYS, "is_default")) + "}"
# The same as domain.rounding.MODES and APPLIES_TO, which are not imported to print a help text;
# a test holds them equal.
MODES = ("none", "up", "down", "nearest")
APPLIES_TO = ("entry", "day_task", "line", "total")
EXACT = "exact"


def declare(parser: Parser, _name: str) -> None:
    """Add list, add, edit and use."""
    listing = parser.verb("list", list_policies, _("List the policies and which one is usual"))
    listing.examples("billops rounding list", keys=f"policies[] {SHOWN_KEYS}")
    adding = parser.verb("add", add, _("Add a policy; nothing uses it until it is chosen"))
    adding.add_argument("name", help=_("As your lists name it"))
    _declare_terms(adding)
    adding.examples(
        "billops rounding add 'Quarter hours' --step 15m --mode up --minimum 15m",
        keys=f"policy {SHOWN_KEYS}",
    )
    editing = parser.verb("edit", edit, _("Change a policy for what is not billed yet"))
    editing.add_argument("policy", help=_("Its name, or the end of its id"))
    editing.add_argument("--name", help=_("Call it so"))
    _declare_terms(editing)
    editing.examples("billops rounding edit 'Quarter hours' --step 6m", keys=f"policy {SHOWN_KEYS}")
    using = parser.verb("use", use, _("Choose the policy of all work, of a client or a project"))
    using.add_argument("policy", help=_("Its name, the end of its id; exact takes one away"))
    place = using.add_mutually_exclusive_group()
    place.add_argument("--client", metavar="CLIENT", help=_("Only for this client"))
    place.add_argument("--project", metavar="PROJECT", help=_("Only for this project"))
    using.examples(
        "billops rounding use 'Quarter hours'",
        "billops rounding use exact --client Acme",
        keys=f"policy {SHOWN_KEYS} or null, client_id, project_id",
    )


def _declare_terms(parser: Parser) -> None:
    parser.add_argument("--step", metavar="TIME", help=_("Round to steps of: 15m, 6m, 0:30"))
    parser.add_argument("--mode", choices=MODES, help=_("Which way; a step alone rounds up"))
    parser.add_argument("--per", choices=APPLIES_TO, help=_("What is rounded as one"))
    parser.add_argument("--minimum", metavar="TIME", help=_("At least so much for each entry"))


def list_policies(session: Session, _asked: Namespace) -> Reply:
    """List the policies."""
    from billops_desktop.services.profile import settings

    rows = session.workspace.read(settings.policies)
    usual = session.workspace.read(settings.workspace_row).rounding_policy_id
    content = {"policies": [_content(row, usual) for row in rows]}
    if not rows:
        return Reply(content, _("Time is billed as it was. billops rounding add makes a policy."))
    table = Table(
        [
            Column(_("Id")),
            Column(_("Name")),
            Column(_("Mode")),
            Column(_("Step"), right=True),
            Column(_("Rounded as one")),
            Column(_("Minimum"), right=True),
            Column(""),
        ]
    )
    for row in rows:
        table.add(
            short_id(row.id),
            row.name,
            _mode_label(row.mode),
            _time(row.step_seconds) if row.mode != "none" else "",
            _scope_label(row.applies_to),
            _time(row.minimum_seconds) if row.minimum_seconds else "",
            _("for all work") if row.id == usual else "",
        )
    return Reply(content, table.text(session.width()))


def add(session: Session, asked: Namespace) -> Reply:
    """Add a policy."""
    from billops_desktop.services.profile import settings

    terms = _terms(asked)
    if "step_seconds" in terms:
        # Who names a step wants it to round, and most contracts round up.
        terms.setdefault("mode", "up")
    new = settings.NewPolicy(name=asked.name, **terms)
    row = session.workspace.execute(settings.add_policy, new)
    return _told(session, row, _("Added the policy {name}. billops rounding use chooses it."))


def edit(session: Session, asked: Namespace) -> Reply:
    """Change a policy; what is billed keeps the version that it used."""
    from billops_desktop.services.profile import settings

    terms = _terms(asked)
    if not terms and asked.name is None:
        raise InvalidInput(
            _("Nothing was changed: no field was named."),
            _("billops rounding edit --help lists them."),
        )
    found = _policy(session, asked.policy)
    held = {key: getattr(found, key) for key in KEYS if key not in {"id", "version"}}
    new = settings.NewPolicy(**(held | terms | ({"name": asked.name} if asked.name else {})))
    row = session.workspace.execute(settings.edit_policy, found.id, new)
    return _told(session, row, _("Changed the policy {name} for what is not billed yet."))


def use(session: Session, asked: Namespace) -> Reply:
    """Choose a policy, or exact time, for all work, a client or a project."""
    from billops_desktop.services.profile import settings

    exact = asked.policy.strip().casefold() == EXACT
    found = None if exact else _policy(session, asked.policy)
    client = asked_records.chosen_client(session, asked)
    project = asked_records.chosen_project(session, asked)
    session.workspace.execute(
        settings.use_policy,
        found.id if found is not None else None,
        client_id=client,
        project_id=project,
    )
    usual = session.workspace.read(settings.workspace_row).rounding_policy_id
    content = {
        "policy": None if found is None else _content(found, usual),
        "client_id": client,
        "project_id": project,
    }
    return Reply(content, _chosen_words(found, within=asked.client or asked.project))


def _chosen_words(found: PolicyRow | None, *, within: str | None) -> str:
    """Say what unbilled time is rounded by from now on; without its own the next wider policy."""
    if found is not None:
        name = visible(found.name)
        if within is None:
            return _("Unbilled time is rounded by {name}.").format(name=name)
        words = _("Unbilled time of {place} is rounded by {name}.")
        return words.format(place=visible(within), name=name)
    if within is None:
        return _("Unbilled time is billed as it was, where no client or project says otherwise.")
    words = _("{place} has no policy of its own now; the one above it holds.")
    return words.format(place=visible(within))


def _terms(asked: Namespace) -> dict[str, Any]:
    """Return what was typed of a policy's terms."""
    terms: dict[str, Any] = {}
    if asked.step is not None:
        terms["step_seconds"] = asking.length(asked.step, "step")
    if asked.mode is not None:
        terms["mode"] = asked.mode
    if asked.per is not None:
        terms["applies_to"] = asked.per
    if asked.minimum is not None:
        terms["minimum_seconds"] = asking.duration(asked.minimum, "minimum")
    return terms


def _policy(session: Session, typed: str) -> PolicyRow:
    """Return the policy with this name, or whose id ends so."""
    from billops_desktop.services.profile import settings

    rows = session.workspace.read(settings.policies)
    wanted = typed.strip().casefold()
    named = [row for row in rows if row.name.casefold() == wanted]
    found = named or ending_so(rows, typed)
    if len(found) == 1:
        return found[0]
    if found:
        raise InvalidInput(
            _("{name} may be several policies; nothing was changed.").format(name=shorten(typed)),
            _("Name it by the end of its id: {ids}.").format(
                ids=", ".join(short_id(row.id) for row in found)
            ),
            field="policy",
        )
    raise NotFound(
        _("There is no policy {name}; nothing was changed.").format(name=shorten(typed)),
        _("billops rounding list shows all."),
        field="policy",
    )


def _told(session: Session, row: PolicyRow, words: str) -> Reply:
    from billops_desktop.services.profile import settings

    usual = session.workspace.read(settings.workspace_row).rounding_policy_id
    return Reply({"policy": _content(row, usual)}, words.format(name=visible(row.name)))


def _content(row: PolicyRow, usual: str | None) -> dict[str, Any]:
    return pick(row, KEYS) | {"is_default": row.id == usual}


def _time(seconds: int) -> str:
    """Return a step as people type it, to the second: 0:15, 0:00:30."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes // 60}:{minutes % 60:02d}" + (f":{rest:02d}" if rest else "")


def _mode_label(mode: str) -> str:
    return {
        "none": _("exact"),
        "up": _("up"),
        "down": _("down"),
        "nearest": _("to the nearest"),
    }[mode]


def _scope_label(applies_to: str) -> str:
    return {
        "entry": _("each entry"),
        "day_task": _("a day's time of a task"),
        "line": _("an invoice line"),
        "total": _("all of an invoice"),
    }[applies_to]

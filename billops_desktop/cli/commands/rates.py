"""rates: the rate book listed, and a rate set after showing which unbilled entries it changes."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from typing import TYPE_CHECKING

from billops_desktop.cli import asked_records, asking
from billops_desktop.cli.output import Column, Reply, Table, hours, pick, visible
from billops_desktop.cli.parsing import Parser, shorten
from billops_desktop.cli.session import Session
from billops_desktop.cli.wording import amount_label, count_label, day_label, ending_so, short_id
from billops_desktop.errors import InvalidInput, NotFound
from billops_desktop.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from billops_desktop.domain.money import Money
    from billops_desktop.services.rates.rate_book import Displaced, NewRule, RateChange, RuleRow

KEYS = (
    "id",
    "scope",
    "scope_name",
    "person_name",
    "kind",
    "price",
    "currency",
    "valid_from",
    "valid_to",
)
ALWAYS = "always"
CHANGE_KEYS = ("entry_id", "local_on", "description", "project_name", "seconds", "old", "new")


def declare(parser: Parser, _name: str) -> None:
    """Add list, set and remove."""
    listing = parser.verb("list", list_rates, _("List rates, of everything or of one place"))
    _declare_place(listing)
    listing.examples("billops rates list --client Acme", keys="rates[] {" + ", ".join(KEYS) + "}")
    setting = parser.verb("set", set_rate, _("Set a rate; unbilled entries follow it"))
    setting.add_argument("price", help=_("Price an hour, or a day with --daily: 95 or 95.50"))
    _declare_place(setting)
    setting.add_argument("--currency", metavar="CODE", help=_("By default that of the place"))
    setting.add_argument("--daily", action="store_true", help=_("The price is that of a day"))
    setting.add_argument("--task", metavar="TASK", help=_("For one task, also of --project"))
    setting.add_argument("--person", metavar="PERSON", help=_("Only for this person's work"))
    setting.add_argument(
        "--from",
        dest="first",
        metavar="DAY",
        help=_("First day it holds, or always; without it today, where a rate holds already"),
    )
    setting.add_argument("--to", dest="last", metavar="DAY", help=_("Last day it holds"))
    setting.add_argument(
        "--preview", action="store_true", help=_("Only show what would change; write nothing")
    )
    setting.examples(
        "billops rates set 110 --client Acme --from 2026-12-01",
        "billops rates set 95.50 --project Acme/Website --preview",
        keys=_("rate (null in a preview), displaced[] {displaced}, changes[] {changes}").format(
            displaced="{rate, left[]}", changes="{" + ", ".join(CHANGE_KEYS) + "}"
        ),
    )
    removing = parser.verb("remove", remove, _("Take a rate away; what is billed keeps its price"))
    removing.add_argument("rate", help=_("End of its id, as rates list shows it"))
    removing.examples("billops rates remove 3f9c21aa", keys="removed, transaction")


def _declare_place(parser: Parser) -> None:
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--client", metavar="CLIENT", help=_("For one client"))
    where.add_argument("--project", metavar="PROJECT", help=_("For one project"))


def list_rates(session: Session, asked: Namespace) -> Reply:
    """List the rate book, or the rates of one client or project."""
    from billops_desktop.services.rates import rate_book

    rows = session.workspace.read(
        rate_book.rules,
        client_id=asked_records.chosen_client(session, asked),
        project_id=asked_records.chosen_project(session, asked),
    )
    content = {"rates": [pick(row, KEYS) for row in rows]}
    if not rows:
        return Reply(content, _("No rates yet. billops rates set 95 sets one for all work."))
    table = Table(
        [
            Column(_("Id")),
            Column(_("For")),
            Column(_("Price"), right=True),
            Column(_("From")),
            Column(_("To")),
        ]
    )
    for row in rows:
        table.add(
            short_id(row.id),
            _place_label(row),
            _price_label(row),
            day_label(row.valid_from),
            day_label(row.valid_to),
        )
    return Reply(content, table.text(session.width()))


def _place_label(row: RuleRow) -> str:
    scope = {
        "workspace": _("all work"),
        "client": _("client {name}"),
        "project": _("project {name}"),
        "task": _("task {name}"),
    }[row.scope]
    place = scope.format(name=row.scope_name)
    return f"{place}, {row.person_name}" if row.person_name else place


def _price_label(row: RuleRow) -> str:
    from billops_desktop.services.rates.rate_words import rate_label

    return rate_label(row.price, row.currency, row.kind)


def set_rate(session: Session, asked: Namespace) -> Reply:
    """Set a rate, or show what it would change."""
    from billops_desktop.services.rates import rate_book

    new = _new_rule(session, asked)
    changes = session.workspace.read(rate_book.preview, new)
    moved = session.workspace.read(rate_book.displaced, new)
    row = None if asked.preview else session.workspace.execute(rate_book.set_rate, new)
    content = {
        "rate": None if row is None else pick(row, KEYS),
        "displaced": [{"rate": pick(one.rule, KEYS), "left": one.left} for one in moved],
        "changes": [pick(change, CHANGE_KEYS) for change in changes],
    }
    if row is None:
        first = _("Nothing is saved yet. Without --preview this changes:")
    else:
        first = _("{place}: {price}, {validity}.").format(
            place=visible(_place_label(row)),
            price=_price_label(row),
            validity=_span_words(row.valid_from, row.valid_to),
        )
    lines = [first, *(_displaced_line(one) for one in moved), _changes_text(session, changes)]
    return Reply(content, "\n".join(lines))


def _span_words(start: date | None, end: date | None) -> str:
    if start and end:
        return _("from {start} to {end}").format(start=day_label(start), end=day_label(end))
    if start:
        return _("from {start} on").format(start=day_label(start))
    return _("until {end}").format(end=day_label(end)) if end else _("always")


def _displaced_line(one: Displaced) -> str:
    """Say what is left of a rate that makes room."""
    before = _span_words(one.rule.valid_from, one.rule.valid_to)
    if not one.left:
        return _("{price} ({before}) is gone.").format(price=_price_label(one.rule), before=before)
    left = _(" and ").join(_span_words(*span) for span in one.left)
    return _("{price} ({before}) holds {left}.").format(
        price=_price_label(one.rule), before=before, left=left
    )


def remove(session: Session, asked: Namespace) -> Reply:
    """Take one rate out of the book."""
    from billops_desktop.services.rates import rate_book

    found = ending_so(session.workspace.read(rate_book.rules), asked.rate)
    if len(found) != 1:
        raise NotFound(
            _("There is no rate {text}.").format(text=shorten(asked.rate)),
            _("Nothing was changed. billops rates list shows the ids."),
            field="rate",
        )
    done = session.workspace.perform(rate_book.remove, found[0].id)
    text = _("Removed {place}: {price}. billops entries undo brings it back.").format(
        place=visible(_place_label(found[0])), price=_price_label(found[0])
    )
    return Reply({"removed": found[0].id, "transaction": done.changes.transaction}, text)


def _new_rule(session: Session, asked: Namespace) -> NewRule:
    from billops_desktop.services.rates.rate_book import NewRule, displaced

    if asked.task is not None and asked.client is not None:
        raise InvalidInput(
            _("Nothing was done. --task does not go with --client."),
            _("Name the task with its project."),
            field="task",
        )
    client = asked_records.chosen_client(session, asked)
    project, task = asked_records.project_and_task(session, asked)
    person = asked_records.person_id(session, asked.person) if asked.person is not None else None
    new = NewRule(
        price=asking.price(asked.price),
        currency=asked.currency or asked_records.currency_of(session, client, project),
        client_id=client,
        project_id=project if task is None else None,
        task_id=task,
        person_id=person,
        kind="daily" if asked.daily else "hourly",
        valid_to=asking.day(session, asked.last, "to") if asked.last is not None else None,
    )
    first = asked.first.strip() if asked.first is not None else ""
    if first and first not in {ALWAYS, _("always")}:
        return replace(new, valid_from=asking.day(session, first, "from"))
    # The first rate of a place holds always; a later one must not wipe what held before.
    if not first and session.workspace.read(displaced, new):
        return replace(new, valid_from=session.today())
    return new


def _changes_text(session: Session, changes: Sequence[RateChange]) -> str:
    if not changes:
        return _("No unbilled entry changes.")
    table = Table(
        [
            Column(_("Day")),
            Column(_("Time"), right=True),
            Column(_("Before"), right=True),
            Column(_("After"), right=True),
            Column(_("Project")),
            Column(_("Description")),
        ]
    )
    for change in changes:
        table.add(
            day_label(change.local_on),
            hours(change.seconds),
            _worth(change.old),
            _worth(change.new),
            change.project_name or "",
            change.description,
        )
    count = count_label(
        len(changes), "{count} unbilled entry changes", "{count} unbilled entries change"
    )
    return f"{table.text(session.width())}\n{count}"


def _worth(amount: Money | None) -> str:
    return _("no rate") if amount is None else amount_label(amount)

"""rates: the rate book listed, and a rate set after showing which unbilled entries it changes."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from billops_desktop.cli import asking
from billops_desktop.cli.output import Column, Reply, Table, hours, pick, visible
from billops_desktop.cli.parsing import Parser
from billops_desktop.cli.session import Session
from billops_desktop.cli.wording import amount_label, count_label, day_label, short_id
from billops_desktop.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from billops_desktop.domain.money import Money
    from billops_desktop.services.rates.rate_book import NewRule, RateChange, RuleRow

KEYS = ("id", "scope", "scope_name", "kind", "price", "currency", "valid_from", "valid_to")
CHANGE_KEYS = ("entry_id", "local_on", "description", "project_name", "seconds", "old", "new")


def declare(parser: Parser, _name: str) -> None:
    """Add list and set."""
    listing = parser.verb("list", list_rates, _("List rates, of everything or of one place"))
    _declare_place(listing)
    listing.examples("billops rates list --client Acme", keys="rates[] {" + ", ".join(KEYS) + "}")
    setting = parser.verb("set", set_rate, _("Set a rate; unbilled entries follow it"))
    setting.add_argument("price", help=_("Price an hour, or a day with --daily: 95 or 95.50"))
    _declare_place(setting)
    setting.add_argument("--currency", metavar="CODE", help=_("By default that of the place"))
    setting.add_argument("--daily", action="store_true", help=_("The price is that of a day"))
    setting.add_argument("--from", dest="first", metavar="DAY", help=_("First day it holds"))
    setting.add_argument("--to", dest="last", metavar="DAY", help=_("Last day it holds"))
    setting.add_argument(
        "--preview", action="store_true", help=_("Only show what would change; write nothing")
    )
    setting.examples(
        "billops rates set 110 --client Acme --from 2026-12-01",
        "billops rates set 95.50 --project Acme/Website --preview",
        keys="rate (null in a preview), changes[] {" + ", ".join(CHANGE_KEYS) + "}",
    )


def _declare_place(parser: Parser) -> None:
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--client", metavar="CLIENT", help=_("For one client"))
    where.add_argument("--project", metavar="PROJECT", help=_("For one project"))


def list_rates(session: Session, asked: Namespace) -> Reply:
    """List the rate book, or the rates of one client or project."""
    from billops_desktop.services.rates import rate_book

    rows = session.workspace.read(
        rate_book.rules,
        client_id=asking.client_id(session, asked.client) if asked.client is not None else None,
        project_id=asking.project_id(session, asked.project) if asked.project is not None else None,
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
    return scope.format(name=row.scope_name)


def _price_label(row: RuleRow) -> str:
    from billops_desktop.i18n import format_decimal

    price = f"{format_decimal(row.price, at_least=2)} {row.currency}"
    unit = _("{price} a day") if row.kind == "daily" else _("{price} an hour")
    return unit.format(price=price)


def set_rate(session: Session, asked: Namespace) -> Reply:
    """Set a rate, or show what it would change."""
    from billops_desktop.services.rates import rate_book

    new = _new_rule(session, asked)
    changes = session.workspace.read(rate_book.preview, new)
    row = None if asked.preview else session.workspace.execute(rate_book.set_rate, new)
    content = {
        "rate": None if row is None else pick(row, KEYS),
        "changes": [pick(change, CHANGE_KEYS) for change in changes],
    }
    if row is None:
        first = _("Nothing is saved yet. Without --preview this changes:")
    else:
        first = _("From now on {place}: {price}.").format(
            place=visible(_place_label(row)), price=_price_label(row)
        )
    return Reply(content, f"{first}\n{_changes_text(session, changes)}")


def _new_rule(session: Session, asked: Namespace) -> NewRule:
    from billops_desktop.services.rates.rate_book import NewRule

    client = asking.client_id(session, asked.client) if asked.client is not None else None
    project = asking.project_id(session, asked.project) if asked.project is not None else None
    return NewRule(
        price=asking.price(asked.price),
        currency=asked.currency or asking.currency_of(session, client, project),
        client_id=client,
        project_id=project,
        kind="daily" if asked.daily else "hourly",
        valid_from=asking.day(session, asked.first, "from") if asked.first is not None else None,
        valid_to=asking.day(session, asked.last, "to") if asked.last is not None else None,
    )


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
        len(changes), N_("{count} unbilled entry changes"), N_("{count} unbilled entries change")
    )
    return f"{table.text(session.width())}\n{count}"


def _worth(amount: Money | None) -> str:
    return _("no rate") if amount is None else amount_label(amount)

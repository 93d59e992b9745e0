"""config: settings, the company that invoices name, the workspace; listed, read and changed."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from billops_desktop.cli import asking
from billops_desktop.cli.output import Reply, pairs, visible
from billops_desktop.cli.parsing import Parser, shorten
from billops_desktop.cli.session import Session
from billops_desktop.config import DECLARED, declared
from billops_desktop.errors import InvalidInput, NotFound, Refused
from billops_desktop.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

COMPANY, WORKSPACE, ACCOUNT, SERIES = "company.", "workspace.", "bank.", "series."
ZONE = "workspace.zone"
# What decides which taxes the company charges.
TAXING = {"company.country", "company.small_business"}
# What no person types: ids and hashes that the window sets.
UNTYPED = {"id", "logo_sha256", "rounding_policy_id"}


def declare(parser: Parser, _name: str) -> None:
    """Add list, get and set."""
    listing = parser.verb("list", list_all, _("List all settings with what they hold"))
    listing.examples("billops config list", keys="settings {name: value}")
    getting = parser.verb("get", get, _("Show one setting"))
    getting.add_argument("name", help=_("As billops config list names it"))
    getting.examples("billops config get company.vat_id", keys="name, value")
    setting = parser.verb("set", set_one, _("Change one setting"))
    setting.add_argument("name", help=_("As billops config list names it"))
    setting.add_argument("value", help=_("What it shall hold; '' empties it"))
    setting.examples(
        "billops config set company.legal_name 'Haldane Consulting'",
        "billops config set appearance.language de",
        "billops config set series.invoice 'RE-{YYYY}-{N:4}'",
        "billops config set bank.iban 'DE89 3704 0044 0532 0130 00'",
        keys="name, value, notice",
    )
    confirming = parser.verb(
        "confirm-numbers",
        confirm_numbers,
        _("Confirm the last number given, after a restore that cannot know it"),
    )
    confirming.add_argument(
        "last", nargs="*", help=_("Where a later one was given: the last of each series")
    )
    confirming.add_argument(
        "--yes", action="store_true", help=_("Do it though more than 100 numbers become void")
    )
    confirming.examples(
        "billops config confirm-numbers",
        "billops config confirm-numbers 2026-0007 CN-2026-0002",
        keys="last[]",
    )


def confirm_numbers(session: Session, asked: Namespace) -> Reply:
    """Confirm which numbers were given last; then issuing goes on after them."""
    from billops_desktop.services.profile import given_numbers

    pending = session.workspace.read(given_numbers.are_unsure)
    try:
        last = session.workspace.execute(given_numbers.confirm, asked.last, many=asked.yes)
    except given_numbers.ManyVoid as error:
        raise Refused(
            error.title,
            _("Add --yes where that many were given since the backup."),
            field="yes",
        ) from error
    if not pending:
        text = _("Nothing is to be confirmed: no restore left a number open.")
        return Reply({"last": last}, text)
    known = ", ".join(visible(number) for number in last)
    text = (
        _("The last numbers given are {numbers}; issuing goes on after them.").format(numbers=known)
        if last
        else _("No number was given yet; issuing begins with the first.")
    )
    return Reply({"last": last}, text)


def list_all(session: Session, _asked: Namespace) -> Reply:
    """List every setting with its value."""
    held = _held(session)
    return Reply({"settings": held}, pairs((name, _shown(value)) for name, value in held.items()))


def get(session: Session, asked: Namespace) -> Reply:
    """Show what one setting holds."""
    value = _value(session, asked.name)
    return Reply({"name": asked.name, "value": value}, visible(_shown(value), multiline=True))


def set_one(session: Session, asked: Namespace) -> Reply:
    """Change one setting."""
    name: str = asked.name
    before = _value(session, name)
    if name.startswith(COMPANY):
        _set_company(session, name.removeprefix(COMPANY), _typed(name, asked.value, before))
    elif name.startswith(WORKSPACE):
        _set_workspace(session, name.removeprefix(WORKSPACE), asked.value, before)
    elif name.startswith(ACCOUNT):
        _set_account(session, name.removeprefix(ACCOUNT), asked.value)
    elif name.startswith(SERIES):
        _set_series(session, name.removeprefix(SERIES), asked.value)
    else:
        from billops_desktop.services.profile import settings

        value = declared(name).read(asked.value)
        session.workspace.execute(settings.set_preference, name, value)
    after = _value(session, name)
    text = _("{name} is now {value}.").format(name=name, value=visible(_shown(after)))
    notice = _notice(session, name)
    return Reply({"name": name, "value": after, "notice": notice}, f"{text}\n{notice}".rstrip())


def _notice(session: Session, name: str) -> str:
    """Say what a setting does not change: taxes that no longer fit, the zone of entries."""
    from billops_desktop.services.profile import settings

    if name == ZONE:
        return _(
            "Invoices are dated and fall due by it. Entries keep the zone of this machine: {zone}."
        ).format(zone=session.clock.zone())
    if name not in TAXING:
        return ""
    return visible(session.workspace.read(settings.tax_notice))


def _held(session: Session) -> Mapping[str, Any]:
    """Return all settings by name, in the order in which they are listed."""
    from billops_desktop.services.profile import settings

    workspace = session.workspace
    held: dict[str, Any] = dict(workspace.read(settings.preferences))
    accounts = workspace.read(settings.accounts)
    parts = (
        (COMPANY, asdict(workspace.read(settings.company))),
        (ACCOUNT, asdict(accounts[0] if accounts else settings.AccountRow())),
        (WORKSPACE, asdict(workspace.read(settings.workspace_row))),
    )
    for prefix, values in parts:
        held |= {f"{prefix}{key}": values[key] for key in values if key not in UNTYPED}
    for row in workspace.read(settings.series, session.today()):
        held[f"{SERIES}{row.kind}"] = row.pattern
    return held


def _value(session: Session, name: str) -> Any:
    held = _held(session)
    if name not in held:
        names = [declaration.name for declaration in DECLARED]
        raise NotFound(
            _("There is no setting {name}.").format(name=shorten(name)),
            _("billops config list shows all, for example {example}.").format(example=names[0]),
            field="name",
        )
    return held[name]


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)


def _typed(name: str, text: str, before: Any) -> str | int | bool:
    """Return the text as the kind of value that the setting holds now."""
    folded = text.strip().casefold()
    if isinstance(before, bool):
        if folded in {"true", "yes", "on", "1"}:
            return True
        if folded in {"false", "no", "off", "0"}:
            return False
        raise _unfit(name, text, _("yes or no"))
    if isinstance(before, int):
        if folded.isascii() and folded.isdigit() and len(folded) < 10:
            return int(folded)
        raise _unfit(name, text, _("a whole number"))
    return text


def _unfit(name: str, text: str, allowed: str) -> InvalidInput:
    return InvalidInput(
        _("{name} was not changed: {value} does not fit.").format(name=name, value=shorten(text)),
        _("It takes: {allowed}.").format(allowed=allowed),
        field=name,
    )


def _set_company(session: Session, key: str, value: str | int | bool) -> None:
    from billops_desktop.services.profile import settings

    edit = settings.CompanyEdit(**{key: value})  # type: ignore[arg-type]  # the key was listed from the row itself
    session.workspace.execute(settings.edit_company, edit)


def _set_workspace(session: Session, key: str, text: str, before: Any) -> None:
    from billops_desktop.services.profile import settings

    value: Any = _typed(f"{WORKSPACE}{key}", text, before)
    if key == "locked_until":
        value = asking.day(session, text, key) if text.strip() else None
    edit = settings.WorkspaceEdit(**{key: value})
    session.workspace.execute(settings.edit_workspace, edit)


def _set_account(session: Session, key: str, text: str) -> None:
    """Change the first bank account; the first word typed makes it."""
    from billops_desktop.services.profile import settings

    rows = session.workspace.read(settings.accounts)
    company = session.workspace.read(settings.company)
    first = (
        rows[0]
        if rows
        else settings.AccountRow(holder=company.legal_name, currency=company.currency)
    )
    changed = replace(first, **{key: text})
    session.workspace.execute(settings.replace_accounts, (changed, *rows[1:]))


def _set_series(session: Session, kind: str, pattern: str) -> None:
    from billops_desktop.services.profile import settings

    rows = session.workspace.read(settings.series, session.today())
    held = next(row for row in rows if row.kind == kind)
    session.workspace.execute(
        settings.edit_series,
        kind,
        pattern=pattern,
        reset=held.reset,
        first_number=held.first_number,
    )

"""taxes: the company's taxes listed, added, made the default of new lines, archived."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from billops_desktop.cli import asking
from billops_desktop.cli.output import Column, Reply, Table, pick, visible
from billops_desktop.cli.parsing import Parser, shorten
from billops_desktop.cli.session import Session
from billops_desktop.cli.wording import day_label, ending_so, short_id
from billops_desktop.errors import InvalidInput, NotFound
from billops_desktop.i18n import _

if TYPE_CHECKING:
    from billops_desktop.services.profile.tax_rates import TaxRow

KEYS = (
    "id",
    "name",
    "category",
    "percent",
    "exemption_text",
    "exemption_code",
    "country",
    "valid_from",
    "valid_to",
    "is_default",
    "archived",
)
SHOWN_KEYS = "{" + ", ".join(KEYS) + "}"
# The same as domain.tax.Category, which is not imported to print a help text; a test holds them.
CATEGORIES = ("S", "Z", "E", "AE", "K", "G", "O", "L", "M")


def declare(parser: Parser, _name: str) -> None:
    """Add list, add, default and archive."""
    listing = parser.verb(
        "list", list_taxes, _("List the taxes of your company, the default first")
    )
    listing.add_argument("--on", metavar="DAY", help=_("Only those that hold on this day"))
    listing.add_argument("--all", action="store_true", help=_("Archived ones too"))
    listing.examples("billops taxes list --on today", keys=f"taxes[] {SHOWN_KEYS}")
    _declare_add(parser)
    choosing = parser.verb("default", choose, _("Let new lines bear this tax"))
    choosing.add_argument("tax", help=_("Its name, category and percent (S19), or end of its id"))
    choosing.examples("billops taxes default S19", keys=f"tax {SHOWN_KEYS}")
    archiving = parser.verb("archive", archive, _("Take a tax out of the lists, or back into them"))
    archiving.add_argument("tax", help=_("Its name, category and percent (S19), or end of its id"))
    archiving.add_argument("--restore", action="store_true", help=_("Back into the lists"))
    archiving.examples("billops taxes archive 'USt 7 %'", keys=f"tax {SHOWN_KEYS}")


def _declare_add(parser: Parser) -> None:
    adding = parser.verb("add", add, _("Add a tax"))
    adding.add_argument("name", help=_("As your lists name it"))
    adding.add_argument("percent", nargs="?", default="0", help=_("19 or 8.1; 0 when left out"))
    adding.add_argument("--category", choices=CATEGORIES, help=_("S with a percent, else Z"))
    adding.add_argument("--reason", default="", metavar="TEXT", help=_("Why no tax is charged"))
    adding.add_argument("--code", default="", metavar="CODE", help=_("Code of the reason: VATEX-…"))
    adding.add_argument("--country", default="", metavar="CODE", help=_("Two letters: DE"))
    adding.add_argument("--from", dest="first", metavar="DAY", help=_("First day it holds"))
    adding.add_argument("--to", dest="last", metavar="DAY", help=_("Last day it holds"))
    adding.add_argument("--default", action="store_true", help=_("Let new lines bear it"))
    adding.examples(
        "billops taxes add 'VAT 20%' 20 --default",
        "billops taxes add 'Reverse charge' --category AE --reason 'Reverse charge'",
        keys=f"tax {SHOWN_KEYS}",
    )


def list_taxes(session: Session, asked: Namespace) -> Reply:
    """List the taxes."""
    from billops_desktop.services.profile import settings

    on = asking.day(session, asked.on, "on") if asked.on is not None else None
    rows = session.workspace.read(settings.tax_rates, on=on, archived=asked.all)
    content = {"taxes": [pick(row, KEYS) for row in rows]}
    if not rows:
        return Reply(content, _("No taxes here. billops taxes add makes one."))
    table = Table(
        [
            Column(_("Id")),
            Column(_("Name")),
            Column(_("Category")),
            Column(_("Percent"), right=True),
            Column(_("From")),
            Column(_("To")),
            Column(""),
        ]
    )
    for row in rows:
        table.add(
            short_id(row.id),
            row.name,
            row.category,
            _percent(row),
            day_label(row.valid_from),
            day_label(row.valid_to),
            _mark(row),
        )
    return Reply(content, table.text(session.width()))


def _percent(row: TaxRow) -> str:
    from billops_desktop.i18n import format_decimal

    return format_decimal(row.percent)


def _mark(row: TaxRow) -> str:
    if row.archived:
        return _("archived")
    return _("default") if row.is_default else ""


def add(session: Session, asked: Namespace) -> Reply:
    """Add a tax."""
    from billops_desktop.services.profile import settings

    percent = asking.price(asked.percent, "percent")
    new = settings.NewTax(
        name=asked.name,
        category=asked.category or ("S" if percent else "Z"),
        percent=percent,
        exemption_text=asked.reason,
        exemption_code=asked.code,
        country=asked.country,
        valid_from=asking.day(session, asked.first, "from") if asked.first is not None else None,
        valid_to=asking.day(session, asked.last, "to") if asked.last is not None else None,
    )
    row = session.workspace.execute(settings.add_tax, new)
    if asked.default:
        row = session.workspace.execute(settings.set_default_tax, row.id)
    return _told(row, _("Added the tax {name}."))


def choose(session: Session, asked: Namespace) -> Reply:
    """Make a tax the default."""
    from billops_desktop.services.profile import settings

    found = _tax(session, asked.tax)
    row = session.workspace.execute(settings.set_default_tax, found.id)
    return _told(row, _("New lines bear {name} from now on."))


def archive(session: Session, asked: Namespace) -> Reply:
    """Archive a tax or bring it back."""
    from billops_desktop.services.profile import settings

    found = _tax(session, asked.tax, archived=asked.restore)
    row = session.workspace.execute(settings.archive_tax, found.id, archived=not asked.restore)
    words = _("{name} is back in the lists.") if asked.restore else _("Archived {name}.")
    return _told(row, words)


def _told(row: TaxRow, words: str) -> Reply:
    return Reply({"tax": pick(row, KEYS)}, words.format(name=visible(row.name)))


def _tax(session: Session, typed: str, *, archived: bool = False) -> TaxRow:
    """Return the tax that is meant: by name, by category and percent, or by the end of its id."""
    from billops_desktop.services.drafts.line_taxes import as_typed, code_of
    from billops_desktop.services.profile import settings

    rows = session.workspace.read(settings.tax_rates, archived=archived)
    wanted = as_typed(typed)
    today = session.today()
    ways = (
        [row for row in rows if as_typed(row.name) == wanted],
        [row for row in rows if (row.category, row.percent) == code_of(typed)],
        ending_so(rows, typed),
    )
    found = next((way for way in ways if way), [])
    held = [r for r in found if (r.valid_from or today) <= today <= (r.valid_to or today)]
    if len(held or found) == 1:
        return (held or found)[0]
    if found:
        raise InvalidInput(
            _("{name} may be several taxes; nothing was changed.").format(name=shorten(typed)),
            _("Name it by the end of its id: {ids}.").format(
                ids=", ".join(short_id(row.id) for row in held or found)
            ),
            field="tax",
        )
    raise NotFound(
        _("There is no tax {name}; nothing was changed.").format(name=shorten(typed)),
        _("billops taxes list shows all."),
        field="tax",
    )

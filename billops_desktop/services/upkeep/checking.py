"""Checks a profile: each invariant by name, proved on what is stored; findings where it breaks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from billops_desktop.errors import BillOpsError, InvalidInput
from billops_desktop.i18n import N_, _
from billops_desktop.services.books import Unit
from billops_desktop.services.upkeep import checks_money, checks_records
from billops_desktop.values import dataclass

if TYPE_CHECKING:
    from billops_desktop.services.workspace import Workspace

Check = Callable[[Unit], Iterator[str]]
# What is shown of a name that somebody typed.
LONGEST_NAME = 80
# In the order in which a reader wants to know: first the file, then its rules, then the books.
CHECKS: dict[str, Check] = {
    "quick-check": checks_records.quick_check,
    "foreign-keys": checks_records.foreign_keys,
    "triggers": checks_records.triggers,
    "change-records": checks_records.change_records,
    "durations": checks_records.durations,
    "one-timer": checks_records.one_timer,
    "totals": checks_money.totals,
    "live-lines": checks_money.live_lines,
    "numbers": checks_money.numbers,
    "hashes": checks_money.hashes,
    "chain": checks_money.chain,
    "allocations": checks_money.allocations,
    "files": checks_records.files,
}
# What each check proves, in the user's words.
CLAIMS = {
    "quick-check": N_("The file is sound: SQLite's own quick check finds nothing."),
    "foreign-keys": N_("Every reference leads to a row that exists."),
    "triggers": N_("The triggers that record changes and guard issued documents are all in place."),
    "change-records": N_("Replaying all change records gives exactly the rows that are stored."),
    "durations": N_(
        "No entry ends before it starts, breaks are inside, and its day follows from its own zone."
    ),
    "one-timer": N_("At most one entry runs per person."),
    "totals": N_(
        "Every amount follows from the lines: line nets, one tax per category and rate, the sums."
    ),
    "live-lines": N_(
        "An entry is on at most one live line, and says which; cancelling let go what issue took."
    ),
    "numbers": N_(
        "Numbers run 1..n without a hole per series and period; each has its document or a reason."
    ),
    "hashes": N_(
        "No issued document differs from its hash, and its rows say what the document says."
    ),
    "chain": N_(
        "The hashes of each company's documents form one whole chain from the first to the last."
    ),
    "allocations": N_(
        "Every allocation is within its payment and its invoice, of one client and currency."
    ),
    "files": N_("Every kept file is in the profile and is what its hash says."),
}
SHOWN_AT_MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """One invariant: what it says, whether it holds, and each place where it does not."""

    name: str
    claim: str
    ok: bool
    findings: tuple[str, ...]


def names() -> tuple[str, ...]:
    """Return the names of all invariants that can be proved on a profile."""
    return tuple(CHECKS)


def check(workspace: Workspace, names: Iterable[str] | None = None) -> tuple[CheckResult, ...]:
    """Prove the named invariants, or all, each on one state of the database."""
    wanted = tuple(CHECKS) if names is None else tuple(names)
    for name in wanted:
        if name not in CHECKS:
            raise InvalidInput(
                _("There is no check called {name}.").format(name=name[:LONGEST_NAME]),
                _("These exist: {names}.").format(names=", ".join(CHECKS)),
                field="names",
            )
    return tuple(workspace.read(prove, name) for name in wanted)


def prove(work: Unit, name: str) -> CheckResult:
    """Prove one invariant; a check that cannot run at all is a finding too."""
    wanted = CHECKS[name]
    try:
        found = tuple(islice(wanted(work), SHOWN_AT_MOST))
    except (BillOpsError, SQLAlchemyError, ValueError, TypeError, LookupError) as error:
        found = (_("This could not be checked: {reason}").format(reason=error),)
    return CheckResult(name=name, claim=_(CLAIMS[name]), ok=not found, findings=found)

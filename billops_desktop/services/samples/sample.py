"""The sample company: made in a fresh profile by the very use cases, and taken away as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from sqlalchemy import select, text

from billops_desktop.clock import FixedClock
from billops_desktop.domain.money import Money
from billops_desktop.domain.periods import local_to_utc
from billops_desktop.errors import Refused
from billops_desktop.i18n import LANGUAGES, SOURCE_LANGUAGE, _, current_language
from billops_desktop.services import records, tracking
from billops_desktop.services.books import Unit, company_of
from billops_desktop.services.directory import clients, projects
from billops_desktop.services.drafts import drafting
from billops_desktop.services.entries.entry_rows import current_day
from billops_desktop.services.invoices import corrections, invoicing, payments
from billops_desktop.services.profile import number_series, onboarding, tax_rates
from billops_desktop.services.rates import rate_book
from billops_desktop.services.samples.sample_story import (
    BILLINGS,
    COMPANY,
    CUSTOMERS,
    DRAFTED,
    FIRST_NUMBERS,
    INTERNAL,
    RUNNING,
    WEEK,
    WEEKS,
    Billing,
    Customer,
    Slot,
)
from billops_desktop.storage.models import Client, Company, Person, Project
from billops_desktop.storage.triggers import guards
from billops_desktop.storage.triggers.capture import captured_tables
from billops_desktop.storage.unit_of_work import UnitOfWork
from billops_desktop.values import dataclass

NOON = time(12)
OWN_NAMED = 3


@dataclass(slots=True)
class _Cast:
    """The ids of what was made, by the names of the story."""

    today: date
    zone: str
    clients: dict[str, str] = field(default_factory=dict)
    projects: dict[str, str] = field(default_factory=dict)
    tasks: dict[str, tuple[str, ...]] = field(default_factory=dict)


def is_sample(work: Unit) -> bool:
    """Tell whether the company of this profile is the sample."""
    return bool(work.session.scalar(select(Company.sample).where(Company.deleted_at.is_(None))))


def create(work: UnitOfWork) -> str:
    """Make the sample company in a profile that is not set up, and return its id.

    Nine weeks of time up to now, a running timer, issued, part paid, overdue and cancelled
    invoices in three currencies and a draft. Everything is marked as sample.
    """
    if onboarding.is_set_up(work):
        raise Refused(
            _("The sample company was not added: this profile has a company."),
            _("Nothing was changed. Open the sample with another --profile folder."),
        )
    cast = _Cast(today=current_day(work), zone=work.clock.zone())
    with _at(work, cast, WEEKS * 7):
        company_id = onboarding.set_up(work, replace(COMPANY, language=_language()))
        records.change(work, company_of(work), {"sample": True})
        for kind, first in FIRST_NUMBERS.items():
            made = next(row for row in number_series.series(work, cast.today) if row.kind == kind)
            number_series.edit_series(
                work, kind, pattern=made.pattern, reset=made.reset, first_number=first
            )
        for customer in CUSTOMERS:
            _meet(work, cast, customer)
        internal = projects.NewProject(name=_(INTERNAL), colour="slate")
        cast.projects[INTERNAL] = projects.add(work, internal).id
    for project in work.session.scalars(select(Project)):
        project.sample = True
    work.session.flush()
    now = work.clock.now()
    for days_ago in range(WEEKS * 7, -1, -1):
        _work_a_day(work, cast, days_ago, now)
    for billing in BILLINGS:
        _bill(work, cast, billing)
    drafting.draft_from_time(
        work,
        drafting.DraftRequest(
            client_id=cast.clients[DRAFTED], to_on=cast.today - timedelta(days=2)
        ),
    )
    return company_id


def remove(work: UnitOfWork) -> None:
    """Take the sample company away with all that was done in it; the profile is fresh again.

    Refused once there are clients or projects of one's own beside it. Sample documents are no
    documents, so the guards that hold issued ones are lifted within this one transaction.
    """
    if not is_sample(work):
        raise Refused(_("There is no sample company here."), _("Nothing was changed."))
    _check_nothing_own(work)
    connection = work.session.connection()
    lifted = guards.triggers()
    for name in lifted:
        connection.execute(text(f'DROP TRIGGER "{name}"'))
    # Rows refer to one another in circles; what is left at the end must be whole.
    connection.execute(text("PRAGMA defer_foreign_keys = ON"))
    for table in captured_tables():
        if table.name != Person.__tablename__:
            connection.execute(table.delete())
    for statement in lifted.values():
        connection.exec_driver_sql(statement)
    work.session.expire_all()
    for person in work.session.scalars(select(Person)):
        records.change(work, person, {"first_name": "", "last_name": "", "email": ""})


def _language() -> str:
    """Return the language of the screen where BillOps speaks it: the sample's documents do too."""
    spoken = current_language().split("_")[0]
    return spoken if spoken in LANGUAGES else SOURCE_LANGUAGE


def _meet(work: UnitOfWork, cast: _Cast, customer: Customer) -> None:
    """Add a client with its project, tasks and rate."""
    new = clients.NewClient(
        name=customer.name,
        colour=customer.colour,
        currency=customer.currency,
        email=f"accounts@{customer.name.split()[0].lower()}.example",
        contact=_("Accounts payable"),
        tax_rate_id=_tax(work, customer.tax),
        **customer.place,
    )
    client_id = clients.add(work, new).id
    row = records.live(work, Client, client_id, _("client"))
    records.change(work, row, {"sample": True})
    budget = None if customer.budget_hours is None else customer.budget_hours * 3600
    project_id = projects.add(
        work,
        projects.NewProject(
            name=_(customer.project),
            client_id=client_id,
            colour=customer.colour,
            budget_seconds=budget,
        ),
    ).id
    projects.pin(work, project_id, pinned=customer.pinned)
    rule = rate_book.NewRule(price=customer.rate, currency=customer.currency, project_id=project_id)
    rate_book.set_rate(work, rule)
    cast.clients[customer.name], cast.projects[customer.name] = client_id, project_id
    cast.tasks[customer.name] = tuple(
        projects.add_task(work, projects.NewTask(name=_(name), project_id=project_id)).id
        for name in customer.tasks
    )


def _tax(work: UnitOfWork, category: str) -> str | None:
    if not category:
        return None
    return next(row.id for row in tax_rates.tax_rates(work) if row.category == category)


def _work_a_day(work: UnitOfWork, cast: _Cast, days_ago: int, now: datetime) -> None:
    """Log the slots of a weekday that are over by now; today the timer runs as well."""
    day = cast.today - timedelta(days=days_ago)
    running_since = now - timedelta(minutes=RUNNING.minutes)
    until = running_since if days_ago == 0 else now
    for slot in WEEK[day.weekday()] if day.weekday() < len(WEEK) else ():
        started_at = local_to_utc(day, slot.start, cast.zone, fold=0)
        ended_at = started_at + timedelta(minutes=slot.minutes)
        if ended_at <= until:
            new = tracking.NewEntry(
                started_at=started_at,
                ended_at=ended_at,
                project_id=cast.projects[slot.customer],
                task_id=_task(cast, slot),
                description=_(slot.description),
                source="timer",
            )
            tracking.add(work, new)
    if days_ago == 0:
        tracking.start(
            work,
            project_id=cast.projects[RUNNING.customer],
            task_id=_task(cast, RUNNING),
            description=_(RUNNING.description),
            at=running_since,
        )


def _task(cast: _Cast, slot: Slot) -> str | None:
    return None if slot.task is None else cast.tasks[slot.customer][slot.task]


def _bill(work: UnitOfWork, cast: _Cast, billing: Billing) -> None:
    """Issue an invoice on its day, then let its payments and its cancelling happen on theirs."""
    on = cast.today - timedelta(days=billing.issued)
    with _at(work, cast, billing.issued):
        request = drafting.DraftRequest(client_id=cast.clients[billing.customer], to_on=on)
        invoice = invoicing.issue(work, drafting.draft_from_time(work, request))
    for days_ago, share, method in billing.paid:
        with _at(work, cast, days_ago):
            amount = Money.of(invoice.total.decimal * share / Decimal(100), invoice.total.currency)
            payment = payments.NewPayment(
                invoice_id=invoice.id, amount=amount, method=method, reference=invoice.number or ""
            )
            payments.record(work, payment)
    if billing.cancelled is not None:
        with _at(work, cast, billing.cancelled):
            corrections.cancel(work, invoice.id, reason=_("Wrong period"), release=True)


@contextmanager
def _at(work: UnitOfWork, cast: _Cast, days_ago: int) -> Iterator[None]:
    """Let it be noon of a day in the past for what happens inside."""
    clock = work.clock
    day = cast.today - timedelta(days=days_ago)
    work.clock = FixedClock(local_to_utc(day, NOON, cast.zone, fold=0), cast.zone)
    try:
        yield
        work.session.flush()
    finally:
        work.clock = clock


def _check_nothing_own(work: UnitOfWork) -> None:
    own = [
        name
        for kind in (Client, Project)
        for name in work.session.scalars(
            select(kind.name).where(kind.sample.is_(False), kind.deleted_at.is_(None))
        )
    ]
    if own:
        raise Refused(
            _("The sample was not removed: {names} is not part of it.").format(
                names=", ".join(own[:OWN_NAMED])
            ),
            _("Nothing was changed. Delete what you added, or start in a new profile folder."),
        )

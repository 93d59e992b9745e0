"""What the sample company did: its clients, its week, its invoices, told in days before today."""

from __future__ import annotations

from datetime import time
from decimal import Decimal
from typing import Any, Final

from billops_desktop.i18n import N_
from billops_desktop.services.profile.onboarding import NewWorkspace
from billops_desktop.values import dataclass

WEEKS: Final = 9
FIRST_NUMBERS: Final = {"invoice": 131, "credit_note": 3}

COMPANY: Final = NewWorkspace(
    name="Mara Haldane",
    company="Haldane Consulting",
    country="DE",
    currency="EUR",
    email="office@haldane.example",
    street="Lindenweg 4",
    post_code="10115",
    city="Berlin",
    vat_id="DE136695976",
    tax_number="12/345/67890",
    iban="DE89370400440532013000",
    bic="COBADEFFXXX",
    hourly_rate=Decimal(110),
)


@dataclass(frozen=True, slots=True)
class Customer:
    """A client with its one project; ``tax`` names a category other than the company's default.

    Projects, tasks and descriptions are said in the language of the screen when they are made.
    """

    name: str
    colour: str
    place: dict[str, Any]
    project: str
    rate: Decimal
    currency: str = "EUR"
    tax: str = ""
    tasks: tuple[str, ...] = ()
    pinned: bool = False
    budget_hours: int | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """One stretch of a working day; ``task`` counts in the tasks of the customer's project."""

    start: time
    minutes: int
    customer: str
    description: str
    task: int | None = None


@dataclass(frozen=True, slots=True)
class Billing:
    """An invoice over all time up to its day, and what became of it: days before today."""

    customer: str
    issued: int
    paid: tuple[tuple[int, int, str], ...] = ()
    cancelled: int | None = None


CUSTOMERS: Final = (
    Customer(
        "Acme GmbH",
        "blue",
        {"street": "Hafenstraße 12", "post_code": "20457", "city": "Hamburg", "country": "DE"},
        N_("Website relaunch"),
        Decimal(115),
        tasks=(N_("Design"), N_("Development"), N_("Workshop")),
        pinned=True,
        budget_hours=260,
    ),
    Customer(
        "Globex Ltd",
        "teal",
        {"street": "40 Basinghall Street", "post_code": "EC2V 5DE", "city": "London"}
        | {"country": "GB", "vat_id": "GB980780684", "language": "en"},
        N_("Data platform"),
        Decimal(120),
        currency="GBP",
        tax="O",
        tasks=(N_("Development"),),
        pinned=True,
    ),
    Customer(
        "Initech",
        "pink",
        {"street": "Marktplatz 3", "post_code": "70173", "city": "Stuttgart", "country": "DE"},
        N_("Security audit"),
        Decimal(150),
        tasks=(N_("Report"), N_("Workshop")),
    ),
    Customer(
        "Northwind",
        "indigo",
        {"street": "Rheinufer 21", "post_code": "50668", "city": "Köln", "country": "DE"},
        N_("Retainer"),
        Decimal(125),
        pinned=True,
    ),
    Customer(
        "Umbra AG",
        "violet",
        {"street": "Isartor 8", "post_code": "80331", "city": "München", "country": "DE"},
        N_("ERP migration"),
        Decimal(120),
        budget_hours=80,
    ),
    Customer(
        "Wayne Partners",
        "orange",
        {"street": "1007 Mountain Drive", "post_code": "10013", "city": "New York"}
        | {"region": "NY", "country": "US", "language": "en"},
        N_("Brand portal"),
        Decimal(150),
        currency="USD",
        tax="O",
    ),
    Customer(
        "Hooli",
        "amber",
        {"street": "Am Kanal 5", "post_code": "14467", "city": "Potsdam", "country": "DE"},
        N_("Discovery"),
        Decimal(120),
    ),
)
INTERNAL: Final = N_("Internal")

# A week of work, Monday first. Lunch and the odd half hour stay free: they show as gaps.
WEEK: Final = (
    (
        Slot(time(8, 15), 45, "Umbra AG", ""),
        Slot(time(9), 190, "Initech", N_("Access review findings"), 0),
        Slot(time(13, 15), 230, "Acme GmbH", N_("Checkout redesign: prototypes"), 0),
    ),
    (
        Slot(time(8, 45), 48, INTERNAL, N_("Inbox, timesheets")),
        Slot(time(9, 33), 60, "Acme GmbH", N_("Sprint board grooming"), 1),
        Slot(time(10, 33), 92, "Globex Ltd", N_("Ingest pipeline: backfill and alerts"), 0),
        Slot(time(13, 4), 58, "Northwind", N_("Reply to procurement questions")),
        Slot(time(14, 30), 120, "Acme GmbH", N_("Checkout: payment step"), 1),
    ),
    (
        Slot(time(9), 150, "Globex Ltd", N_("Warehouse schema review"), 0),
        Slot(time(12, 30), 90, "Wayne Partners", N_("Navigation concept")),
        Slot(time(14, 15), 165, "Acme GmbH", N_("Component library"), 1),
    ),
    (
        Slot(time(8, 30), 135, "Northwind", N_("Monthly reporting")),
        Slot(time(11), 60, "Umbra AG", N_("Cut-over rehearsal")),
        Slot(time(13), 210, "Globex Ltd", N_("Orchestration: retries and back-pressure"), 0),
    ),
    (
        Slot(time(9), 210, "Initech", N_("Threat model workshop"), 1),
        Slot(time(13, 30), 90, "Umbra AG", N_("Vendor call and notes")),
        Slot(time(15, 15), 75, "Acme GmbH", N_("Demo and retrospective"), 2),
        Slot(time(16, 45), 30, "Hooli", N_("First interviews")),
    ),
)
RUNNING: Final = Slot(time(), 84, "Acme GmbH", N_("Checkout redesign: review with Marta"), 0)

# In the order in which they were issued; shares of payments are per cent of the total.
BILLINGS: Final = (
    Billing("Hooli", 46, cancelled=44),
    Billing("Umbra AG", 40),
    Billing("Northwind", 38, paid=((20, 100, "bank_transfer"),)),
    Billing("Initech", 36, paid=((21, 100, "card"),)),
    Billing("Acme GmbH", 33, paid=((12, 100, "bank_transfer"),)),
    Billing("Globex Ltd", 28, paid=((19, 60, "bank_transfer"),)),
    Billing("Wayne Partners", 17),
    Billing("Initech", 11),
    Billing("Northwind", 6),
)
DRAFTED: Final = "Acme GmbH"

"""Tables of money: what a draft may lack and an issued document may not, one default per kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from billops_desktop.errors import Refused
from billops_desktop.storage.models import (
    BillingRule,
    Client,
    Company,
    Invoice,
    InvoiceCharge,
    InvoiceLine,
    NumberSeries,
    Payment,
    RoundingPolicy,
)
from billops_desktop.storage.unit_of_work import UnitOfWork

Unit = Callable[[], UnitOfWork]
DAY = date(2026, 11, 25)


@pytest.fixture
def parties(unit: Unit) -> dict[str, str]:
    with unit() as work:
        company = Company(legal_name="H", currency="EUR")
        client = Client(name="A", currency="EUR")
        work.session.add_all([company, client])
    return {"company_id": company.id, "client_id": client.id}


def invoice(parties: dict[str, str], **values: Any) -> Invoice:
    return Invoice(**parties, **{"issue_on": DAY, "currency": "EUR"} | values)


@pytest.mark.parametrize(
    "values",
    [{"number": "1"}, {"state": "issued"}, {"state": "issued", "number": "1"}, {"kind": "bill"}],
)
def test_a_number_and_an_instant_belong_to_issued_ones_alone(
    unit: Unit, parties: dict[str, str], values: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError, match="CHECK"), unit() as work:
        work.session.add(invoice(parties, **values))


def test_a_number_is_given_once_per_company(unit: Unit, parties: dict[str, str]) -> None:
    with unit() as work:
        values = {"state": "issued", "number": "1", "issued_at": work.now()}
        work.session.add_all([invoice(parties), invoice(parties), invoice(parties, **values)])
    with pytest.raises(Refused, match="number was already given"), unit() as work:
        work.session.add(invoice(parties, **values))


def test_one_series_of_a_kind_is_active(unit: Unit, parties: dict[str, str]) -> None:
    def series(active: bool) -> NumberSeries:
        return NumberSeries(
            company_id=parties["company_id"], kind="invoice", pattern="{N}", active=active
        )

    with unit() as work:
        work.session.add_all([series(True), series(False), series(False)])
    with pytest.raises(IntegrityError, match="UNIQUE"), unit() as work:
        work.session.add(series(True))


def test_a_charge_is_a_share_or_an_amount(unit: Unit, parties: dict[str, str]) -> None:
    with unit() as work:
        draft = invoice(parties)
        work.session.add(draft)
    for values in ({}, {"percent": Decimal(1), "amount_minor": 1}):
        with pytest.raises(IntegrityError, match="percent_or_amount"), unit() as work:
            work.session.add(InvoiceCharge(invoice_id=draft.id, kind="discount", **values))


def test_quantities_and_prices_keep_six_places(unit: Unit, parties: dict[str, str]) -> None:
    exact = Decimal("99999999.999999")
    with unit() as work:
        draft = invoice(parties)
        work.session.add(draft)
        work.session.flush()
        line = InvoiceLine(
            invoice_id=draft.id,
            position=1,
            quantity=-exact,
            price=exact,
            base_quantity=Decimal(3600),
            tax_category="S",
            tax_percent=Decimal("8.1"),
        )
        work.session.add(line)
    with unit() as work:
        read = work.session.get_one(InvoiceLine, line.id)
        assert (read.quantity, read.price, read.tax_percent) == (-exact, exact, Decimal("8.1"))


@pytest.mark.parametrize(
    "make",
    [
        lambda _parties: RoundingPolicy(name="R", step_seconds=0),
        lambda _parties: BillingRule(
            scope="workspace",
            currency="EUR",
            price=Decimal(1),
            valid_from=DAY,
            valid_to=date(2026, 1, 1),
        ),
        lambda parties: Payment(
            client_id=parties["client_id"], received_on=DAY, amount_minor=0, currency="EUR"
        ),
    ],
)
def test_what_makes_no_sense_is_refused(
    unit: Unit, parties: dict[str, str], make: Callable[[dict[str, str]], object]
) -> None:
    with pytest.raises(IntegrityError, match="CHECK"), unit() as work:
        work.session.add(make(parties))

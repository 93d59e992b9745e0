"""Drafts from a document: the whole form read, every wrong field named, nothing half written."""

from __future__ import annotations

import copy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from billops_desktop.errors import InvalidInput
from billops_desktop.services.drafts import drafting
from billops_desktop.services.invoices import invoice_rows, rendering
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.models import Client, Invoice
from tests.support import factories

FULL: dict[str, Any] = {
    "client": "Acme GmbH",
    "issue_on": "2026-11-30",
    "due_on": "2026-12-14",
    "supply_from": "2026-11-01",
    "supply_to": "2026-11-30",
    "currency": "EUR",
    "language": "de",
    "reference": "PO 4500-7781",
    "note": "Vielen Dank.",
    "terms": "Netto 14 Tage.",
    "lines": [
        {"description": "Front-end", "hours": "1:30", "price": "110.00"},
        {
            "description": "Workshop",
            "details": "On site",
            "quantity": "2.5",
            "unit": "DAY",
            "price": "1450",
            "discount_percent": "10",
            "tax": "S19",
        },
        {"description": "Book", "price": 20, "discount": "5.00", "tax": "S 7 %"},
    ],
    "charges": [{"kind": "discount", "reason": "Loyal", "percent": "5"}],
}


def test_the_whole_form_becomes_a_draft(workspace: Workspace) -> None:
    factories.make_client(workspace)
    invoice_id = workspace.execute(drafting.draft_from_document, FULL)

    shown = workspace.read(invoice_rows.detail, invoice_id)
    assert [line.net.minor for line in shown.lines] == [16_500, 326_250, 1_500]
    assert (shown.lines[0].quantity, shown.lines[0].unit) == (Decimal(5400), "SEC")
    assert [(line.tax_category, line.tax_percent) for line in shown.lines][2] == ("S", Decimal(7))
    assert shown.totals.gross.minor == 389_003
    assert (shown.row.issue_on, shown.row.due_on) == (date(2026, 11, 30), date(2026, 12, 14))
    assert (shown.language, shown.client_reference) == ("de", "PO 4500-7781")
    document = workspace.read(rendering.document, invoice_id)
    assert (document.note, document.charges[0].amount.minor) == ("Vielen Dank.", 17_213)


def test_a_client_is_found_by_number_or_added_from_an_object(workspace: Workspace) -> None:
    factories.make_client(workspace, "Globex Ltd", number="G-7")
    line = {"description": "Work", "price": "10"}
    for client in ("G-7", {"name": "Globex Ltd"}, {"name": "Other words", "number": "G-7"}):
        workspace.execute(drafting.draft_from_document, {"client": client, "lines": [line]})
    new = {"name": "Umbra AG", "city": "Zürich", "country": "CH", "currency": "CHF"}
    invoice_id = workspace.execute(
        drafting.draft_from_document, {"client": new, "lines": [line], "currency": "CHF"}
    )
    assert workspace.read(invoice_rows.row, invoice_id).client_name == "Umbra AG"
    assert workspace.read(lambda work: work.session.scalar(select(func.count(Client.id)))) == 2


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        (("client",), "Nobody", "client"),
        (("client",), "a\udcffb", "client"),
        (("client",), 7, "client"),
        (("client",), {"city": "Kiel"}, "client.name"),
        (("client",), {"name": "X", "colour": "red"}, "client.colour"),
        (("client",), {"name": "X", "country": "Atlantis"}, "client.country"),
        (("issue_on",), "30.11.2026", "issue_on"),
        (("due_on",), 20261130, "due_on"),
        (("supply_to",), "20261130", "supply_to"),
        (("currency",), "USD", "currency"),
        (("note",), "a\x00b", "note"),
        (("colour",), "red", "colour"),
        (("lines",), [], "lines"),
        (("lines",), "work", "lines"),
        (("lines", 1), "work", "lines[1]"),
        (("lines", 1, "price"), "12,3,4", "lines[1].price"),
        (("lines", 1, "price"), 12.5, "lines[1].price"),
        (("lines", 1, "price"), True, "lines[1].price"),
        (("lines", 1, "price"), None, "lines[1].price"),
        (("lines", 1, "price"), "-5", "lines[1].price"),
        (("lines", 1, "price"), "1e9", "lines[1].price"),
        (("lines", 1, "price"), "95,500", "lines[1].price"),
        (("client",), {"name": "Acme GmbH", "currency": "USD"}, "client.currency"),
        (("lines", 1, "quantity"), "NaN", "lines[1].quantity"),
        (("lines", 1, "quantity"), "1.2345678", "lines[1].quantity"),
        (("lines", 1, "quantity"), "999999999999", "lines[1].quantity"),
        (("lines", 1, "hours"), "1:30", "lines[1].hours"),
        (("lines", 0, "hours"), "soon", "lines[0].hours"),
        (("lines", 1, "discount_percent"), "101", "lines[1].discount_percent"),
        (("lines", 2, "discount"), "5.001", "lines[2].discount"),
        (("lines", 1, "tax"), "moon", "lines[1].tax"),
        (("lines", 1, "tax"), "Z 19", "lines[1].tax"),
        (("lines", 1, "description"), " ", "lines[1].description"),
        (("lines", 1, "weight"), "5", "lines[1].weight"),
        (("charges", 0, "percent"), None, "charges[0].amount"),
        (("charges", 0, "kind"), "gift", "charges[0].kind"),
        (("charges", 0, "tax"), "S99x", "charges[0].tax"),
        (("charges", 0, "tax"), 19, "charges[0].tax"),
        (("language",), "xx", "language"),
    ],
)
def test_each_wrong_field_is_named_and_nothing_is_written(
    workspace: Workspace, path: tuple[Any, ...], value: object, field: str
) -> None:
    factories.make_client(workspace)
    document = copy.deepcopy(FULL)
    place: Any = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value

    with pytest.raises(InvalidInput) as caught:
        workspace.execute(drafting.draft_from_document, document)
    assert caught.value.field == field
    counts = workspace.read(
        lambda work: (
            work.session.scalar(select(func.count(Invoice.id))),
            work.session.scalar(select(func.count(Client.id))),
        )
    )
    assert counts == (0, 1)


@pytest.mark.parametrize("document", [[], "x", None, 5])
def test_what_is_no_object_is_refused(workspace: Workspace, document: Any) -> None:
    with pytest.raises(InvalidInput):
        workspace.execute(drafting.draft_from_document, document)


@pytest.mark.parametrize("tax", ["S7", "USt 7 %"])
def test_a_charge_falls_under_the_tax_that_it_names(workspace: Workspace, tax: str) -> None:
    factories.make_client(workspace)
    form = copy.deepcopy(FULL)
    form["charges"] = [{"kind": "charge", "amount": "10.00", "tax": tax}]
    invoice_id = workspace.execute(drafting.draft_from_document, form)
    [charge] = workspace.read(invoice_rows.detail, invoice_id).charges
    assert (charge.tax_category, charge.tax_percent) == ("S", Decimal(7))
    assert [share.amount.minor for share in charge.shares] == [1_000]

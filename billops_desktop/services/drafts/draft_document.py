"""Drafts an invoice from a document: a JSON object in the form below; all of it or nothing.

::

    {
      "client": "Acme GmbH",            name or number of a client you have, or an object:
                                        {"name", "number", "street", "post_code", "city",
                                         "country", "vat_id", "currency", "language"};
                                        it is looked up first and added when it is new
      "issue_on": "2026-11-30",         optional, today
      "due_on": "2026-12-14",           optional, from the terms of payment
      "supply_from": "2026-11-01",      optional, with "supply_to"
      "supply_to": "2026-11-30",
      "currency": "EUR",                optional, must be the client's
      "language": "de",                 optional, the client's
      "reference": "PO 4500-7781",      optional
      "note": "Thank you.",             optional
      "terms": "Net 14 days.",          optional
      "lines": [
        {"description": "Workshop",     required
         "details": "On site",          optional
         "quantity": "2.5",             or "hours": "1:30"; 1 when neither is given
         "unit": "DAY",                 optional
         "price": "1450.00",            required; per hour when "hours" is given
         "discount_percent": "10",      or "discount": "50.00"; optional
         "tax": "S19"}                  a tax rate by name, or category and percent;
                                        optional, the client's default
      ],
      "charges": [
        {"kind": "discount",            or "charge"
         "reason": "Loyal client",
         "percent": "5",                or "amount": "20.00"
         "tax": "S19"}                  the tax that it falls under; optional, else all in shares
      ]
    }

Numbers are JSON strings ("1450.00") or whole numbers; JSON fractions are read digit by digit,
never as floats, when the caller parses with ``parse_float=str``. Anything else, an unknown name
among them, is InvalidInput with the path of the field: ``lines[2].price``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import or_, select

from billops_desktop.domain.money import Money, decimals_of
from billops_desktop.domain.reading.typed import check_text
from billops_desktop.domain.reading.typed_numbers import read_decimal, read_duration, read_money
from billops_desktop.errors import BillOpsError, InvalidInput
from billops_desktop.i18n import _
from billops_desktop.services.books import Unit, client_of, company_of, today
from billops_desktop.services.directory import clients
from billops_desktop.services.drafts.draft_edits import ChargeEdit, DraftEdit, LineEdit, save
from billops_desktop.services.drafts.draft_rows import Header, write_header
from billops_desktop.services.drafts.line_taxes import code_of, matching_tax, taxes_to_choose
from billops_desktop.storage.models import Client, Company
from billops_desktop.storage.unit_of_work import UnitOfWork

HEADER_TEXTS = {
    "language": "language",
    "reference": "client_reference",
    "note": "note",
    "terms": "terms",
}
HEADER_DATES = ("issue_on", "due_on", "supply_from", "supply_to")
HEAD = frozenset({"client", "currency", "lines", "charges", *HEADER_DATES, *HEADER_TEXTS})
CLIENT_ADDRESS = ("street", "post_code", "city", "country")
CLIENT = frozenset({"name", "number", "vat_id", "currency", "language", *CLIENT_ADDRESS})
LINE_TEXTS = ("description", "details", "unit", "tax")
LINE = frozenset({"quantity", "hours", "price", "discount_percent", "discount", *LINE_TEXTS})
CHARGE = frozenset({"kind", "reason", "percent", "amount", "tax"})
MOST_LINES = 10_000
HOUR = Decimal(3600)
PLAIN = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def draft_from_document(work: UnitOfWork, document: Mapping[str, Any]) -> str:
    """Draft an invoice from a parsed JSON object and return its id.

    InvalidInput names the first wrong field.
    """
    top = _object(document, "", HEAD)
    client = _client(work, top.get("client"))
    company = company_of(work)
    currency = _text(top, "currency", "currency") or client.currency
    if currency != client.currency:
        raise _wrong(
            "currency", _("the client is invoiced in {currency}.").format(currency=client.currency)
        )
    header = Header(
        issue_on=_date(top, "issue_on") or today(work),
        due_on=_date(top, "due_on"),
        supply_from=_date(top, "supply_from"),
        supply_to=_date(top, "supply_to"),
    )
    reading = _Reading(work, company, currency)
    lines = tuple(
        reading.line(one, f"lines[{place}]") for place, one in enumerate(_list(top, "lines"))
    )
    if not lines:
        raise _wrong("lines", _("there is no line."))
    charges = tuple(
        reading.charge(one, f"charges[{place}]") for place, one in enumerate(_list(top, "charges"))
    )
    invoice = write_header(work, company, client, header)
    texts: dict[str, Any] = {
        field: _text(top, name, name) for name, field in HEADER_TEXTS.items() if name in top
    }
    save(work, invoice.id, DraftEdit(lines=lines, charges=charges, **texts))
    return invoice.id


class _Reading:
    """Reads lines and charges in one currency, with the taxes of one company."""

    def __init__(self, work: Unit, company: Company, currency: str) -> None:
        self.currency = currency
        self.places = decimals_of(currency)
        self.rates = taxes_to_choose(work, company.id)

    def line(self, value: Any, path: str) -> LineEdit:
        """Return one line of the document."""
        fields = _object(value, path, LINE)
        description = _text(fields, "description", f"{path}.description")
        if not description.strip():
            raise _wrong(f"{path}.description", _("it is missing."))
        if fields.get("price") is None:
            raise _wrong(f"{path}.price", _("it is missing."))
        return LineEdit(
            description=description,
            details=_text(fields, "details", f"{path}.details"),
            price=_number(fields["price"], f"{path}.price"),
            discount_percent=_optional(fields, "discount_percent", path),
            discount=self._money(fields, "discount", path),
            **self._quantity(fields, path),
            **self._tax(fields, path),
        )

    def charge(self, value: Any, path: str) -> ChargeEdit:
        """Return one discount or charge on the whole document."""
        fields = _object(value, path, CHARGE)
        return ChargeEdit(
            kind=_text(fields, "kind", f"{path}.kind") or "discount",
            reason=_text(fields, "reason", f"{path}.reason"),
            percent=_optional(fields, "percent", path),
            amount=self._money(fields, "amount", path),
            **self._charge_tax(fields, path),
        )

    def _quantity(self, fields: Mapping[str, Any], path: str) -> dict[str, Any]:
        if "hours" in fields:
            if "quantity" in fields or "unit" in fields:
                raise _wrong(f"{path}.hours", _("give hours or a quantity, not both."))
            hours = fields["hours"]
            if type(hours) is int:
                seconds = hours * 3600
            else:
                typed = _text(fields, "hours", f"{path}.hours")
                seconds = read_duration(_as_hours(typed), field=f"{path}.hours")
            return {
                "kind": "time",
                "quantity": Decimal(seconds),
                "unit": "SEC",
                "base_quantity": HOUR,
            }
        quantity = _optional(fields, "quantity", path)
        unit = _text(fields, "unit", f"{path}.unit")
        return {"quantity": Decimal(1) if quantity is None else quantity, "unit": unit or "C62"}

    def _money(self, fields: Mapping[str, Any], name: str, path: str) -> Money | None:
        value = fields.get(name)
        if value is None:
            return None
        field = f"{path}.{name}"
        _number(value, field)
        return read_money(str(value), self.currency, decimal_mark=".", field=field)

    def _charge_tax(self, fields: Mapping[str, Any], path: str) -> dict[str, Any]:
        """Return the tax of a charge by category and percent: a charge keeps no rate's id."""
        found = self._tax(fields, path)
        rate_id = found.get("tax_rate_id")
        if rate_id is None:
            return found
        rate = next(rate for rate in self.rates if rate.id == rate_id)
        return {"tax_category": rate.category, "tax_percent": rate.percent}

    def _tax(self, fields: Mapping[str, Any], path: str) -> dict[str, Any]:
        named = _text(fields, "tax", f"{path}.tax").strip()
        if not named:
            return {}
        rate = matching_tax(self.rates, named)
        if rate is not None:
            return {"tax_rate_id": rate.id}
        code = code_of(named)
        if code is None:
            known = ", ".join(rate.name for rate in self.rates)
            raise _wrong(f"{path}.tax", _("it is none of: {names}.").format(names=known))
        return {"tax_category": code[0], "tax_percent": code[1]}


def _client(work: UnitOfWork, value: Any) -> Client:
    """Return the client that a document names, added first when the object is of a new one."""
    if isinstance(value, str) and value.strip():
        found = _known_client(work, check_text(value, "client").strip())
        if found is None:
            raise _wrong("client", _("there is no client “{name}”.").format(name=value[:80]))
        return found
    if not isinstance(value, Mapping):
        raise _wrong("client", _("it is missing."))
    fields = _object(value, "client", CLIENT)
    texts: dict[str, Any] = {name: _text(fields, name, f"client.{name}").strip() for name in fields}
    for name in ("number", "name"):
        known = _known_client(work, texts.get(name, "")) if texts.get(name) else None
        if known is not None:
            asked = texts.get("currency") or known.currency
            if asked.upper() != known.currency:
                reason = _("the client is invoiced in {currency}.")
                raise _wrong("client.currency", reason.format(currency=known.currency))
            return known
    return _added_client(work, texts)


def _added_client(work: UnitOfWork, texts: dict[str, Any]) -> Client:
    """Add the client that a document describes; what it leaves out is the company's."""
    if not texts.get("name"):
        raise _wrong("client.name", _("it is missing."))
    try:
        added = clients.add(work, clients.NewClient(**texts))
    except InvalidInput as refusal:
        refusal.field = f"client.{refusal.field}" if refusal.field else "client"
        raise
    return client_of(work, added.id)


def _known_client(work: Unit, named: str) -> Client | None:
    found = work.session.scalars(
        select(Client)
        .where(or_(Client.number == named, Client.name == named), Client.deleted_at.is_(None))
        .limit(2)
    ).all()
    if len(found) > 1:
        raise _wrong("client", _("two clients are called so; give the number."))
    return found[0] if found else None


def _object(value: Any, path: str, allowed: frozenset[str]) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise _wrong(path or "document", _("an object is expected."))
    for name in value:
        if name not in allowed:
            field = f"{path}.{name}" if path else str(name)
            raise _wrong(
                field[:200],
                _("it is not known; these are: {names}.").format(names=", ".join(sorted(allowed))),
            )
    return value


def _list(top: Mapping[str, Any], name: str) -> list[Any]:
    value = top.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or len(value) > MOST_LINES:
        raise _wrong(name, _("a list of at most {most} is expected.").format(most=MOST_LINES))
    return value


def _text(fields: Mapping[str, Any], name: str, path: str) -> str:
    value = fields.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _wrong(path, _("text is expected."))
    return check_text(value, path)


def _date(top: Mapping[str, Any], name: str) -> date | None:
    typed = _text(top, name, name)
    if not typed:
        return None
    try:
        found = date.fromisoformat(typed)
    except ValueError:
        found = None
    # Python reads 20261130 and 2026-W48-1 too; the form knows one spelling.
    if found is None or found.isoformat() != typed:
        raise _wrong(name, _("a date like 2026-11-30 is expected."))
    return found


def _number(value: Any, path: str) -> Decimal:
    if type(value) is int or (isinstance(value, str) and value.strip()):
        if not PLAIN.fullmatch(str(value).strip()):
            # “95,500” is read in two ways by two people; the form knows one spelling.
            raise _wrong(path, _('a number without a thousands mark is expected: "1450.00".'))
        try:
            return read_decimal(str(value), ".", field=path)
        except BillOpsError as refusal:
            raise _wrong(path, refusal.title) from refusal
    raise _wrong(path, _('a number is expected, as text: "1450.00".'))


def _optional(fields: Mapping[str, Any], name: str, path: str) -> Decimal | None:
    return None if fields.get(name) is None else _number(fields[name], f"{path}.{name}")


def _as_hours(typed: str) -> str:
    """Read a bare whole number as hours: the field is called so."""
    return f"{typed.strip()}h" if typed.strip().isdigit() else typed


def _wrong(field: str, reason: str) -> InvalidInput:
    return InvalidInput(
        _("The draft was not made: {field}: {reason}").format(field=field, reason=reason),
        _("Nothing was written. Mend it and try again."),
        field=field,
    )

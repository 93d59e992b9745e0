"""What clients and the company have alike: address, tax numbers, currency, language; its checks."""

from __future__ import annotations

from collections.abc import Mapping

from billops_desktop.domain.parties import check_vat_id
from billops_desktop.services import fields
from billops_desktop.services.edits import UNCHANGED, Unchanged
from billops_desktop.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyFields:
    """Where a party is found and how its tax office knows it; all may be left empty."""

    street: str = ""
    street_more: str = ""
    post_code: str = ""
    city: str = ""
    region: str = ""
    country: str = ""
    vat_id: str = ""
    tax_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyEdit:
    """What to change of a party, whether it buys or sells."""

    street: str | Unchanged = UNCHANGED
    street_more: str | Unchanged = UNCHANGED
    post_code: str | Unchanged = UNCHANGED
    city: str | Unchanged = UNCHANGED
    region: str | Unchanged = UNCHANGED
    country: str | Unchanged = UNCHANGED
    vat_id: str | Unchanged = UNCHANGED
    tax_number: str | Unchanged = UNCHANGED
    currency: str | Unchanged = UNCHANGED
    language: str | Unchanged = UNCHANGED
    template: str | Unchanged = UNCHANGED


CHECKS: Mapping[str, fields.Check] = {
    **fields.ADDRESS,
    "vat_id": fields.unless_empty(check_vat_id),
    "tax_number": fields.short,
    "currency": fields.currency,
    "language": fields.language,
    "terms_days": fields.terms_days,
    "template": fields.short,
}

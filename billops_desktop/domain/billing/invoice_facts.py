"""What is asked about an invoice before it is issued, and what a finding about it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from billops_desktop.domain.billing.invoice import InvoiceTotals, Line
from billops_desktop.domain.money import Money
from billops_desktop.domain.parties import Party
from billops_desktop.domain.tax import Category
from billops_desktop.values import dataclass

BLOCK = "block"
ADVICE = "advice"
LEGAL_KINDS = ("invoice", "credit_note")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend: the rule it breaks, whether it blocks issuing, where to mend it."""

    rule: str
    severity: str
    message: str
    field: str

    @property
    def blocks(self) -> bool:
        """Whether the invoice cannot be issued until this is mended."""
        return self.severity == BLOCK


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceFacts:
    """All that the checks read; ``exemptions`` are the printed reasons per tax category.

    ``tax_in_local`` is the tax in the currency of the seller's country when the invoice has
    another; ``corrects`` is the number of the document that a credit note answers. Without
    ``today`` the invoice date is not compared with it.
    """

    kind: str = "invoice"
    seller: Party
    buyer: Party
    issue_on: date
    due_on: date | None = None
    terms: str = ""
    supply_from: date | None = None
    supply_to: date | None = None
    lines: tuple[Line, ...]
    totals: InvoiceTotals
    exemptions: Mapping[Category, str] = field(default_factory=dict)
    small_business: bool = False
    tax_in_local: Money | None = None
    corrects: str = ""
    today: date | None = None

    @property
    def categories(self) -> frozenset[Category]:
        """The tax categories of lines and charges."""
        return frozenset(line.group.category for line in self.totals.taxes)

    @property
    def has_supply_date(self) -> bool:
        """Whether a date or a period of supply is named."""
        return self.supply_from is not None or self.supply_to is not None

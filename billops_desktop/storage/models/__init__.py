"""All tables, importable from one place."""

from billops_desktop.storage.models.billing import (
    Allocation,
    BillingRule,
    Invoice,
    InvoiceCharge,
    InvoiceFile,
    InvoiceLine,
    InvoiceTax,
    LineEntry,
    NumberCounter,
    NumberSeries,
    NumberUsed,
    Payment,
    RoundingPolicy,
    TaxRate,
)
from billops_desktop.storage.models.people import (
    BankAccount,
    Client,
    Company,
    Contact,
    Person,
    WorkingTime,
    Workspace,
)
from billops_desktop.storage.models.system import (
    Attachment,
    CaptureContext,
    ChangeRecord,
    Event,
    Setting,
)
from billops_desktop.storage.models.work import Project, Task, TimeEntry
from billops_desktop.storage.record import Record

__all__ = [
    "Allocation",
    "Attachment",
    "BankAccount",
    "BillingRule",
    "CaptureContext",
    "ChangeRecord",
    "Client",
    "Company",
    "Contact",
    "Event",
    "Invoice",
    "InvoiceCharge",
    "InvoiceFile",
    "InvoiceLine",
    "InvoiceTax",
    "LineEntry",
    "NumberCounter",
    "NumberSeries",
    "NumberUsed",
    "Payment",
    "Person",
    "Project",
    "Record",
    "RoundingPolicy",
    "Setting",
    "Task",
    "TaxRate",
    "TimeEntry",
    "WorkingTime",
    "Workspace",
]

"""BillOps Desktop: time tracking and invoicing that works offline on a local profile."""

__version__ = "0.1.0"

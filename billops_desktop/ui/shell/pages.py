"""The pages of the window: where each is found, how it is listed, made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from billops_desktop.i18n import _
from billops_desktop.values import dataclass

Factory = Callable[[Any], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageDeclaration:
    """A page: its id, its words and icon in the sidebar, the section it stands under.

    ``within`` is the listed page that is lit while this one is shown: an invoice is within the
    invoices. ``factory`` is called with the window once, when the page is first shown.
    """

    id: str
    words: str
    icon: str
    factory: Factory
    section: str = ""
    listed: bool = True
    within: str = ""


def made_by(module: str, name: str) -> Factory:
    """Return a factory that imports the page's module only when the page is first shown.

    The first frame must not wait for what a page reads: services bring the database library.
    The page is a child of the stack from the start: Qt would dress all of it again if moved there.
    """

    def factory(shell: Any) -> Any:
        page = getattr(import_module(f"billops_desktop.ui.views.{module}"), name)
        return page(shell, shell.stack)

    return factory


def declarations() -> tuple[PageDeclaration, ...]:
    """Return the pages in the order of the sidebar."""
    page = PageDeclaration
    billing, directory = _("Billing"), _("Directory")
    return (
        page(id="time", words=_("Time"), icon="clock", factory=made_by("tracker", "TrackerView")),
        page(
            id="to_invoice",
            words=_("To invoice"),
            icon="hand-coins",
            factory=made_by("to_invoice", "ToInvoiceView"),
            section=billing,
        ),
        page(
            id="invoices",
            words=_("Invoices"),
            icon="file-text",
            factory=made_by("invoices", "InvoicesView"),
            section=billing,
        ),
        page(
            id="invoice",
            words=_("Invoice"),
            icon="file-text",
            factory=made_by("invoice_editor", "InvoiceEditorView"),
            listed=False,
            within="invoices",
        ),
        page(
            id="clients",
            words=_("Clients"),
            icon="users",
            factory=made_by("clients", "ClientsView"),
            section=directory,
        ),
        page(
            id="projects",
            words=_("Projects"),
            icon="folder",
            factory=made_by("projects", "ProjectsView"),
            section=directory,
        ),
        page(
            id="settings",
            words=_("Settings"),
            icon="settings",
            factory=made_by("settings", "SettingsView"),
            section="foot",
        ),
    )

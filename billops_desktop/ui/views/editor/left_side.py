"""The left side of the editor, made in steps: form of a draft, panel of an issued invoice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from billops_desktop.ui.views.billing import invoice_deeds
from billops_desktop.ui.views.billing.invoice_panel import InvoicePanel
from billops_desktop.ui.views.editor.desk import AUTOSAVE_MS
from billops_desktop.ui.views.editor.draft_form import DraftForm

if TYPE_CHECKING:
    from billops_desktop.ui.growing import Steps


def form_steps(view: Any) -> Steps[DraftForm]:
    """Make the form of a draft, put it in its place and connect it."""
    made = yield from DraftForm.steps(view, view.sides.left)
    yield
    view.sides.hold(made)
    made.changed.connect(lambda values: view.desk.change(**values))
    made.typed.connect(lambda values: view.desk.change(within=AUTOSAVE_MS, **values))
    made.unbilled_wanted.connect(view.add_unbilled)
    made.checks.wanted.connect(view.mend)
    made.client.change_wanted.connect(view.change_client)
    made.client.open_wanted.connect(view.open_client)
    return made


def panel_steps(view: Any) -> Steps[InvoicePanel]:
    """Make the panel of an issued invoice, put it in its place and connect it."""
    made = yield from InvoicePanel.steps(view.today, view.shell.clock.zone, view.sides.left)
    yield
    view.sides.hold(made)
    made.stand_alone()
    invoice_deeds.connect_panel(view, made)
    return made

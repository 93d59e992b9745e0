"""The Invoices page: sums over the list, tabs, the list in pages, one invoice at the right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, ClassVar, Final

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from billops_desktop.i18n import _, ngettext
from billops_desktop.services.invoices.invoice_rows import (
    TABS,
    InvoiceDetail,
    InvoicePage,
    InvoiceRow,
    detail,
    invoices,
    metrics,
)
from billops_desktop.ui import keys
from billops_desktop.ui.actions import focus_types_text
from billops_desktop.ui.growing import at_once
from billops_desktop.ui.table import BLOCK
from billops_desktop.ui.view import View
from billops_desktop.ui.views.billing import invoice_deeds
from billops_desktop.ui.views.billing.client_choice import blank_invoice
from billops_desktop.ui.views.billing.invoice_panel import WIDTH, InvoicePanel
from billops_desktop.ui.views.billing.invoice_table import InvoiceTable
from billops_desktop.ui.views.billing.metric_tiles import MetricTiles
from billops_desktop.ui.views.billing.pdf_files import open_pdf
from billops_desktop.ui.views.billing.statuses import is_payable, next_step, tab_words
from billops_desktop.ui.widgets.buttons import Button, Segments
from billops_desktop.ui.widgets.input.fields import SearchField
from billops_desktop.ui.widgets.panels import Card, EmptyPanel

if TYPE_CHECKING:
    from billops_desktop.ui.view import Shell

PANEL_FROM: Final = 1180
TYPING_MS: Final = 200


class InvoicesView(View):
    """Lists invoices from SQL, a block at a time, and shows the chosen one beside them."""

    name: ClassVar[str] = "invoices"
    shows: ClassVar[frozenset[str]] = frozenset(
        {"invoice", "invoice_line", "payment", "allocation", "client", "workspace"}
    )

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.tab: Any = "all"
        self.chosen_id = ""
        self.panel_chosen: bool | None = None
        self.counts: dict[str, int] = {}
        self._wanted_id = ""
        self.tiles = MetricTiles(self)
        self.tabs = Segments(tuple(tab_words().items()), _("Which invoices"), self)
        self.filter = SearchField("invoiceFilter", _("Filter: client, number, reference…"), self)
        self.new = Button(_("New invoice"), self, kind="primary", icon="plus", name="newInvoice")
        self.card = Card(self, name="invoiceCard")
        self.table = InvoiceTable(self.card)
        self.empty = self._empty_panel()
        self.panel_made = False
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._lay_out()
        self._connect()

    @cached_property
    def panel(self) -> InvoicePanel:
        """Return the panel of one invoice, made when the first one is shown."""
        made = at_once(InvoicePanel.steps(self.today, self.shell.clock.zone, self))
        made.hide()
        self.panel_made = True
        made.closed.connect(self._close_panel)
        invoice_deeds.connect_panel(self, made)
        return made

    def _panel_shown(self) -> bool:
        return self.panel_made and self.panel.isVisibleTo(self)

    # What the frame asks.

    def load(self) -> None:
        """Ask for the sums, the counts and the first rows; the rest comes in sight later."""
        self.query(metrics, done=self.tiles.show_metrics)
        self.query(
            invoices,
            tab=self.tab,
            text=self.filter.text(),
            limit=BLOCK,
            done=self.show_page,
        )

    def open_at(self, place: Mapping[str, Any]) -> None:
        """Go to a tab, a filter or one invoice of the list, or begin a new one."""
        tab, text = place.get("tab"), place.get("text")
        self._wanted_id = place.get("invoice_id", "")
        if tab in TABS:
            self.tab = tab
            self.tabs.choose(tab)
        if text is not None:
            self.filter.setText(text)
            self._typing.stop()
        if place.get("new"):
            self.open_new_menu()
        if place.get("blank"):
            self.ask_blank()
        if tab or text is not None or self._wanted_id:
            self.reload()

    def place(self) -> dict[str, Any]:
        """Return tab, filter and the invoice that is shown."""
        return {"tab": self.tab, "text": self.filter.text(), "invoice_id": self.chosen_id}

    def heading(self) -> str:
        """Return the words of the window's title."""
        late = self.counts.get("overdue", 0)
        words = ngettext("{count} overdue", "{count} overdue", late).format(count=late)
        return _("Invoices") + (f", {words}" if late else "")

    def filter_field(self) -> QWidget:
        """Return the field that Ctrl+F goes to."""
        return self.filter

    def toggle_panel(self) -> None:
        """Show or hide the panel, whatever the width of the window."""
        self.panel_chosen = not self._panel_shown()
        self._fit_panel()

    # What is shown.

    def show_page(self, page: InvoicePage) -> None:
        """Show counts and the first rows; further blocks are asked for by the table."""
        self.counts = page.counts
        for tab, words in tab_words().items():
            self.tabs.set_words(tab, words, page.counts[tab])
        total = page.counts[self.tab]
        self.tell_found(self.filter.text(), total)
        at = self.table.verticalScrollBar().value()
        self.table.rows_model.set_pages(self._ask, total)
        self.table.rows_model.take_page(0, page.rows)
        self.table.verticalScrollBar().setValue(at)
        self._choose_again(page.rows)
        self._say_empty(total)
        self.pages.setCurrentWidget(self.list if total else self.empty)
        self._fit_panel()

    def _ask(self, offset: int, limit: int, _sort: str, _descending: bool) -> None:
        def take(page: InvoicePage) -> None:
            self.table.rows_model.take_page(offset, page.rows)

        if offset or not self.fresh:
            self.query(
                invoices,
                tab=self.tab,
                text=self.filter.text(),
                limit=limit,
                offset=offset,
                done=take,
            )

    def _choose_again(self, rows: tuple[InvoiceRow, ...]) -> None:
        asked, wanted = self._wanted_id, self._wanted_id or self.chosen_id
        self._wanted_id = ""
        beyond = len(rows) < self.counts[self.tab]
        if self.table.choose(lambda row: row.id == wanted):
            self._show_detail(wanted)
        elif asked and not beyond and self.tab != "all":
            # An issued invoice is not among the drafts: its list is shown with it.
            self._wanted_id = asked
            self._on_tab("all")
        elif wanted and (asked or beyond):
            self._show_detail(wanted)
        else:
            self._on_gone(None)
            if rows:
                self.table.selectRow(0)

    def _on_chosen(self, row: InvoiceRow) -> None:
        if row.id != self.chosen_id:
            self._show_detail(row.id)

    def _show_detail(self, invoice_id: str) -> None:
        self.chosen_id = invoice_id
        self.query(detail, invoice_id, done=self._on_detail, failed=self._on_gone)

    def _on_detail(self, found: InvoiceDetail) -> None:
        if found.row.id == self.chosen_id:
            self.panel.show_detail(found)
            self._fit_panel()

    def _on_gone(self, _error: object) -> None:
        self.chosen_id = ""
        if self.panel_made:
            self.panel.row = None
        self._fit_panel()

    def _say_empty(self, total: int) -> None:
        text = self.filter.text().strip()
        filtered = bool(text) or self.tab != "all"
        if total or not filtered:
            self.empty.say(_("No invoices yet"), _("Create one from logged time or from scratch."))
        elif text:
            self.empty.say(_("No invoices match “{text}”").format(text=text))
        else:
            words = tab_words()[self.tab]
            self.empty.say(_("Nothing under “{tab}”").format(tab=words))
        self.clear.setVisible(filtered)
        for button in (self.from_time, self.blank):
            button.setVisible(not filtered)

    # Steps.

    def next_step(self, row: InvoiceRow) -> None:
        """Do what comes next for an invoice: review, record a payment, open the PDF."""
        if row.state == "draft":
            invoice_deeds.open_row(self, row)
        elif next_step(row) == _("Record payment"):
            self.start_payment(row)
        else:
            open_pdf(self.shell, row.id, self)

    def start_payment(self, row: InvoiceRow) -> None:
        """Show the panel and go to the amount."""
        if not (is_payable(row) and row.open.minor > 0):
            return
        if row.id != self.chosen_id or self.panel.row is None or self.panel.row.id != row.id:
            self.chosen_id = row.id

            def show(found: InvoiceDetail) -> None:
                self._on_detail(found)
                self._go_to_payment()

            self.query(detail, row.id, done=show)
            return
        self._go_to_payment()

    def _go_to_payment(self) -> None:
        self.panel_chosen = True
        self._fit_panel()
        self.panel.start_payment()

    def peek(self) -> None:
        """Show the pages of the chosen invoice over the list."""
        # Imported when it is wanted: the list has no use for what draws pages.
        from billops_desktop.ui.views.paper.peek import open_peek

        open_peek(self, self.table)

    def _on_key(self, key_id: str, row: InvoiceRow) -> None:
        deeds: dict[str, Callable[[], object]] = {
            "invoice.pay": lambda: self.start_payment(row),
            "invoice.peek": self.peek,
            "invoice.pdf": lambda: open_pdf(self.shell, row.id, self),
            "invoice.copy": lambda: invoice_deeds.copy(self, row),
            "invoice.credit": lambda: invoice_deeds.credit(self, row),
            "invoice.delete": lambda: invoice_deeds.delete(self, row),
        }
        deeds[key_id]()

    def open_new_menu(self) -> None:
        """Offer an invoice from time or a blank one."""
        menu = QMenu(self)
        menu.setObjectName("newInvoiceMenu")
        menu.addAction(_("From unbilled time"), lambda: self.shell.go("to_invoice"))
        menu.addAction(_("Blank invoice…"), self.ask_blank)
        menu.popup(self.new.mapToGlobal(QPoint(0, self.new.height())))

    def ask_blank(self) -> None:
        """Ask for the client of a blank invoice, a new one where there is none yet."""
        blank_invoice(self, lambda new: self.shell.go("invoice", invoice_id=new))

    def _on_tab(self, tab: str) -> None:
        self.tab = tab
        self.tabs.choose(tab)
        self.chosen_id = ""
        self.reload()

    def _clear(self) -> None:
        self.filter.clear()
        self._typing.stop()
        self._on_tab("all")

    def _menu(self, row: InvoiceRow, where: QPoint) -> None:
        menu = QMenu(self)
        deeds = invoice_deeds

        def beside(key: str) -> str:
            return "\t" + keys.hint(f"invoice.{key}")

        menu.addAction(_("Open invoice"), partial(deeds.open_row, self, row))
        if is_payable(row) and row.open.minor > 0:
            menu.addAction(_("Record payment") + beside("pay"), partial(self.start_payment, row))
        menu.addAction(_("Peek at the pages") + beside("peek"), self.peek)
        menu.addAction(_("Open PDF") + beside("pdf"), partial(open_pdf, self.shell, row.id, self))
        menu.addAction(_("Duplicate as draft") + beside("copy"), partial(deeds.copy, self, row))
        if is_payable(row):
            menu.addAction(
                _("Cancel with a credit note…") + beside("credit"), partial(deeds.credit, self, row)
            )
        if row.state == "draft":
            menu.addAction(_("Delete draft") + beside("delete"), partial(deeds.delete, self, row))
        menu.popup(where)

    # Events.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the panel over the list with Esc; the keys of a row act from the panel too."""
        row, found = self.table.current(), keys.pressed(event, "invoice")
        if event.key() == Qt.Key.Key_Escape and self._panel_shown():
            self._close_panel()
        elif row is not None and found and not focus_types_text():
            self._on_key(found, row)
        else:
            super().keyPressEvent(event)

    def _close_panel(self) -> None:
        self.panel_chosen = False
        self._fit_panel()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Fit the panel."""
        super().showEvent(event)
        self._fit_panel()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the panel: beside the list, or over it in a narrow window."""
        super().resizeEvent(event)
        self._fit_panel()

    def _fit_panel(self) -> None:
        wide = self.window().width() >= PANEL_FROM
        wanted = wide if self.panel_chosen is None else self.panel_chosen
        shown = wanted and self.panel_made and self.panel.row is not None
        self.body.setContentsMargins(28, 0, (WIDTH if shown and wide else 0) + 28, 20)
        if not self.panel_made:
            return
        self.panel.setVisible(shown)
        self.panel.setGeometry(self.width() - WIDTH, 0, WIDTH, self.height())
        self.panel.setAutoFillBackground(True)
        self.panel.raise_()

    # Building.

    def _lay_out(self) -> None:
        header = self.header(_("Invoices"))
        self.filter.setMaximumWidth(self.filter.sizeHint().width())
        self.filter.setMinimumWidth(110)
        header.right.insertWidget(0, self.filter)
        header.right.addWidget(self.new)
        tabs = QHBoxLayout()
        tabs.addWidget(self.tabs)
        tabs.addStretch(1)
        self.card.column.setContentsMargins(1, 1, 1, 1)
        self.card.column.addWidget(self.table)
        self.list = QWidget(self)
        column = QVBoxLayout(self.list)
        column.setContentsMargins(0, 0, 0, 0)
        # The card ends after its last row; the stretch takes what is left of the page.
        self.card.column.setSizeConstraint(QLayout.SizeConstraint.SetMinAndMaxSize)
        column.addWidget(self.card, 1000)
        column.addStretch(1)
        self.table.fit_rows()
        self.pages = QStackedWidget(self)
        self.pages.setObjectName("invoicePages")
        self.pages.addWidget(self.list)
        self.pages.addWidget(self.empty)
        self.body.addWidget(self.tiles)
        self.body.addLayout(tabs)
        self.body.addWidget(self.pages, 1)

    def _connect(self) -> None:
        self.tiles.tab_wanted.connect(self._on_tab)
        self.tabs.chosen.connect(self._on_tab)
        self.filter.textChanged.connect(lambda _text: self._typing.start())
        self._typing.timeout.connect(self.reload)
        self.new.clicked.connect(self.open_new_menu)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(partial(invoice_deeds.open_row, self))
        self.table.step_wanted.connect(self.next_step)
        self.table.key_pressed.connect(self._on_key)
        self.table.menu_wanted.connect(self._menu)

    def _empty_panel(self) -> EmptyPanel:
        panel = EmptyPanel("file-text", "", "", self)
        self.from_time = panel.offer(
            _("From time"), lambda: self.shell.go("to_invoice"), kind="primary"
        )
        self.blank = panel.offer(_("Blank invoice"), self.ask_blank)
        self.clear = panel.offer(_("Clear filter"), self._clear)
        return panel

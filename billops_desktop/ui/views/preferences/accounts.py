"""The bank accounts of the company: a row each, saved as a list when a row is left."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from billops_desktop.errors import BillOpsError
from billops_desktop.i18n import _
from billops_desktop.services.profile.settings import AccountRow
from billops_desktop.ui.widgets.buttons import Button, IconButton
from billops_desktop.ui.widgets.input.fields import FieldSet, FormField
from billops_desktop.ui.widgets.input.line_field import LineField
from billops_desktop.ui.widgets.labels import PlainLabel

FIELDS = ("holder", "iban", "bic", "bank_name", "account_number", "currency")


class AccountCard(QWidget):
    """One account."""

    changed = Signal()
    removed = Signal()

    def __init__(self, row: AccountRow, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"account{number}")
        self.fields = FieldSet()
        self.lines: dict[str, LineField] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        words = {
            "holder": _("Account holder"),
            "iban": _("IBAN"),
            "bic": _("BIC"),
            "bank_name": _("Bank"),
            "account_number": _("Account number"),
            "currency": _("Only for invoices in"),
        }
        for place, name in enumerate(FIELDS):
            line = self.lines[name] = LineField(f"account{number}-{name}", self)
            line.set_value(getattr(row, name))
            line.committed.connect(self.changed)
            field = self.fields.add(name, FormField(words[name], line, self))
            grid.addWidget(field, place // 3, place % 3)
        remove = IconButton("trash-2", _("Remove this account"), self)
        remove.setObjectName(f"accountRemove{number}")
        remove.clicked.connect(self.removed)
        grid.addWidget(remove, 0, 3)

    def row(self) -> AccountRow:
        """Return the account as it is typed."""
        values = {name: line.text().strip() for name, line in self.lines.items()}
        values["currency"] = values["currency"].upper()
        return AccountRow(**values)


class AccountsForm(QWidget):
    """All accounts; ``wanted`` carries the whole list to be saved."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("accounts")
        self.cards: list[AccountCard] = []
        self.saved: tuple[AccountRow, ...] | None = None
        self._changed = 0
        self.problem = PlainLabel("", self, style="small", ink="bad", wrap=True)
        self.problem.hide()
        self.add = Button(_("Add account"), self, kind="link", icon="plus", name="addAccount")
        self.rows = QVBoxLayout()
        self.rows.setSpacing(14)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(self.rows)
        column.addWidget(self.problem)
        column.addWidget(self.add)
        self.add.clicked.connect(lambda: self._add(AccountRow()))

    def show_accounts(self, rows: tuple[AccountRow, ...]) -> None:
        """Show what is saved; rows that are being typed in stay."""
        if rows == self.saved:
            return
        self.saved = rows
        if tuple(card.row() for card in self.cards) == rows:
            return
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = []
        for row in rows:
            self._add(row)

    def show_error(self, error: BillOpsError) -> None:
        """Put an error under the field of the row that was left last."""
        if self._changed < len(self.cards) and self.cards[self._changed].fields.show_error(error):
            return
        self.problem.setText(f"{error.title} {error.hint}".strip())
        self.problem.show()

    def _add(self, row: AccountRow) -> None:
        card = AccountCard(row, len(self.cards), self)
        card.changed.connect(lambda: self._on_changed(card))
        card.removed.connect(lambda: self._on_removed(card))
        self.cards.append(card)
        self.rows.addWidget(card)

    def _on_changed(self, card: AccountCard) -> None:
        self._changed = self.cards.index(card)
        self._say()

    def _on_removed(self, card: AccountCard) -> None:
        self.cards.remove(card)
        card.hide()
        card.deleteLater()
        self._say()

    def _say(self) -> None:
        self.problem.hide()
        for card in self.cards:
            card.fields.clear()
        rows = (card.row() for card in self.cards)
        self.wanted.emit(tuple(row for row in rows if row != AccountRow()))

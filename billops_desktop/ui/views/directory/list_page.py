"""Base of the Clients and Projects pages: a filtered table, and in its place one of its records."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from billops_desktop.errors import NotFound
from billops_desktop.i18n import _
from billops_desktop.ui import fonts
from billops_desktop.ui.table import Column, Table
from billops_desktop.ui.view import View
from billops_desktop.ui.widgets.buttons import Button, Segments
from billops_desktop.ui.widgets.input.fields import SearchField
from billops_desktop.ui.widgets.panels import Card, EmptyPanel
from billops_desktop.ui.widgets.wording import short_text
from billops_desktop.values import dataclass

if TYPE_CHECKING:
    from billops_desktop.ui.view import Shell
    from billops_desktop.ui.views.directory.record_page import RecordPage


@dataclass(frozen=True, slots=True, kw_only=True)
class ListWords:
    """What a list page says; ``no_match`` has a place for the filter's {text}."""

    title: str
    filter: str
    which: str
    new: str
    none_yet: str
    none_archived: str
    no_match: str


def unbilled_column(name: str, *, style: str = "body") -> Column:
    """Return the column of the unbilled time, with a dash where there is none."""
    return Column(
        name=name,
        title=_("Unbilled"),
        value=lambda row: row.unbilled_seconds,
        text=lambda row: short_text(row.unbilled_seconds) if row.unbilled_seconds else "–",
        width=100,
        align="right",
        style=style,
        sort=name,
    )


class ListPage(View):
    """Lists the records of one kind; a row opens its record in the place of the list.

    ``noun`` names the kind in object names and in the place ("client_id"); ``reads`` returns the
    rows of the list, and ``record_page`` makes the page of one record.
    """

    noun: ClassVar[str] = ""
    icon: ClassVar[str] = ""
    reads: ClassVar[Callable[..., Any]]
    record_page: ClassVar[Callable[..., RecordPage]]

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.words = words = self.list_words()
        self.open_id = ""
        self.row_count = 0
        self.title = self.header(words.title)
        self._build_head()
        self._build_listing(self.list_columns())
        self.empty = EmptyPanel(self.icon, words.none_yet, _("A name is enough to begin."), self)
        self.empty.offer(words.new, self.add, kind="primary")
        self.pages = QStackedWidget(self)
        for widget in (self.listing, self.empty):
            self.pages.addWidget(widget)
        self.body.addWidget(self.pages, 1)

    @cached_property
    def page(self) -> RecordPage:
        """Return the page of one record, made when the first one is opened."""
        made = type(self).record_page(self)
        made.back_wanted.connect(lambda: self._go(""))
        self.pages.addWidget(made)
        return made

    def _build_head(self) -> None:
        self.search = SearchField(f"{self.noun}Filter", self.words.filter, self)
        self.search.setFixedWidth(max(fonts.scaled(220), self.search.sizeHint().width()))
        self.search.textChanged.connect(lambda _text: self.reload())
        states = (("active", _("Active")), ("archived", _("Archived")))
        self.state = Segments(states, self.words.which, self)
        self.state.chosen.connect(lambda _key: self.reload())
        name = f"new{self.noun.capitalize()}"
        self.new = Button(self.words.new, self, kind="primary", icon="plus", name=name)
        self.new.clicked.connect(lambda _checked: self.add())
        for place, widget in enumerate((self.search, self.state, self.new)):
            self.title.right.insertWidget(place, widget)

    def _build_listing(self, columns: Sequence[Column]) -> None:
        self.table = Table(columns, f"{self.noun}Table", self)
        self.table.setAccessibleName(self.words.title)
        self.table.fit_rows()
        self.table.opened.connect(lambda row: self._go(row.id))
        self.card = Card(self, name=f"{self.noun}Card")
        self.card.column.setContentsMargins(1, 1, 1, 1)
        self.card.column.addWidget(self.table)
        self.listing = QWidget(self)
        column = QVBoxLayout(self.listing)
        column.setContentsMargins(0, 0, 0, 0)
        # The card is as high as its rows; the stretch takes what is left of the page.
        column.addWidget(self.card, 1000)
        column.addStretch(1)

    # What a page of one kind says.

    @abstractmethod
    def list_words(self) -> ListWords:
        """Return what the page says, in the language of the screen."""

    @abstractmethod
    def list_columns(self) -> Sequence[Column]:
        """Return the columns of the list."""

    def add(self, client_id: str = "") -> None:
        """Open the sheet for a new record, of a client where the kind has one."""

    # What the frame asks.

    def load(self) -> None:
        """Ask for the list, or for the record that is open."""
        if self.open_id:
            page = self.page
            read, show = type(page).reads, page.show_record
            self.query(read, self.open_id, done=show, failed=self._gone)
        else:
            archived, text = self.state.value == "archived", self.search.text()
            self.query(type(self).reads, archived=archived, text=text, done=self.show_rows)

    def open_at(self, place: Mapping[str, Any]) -> None:
        """Open a record, the list, or the sheet for a new one."""
        self.open_id = str(place.get(f"{self.noun}_id", "") or "")
        self._arrange()
        self.reload()
        if place.get("new"):
            self.add(str(place.get("client_id", "") or ""))

    def place(self) -> dict[str, Any]:
        """Return which record is open."""
        return {f"{self.noun}_id": self.open_id}

    def filter_field(self) -> QWidget | None:
        """Return the filter of the list."""
        return None if self.open_id else self.search

    # The list.

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show the list, or why it is empty."""
        self.table.set_rows(rows)
        self.card.setMaximumHeight(self.table.maximumHeight() + 2)
        self.row_count = len(rows)
        self.tell_found(self.search.text(), len(rows))
        if self.search.text():
            words = self.words.no_match.format(text=self.search.text())
            self.empty.say(words, _("Clear the filter to see all of them."))
        elif self.state.value == "archived":
            self.empty.say(self.words.none_archived)
        else:
            self.empty.say(self.words.none_yet, _("A name is enough to begin."))
        self._arrange()

    def on_added(self, row: Any, changes: Any) -> None:
        """Offer to undo what was just added, and open it."""
        self.shell.feedback.undoable(_("Added {name}").format(name=row.name), changes)
        self._go(row.id)

    def _go(self, record_id: str) -> None:
        self.shell.go(self.name, **{f"{self.noun}_id": record_id})

    def _gone(self, error: Any) -> None:
        """Go back to the list: a record that was just added may have been undone."""
        self.open_id = ""
        self._arrange()
        self.reload()
        if not isinstance(error, NotFound):
            self.show_error(error)

    def _arrange(self) -> None:
        listing = self.listing if self.row_count else self.empty
        self.title.setVisible(not self.open_id)
        self.pages.setCurrentWidget(self.page if self.open_id else listing)

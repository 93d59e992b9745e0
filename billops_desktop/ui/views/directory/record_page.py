"""Base of the pages of one client and one project: head, facts, rates, archive with Undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from billops_desktop.i18n import _
from billops_desktop.services.rates.rate_book import RuleRow
from billops_desktop.ui.dialogs.rate import RateSheet
from billops_desktop.ui.views.directory.rate_lines import rate_line
from billops_desktop.ui.widgets.buttons import Button, IconButton
from billops_desktop.ui.widgets.chips import Badge, ColourSquare
from billops_desktop.ui.widgets.facts import FactGrid, Section, Tile, record_body
from billops_desktop.ui.widgets.labels import ElidedLabel

if TYPE_CHECKING:
    from billops_desktop.ui.view import View


# What stands beside a name in the head: way back, colour, badge and the space between them.
BESIDE_NAME: Final = 150
# A longer name may be cut before the buttons leave the first line of a wide page.
SHORT_NAME: Final = 240


class RecordPage(QWidget):
    """Stands in the place of the list while one record is open.

    ``noun`` names the kind in object names; ``reads`` returns all that the page shows of a record;
    ``archive_step`` and ``activate_step`` take it out of the lists and bring it back.
    """

    noun: ClassVar[str] = ""
    reads: ClassVar[Callable[..., Any]]
    archive_step: ClassVar[Callable[..., Any]]
    activate_step: ClassVar[Callable[..., Any]]
    back_wanted = Signal()

    def __init__(self, view: View, *, back: str) -> None:
        super().__init__(view)
        noun = self.noun
        self.setObjectName(f"{noun}Page")
        self.view = view
        self.square = ColourSquare("slate", self, side=14)
        self.name = ElidedLabel("", self, style="title")
        self.name.setObjectName(f"{noun}Name")
        self.archived = Badge(_("Archived"), "neutral", self)
        self.back = IconButton("arrow-left", back, self)
        self.back.setObjectName(f"{noun}Back")
        self.back.clicked.connect(self.back_wanted)
        self.archive = Button(
            _("Archive"), self, icon="archive", name=f"archive{noun.capitalize()}"
        )
        self.archive.clicked.connect(self.toggle_archived)
        self.edit = Button(_("Edit"), self, icon="pencil", name=f"edit{noun.capitalize()}")
        self.edit.clicked.connect(self.edit_record)
        self.details = Section(_("Details"), self, name=f"{noun}Details")
        self.facts = FactGrid(self)
        self.details.column.addWidget(self.facts)
        self.rates = Section(_("Rates"), self, name=f"{noun}Rates")
        self.rates.offer(_("Set rate"), self.set_rate, name="setRate")

    def lay_out(
        self,
        buttons: Sequence[Button],
        tiles: Sequence[Tile],
        *,
        left: Sequence[QWidget],
        right: Sequence[QWidget],
    ) -> None:
        """Put the head over the tiles, and these over two columns of sections."""
        self.head = head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        head.setSpacing(8)
        whose, self.deeds = QHBoxLayout(), QHBoxLayout()
        for row in (whose, self.deeds):
            row.setSpacing(8)
        for widget in (self.back, self.square):
            whose.addWidget(widget)
        whose.addWidget(self.name, 1)
        whose.addWidget(self.archived)
        for button in buttons:
            self.deeds.addWidget(button)
        self.deeds.addStretch(1)
        self.deeds.addWidget(self.view.shell.timer_chip(self))
        head.addLayout(whose, 1)
        head.addLayout(self.deeds)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(16)
        column.addLayout(head)
        column.addWidget(record_body(self, tiles, left, right, name=f"{self.noun}Scroll"), 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons under the name where both do not fit into one line."""
        super().resizeEvent(event)
        self._fit_head()

    def _fit_head(self) -> None:
        room = self.width() - self.deeds.sizeHint().width() - BESIDE_NAME
        fits = min(self.name.sizeHint().width(), SHORT_NAME) <= room
        ways = QBoxLayout.Direction
        self.head.setDirection(ways.LeftToRight if fits else ways.TopToBottom)

    # What a page of one kind says.

    def show_record(self, shown: Any) -> None:
        """Show a record that was read."""

    def edit_record(self) -> None:
        """Open the sheet that changes the record."""

    def set_rate(self) -> None:
        """Open the sheet for a rate of this record."""

    def toggle_archived(self) -> None:
        """Take the record out of the lists, or bring it back; with Undo, without a question."""

    # What both kinds do alike.

    def show_head(self, name: str, hue: str, *, archived: bool) -> None:
        """Show whose page it is, and whether it is in the lists."""
        self.square.set_hue(hue)
        self.name.setText(name)
        self.archived.setVisible(archived)
        self.archive.setText(_("Bring back") if archived else _("Archive"))
        self.archive.set_icon("archive-restore" if archived else "archive")
        self._fit_head()

    def show_rates(self, rules: Sequence[RuleRow], none: str) -> None:
        """Show the rates of the record, or what holds where it has none."""
        self.rates.show_lines([rate_line(self.view, rule, self.rates) for rule in rules], none)

    def ask_rate(self, scope: dict[str, str], currency: str, name: str) -> None:
        """Open the sheet for a rate of a scope."""
        then = self.saved(_("Rate saved"))
        RateSheet(self.view, scope, currency, name=name, then=then).open()

    def archive_or_bring_back(self, record_id: str, name: str, *, archived: bool) -> None:
        """Take a record out of the lists; one that is ``archived`` comes back."""
        step = type(self).activate_step if archived else type(self).archive_step
        words = _("{name} is back in the lists") if archived else _("Archived {name}")
        self.view.run(step, record_id, done=self.saved(words.format(name=name)))

    def saved(self, words: str) -> Any:
        """Return what offers to undo a change once it is made."""
        return lambda _result, changes: self.view.shell.feedback.undoable(words, changes)

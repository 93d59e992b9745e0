"""The banner of things to check: what blocks the invoice, what is advice, one action for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from billops_desktop.domain.billing.findings import Finding
from billops_desktop.i18n import _, ngettext
from billops_desktop.ui import icons, theme
from billops_desktop.ui.widgets.buttons import Button
from billops_desktop.ui.widgets.labels import PlainLabel

MOST: Final = 4
# The rules of findings about time that is taken again, and about time that is taken off.
AGAIN: Final = frozenset({"entry changed", "rounding changed"})
OFF: Final = frozenset({"entry billed", "entry gone", "entry moved", "entry not billable"})


def action_words(finding: Finding) -> str:
    """Return the verb of the one action that mends a finding."""
    by_rule = {
        "time left": _("Add it"),
        "entry changed": _("Take it again"),
        "rate changed": _("Take the new rate"),
        "rounding changed": _("Take the new rounding"),
    } | dict.fromkeys(OFF, _("Take it off"))
    if finding.rule in by_rule:
        return by_rule[finding.rule]
    if finding.field.startswith("seller"):
        return _("Company settings")
    if finding.field.startswith("buyer"):
        return _("Open client")
    return _("Number settings") if finding.field == "series" else _("Go there")


class Checks(QFrame):
    """Shows findings; ``wanted`` carries the one whose action was pressed."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("checks")
        self.found: tuple[Finding, ...] = ()
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(40, 6, 14, 6)
        self.grid.setHorizontalSpacing(10)
        self.grid.setVerticalSpacing(0)
        self.grid.setColumnStretch(1, 1)
        self.hide()

    def show_findings(self, found: Sequence[Finding]) -> None:
        """Show what is to be checked; nothing hides the banner."""
        if tuple(found) == self.found:
            return
        self.found = tuple(found)
        while (item := self.grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        blocking = any(finding.blocks for finding in found)
        head = ngettext("{count} thing to check", "{count} things to check", len(found))
        label = PlainLabel(
            head.format(count=len(found)),
            self,
            style="body_strong",
            ink="bad" if blocking else "warn",
        )
        self.grid.addWidget(label, 0, 0, Qt.AlignmentFlag.AlignTop)
        self.grid.setRowMinimumHeight(0, 32)
        label.setMinimumHeight(32)
        for row, finding in enumerate(found[:MOST]):
            self._row(row, finding)
        if len(found) > MOST:
            more = _("and {count} more").format(count=len(found) - MOST)
            self.grid.addWidget(PlainLabel(more, self, ink="text2"), MOST, 1)
        self.setAccessibleName(
            " ".join([label.text(), *(finding.message for finding in found)]).strip()
        )
        self.setVisible(bool(found))
        self.update()

    def _row(self, row: int, finding: Finding) -> None:
        message = PlainLabel(finding.message, self, wrap=True)
        message.setMinimumHeight(32)
        action = Button(action_words(finding), self, kind="link", name=f"check{row}")
        action.setAccessibleName(f"{action_words(finding)}: {finding.message}")
        action.clicked.connect(lambda _checked=False: self.wanted.emit(finding))
        self.grid.addWidget(message, row, 1)
        self.grid.addWidget(action, row, 2, Qt.AlignmentFlag.AlignTop)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint tint and sign: red where something blocks, amber else."""
        tone = "bad" if any(finding.blocks for finding in self.found) else "warn"
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        contrast = theme.SWITCH.theme.high_contrast
        painter.setPen(theme.colour(tone) if contrast else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(f"{tone}_bg"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        name = "circle-alert" if tone == "bad" else "triangle-alert"
        icons.paint(painter, QRectF(13, 6, 17, 32), name, tone)

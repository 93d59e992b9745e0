"""The question that closing the window asks the first time: go on in the background, or quit."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from billops_desktop.i18n import _
from billops_desktop.ui.widgets.buttons import Button
from billops_desktop.ui.widgets.sheet import Sheet


def ask_leave(
    window: QWidget, *, running: bool, keep: Callable[[], object], leave: Callable[[], object]
) -> Sheet:
    """Ask once; the answer is remembered and can be changed in the settings."""
    sheet = Sheet(_("Keep BillOps running in the background?"), _("Keep running"), window)
    sheet.setObjectName("leaveQuestion")
    words = (
        _("The timer is saved either way and goes on counting.")
        if running
        else _("Nothing is lost either way.")
    )
    sheet.say(words)
    sheet.say(_("Your answer is kept. Settings can change it."), ink="text3")
    quit_button = Button(_("Quit BillOps"), sheet, name="leaveQuit")

    def then(act: Callable[[], object]) -> None:
        sheet.close_done()
        act()

    quit_button.clicked.connect(lambda _checked=False: then(leave))
    sheet.left.addWidget(quit_button)
    sheet.on_confirm(lambda: then(keep))
    sheet.open()
    return sheet

"""What the window tells of automatic backups: when the last was made, a failure, a way to retry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from billops_desktop.i18n import _
from billops_desktop.ui.live.keeper import BackupKeeper
from billops_desktop.ui.widgets.panels import Banner

if TYPE_CHECKING:
    from billops_desktop.errors import BillOpsError
    from billops_desktop.ui.main_window import MainWindow

TONE = "warn"


def tell_of_backups(window: MainWindow) -> BackupKeeper:
    """Return the keeper of a window's backups, whose outcomes the window tells."""
    keeper = BackupKeeper(window.jobs, window)

    def on_made(_row: object) -> None:
        window.directory.count()

    def on_trouble(error: BillOpsError | None) -> None:
        _clear(window)
        if error is not None:
            _warn(window, keeper, error)

    keeper.made.connect(on_made)
    keeper.trouble.connect(on_trouble)
    return keeper


def _warn(window: MainWindow, keeper: BackupKeeper, error: BillOpsError) -> None:
    page = window.current()
    if page is None:
        return
    text = _("{reason} BillOps tries again in a few minutes.").format(reason=error)
    banner = window.feedback.show_banner(
        TONE, _("Your last changes are not backed up."), text, page=page
    )
    banner.setObjectName("backupBanner")
    banner.offer(_("Back up now"), keeper.look)
    banner.offer(_("Show backups"), lambda: window.go("settings", section="backup"))


def _clear(window: MainWindow) -> None:
    for old in window.findChildren(Banner, "backupBanner"):
        old.hide()
        old.deleteLater()

"""PDF files of invoices: opened with the desktop's viewer, exported where the user says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from billops_desktop.errors import BillOpsError
from billops_desktop.i18n import _, ngettext
from billops_desktop.services.invoices import rendering
from billops_desktop.services.invoices.rendering import ExportedFile
from billops_desktop.ui.feedback import Feedback
from billops_desktop.ui.jobs import Jobs, Task
from billops_desktop.ui.widgets.panels import ProgressPanel


class Frame(Protocol):
    """What of the window these steps need."""

    @property
    def jobs(self) -> Jobs:
        """Return the job lanes."""
        ...

    @property
    def feedback(self) -> Feedback:
        """Return the toasts."""
        ...


def open_file(path: Path) -> None:
    """Open a file with the program that the desktop has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def open_pdf(shell: Frame, invoice_id: str, page: QWidget) -> None:
    """Open the PDF of an invoice; the file in the temporary folder is a copy."""
    import tempfile

    def job(task: Task) -> Path:
        folder = Path(tempfile.mkdtemp(prefix="billops-"))
        return rendering.export_pdf(task.workspace, [invoice_id], folder)[0].path

    shell.jobs.work(
        f"open-pdf-{invoice_id}",
        job,
        done=open_file,
        failed=lambda error: shell.feedback.show_error(error, page),
    )


def choose_folder(parent: QWidget) -> Path | None:
    """Ask for a folder; None when the user gives up."""
    chosen = QFileDialog.getExistingDirectory(parent, _("Export PDF to"))
    return Path(chosen) if chosen else None


def export_pdf(
    shell: Frame, invoice_ids: Sequence[str], page: QWidget, *, folder: Path | None = None
) -> None:
    """Export invoices to a folder, with progress where there are many, and a way to stop."""
    target = folder or choose_folder(page)
    if target is None or not invoice_ids:
        return
    panel = ProgressPanel(_("Exporting PDF files…"), page)
    panel.setVisible(len(invoice_ids) > 1)
    body = getattr(page, "body", None)
    if body is not None and len(invoice_ids) > 1:
        body.addWidget(panel)

    def job(task: Task) -> tuple[ExportedFile, ...]:
        return rendering.export_pdf(
            task.workspace,
            invoice_ids,
            target,
            progress=task.report,
            cancelled=task.cancelled,
        )

    def done(files: tuple[ExportedFile, ...]) -> None:
        panel.hide()
        panel.deleteLater()
        words = ngettext(
            "{count} PDF written to {folder}", "{count} PDFs written to {folder}", len(files)
        )
        shell.feedback.say(
            words.format(count=len(files), folder=target.name),
            (lambda: open_file(files[0].path)) if files else None,
            verb=_("Open PDF"),
        )

    def failed(error: BillOpsError) -> None:
        panel.hide()
        panel.deleteLater()
        shell.feedback.show_error(error, page)

    token = shell.jobs.work("export-pdf", job, done=done, failed=failed, progress=panel.report)
    if token is not None:
        panel.cancelled.connect(token.cancel)

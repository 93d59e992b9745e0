"""The scenes of what lies over the pages: first run, forms, sheets, menus, notices, refusals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QMenu

from billops_desktop.errors import EnvironmentFault
from billops_desktop.services.upkeep import backups
from billops_desktop.ui.dialogs.first_run import FirstRun
from billops_desktop.ui.jobs import Unexpected
from billops_desktop.ui.shell.leaving import ask_leave
from billops_desktop.ui.timer.popover import Popover
from billops_desktop.ui.timer.tray import Tray
from billops_desktop.ui.views.invoice_editor import InvoiceEditorView
from billops_desktop.ui.views.invoices import InvoicesView
from billops_desktop.ui.views.tracker import TrackerView
from tests.looks.scenes import (
    EMPTY,
    NARROW,
    Arrange,
    Scene,
    act,
    go,
    invoice,
    opened,
    press,
)
from tests.looks.stage import Stage

DISK_FULL = EnvironmentFault(
    "The backup was not made.", hint="The disk is full. Free 40 MB, then try again."
)
TRACE = "Traceback (most recent call last):\n" + "  File …, line 12, in issue\n" * 9


@dataclass
class Kept:
    """Windows of their own that nothing else holds; the stage closes them after the scene."""

    windows: list[object] = field(default_factory=list)


KEPT = Kept()


def after(*steps: Arrange) -> Arrange:
    """Return what does one step after the other, each settled before the next."""

    def arrange(stage: Stage) -> None:
        for step in steps:
            step(stage)
            stage.settle()

    return arrange


def first_run(step: int, then: Callable[[FirstRun], object] | None = None) -> Arrange:
    """Return what opens the first run at a step."""

    def arrange(stage: Stage) -> None:
        dialog = FirstRun(stage.window)
        dialog.open()
        dialog.go_to(step)
        if then:
            then(dialog)

    return arrange


def pressed(name: str) -> Arrange:
    """Return what clicks a button that is visible by then."""
    return lambda stage: stage.press(name)


def typed(name: str, text: str) -> Arrange:
    """Return what types into a field that is visible by then."""
    return lambda stage: stage.type_into(name, text)


def on_invoices(tab: str, deed: Callable[[InvoicesView], object]) -> Arrange:
    """Return what does something with the first invoice of a tab of the list."""

    def arrange(stage: Stage) -> None:
        stage.window.go("invoices", tab=tab)
        stage.settle()
        view = stage.window.view("invoices")
        assert isinstance(view, InvoicesView)
        view.table.selectRow(0)
        stage.settle()
        deed(view)

    return arrange


def _row_menu(view: InvoicesView) -> None:
    row = view.table.visualRect(view.table.model().index(0, 1))
    view._menu(view.table.current(), view.table.viewport().mapToGlobal(row.center()))


def _entry_menu(stage: Stage) -> None:
    stage.window.go("time")
    stage.settle()
    view = stage.window.view("time")
    assert isinstance(view, TrackerView)
    assert view.shown is not None
    row = view.shown.groups[0].entries[1]
    view.deeds.open_menu(row, stage.window.mapToGlobal(QPoint(760, 300)), lambda *_one: None)


def _tray_menu(stage: Stage) -> None:
    tray = Tray(stage.window.timer)
    KEPT.windows.append(tray)
    tray.menu.popup(stage.window.mapToGlobal(QPoint(1100, 60)))


def surface_popover(stage: Stage) -> None:
    popover = Popover(stage.window.timer)
    popover.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    KEPT.windows.append(popover)
    popover.open_at(QRect(stage.window.mapToGlobal(QPoint(1300, 0)), QRect(0, 0, 24, 24).size()))


def _text_menu(stage: Stage) -> None:
    """Open the menu that Qt itself gives a field."""
    stage.window.go("clients")
    stage.settle()
    line = stage.part("clientFilter")
    menu: QMenu = line.createStandardContextMenu()  # type: ignore[attr-defined]  # a line edit
    menu.popup(line.mapToGlobal(QPoint(20, 24)))


def _backups(stage: Stage) -> None:
    for _number in range(3):
        backups.make(stage.workspace)
        stage.clock.move(minutes=61)
    stage.window.directory.count()
    stage.window.go("settings", section="backup")


def _banner(stage: Stage) -> None:
    stage.window.go("clients")
    stage.window.feedback.show_error(DISK_FULL, stage.window.view("clients"))
    unexpected = Unexpected("Something went wrong in here.", "Your records are unharmed.", TRACE)
    stage.window.go("projects")
    stage.window.feedback.show_error(unexpected, stage.window.view("projects"))


def _crash(stage: Stage) -> None:
    fault = Unexpected("Something went wrong in here.", "Your records are unharmed.", TRACE)
    stage.window.feedback.show_details(fault)


def _undo(stage: Stage) -> None:
    stage.window.go("time")
    stage.window.feedback.say("3 entries deleted", lambda: None)


def _leave(stage: Stage) -> None:
    ask_leave(stage.window, running=True, keep=lambda: None, leave=lambda: None)


def _editor(stage: Stage) -> InvoiceEditorView:
    editor = stage.window.view("invoice")
    assert isinstance(editor, InvoiceEditorView)
    return editor


def _bad_fields(stage: Stage) -> None:
    fields = _editor(stage).form.fields
    for edit, words in ((fields.issue_on, "31 Feb"), (fields.period, "9 Nov - 3 Oct")):
        edit.setText(words)
        edit.setModified(True)
        edit.commit()


def _line_entries(stage: Stage) -> None:
    form = _editor(stage).form
    assert form.draft is not None
    form.lines.entries_wanted.emit(form.draft.lines[0])


def _of(page: str, key: str) -> Arrange:
    return opened(page, key, lambda stage: getattr(stage.window.directory, page))


CLIENT, PROJECT = _of("clients", "client_id"), _of("projects", "project_id")
FORMS = (
    *(EMPTY(f"first-run-{step}", first_run(step)) for step in range(4)),
    EMPTY("first-run-bad", first_run(0, lambda dialog: dialog.on_continue())),
    Scene("client-edit", after(CLIENT, pressed("editClient"))),
    Scene("client-bad", after(act("client.new", "clients"), pressed("confirm"))),
    Scene("contact-new", after(CLIENT, pressed("addContact"))),
    Scene("rate", after(CLIENT, pressed("setRate"))),
    Scene("project-edit", after(PROJECT, pressed("editProject"))),
    Scene("task-new", after(PROJECT, pressed("addTask"))),
    Scene("blank-invoice", on_invoices("all", lambda view: view.ask_blank())),
    EMPTY("blank-invoice-first", press("newInvoice", "invoices")),
    Scene(
        "payment-bad",
        after(
            on_invoices("open", lambda _view: None),
            typed("paymentAmount", "0"),
            pressed("recordPayment"),
        ),
    ),
    Scene("past-bad", after(act("timer.past"), typed("pastFrom", "25:99"), pressed("pastLog"))),
    Scene("editor-bad", after(invoice("drafts"), _bad_fields)),
    Scene("line-entries", after(invoice("drafts"), _line_entries)),
    Scene(
        "credit",
        on_invoices("open", lambda view: view._on_key("invoice.credit", view.table.current())),
    ),
)
MENUS = (
    Scene("menu-company", after(go("time"), lambda stage: stage.window.open_menu())),
    Scene("menu-invoice", on_invoices("open", _row_menu)),
    Scene("menu-panel", on_invoices("open", lambda view: view.panel.open_menu())),
    Scene("menu-entry", _entry_menu),
    Scene("menu-tray", _tray_menu),
    Scene("menu-text", _text_menu),
    Scene("popover", surface_popover),
)
NOTICES = (
    Scene("backups", _backups),
    Scene("crash", _crash),
    Scene("leaving", _leave),
    Scene("toast", _undo),
    Scene("banner", _banner),
    Scene("narrow-project", PROJECT, size=NARROW),
    Scene("narrow-payment", on_invoices("open", lambda view: view.toggle_panel()), size=NARROW),
)
SURFACES = (*FORMS, *MENUS, *NOTICES)

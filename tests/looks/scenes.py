"""The scenes that are looked at: every page, dialog, menu, empty state and error of the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QAbstractItemView, QWidget

from billops_desktop.errors import EnvironmentFault
from billops_desktop.services.invoices.invoice_rows import Tab, invoices
from billops_desktop.services.samples import sample
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.views.invoice_editor import InvoiceEditorView
from tests.looks.crowd import crowded, only_the_company
from tests.looks.stage import Stage

Arrange = Callable[[Stage], object]
NARROW = (960, 640)
LONG = "Quarterly review of everything that was agreed, changed and postponed since the spring"


def the_sample(workspace: Workspace) -> None:
    """Make the sample company."""
    workspace.execute(sample.create)


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: its name, the records it stands on and how the window comes to show it."""

    name: str
    arrange: Arrange
    fill: Callable[[Workspace], object] = the_sample
    size: tuple[int, int] = (1440, 900)


def go(page: str, **place: object) -> Arrange:
    """Return what opens a page at a place."""
    return lambda stage: stage.window.go(page, **place)


def act(action: str, page: str = "time") -> Arrange:
    """Return what triggers an action on a page."""

    def arrange(stage: Stage) -> None:
        stage.window.go(page)
        stage.settle()
        stage.act(action)

    return arrange


def press(name: str, page: str, **place: object) -> Arrange:
    """Return what clicks a button of a page."""

    def arrange(stage: Stage) -> None:
        stage.window.go(page, **place)
        stage.settle()
        stage.press(name)

    return arrange


def opened(page: str, key: str, rows: Callable[[Stage], tuple[object, ...]]) -> Arrange:
    """Return what opens the record page of the first row of a list."""

    def arrange(stage: Stage) -> None:
        stage.window.go(page, **{key: rows(stage)[0].id})  # type: ignore[attr-defined]  # any row

    return arrange


def invoice(tab: Tab, then: Arrange | None = None) -> Arrange:
    """Return what opens the first invoice of a tab, its pages drawn, and does something there."""

    def arrange(stage: Stage) -> None:
        first = stage.workspace.read(invoices, tab=tab, limit=1).rows[0]
        stage.window.go("invoice", invoice_id=first.id)
        stage.settle()
        editor = stage.window.view("invoice")
        assert isinstance(editor, InvoiceEditorView)
        editor.preview.render_now()
        if then:
            then(stage)

    return arrange


def _typed(field: str, text: str) -> Arrange:
    return lambda stage: stage.type_into(field, text)


def _after(first: Arrange, *then: Arrange) -> Arrange:
    def arrange(stage: Stage) -> None:
        for step in (first, *then):
            step(stage)
            stage.settle()

    return arrange


def _palette(text: str) -> Arrange:
    def arrange(stage: Stage) -> None:
        stage.window.go("invoices")
        stage.act("app.palette")
        stage.type_into("paletteField", text) if text else None

    return arrange


def _tab(name: str) -> Arrange:
    return press(f"segment-{name}", "invoices")


def _first_row(table: str) -> Arrange:
    def arrange(stage: Stage) -> None:
        view = stage.part(table)
        assert isinstance(view, QAbstractItemView)
        view.setCurrentIndex(view.model().index(0, 0))

    return arrange


def _failure(stage: Stage) -> None:
    stage.window.go("time")
    stage.window.feedback.show_error(
        EnvironmentFault(
            "The backup was not made.", hint="The disk is full. Free 40 MB, then try again."
        )
    )


def _menu(name: str, page: str) -> Arrange:
    """Return what opens the menu of a button without waiting for a choice."""

    def arrange(stage: Stage) -> None:
        stage.window.go(page)
        stage.settle()
        button: QWidget = stage.part(name)
        menu = button.menu()  # type: ignore[attr-defined]  # a button with a menu
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    return arrange


def _clients(stage: Stage) -> tuple[object, ...]:
    return stage.window.directory.clients


def _projects(stage: Stage) -> tuple[object, ...]:
    return stage.window.directory.projects


SECTIONS = ("company", "taxes", "numbers", "time", "appearance", "backup")
EMPTY = partial(Scene, fill=only_the_company)
CROWDED = partial(Scene, fill=crowded)

# The eight that are compared pixel by pixel (U-17).
MAIN = (
    Scene("time", go("time")),
    Scene("clients", go("clients")),
    Scene("client", opened("clients", "client_id", _clients)),
    Scene("projects", go("projects")),
    Scene("to-invoice", go("to_invoice")),
    Scene("invoices", go("invoices")),
    Scene("editor", invoice("drafts")),
    Scene("settings", go("settings", section="company")),
)
STATES = (
    Scene("time-running", act("timer.toggle")),
    Scene("time-log-past", act("timer.past")),
    Scene("time-log-past-bad", _after(act("timer.past"), _typed("pastFrom", "25:99"))),
    Scene("time-projects", press("projectChip", "time")),
    Scene("project", opened("projects", "project_id", _projects)),
    Scene("palette", _palette("")),
    Scene("palette-typed", _palette("acme")),
    Scene("shortcuts", act("app.shortcuts")),
    Scene("client-new", act("client.new", "clients")),
    Scene("project-new", act("project.new", "projects")),
    Scene("invoice-new", act("invoice.new", "invoices")),
    *(Scene(f"invoices-{tab}", _tab(tab)) for tab in ("drafts", "open", "overdue", "paid", "all")),
    Scene("invoice-issued", invoice("overdue")),
    Scene("issue", invoice("drafts", lambda stage: stage.press("reviewAndIssue"))),
    *(Scene(f"settings-{one}", go("settings", section=one)) for one in SECTIONS[1:]),
    Scene("failure", _failure),
    EMPTY("empty-time", go("time")),
    EMPTY("empty-clients", go("clients")),
    EMPTY("empty-projects", go("projects")),
    EMPTY("empty-to-invoice", go("to_invoice")),
    EMPTY("empty-invoices", go("invoices")),
    *(
        CROWDED(f"crowd-{name}", arrange)
        for name, arrange in (
            ("time", go("time")),
            ("clients", go("clients")),
            ("projects", go("projects")),
            ("to-invoice", go("to_invoice")),
            ("invoices", go("invoices")),
            ("editor", invoice("drafts")),
            ("issued", invoice("all")),
        )
    ),
    *(
        Scene(f"narrow-{one.name}", one.arrange, size=NARROW)
        for one in MAIN
        if one.name != "editor"
    ),
    Scene("narrow-editor", invoice("drafts"), size=NARROW),
)
EVERY = (*MAIN, *STATES)

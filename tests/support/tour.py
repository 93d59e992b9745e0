"""A tour of one window through every scene: pages, dialogs, popups, one after the other."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QApplication

from tests.support.profiles import copy_profile

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tests.looks.scenes import Scene
    from tests.looks.stage import Stage

# Windows of their own that nothing else holds; emptied when the scene is cleared.
OPEN: list[QWidget] = []
Tour = Callable[..., Iterator[tuple[str, "Stage"]]]


def page_scenes() -> tuple[Scene, ...]:
    """Return one scene per page of the window, and per section of its settings."""
    from tests.looks.scenes import MAIN, STATES

    pages = {"project", "time-running", "invoice-issued"}
    sections = tuple(one for one in STATES if one.name.startswith("settings-"))
    return (*MAIN, *(one for one in STATES if one.name in pages), *sections)


def sheet_scenes() -> tuple[Scene, ...]:
    """Return one scene per dialog and popup."""
    from tests.looks.scenes import STATES, Scene, opened

    named = {"time-log-past", "time-projects", "palette", "palette-typed", "shortcuts",
             "client-new", "project-new", "invoice-new", "issue", "failure"}  # fmt: skip
    clients: Any = lambda stage: stage.window.directory.clients  # noqa: E731 - as scenes read rows
    projects: Any = lambda stage: stage.window.directory.projects  # noqa: E731 - as above

    def then(first: Callable[[Stage], object], name: str) -> Callable[[Stage], None]:
        def arrange(stage: Stage) -> None:
            first(stage)
            stage.settle()
            stage.press(name)

        return arrange

    client, project = (
        opened("clients", "client_id", clients),
        opened("projects", "project_id", projects),
    )
    more = (
        Scene("client-edit", then(client, "editClient")),
        Scene("contact-new", then(client, "addContact")),
        Scene("client-rate", then(client, "setRate")),
        Scene("project-edit", then(project, "editProject")),
        Scene("task-new", then(project, "addTask")),
        Scene("first-run", _first_run),
        Scene("popover", _popover),
        Scene(
            "question",
            lambda stage: stage.window.feedback.ask("Go?", "On.", "Go", then=lambda: None),
        ),
        Scene("toast", lambda stage: stage.window.feedback.say("Saved", lambda: None)),
        Scene("company-menu", lambda stage: stage.window.open_menu()),
    )
    return (*(one for one in STATES if one.name in named), *more)


def empty_scenes() -> tuple[Scene, ...]:
    """Return the pages of a company that has nothing yet."""
    from tests.looks.scenes import STATES

    return tuple(one for one in STATES if one.name.startswith("empty-"))


def every_scene() -> tuple[Scene, ...]:
    """Return pages, dialogs and popups, and the pages that have nothing to show."""
    return (*page_scenes(), *sheet_scenes(), *empty_scenes())


def _first_run(stage: Stage) -> None:
    from billops_desktop.ui.dialogs.first_run import FirstRun

    FirstRun(stage.window).open()


def _popover(stage: Stage) -> None:
    from PySide6.QtCore import Qt

    from billops_desktop.ui.timer.popover import Popover

    popover = Popover(stage.window.timer)
    popover.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    popover.show()
    OPEN.append(popover)


def parts(top: QWidget) -> Iterator[QWidget]:
    """Yield a window and every visible widget in it, as layouts hold them."""
    from PySide6.QtWidgets import QWidget

    yield top
    for child in top.findChildren(QWidget):
        if child.isVisible() and child.window() is top.window():
            yield child


def tops(stage: Stage) -> list[QWidget]:
    """Return what lies over the window, or the window where nothing does."""
    palette = stage.window.palette_panel
    if palette.isVisible():
        return [palette]
    return stage.over() or [stage.window]


def told(widget: QWidget) -> str:
    """Return how a widget is named in a list of faults: its way down from the window."""
    names: list[str] = []
    one: QWidget | None = widget
    while one is not None and len(names) < 4:
        names.append(one.objectName() or type(one).__name__)
        one = one.parentWidget()
    return f"{type(widget).__name__} {'/'.join(reversed(names))}"


@pytest.fixture(scope="session")
def scene_template(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Any], Path]:
    """Return a function that fills a profile once per session for all scenes that stand on it."""
    made: dict[str, Path] = {}

    def template(fill: Any) -> Path:
        if fill.__name__ not in made:
            from tests.looks.stage import filled

            profile = tmp_path_factory.mktemp("scenes") / fill.__name__
            filled(profile, fill)
            made[fill.__name__] = profile
        return made[fill.__name__]

    return template


@pytest.fixture
def tour(dressed: QApplication, tmp_path: Path, scene_template: Callable[[Any], Path]) -> Tour:
    """Return a function that walks a window through scenes and yields each with its stage."""
    count = itertools.count()

    def walk(
        scenes: Sequence[Scene], *, look: str = "light", size: tuple[int, int] | None = None
    ) -> Iterator[tuple[str, Stage]]:
        from tests.looks.stage import stage

        for fill in dict.fromkeys(scene.fill for scene in scenes):
            profile = copy_profile(scene_template(fill), tmp_path / f"{next(count)}-{look}")
            with stage(profile, look=look) as opened:
                for scene in scenes:
                    if scene.fill is fill:
                        opened.window.resize(*(size or scene.size))
                        scene.arrange(opened)
                        opened.settle()
                        yield scene.name, opened
                        _clear(opened)

    return walk


def _clear(stage: Stage) -> None:
    if stage.window.palette_panel.isVisible():
        stage.window.palette_panel.close_palette()
    stage.window.feedback.toast.hide()
    if stage.window.timer.running:
        stage.window.timer.toggle()
        stage.window.feedback.toast.hide()
    stage.clear()
    OPEN.clear()

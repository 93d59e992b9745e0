"""A real window on a fixed afternoon, arranged and photographed with all that lies over it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget

from billops_desktop import bootstrap
from billops_desktop.i18n import use_language
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui import fonts, theme
from billops_desktop.ui.dialogs import entrances
from billops_desktop.ui.jobs import Jobs
from billops_desktop.ui.main_window import MainWindow
from billops_desktop.ui.starting.qt_words import speak_qt
from tests.support.clock import MovableClock

# As the names of files say them.
LOOKS = {
    "light": theme.Theme(),
    "dark": theme.Theme(dark=True),
    "contrast-light": theme.Theme(high_contrast=True),
    "contrast-dark": theme.Theme(dark=True, high_contrast=True),
}


@dataclass
class Stage:
    """The window, its records and short ways to what a scene needs."""

    window: MainWindow
    workspace: Workspace
    clock: MovableClock

    def settle(self) -> None:
        """Let layouts, deferred deletions and zero timers come to rest."""
        for _round in range(4):
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def part(self, name: str, kind: type[QWidget] = QWidget) -> QWidget:
        """Return the visible part with an object name, of the page or of what lies over it."""
        for top in (*self.over(), self.window):
            for found in (top, *top.findChildren(kind, name)):
                if found.objectName() == name and found.isVisible():
                    assert isinstance(found, kind)
                    return found
        raise LookupError(f"nothing visible is named {name}")

    def press(self, name: str) -> None:
        """Click a button by its object name."""
        button = self.part(name)
        button.click()  # type: ignore[attr-defined]  # whatever has a name and can be clicked
        self.settle()

    def type_into(self, name: str, text: str) -> None:
        """Put text into a field and leave it, as somebody who types and presses Tab does."""
        field = self.part(name)
        line = field if isinstance(field, QLineEdit) else field.findChild(QLineEdit)
        assert isinstance(line, QLineEdit)
        line.setText(text)
        line.textEdited.emit(text)
        line.editingFinished.emit()
        self.settle()

    def act(self, action: str) -> None:
        """Trigger an action of the window."""
        self.window.actions_table[action].trigger()
        self.settle()

    def over(self) -> list[QWidget]:
        """Return the windows that lie over the main window, the newest first."""
        tops = [top for top in QApplication.topLevelWidgets() if top.isVisible()]
        return [top for top in tops if top is not self.window and top.window() is top]

    def clear(self) -> None:
        """Close whatever a scene has opened over the window."""
        for top in self.over():
            top.close()
        self.settle()

    def picture(self) -> QImage:
        """Return the window as it stands, with dialogs, menus and popups painted over it."""
        self.settle()
        ratio = self.window.devicePixelRatioF()
        image = self.window.grab().toImage()
        painter = QPainter(image)
        for top in reversed(self.over()):
            at = top.pos() - self.window.mapToGlobal(QPoint(0, 0))
            if isinstance(top, QDialog):
                # Without a window manager nobody centres it.
                at = self.window.rect().center() - top.rect().center()
            painter.drawImage(at, top.grab().toImage())
        painter.end()
        image.setDevicePixelRatio(ratio)
        return image


SIZE = (1440, 900)


def dress(application: QApplication, *, language: str = "en", text_percent: int = 100) -> None:
    """Give the application the bundled fonts, the light theme and a language."""
    use_language(language)
    speak_qt(application)
    fonts.install(application, text_percent)
    fonts.add_scripts()
    theme.SWITCH.install(application, "light")


def filled(profile: Path, fill: Callable[[Workspace], object]) -> None:
    """Make a profile with what ``fill`` writes into it, closed."""
    workspace = bootstrap.open_workspace(profile, clock=MovableClock())
    fill(workspace)
    workspace.close()


@contextmanager
def stage(profile: Path, *, size: tuple[int, int] = SIZE, look: str = "light") -> Iterator[Stage]:
    """Open a window of a size in a look over a profile; close both after."""
    clock = MovableClock()
    workspace = bootstrap.open_workspace(profile, clock=clock)
    jobs = Jobs(inline=True)
    jobs.adopt(workspace)
    theme.SWITCH.wear(LOOKS[look])
    window = MainWindow(jobs, clock)
    window.resize(*size)
    window.start_page("time")
    window.show()
    jobs.opened.emit(workspace)
    entrances.connect(window, first_run=False)
    window.directory.count()
    opened = Stage(window, workspace, clock)
    opened.settle()
    try:
        yield opened
    finally:
        opened.clear()
        theme.SWITCH.choose("light")
        window.hide()
        window.deleteLater()
        jobs.close()
        opened.settle()

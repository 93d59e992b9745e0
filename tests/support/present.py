"""Values that a test needs to be there, of the kind that it names."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QWidget

    from billops_desktop.ui.main_window import MainWindow

T = TypeVar("T")
Q = TypeVar("Q", bound="QObject")


def present(value: T | None) -> T:
    """Return a value that may not be missing."""
    assert value is not None
    return value


def child(parent: QObject | None, kind: type[Q], name: str = "") -> Q:
    """Return the child of this kind, of this name where one is given."""
    found = present(parent).findChild(kind, name) if name else present(parent).findChild(kind)
    return present(found)


def window_of(widget: QWidget) -> MainWindow:
    """Return the main window that a page stands in."""
    from billops_desktop.ui.main_window import MainWindow

    window = widget.window()
    assert isinstance(window, MainWindow)
    return window


def of_kind(value: object, kind: type[T]) -> T:
    """Return a value that has to be of this kind."""
    assert isinstance(value, kind)
    return value

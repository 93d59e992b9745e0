"""Keeps PySide from reading the source text of every module that is imported after it."""

from __future__ import annotations

import importlib
from typing import Any

PACKAGE = "billops_desktop.ui"


def stop_reading_sources() -> None:
    """Answer PySide's question whether a module uses it by its name, not by its source.

    After each import PySide searches the module's source text for "PySide6", to know where its
    optional snake_case names may be switched on; nobody does that here. Reading them all takes a
    third of the start and keeps 20 MiB of text. A PySide without the question is left alone.
    """
    importlib.import_module("PySide6.QtCore")
    try:
        feature: Any = importlib.import_module("shibokensupport.feature")
    except ImportError:
        return
    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = _is_ours  # noqa: SLF001 - PySide offers no other way


def _is_ours(module: object) -> bool:
    return str(getattr(module, "__name__", "")).startswith(PACKAGE)

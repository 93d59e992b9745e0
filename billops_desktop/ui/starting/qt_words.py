"""The words of Qt itself, in menus of fields, file dialogs and names of keys, in our language."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

from billops_desktop.i18n import SOURCE_LANGUAGE, current_language

NAME: Final = "qtWords"


def speak_qt(application: QApplication) -> bool:
    """Let Qt speak the screen's language from now on; False where it stays with English."""
    spoken = application.findChild(QTranslator, NAME)
    if spoken is not None:
        application.removeTranslator(spoken)
        # At once: it must not be found again.
        spoken.setObjectName("")
        spoken.deleteLater()
    language = current_language()
    if language.split("_")[0] == SOURCE_LANGUAGE:
        return False
    translator = QTranslator(application)
    translator.setObjectName(NAME)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return translator.load(f"qtbase_{language}", folder) and application.installTranslator(
        translator
    )

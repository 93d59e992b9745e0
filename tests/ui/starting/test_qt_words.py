"""Qt speaks the language of the screen: menus of fields, file dialogs, names of keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from billops_desktop.i18n import use_language
from billops_desktop.ui.starting.qt_words import speak_qt


@pytest.fixture
def application(qapp: QApplication) -> Iterator[QApplication]:
    yield qapp
    use_language("en")
    speak_qt(qapp)


def words() -> tuple[str, str]:
    keys = QKeySequence("Ctrl+K").toString(QKeySequence.SequenceFormat.NativeText)
    return QCoreApplication.translate("QWidgetTextControl", "&Copy").replace("&", ""), keys


@pytest.mark.parametrize("language", ["de", "de_AT"])
def test_german_is_spoken_and_taken_back(application: QApplication, language: str) -> None:
    use_language(language)
    assert speak_qt(application)
    assert words() == ("Kopieren", "Strg+K")
    use_language("en")
    assert not speak_qt(application)
    assert words() == ("Copy", "Ctrl+K")


def test_a_language_that_qt_does_not_know_leaves_english(application: QApplication) -> None:
    use_language("tlh")
    assert not speak_qt(application)
    assert words() == ("Copy", "Ctrl+K")

"""A shown widget to build parts of pages on, and a way to wait that no test has to repeat."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot


@pytest.fixture
def holder(dressed: QApplication, qtbot: QtBot) -> Iterator[QWidget]:
    """Return a shown widget that outlives the parts that a test puts on it."""
    from PySide6.QtWidgets import QWidget

    made = QWidget()
    made.resize(1100, 700)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.hide()

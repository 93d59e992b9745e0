"""The card of the client."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from billops_desktop.ui.views.editor.client_card import ClientCard


def test_the_card_names_the_client_and_leads_to_its_record(holder: QWidget) -> None:
    card = ClientCard(holder)
    wanted = []
    card.change_wanted.connect(lambda: wanted.append(True))
    card.show_client("Acme GmbH", ("Lena Vogt", "", "EUR"))
    assert card.tile.text() == "AG"
    assert card.line.text() == "Lena Vogt  ·  EUR"
    QTest.mouseClick(card.change, Qt.MouseButton.LeftButton)
    assert wanted == [True]

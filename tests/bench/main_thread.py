"""CPU of the main thread per turn of its event loop: what others do on the machine is not in it."""

from __future__ import annotations

import time
from typing import Final

from PySide6.QtCore import QAbstractEventDispatcher, QObject

# Qt's own dispatcher says when each turn begins; glib's runs several turns as one.
OWN_DISPATCHER: Final = "QT_NO_GLIB"


class TurnProbe(QObject):
    """Notes the longest turn of the event loop, in CPU milliseconds of the main thread."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self.turns: list[float] = []
        self._begun = time.thread_time()
        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.awake.connect(self._turn)
        dispatcher.aboutToBlock.connect(self._turn)

    def _turn(self) -> None:
        now = time.thread_time()
        spent = (now - self._begun) * 1000
        self._begun = now
        if spent > 1:
            self.turns.append(spent)
        self.longest = max(self.longest, spent)

    def taken(self) -> float:
        """Return the longest turn since the last call, in milliseconds, and begin again."""
        self._turn()
        longest, self.longest = self.longest, 0.0
        self.turns.clear()
        return longest

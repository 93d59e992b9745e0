"""The steps that can be taken back: one stack per window, a step is one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from billops_desktop.i18n import _
from billops_desktop.ui.feedback import Feedback
from billops_desktop.ui.jobs import Jobs
from billops_desktop.values import dataclass

if TYPE_CHECKING:
    from billops_desktop.domain.changes import Changes
    from billops_desktop.errors import BillOpsError

STEPS: Final = 200


@dataclass(frozen=True, slots=True)
class Step:
    """What was done, and the transaction that did it."""

    words: str
    transaction: str


class UndoStack(QObject):
    """Takes the last step back (Ctrl+Z) and does it again (Ctrl+Shift+Z)."""

    changed = Signal()

    def __init__(self, jobs: Jobs, feedback: Feedback) -> None:
        super().__init__(feedback)
        self.setObjectName("undoStack")
        self.jobs = jobs
        self.feedback = feedback
        self.done: list[Step] = []
        self.undone: list[Step] = []
        feedback.undoable_done.connect(self.add)
        feedback.undo_wanted.connect(self.undo_transaction)
        jobs.replaced.connect(self.clear)

    def take_over(self, other: UndoStack) -> None:
        """Go on with the steps of another window, which takes this one's place."""
        self.done, self.undone = other.done, other.undone
        self.changed.emit()

    def add(self, words: str, transaction: str) -> None:
        """Keep a finished step; steps that were taken back before it are forgotten."""
        self.done.append(Step(words, transaction))
        del self.done[:-STEPS]
        self.undone.clear()
        self.changed.emit()

    def clear(self) -> None:
        """Forget all steps: the records that they were done to are others now."""
        self.done.clear()
        self.undone.clear()
        self.changed.emit()

    def undo(self) -> None:
        """Take the last step back."""
        if self.done:
            self._invert(self.done[-1], self.done, self.undone)

    def redo(self) -> None:
        """Do the step again that was taken back last."""
        if self.undone:
            self._invert(self.undone[-1], self.undone, self.done)

    def undo_transaction(self, transaction: str) -> None:
        """Take one step back, wherever it stands in the stack."""
        for step in self.done:
            if step.transaction == transaction:
                self._invert(step, self.done, self.undone)
                return

    def _invert(self, step: Step, source: list[Step], target: list[Step]) -> None:
        def done(_what: str, changes: Changes) -> None:
            if step in source:
                source.remove(step)
            target.append(Step(step.words, changes.transaction))
            words = _("Undone: {step}") if target is self.undone else _("Done again: {step}")
            self.feedback.say(words.format(step=step.words))
            self.changed.emit()

        def failed(error: BillOpsError) -> None:
            if step in source:
                source.remove(step)
            self.feedback.show_error(error)
            self.changed.emit()

        self.jobs.run(_undo, step.transaction, done=done, failed=failed)


def _undo(work: Any, transaction: str) -> str:
    from billops_desktop.services.upkeep import history

    return history.undo(work, transaction)

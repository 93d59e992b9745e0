"""The error family: title, hint, field and exit code; all that a face may show of a failure."""

from __future__ import annotations

from typing import ClassVar


class BillOpsError(Exception):
    """What did not happen (title) and what is safe or to be done (hint), in the user's words.

    ``field`` names the input that is wrong, so that a form can put the message under it;
    ``retryable`` says that the same call may go through later.
    """

    exit_code: ClassVar[int] = 1

    def __init__(
        self, title: str, hint: str = "", *, field: str | None = None, retryable: bool = False
    ) -> None:
        super().__init__(title)
        self.title = title
        self.hint = hint
        self.field = field
        self.retryable = retryable

    def __str__(self) -> str:
        return f"{self.title} {self.hint}".strip()


class InvalidInput(BillOpsError):
    """The user typed or passed something that cannot be used; nothing was written."""

    exit_code = 2


class NotFound(InvalidInput):
    """The named record does not exist."""


class Refused(InvalidInput):
    """A rule of the trade or of the law forbids the step: a locked entry, an issued invoice."""


class EnvironmentFault(BillOpsError):
    """Disk, permission, lock or a missing part of the machine."""

    exit_code = 3


class IntegrityFault(BillOpsError):
    """The stored records contradict each other or their hashes."""

    exit_code = 4


class NewerVersion(BillOpsError):
    """The profile was written by a newer version of the app; nothing was written."""

    exit_code = 5

"""Many drafts at once: one transaction each, reported as they come, ended between two clients."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from billops_desktop.errors import BillOpsError
from billops_desktop.services.drafts import drafting
from billops_desktop.services.drafts.drafting import DraftRequest
from billops_desktop.services.workspace import Workspace
from billops_desktop.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What became of the requests: ids of the drafts, what failed and why, whether it was ended."""

    drafts: tuple[str, ...] = ()
    failures: tuple[tuple[str, BillOpsError], ...] = ()
    ended: bool = False


def draft_all(
    workspace: Workspace,
    requests: Sequence[tuple[str, DraftRequest]],
    *,
    progress: Callable[[int, int, str], object] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Batch:
    """Draft an invoice per client; a client that fails is named and the others go on.

    ``requests`` pair a client's name with what to draft. ``progress`` gets done, all and the name.
    """
    drafts: list[str] = []
    failures: list[tuple[str, BillOpsError]] = []
    ended = False
    for done, (name, request) in enumerate(requests):
        if cancelled is not None and cancelled():
            ended = True
            break
        if progress is not None:
            progress(done, len(requests), name)
        try:
            drafts.append(workspace.execute(drafting.draft_from_time, request))
        except BillOpsError as error:
            failures.append((name, error))
    return Batch(drafts=tuple(drafts), failures=tuple(failures), ended=ended)

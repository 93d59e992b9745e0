"""No arguments: the window; otherwise the command line."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from billops_desktop.paths import PRIVATE_UMASK, profile_folder


def main(argv: Sequence[str] | None = None) -> int:
    """Run BillOps and return its exit code, as ``billops --help`` lists them."""
    os.umask(PRIVATE_UMASK)
    words = list(sys.argv[1:] if argv is None else argv)
    profile = _window_of(words)
    if profile is None:
        from billops_desktop.cli.face import run

        return run(words, grab=_grab)
    # What is imported stays: looking for garbage in it would only delay the first frame.
    gc.disable()
    from billops_desktop.ui.application import run as run_window

    return run_window(profile)


def _window_of(words: list[str]) -> Path | None:
    """Return the profile whose window is asked for, or None when a command was typed."""
    if not words:
        return profile_folder()
    if len(words) == 2 and words[0] == "--profile" and words[1]:
        return profile_folder(Path(words[1]))
    if len(words) == 1 and words[0].startswith("--profile=") and words[0] != "--profile=":
        return profile_folder(Path(words[0].partition("=")[2]))
    return None


def _grab(profile: Path, folder: Path) -> object:
    """Take pictures of the main views: the command line itself knows no window."""
    from billops_desktop.ui.screens import grab

    return grab(profile, folder)


if __name__ == "__main__":
    if getattr(sys, "frozen", False):  # elsewhere it does nothing, and costs a tenth of a command
        from multiprocessing import freeze_support

        freeze_support()  # the workers of a pool start here and go no further
    sys.exit(main())

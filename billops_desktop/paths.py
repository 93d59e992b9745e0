"""Where the profile, the resources and the migrations lie: source tree, wheel, frozen app."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from billops_desktop.errors import EnvironmentFault

PROFILE_VARIABLE = "BILLOPS_PROFILE_DIR"
FOLDER_MODE = 0o700
FILE_MODE = 0o600
PRIVATE_UMASK = 0o077

DATABASE_NAME = "billops.db"
FILES_NAME = "files"
BACKUPS_NAME = "backups"
LOGS_NAME = "logs"
LOCK_NAME = "billops.lock"
DEVICE_NAME = "device"
NUMBERS_NAME = "numbers.jsonl"
UNSURE_NAME = "numbers-unsure"

PACKAGE = Path(__file__).resolve().parent


def profile_folder(explicit: Path | None = None) -> Path:
    """Return the profile's folder: the one named, else the variable's, else the platform's."""
    if explicit is not None:
        return explicit.expanduser().absolute()
    named = os.environ.get(PROFILE_VARIABLE, "")
    if named:
        return Path(named).expanduser().absolute()
    # Imported here: most commands are told their profile, and start-up counts.
    from platformdirs import user_data_path

    return user_data_path("billops", appauthor=False)


def make_private_folder(folder: Path) -> Path:
    """Make ``folder`` and its parents where missing; only its owner may look inside. OSError."""
    folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    if folder.stat().st_mode & 0o077:
        folder.chmod(FOLDER_MODE)
    return folder


def database_file(profile: Path) -> Path:
    """Return the one SQLite file of a profile."""
    return profile / DATABASE_NAME


def resources_folder() -> Path:
    """Return the folder of icons, fonts, themes and catalogues."""
    return _beside("resources", "_resources")


def migrations_folder() -> Path:
    """Return the folder of the Alembic environment."""
    return _beside("migrations", "_migrations")


def _beside(source_name: str, packed_name: str) -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    candidates = [PACKAGE / packed_name, PACKAGE.parent / source_name]
    if frozen:
        candidates.insert(0, Path(frozen) / "billops_desktop" / packed_name)
    for candidate in candidates:
        if candidate.is_dir():
            return candidate
    # Not translated: without its resources the app has no catalogues either.
    raise EnvironmentFault(
        f"A part of BillOps is missing: {source_name}.",
        "Your profile is not affected. Install BillOps again.",
    )

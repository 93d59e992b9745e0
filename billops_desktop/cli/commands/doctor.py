"""doctor: versions, paths and the state of this machine, to read and to send with a question."""

from __future__ import annotations

import os
import platform
import stat
import sys
from argparse import Namespace
from dataclasses import asdict
from importlib import metadata
from pathlib import Path

from billops_desktop import __version__
from billops_desktop.cli.output import Column, Reply, Table
from billops_desktop.cli.parsing import Parser
from billops_desktop.cli.session import Session
from billops_desktop.cli.wording import size_label
from billops_desktop.errors import BillOpsError
from billops_desktop.i18n import _, current_language
from billops_desktop.paths import (
    BACKUPS_NAME,
    FILES_NAME,
    LOGS_NAME,
    database_file,
    migrations_folder,
    resources_folder,
)
from billops_desktop.values import dataclass

LIBRARIES = ("PySide6", "SQLAlchemy", "alembic", "sqlcipher3", "reportlab", "babel", "tzdata")
# What Qt's platform plug-ins load on Linux and a minimal system leaves out.
QT_LIBRARIES = ("libEGL.so.1", "libGL.so.1", "libxkbcommon.so.0", "libxcb-cursor.so.0")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; ``ok`` False is what may need a hand."""

    name: str
    value: str
    ok: bool = True


def declare(parser: Parser, _name: str) -> None:
    """Add nothing: doctor takes no arguments of its own."""
    parser.set_defaults(run=doctor)
    parser.examples(
        "billops doctor", "billops doctor --json", keys="ok, findings[] {name, value, ok}"
    )


def doctor(session: Session, _asked: Namespace) -> Reply:
    """Look at versions, paths, libraries and the profile; nothing is changed."""
    findings = [*_versions(), *_paths(session), *_profile(session), *_display()]
    ok = all(finding.ok for finding in findings)
    table = Table([Column(""), Column(""), Column("")])
    for finding in findings:
        table.add(finding.name, "" if finding.ok else "!", finding.value)
    last = _("All is well.") if ok else _("Lines with ! may need a hand.")
    content = {"ok": ok, "findings": [asdict(finding) for finding in findings]}
    return Reply(content, f"{table.text()}\n\n{last}")


def _versions() -> list[Finding]:
    from billops_desktop.bootstrap import sqlite_version

    version, safe = sqlite_version()
    found = [
        Finding("BillOps", __version__),
        Finding("Python", f"{platform.python_version()} {sys.executable}"),
        Finding(_("System"), platform.platform()),
        Finding("SQLite", version, safe),
        Finding(_("Language"), current_language()),
    ]
    for name in LIBRARIES:
        try:
            found.append(Finding(name, metadata.version(name)))
        except metadata.PackageNotFoundError:
            found.append(Finding(name, _("missing"), ok=False))
    return found


def _paths(session: Session) -> list[Finding]:
    fonts = len(list((resources_folder() / "fonts").glob("**/*.ttf")))
    return [
        Finding(_("Profile"), str(session.profile)),
        Finding(_("Log file"), str(session.profile / LOGS_NAME)),
        Finding(_("Resources"), str(resources_folder())),
        Finding(_("Migrations"), str(migrations_folder())),
        Finding(_("Fonts"), str(fonts), fonts > 0),
        Finding(_("Zone"), session.clock.zone()),
    ]


def _profile(session: Session) -> list[Finding]:
    from billops_desktop.bootstrap import glance

    file = database_file(session.profile)
    if not file.exists():
        return [Finding(_("Records"), _("none yet; the first command makes them"))]
    try:
        current = glance(session.profile, session.clock) is not None
        schema = _("current") if current else _("of an older version; opening upgrades them")
        state = Finding(_("Records"), f"{file} ({schema})")
    except BillOpsError as fault:
        state = Finding(_("Records"), str(fault), ok=False)
    return [
        state,
        Finding(_("Size"), size_label(file.stat().st_size)),
        *_rights(session.profile),
        Finding(_("Backups"), str(_count(session.profile / BACKUPS_NAME))),
        Finding(_("Kept files"), str(_count(session.profile / FILES_NAME))),
    ]


def _rights(profile: Path) -> list[Finding]:
    """Look for folders and files of the profile that others may read."""
    if os.name != "posix":
        return []
    open_to_others = [
        path
        for path in (profile, *profile.rglob("*"))
        if stat.S_IMODE(path.stat(follow_symlinks=False).st_mode) & 0o077 and not path.is_symlink()
    ]
    if not open_to_others:
        return [Finding(_("Permissions"), _("only you can read the profile"))]
    shown = ", ".join(str(path) for path in open_to_others[:3])
    return [Finding(_("Permissions"), _("others can read {paths}").format(paths=shown), ok=False)]


def _count(folder: Path) -> int:
    return sum(1 for _path in folder.iterdir()) if folder.is_dir() else 0


def _display() -> list[Finding]:
    """Look at what the window needs, without loading Qt."""
    if sys.platform != "linux":
        return [Finding(_("Display"), platform.system())]
    missing = [name for name in QT_LIBRARIES if not _loads(name)]
    display = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY") or ""
    libraries = ", ".join(missing)
    return [
        Finding(_("Qt libraries"), _("missing: {names}").format(names=libraries), ok=False)
        if missing
        else Finding(_("Qt libraries"), _("all there")),
        Finding(_("Display"), display or _("none; the command line does all")),
        Finding(_("Session bus"), _bus() or _("none; there is no tray then")),
        _tray(),
    ]


def _tray() -> Finding:
    """Look for a host of tray icons; that none is known to be there may need a hand."""
    from billops_desktop.cli.tray_host import tray_host

    host = tray_host()
    return Finding(_("Tray host"), host.words, ok=host.found is not False)


def _loads(library: str) -> bool:
    import ctypes

    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _bus() -> str:
    return os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")

"""Makes .venv from the hashed lock, with the system libraries that Qt needs; standard library only.

Called by packaging/setup.sh as `prepare.py run`, `test` or `bench`; a second call that finds
everything in place is not made at all: make compares the stamps .venv/.ready-run and so on.
"""

from __future__ import annotations

import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import system

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOG = VENV / "setup.log"
# The Python that .venv was, or will be, made from: setup.sh may have chosen .venv's own.
BASE = str(getattr(sys, "_base_executable", None) or sys.executable)
LOCKS = {"run": "runtime.txt", "test": "dev.txt", "bench": "bench.txt"}
# Each lock holds the ones before it.
STAMPS = {"run": ("run",), "test": ("run", "test"), "bench": ("run", "test", "bench")}

# Loads what the app loads, and both platform plugins, whose own needs no import would show.
QT_CHECK = """
import ctypes, pathlib, sys, PySide6
from PySide6 import QtGui, QtNetwork, QtPdf, QtPrintSupport, QtSvg, QtWidgets
if sys.platform == "linux":
    from PySide6 import QtDBus
    plugins = pathlib.Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforms"
    for name in ("libqoffscreen.so", "libqxcb.so"):
        ctypes.CDLL(str(plugins / name))
"""


def say(text: str) -> None:
    """Print one line of progress at once."""
    print(text, flush=True)


def give_up(text: str, command: list[str] | None = None) -> NoReturn:
    """End with what is missing and, where there is one, the one command that mends it."""
    say(text)
    if command:
        sudo = [] if os.geteuid() == 0 or command[0] == "brew" else ["sudo"]
        say(f"    {shlex.join([*sudo, *command])}")
        say("Then run the same make command again.")
    sys.exit(1)


def installed(command: list[str], what: str) -> bool:
    """Install system packages where this user may; tell whether they are there now."""
    if system.rights() is None:
        return False
    say(f"      installing {what}: {shlex.join(command)}")
    return system.install(command)


def system_packages() -> None:
    """See that Qt's libraries and something that installs are there; get them where this user may.

    All that is missing is asked for at once: who may not install here has one command to pass on.
    """
    missing = [*system.missing_libraries(), *_missing_installer()]
    if not missing:
        return
    names = ", ".join(need.name for need in missing)
    command = system.install_command(missing)
    if command is None:
        give_up(f"BillOps needs what was not found on this system: {names}.")
    if not installed(command, f"{len(missing)} system packages"):
        give_up("BillOps needs system packages that only an administrator can install:", command)
    # What has just appeared may have been looked for before.
    importlib.invalidate_caches()
    if still := [*system.missing_libraries(), *_missing_installer()]:
        give_up(f"Still not found: {', '.join(need.name for need in still)}.", command)


def _missing_installer() -> list[system.Need]:
    """Name what brings pip where nothing could install into .venv: Debian packs it by itself."""
    if shutil.which("uv") or _own_pip() or importlib.util.find_spec("ensurepip") or _other_pip():
        return []
    apt = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    return [system.Need("ensurepip", apt, "python3-libs")]


def test_programs() -> None:
    """See that the tests find their programs; those that miss theirs are skipped."""
    missing = [*system.missing_test_programs(), *system.missing_compiler()]
    if not missing:
        return
    command = system.install_command(missing)
    if not command or not installed(command, "what the tests use"):
        say("  !!  Tests on a real window or a failing disk will be SKIPPED; to run them, first:")
        say(f"  !!      sudo {shlex.join(command)}" if command else "  !!      install Xvfb")


def bench_libraries() -> None:
    """See that weasyprint finds its libraries; without them `make bench` leaves its rows out."""
    missing = system.missing_libraries(system.BENCH_LIBRARIES)
    command = system.install_command(missing) if missing else None
    if command and not installed(command, "what weasyprint loads"):
        say(f"  !!  Not measured against weasyprint; it needs: sudo {shlex.join(command)}")


def environment() -> None:
    """Make .venv, or keep the one that is there and works."""
    if PYTHON.exists() and not subprocess.run([PYTHON, "-c", ""], check=False).returncode:
        _see_that_it_installs()
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if shutil.which("uv"):
        run(["uv", "venv", "--quiet", "--python", BASE, str(VENV)])
        return
    bare = [] if importlib.util.find_spec("ensurepip") else ["--without-pip"]
    run([BASE, "-m", "venv", *bare, str(VENV)])


def _see_that_it_installs() -> None:
    """Give a kept .venv its own pip where nothing else could install into it any more."""
    if not (shutil.which("uv") or _own_pip() or _other_pip()):
        run([str(PYTHON), "-m", "ensurepip"])


def _own_pip() -> bool:
    """Tell whether .venv has a pip; by its code: ensurepip may leave out the script `pip`."""
    return any(VENV.glob("lib/python3*/site-packages/pip/__main__.py"))


def _other_pip() -> bool:
    """Tell whether the Python beneath .venv has a pip for other environments (22.3 or newer)."""
    asked = subprocess.run(
        [BASE, "-m", "pip", "--python", BASE, "--version"],
        capture_output=True,
        check=False,
    )
    return asked.returncode == 0


def installer() -> list[str]:
    """Choose what installs packages into .venv: uv where present, else pip."""
    if shutil.which("uv"):
        return ["uv", "pip", "install", "--python", str(PYTHON)]
    if _own_pip():
        return [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check"]
    return [BASE, "-m", "pip", "--python", str(PYTHON), "install"]


def packages(lock: Path) -> None:
    """Install exactly what the lock names, each file checked against its hash."""
    total = sum("==" in line for line in lock.read_text().splitlines())
    seen = 0

    def progress(line: str) -> None:
        nonlocal seen
        if line.startswith("Collecting "):
            seen += 1
            say(f"      {seen:3} of {total}  {line.split()[1].partition('==')[0]}")
        elif line.startswith("Installing collected"):
            say("      unpacking")

    # pip compiles what it unpacks by itself; without it the first start would.
    compiled = ["--compile-bytecode"] if shutil.which("uv") else []
    run([*installer(), *compiled, "--require-hashes", "-r", str(lock)], progress)


def project() -> None:
    """Install the project itself, editable; the lock holds its build backend."""
    offline = "--offline" if shutil.which("uv") else "--no-index"
    run([*installer(), "--no-build-isolation", "--no-deps", offline, "--editable", str(ROOT)])
    # Compiled now, not while somebody waits for the first window. What fails is compiled later.
    compiled = [str(PYTHON), "-m", "compileall", "-q", "billops_desktop", "migrations"]
    subprocess.run(compiled, check=False, cwd=ROOT)


def run(command: list[str], progress: Callable[[str], None] | None = None) -> None:
    """Run a step, its words kept in .venv/setup.log and shown when it fails."""
    surroundings = {**os.environ, "UV_NO_PYTHON_DOWNLOADS": "1", "PYTHONUNBUFFERED": "1"}
    words = [f"$ {shlex.join(command)}\n"]
    started = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=surroundings,
        cwd=ROOT,
    )
    assert started.stdout is not None
    for line in started.stdout:
        words.append(line)
        if progress:
            progress(line)
    if VENV.exists():
        with LOG.open("a", encoding="utf-8") as log:
            log.writelines(words)
    if started.wait():
        say("".join(words[-40:]).rstrip())
        give_up(f"This step failed: {shlex.join(command)}")


def check_qt() -> None:
    """See that Qt really loads here, before anyone opens a window."""
    tried = subprocess.run(
        [PYTHON, "-c", QT_CHECK], capture_output=True, text=True, check=False, cwd=ROOT
    )
    if tried.returncode:
        reason = (tried.stderr.strip().splitlines() or ["no reason given"])[-1]
        give_up(f"Qt does not load on this system: {reason}")


def main(purpose: str) -> None:
    """Set up .venv to run the app, to test it or to measure it."""
    lock = ROOT / "packaging" / "locks" / LOCKS[purpose]
    say("[1/4] system packages")
    system_packages()
    if purpose != "run":
        test_programs()
    if purpose == "bench":
        bench_libraries()
    say(f"[2/4] virtual environment .venv (Python {sys.version.split()[0]})")
    environment()
    say(f"[3/4] packages of packaging/locks/{lock.name}, by {Path(installer()[0]).name}")
    packages(lock)
    say("[4/4] BillOps itself")
    project()
    check_qt()
    for stamp in STAMPS[purpose]:
        (VENV / f".ready-{stamp}").touch()


if __name__ == "__main__":
    main(sys.argv[1])

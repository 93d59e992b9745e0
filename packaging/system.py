"""What Qt and the window tests need of the operating system, and how it gets there."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Need:
    """A library (by the name that the loader knows) or a program, and the packages it is in."""

    name: str
    apt: str
    dnf: str


LIBRARIES = (
    Need("libGL.so.1", "libgl1", "libglvnd-glx"),
    Need("libEGL.so.1", "libegl1", "libglvnd-egl"),
    Need("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
    Need("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
    Need("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    Need("libfreetype.so.6", "libfreetype6", "freetype"),
    Need("libdbus-1.so.3", "libdbus-1-3", "dbus-libs"),
    Need("libgssapi_krb5.so.2", "libgssapi-krb5-2", "krb5-libs"),
    Need("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb"),
    Need("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
    Need("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
    Need("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
    Need("libxcb-image.so.0", "libxcb-image0", "xcb-util-image"),
    Need("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
    Need("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil"),
    Need("libxcb-randr.so.0", "libxcb-randr0", "libxcb"),
    Need("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
    Need("libxcb-xinerama.so.0", "libxcb-xinerama0", "libxcb"),
    Need("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb"),
    Need("libwayland-cursor.so.0", "libwayland-cursor0", "libwayland-cursor"),
    Need("libwayland-egl.so.1", "libwayland-egl1", "libwayland-egl"),
)

# Only the tests that drive a real window on a screen of their own need these.
TEST_PROGRAMS = (
    Need("Xvfb", "xvfb", "xorg-x11-server-Xvfb"),
    Need("openbox", "openbox", "openbox"),
    Need("trayer", "trayer", "trayer"),
    Need("xdotool", "xdotool", "xdotool"),
    Need("dbus-run-session", "dbus", "dbus-daemon"),
    # Not on the PATH: the session bus starts it when a screen reader is asked for.
    Need("/usr/libexec/at-spi-bus-launcher", "at-spi2-core", "at-spi2-core"),
)

# Only the tests that pull the plug need these: the disk that fails is a small C library.
COMPILER = (
    Need("cc", "gcc", "gcc"),
    Need("/usr/include/stdio.h", "libc6-dev", "glibc-headers"),
)

# Only `make bench` needs these: weasyprint, which it measures against, loads them.
BENCH_LIBRARIES = (
    Need("libpango-1.0.so.0", "libpango-1.0-0", "pango"),
    Need("libpangoft2-1.0.so.0", "libpangoft2-1.0-0", "pango"),
    Need("libharfbuzz-subset.so.0", "libharfbuzz-subset0", "harfbuzz"),
)


def missing_libraries(needs: Iterable[Need] = LIBRARIES) -> list[Need]:
    """Name the libraries that the loader does not find; only Linux leaves them to the system."""
    return [need for need in needs if sys.platform == "linux" and not _loads(need.name)]


def missing_test_programs() -> list[Need]:
    """Name the programs of the window tests that are not on the PATH."""
    return [
        need for need in TEST_PROGRAMS if sys.platform == "linux" and not shutil.which(need.name)
    ]


def missing_compiler() -> list[Need]:
    """Name what a small C library is made with, where it is missing."""
    found = (shutil.which(need.name) or Path(need.name).exists() for need in COMPILER)
    return [
        need
        for need, there in zip(COMPILER, found, strict=True)
        if sys.platform == "linux" and not there
    ]


def install_command(needs: list[Need]) -> list[str] | None:
    """Word the one command that installs them, or None where no known package tool is found."""
    if shutil.which("apt-get"):
        return ["apt-get", "install", "-y", *sorted({need.apt for need in needs})]
    if shutil.which("dnf"):
        return ["dnf", "install", "-y", *sorted({need.dnf for need in needs})]
    return None


def rights() -> list[str] | None:
    """Say what stands before a command that changes the system: nothing, sudo, or None: may not."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
        if asked.returncode == 0:
            return ["sudo", "-n"]
    return None


def install(command: list[str]) -> bool:
    """Run an install command of ours where this user may; tell whether it went through."""
    prefix = rights()
    if prefix is None:
        return False
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive"]
    if command[0] == "apt-get":
        patient = ["-q", "-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3"]
        lists = [*prefix, *quiet, "apt-get", *patient, "update"]
        subprocess.run(lists, check=False, stdout=subprocess.DEVNULL)
        command = ["apt-get", *patient, "--no-install-recommends", *command[1:]]
    done = subprocess.run([*prefix, *quiet, *command], check=False, stdout=subprocess.DEVNULL)
    return done.returncode == 0


def display_opens() -> bool:
    """Tell whether a window could be shown here: a live X or Wayland socket, or a Mac's desktop."""
    if sys.platform == "darwin":
        asked = subprocess.run(
            ["launchctl", "managername"], capture_output=True, check=False, text=True
        )
        return asked.stdout.strip() == "Aqua"
    wayland = os.environ.get("WAYLAND_DISPLAY")
    if wayland and (Path(os.environ.get("XDG_RUNTIME_DIR", "/")) / wayland).exists():
        return True
    host, _, number = os.environ.get("DISPLAY", "").rpartition(":")
    if not number:
        return False
    # A forwarded display (ssh -X) has a host before the colon and no socket file.
    return bool(host) or Path(f"/tmp/.X11-unix/X{number.partition('.')[0]}").exists()


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True

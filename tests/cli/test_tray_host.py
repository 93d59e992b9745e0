"""Tests of billops_desktop.cli.tray_host: a real bus, a real X server, and none of them."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from billops_desktop.cli import tray_host
from tests.support.display import Screen

VARIABLES = ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR")


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test ask the desktop that it runs on."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def desktop(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> Screen:
    """Let a test ask a screen of its own."""
    for name in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS"):
        monkeypatch.setenv(name, screen.environment[name])
    return screen


@pytest.fixture
def deaf_bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Return the address of a bus that answers nothing that a bus would say."""
    path = tmp_path / "bus"
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(str(path))
        server.listen()

        def reject() -> None:
            caller, _address = server.accept()
            with caller:
                caller.recv(256)
                caller.sendall(b"REJECTED\r\n")

        answering = threading.Thread(target=reject)
        answering.start()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={path},guid=0")
        yield str(path)
        answering.join()


def test_without_a_display_none_is_needed() -> None:
    assert tray_host.tray_host() == (None, "none is needed without a display")


def test_without_an_answer_it_is_unknown(deaf_bus: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert tray_host.tray_host() == (None, "unknown: the session bus gives no answer")


def test_without_a_bus_or_an_x_server_it_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":7777")
    assert tray_host.has_watcher() is None
    assert tray_host.has_x_tray() is None
    assert tray_host.tray_host().found is None


def test_the_bus_lies_at_its_usual_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert tray_host._bus_socket() is None
    (tmp_path / "bus").touch()
    assert tray_host._bus_socket() == str(tmp_path / "bus")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "tcp:host=x;unix:abstract=/tmp/dbus,guid=1")
    assert tray_host._bus_socket() == "\0/tmp/dbus"


def test_a_tray_of_x_is_found(desktop: Screen) -> None:
    assert tray_host.has_watcher() is False
    assert tray_host.tray_host() == (True, "there (XEmbed)")


def test_an_x_server_without_a_tray_has_none(
    desktop: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tray_host, "has_x_tray", lambda: False)
    assert tray_host.tray_host() == (False, "none; the window and the command line do all")
    # The icons of a Wayland window go by the bus alone.
    monkeypatch.undo()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", desktop.environment["DBUS_SESSION_BUS_ADDRESS"])
    assert tray_host.tray_host().found is False


def test_a_watcher_on_the_bus_is_found(desktop: Screen) -> None:
    from PySide6.QtDBus import QDBusConnection

    address = desktop.environment["DBUS_SESSION_BUS_ADDRESS"]
    bus = QDBusConnection.connectToBus(address, "tray-host-test")
    assert bus.registerService(tray_host.WATCHER)
    try:
        assert tray_host.tray_host() == (True, "there (StatusNotifier)")
    finally:
        QDBusConnection.disconnectFromBus("tray-host-test")

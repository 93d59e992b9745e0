"""Whether the desktop has a place for tray icons: asked of the session bus and of X, without Qt."""

from __future__ import annotations

import ctypes
import os
import socket
import struct
from pathlib import Path
from typing import NamedTuple

from billops_desktop.i18n import _

WATCHER = "org.kde.StatusNotifierWatcher"
BUS = "org.freedesktop.DBus"
PATIENCE_SECONDS = 2.0
LONGEST_REPLY = 65_536
CALL, ANSWER, REFUSAL = 1, 2, 3
PATH_FIELD, INTERFACE_FIELD, MEMBER_FIELD, DESTINATION_FIELD, SIGNATURE_FIELD = 1, 2, 3, 6, 8


class TrayHost(NamedTuple):
    """Whether tray icons show: None where nothing could be asked; and that in words."""

    found: bool | None
    words: str


def tray_host() -> TrayHost:
    """Ask the session bus for a StatusNotifier host, and X for the older kind of tray."""
    display = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY")
    if not display:
        return TrayHost(None, _("none is needed without a display"))
    watcher = has_watcher()
    if watcher:
        return TrayHost(True, _("there (StatusNotifier)"))
    # Under Wayland a window shows its icon on the bus only.
    tray = False if os.environ.get("WAYLAND_DISPLAY") else has_x_tray()
    if tray:
        return TrayHost(True, _("there (XEmbed)"))
    if watcher is None:
        return TrayHost(None, _("unknown: the session bus gives no answer"))
    if tray is None:
        return TrayHost(None, _("unknown: the X server gives no answer"))
    return TrayHost(False, _("none; the window and the command line do all"))


def has_watcher() -> bool | None:
    """Tell whether somebody on the session bus watches for tray icons; None without an answer."""
    address = _bus_socket()
    if address is None:
        return None
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as bus:
            bus.settimeout(PATIENCE_SECONDS)
            bus.connect(address)
            _sign_in(bus)
            _call(bus, 1, "Hello")
            body = _call(bus, 2, "NameHasOwner", WATCHER)
    except (OSError, struct.error, _NoAnswer):
        return None
    return bool(struct.unpack_from("<I", body)[0])


class _NoAnswer(Exception):
    """The bus said something else than what was asked."""


def _bus_socket() -> str | None:
    """Return the socket of the session bus: a path, or a name that begins with NUL."""
    for address in os.environ.get("DBUS_SESSION_BUS_ADDRESS", "").split(";"):
        kind, _colon, rest = address.partition(":")
        pairs = dict(pair.partition("=")[::2] for pair in rest.split(","))
        if kind == "unix" and "path" in pairs:
            return pairs["path"]
        if kind == "unix" and "abstract" in pairs:
            return f"\0{pairs['abstract']}"
    usual = Path(os.environ.get("XDG_RUNTIME_DIR", "/nonexistent")) / "bus"
    return str(usual) if usual.exists() else None


def _sign_in(bus: socket.socket) -> None:
    """Say who asks, as the kernel confirms it to the bus."""
    user = str(os.getuid()).encode().hex()
    bus.sendall(f"\0AUTH EXTERNAL {user}\r\n".encode())
    answer = b""
    while not answer.endswith(b"\r\n"):
        part = bus.recv(256)
        if not part:
            raise _NoAnswer
        answer += part
    if not answer.startswith(b"OK "):
        raise _NoAnswer
    bus.sendall(b"BEGIN\r\n")


def _call(bus: socket.socket, serial: int, member: str, argument: str = "") -> bytes:
    """Call a method of the bus itself with at most one text; return the body of the answer."""
    body = _text(argument) if argument else b""
    fields = [
        (PATH_FIELD, "o", f"/{BUS.replace('.', '/')}"),
        (DESTINATION_FIELD, "s", BUS),
        (INTERFACE_FIELD, "s", BUS),
        (MEMBER_FIELD, "s", member),
    ]
    if body:
        fields.append((SIGNATURE_FIELD, "g", "s"))
    listed = b"".join(_padded(_field(*field)) for field in fields[:-1]) + _field(*fields[-1])
    head = struct.pack("<cBBBIII", b"l", CALL, 0, 1, len(body), serial, len(listed))
    bus.sendall(_padded(head + listed) + body)
    while True:
        kind, answer = _message(bus)
        if kind == REFUSAL:
            raise _NoAnswer
        if kind == ANSWER:
            return answer


def _field(code: int, signature: str, value: str) -> bytes:
    head = bytes([code, 1]) + signature.encode() + b"\0"
    if signature == "g":
        return head + bytes([len(value)]) + value.encode() + b"\0"
    return head + _text(value)


def _text(value: str) -> bytes:
    return struct.pack("<I", len(value)) + value.encode() + b"\0"


def _padded(content: bytes) -> bytes:
    return content + b"\0" * (-len(content) % 8)


def _message(bus: socket.socket) -> tuple[int, bytes]:
    """Return kind and body of the next message."""
    head = _exactly(bus, 16)
    order = "<" if head[:1] == b"l" else ">"
    body, _serial, listed = struct.unpack_from(f"{order}III", head, 4)
    if body + listed > LONGEST_REPLY:
        raise _NoAnswer
    rest = _exactly(bus, listed + (-listed % 8) + body)
    return head[1], rest[len(rest) - body :]


def _exactly(bus: socket.socket, count: int) -> bytes:
    content = b""
    while len(content) < count:
        part = bus.recv(count - len(content))
        if not part:
            raise _NoAnswer
        content += part
    return content


class _Cookie(ctypes.Structure):
    """What libxcb hands out for a request whose reply comes later."""

    _fields_ = (("sequence", ctypes.c_uint),)


class _Reply(ctypes.Structure):
    """The replies that hold one number: an atom, or the window that owns a selection."""

    _fields_ = (("head", ctypes.c_uint32), ("length", ctypes.c_uint32), ("value", ctypes.c_uint32))


def has_x_tray() -> bool | None:
    """Tell whether a window of the X server takes tray icons in; None without an answer."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return None
    xcb.xcb_connect.restype = ctypes.c_void_p
    screen = ctypes.c_int()
    connection = ctypes.c_void_p(xcb.xcb_connect(None, ctypes.byref(screen)))
    try:
        if xcb.xcb_connection_has_error(connection):
            return None
        name = f"_NET_SYSTEM_TRAY_S{screen.value}".encode()
        atom = _asked(xcb, connection, "xcb_intern_atom", (0, ctypes.c_uint16(len(name)), name))
        if atom is None:
            return None
        owner = _asked(xcb, connection, "xcb_get_selection_owner", (ctypes.c_uint32(atom),))
        return None if owner is None else owner != 0
    finally:
        xcb.xcb_disconnect(connection)


def _asked(
    xcb: ctypes.CDLL, connection: ctypes.c_void_p, request: str, values: tuple[object, ...]
) -> int | None:
    """Send one request and wait for the number in its reply."""
    ask, answer = getattr(xcb, request), getattr(xcb, f"{request}_reply")
    ask.restype, answer.restype = _Cookie, ctypes.POINTER(_Reply)
    answer.argtypes = [ctypes.c_void_p, _Cookie, ctypes.c_void_p]
    reply = answer(connection, ask(connection, *values), None)
    # The reply is not given back to libc: this program asks twice and ends.
    return int(reply.contents.value) if reply else None

"""One window per profile: a lock, and a socket on which later starts leave their command."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QElapsedTimer, QLockFile, QObject, Signal

from billops_desktop.paths import LOCK_NAME

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

COMMANDS: Final = ("show", "toggle", "stop")
# On a busy machine a window that was started a moment ago takes this long to hear others.
WAIT_MS: Final = 10_000
PAUSE_SECONDS: Final = 0.04
LONGEST_PATH: Final = 100
LONGEST_COMMAND: Final = 64
ANSWER: Final = b"ok\n"


def socket_name(profile: Path) -> str:
    """Return the socket's path: in the profile, or in the temporary folder when too long."""
    path = str(profile / "billops.sock")
    if len(os.fsencode(path)) <= LONGEST_PATH:
        return path
    import hashlib
    import tempfile

    digest = hashlib.sha256(os.fsencode(str(profile))).hexdigest()[:16]
    return str(Path(tempfile.gettempdir()) / f"billops-{digest}.sock")


def send(profile: Path, command: str, *, wait_ms: int = WAIT_MS) -> bool:
    """Give the window of a profile a command; False when none answers in time."""
    from PySide6.QtNetwork import QLocalSocket

    watch = QElapsedTimer()
    watch.start()
    while watch.elapsed() < wait_ms:
        socket = QLocalSocket()
        socket.connectToServer(socket_name(profile))
        left = max(1, wait_ms - watch.elapsed())
        if socket.waitForConnected(left):
            socket.write(f"{command}\n".encode())
            socket.flush()
            # The answer tells that the window took it, not just that a socket was there.
            answered = socket.waitForReadyRead(left) and bytes(socket.readAll().data()) == ANSWER
            socket.abort()
            if answered:
                return True
        time.sleep(PAUSE_SECONDS)
    return False


class SingleInstance(QObject):
    """Holds the lock of a profile and hears the commands of later starts."""

    commanded = Signal(str)

    def __init__(self, profile: Path) -> None:
        super().__init__()
        self.setObjectName("singleInstance")
        self.profile = profile
        self.lock = QLockFile(str(profile / LOCK_NAME))
        # A lock is stale when its process is gone, never because it is old.
        self.lock.setStaleLockTime(0)
        self.server: QLocalServer | None = None

    def acquire(self) -> bool:
        """Become the window of the profile; False when another one is."""
        return self.lock.tryLock(0)

    def listen(self) -> None:
        """Hear later starts; they try for a while, so this may wait until the first frame."""
        from PySide6.QtNetwork import QLocalServer

        name = socket_name(self.profile)
        QLocalServer.removeServer(name)
        self.server = QLocalServer(self)
        self.server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self.server.newConnection.connect(self._on_connection)
        self.server.listen(name)

    def release(self) -> None:
        """Stop listening and give the lock up."""
        if self.server is not None:
            self.server.close()
        self.lock.unlock()

    def _on_connection(self) -> None:
        socket = self.server.nextPendingConnection() if self.server is not None else None
        if socket is None:
            return
        socket.setParent(self)
        socket.readyRead.connect(lambda: self._on_ready(socket))
        socket.disconnected.connect(socket.deleteLater)
        if socket.bytesAvailable():
            self._on_ready(socket)

    def _on_ready(self, socket: QLocalSocket) -> None:
        command = bytes(socket.readLine(LONGEST_COMMAND).data()).decode("ascii", "replace").strip()
        if command in COMMANDS:
            socket.write(ANSWER)
            socket.flush()
            self.commanded.emit(command)
        else:
            socket.abort()

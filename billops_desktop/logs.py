"""Set-up of the log: JSON lines in the profile, rotated, private, one line per record whatever."""

from __future__ import annotations

import json
import logging
import os
from datetime import UTC, datetime
from io import FileIO, TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from billops_desktop.paths import FILE_MODE, LOGS_NAME, make_private_folder

LOG_NAME = "billops.log"
MAX_BYTES = 2_000_000
KEPT_FILES = 5
TEXT_LIMIT = 8_000
ROOT = "billops_desktop"


class JsonLine(logging.Formatter):
    """One record as one line of ASCII JSON: no control character of a message reaches a terminal.

    Escaping is JSON's own, so a line break, an escape sequence or a right-to-left mark in a name
    is stored as its code and can neither forge a second line nor colour the screen of who reads it.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as JSON with time, level, source and message."""
        fields = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "source": record.name.removeprefix(f"{ROOT}."),
            "message": record.getMessage()[:TEXT_LIMIT],
        }
        if record.exc_info:
            fields["trace"] = self.formatException(record.exc_info)[:TEXT_LIMIT]
        return json.dumps(fields, ensure_ascii=True).replace("\x7f", "\\u007f")


class PrivateRotation(RotatingFileHandler):
    """A rotating file that only its owner may read, from its first byte on."""

    def _open(self) -> TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, FILE_MODE)
        return TextIOWrapper(FileIO(descriptor, "ab"), encoding="ascii")


def start_logging(profile: Path, *, level: int = logging.INFO) -> Path:
    """Send the app's log to the profile's log folder and return the file; a second call is one."""
    file = make_private_folder(profile / LOGS_NAME) / LOG_NAME
    stop_logging()
    rotation = PrivateRotation(file, maxBytes=MAX_BYTES, backupCount=KEPT_FILES)
    rotation.setFormatter(JsonLine())
    root = logging.getLogger(ROOT)
    root.addHandler(rotation)
    root.setLevel(level)
    root.propagate = False
    return file


def stop_logging() -> None:
    """Close the log file, so that the profile's folder can be moved or removed."""
    root = logging.getLogger(ROOT)
    for handler in [found for found in root.handlers if isinstance(found, PrivateRotation)]:
        root.removeHandler(handler)
        handler.close()
    root.propagate = True

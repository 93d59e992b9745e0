"""The log: private, rotated, one JSON line per record whatever a name contains."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from billops_desktop import logs


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    logs.stop_logging()


def test_a_record_is_one_line_of_plain_ascii(tmp_path: Path) -> None:
    file = logs.start_logging(tmp_path)
    hostile = "a\nb\x1b[31m\x00\x7f\u202egnp.exe Ünïcode"
    logging.getLogger("billops_desktop.services.tracking").warning("client %s", hostile)
    content = file.read_bytes()
    assert content.isascii()
    assert content.count(b"\n") == 1
    assert not [byte for byte in content[:-1] if byte < 32 or byte == 127]
    record = json.loads(content)
    assert record["message"] == f"client {hostile}"
    assert (record["level"], record["source"]) == ("warning", "services.tracking")
    assert record["at"].endswith("+00:00")


def test_a_failure_keeps_its_trace(tmp_path: Path) -> None:
    file = logs.start_logging(tmp_path)
    try:
        int("kaput")
    except ValueError:
        logging.getLogger("billops_desktop").exception("failed")
    assert "ValueError: invalid literal" in json.loads(file.read_text())["trace"]


def test_all_files_are_the_owners_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "MAX_BYTES", 300)
    file = logs.start_logging(tmp_path)
    for number in range(20):
        logging.getLogger("billops_desktop").info("line %d", number)
    kept = sorted(file.parent.iterdir())
    assert len(kept) == logs.KEPT_FILES + 1
    assert {found.stat().st_mode & 0o777 for found in kept} == {0o600}
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_starting_twice_writes_once(tmp_path: Path) -> None:
    logs.start_logging(tmp_path)
    file = logs.start_logging(tmp_path)
    logging.getLogger("billops_desktop").info("once")
    assert len(file.read_text().splitlines()) == 1

"""Tests of billops_desktop.storage.number_log: only appended to, read past whatever is damaged."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from billops_desktop.errors import EnvironmentFault
from billops_desktop.paths import NUMBERS_NAME
from billops_desktop.storage import number_log
from billops_desktop.storage.number_log import NotedNumber

FIRST = NotedNumber(
    "a", "c", "s", "2026", 1, "2026-0001", "invoice", "{YYYY}-{N:4}", "year", 1, 1_700_000_000
)
SECOND = replace(FIRST, id="b", count=2, number="2026-0002 ü\n")


def test_what_is_noted_is_read(tmp_path: Path) -> None:
    assert number_log.noted(tmp_path) == []
    number_log.note(tmp_path, FIRST)
    number_log.note(tmp_path, SECOND)
    assert number_log.noted(tmp_path) == [FIRST, SECOND]
    assert (tmp_path / NUMBERS_NAME).stat().st_mode & 0o077 == 0 or os.name == "nt"


def test_a_line_that_is_torn_or_foreign_is_passed_over(tmp_path: Path) -> None:
    number_log.note(tmp_path, FIRST)
    log = tmp_path / NUMBERS_NAME
    torn = log.read_bytes().strip()[:40]
    log.write_bytes(log.read_bytes() + b"\xff\xfe\n{}\n[1]\n[[[\nnull\n" + torn)
    number_log.note(tmp_path, SECOND)
    assert number_log.noted(tmp_path) == [FIRST, SECOND]


def test_each_number_is_on_the_disk_before_it_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    monkeypatch.setattr("os.fsync", synced.append)
    number_log.note(tmp_path, FIRST)
    assert synced

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(EnvironmentFault, match="No space left"):
        number_log.note(tmp_path, SECOND)


def test_a_mark_stays_until_another_one(tmp_path: Path) -> None:
    assert number_log.unsure_token(tmp_path) == ""
    for token in ("one", "two"):
        number_log.mark_unsure(tmp_path, token)
        assert number_log.unsure_token(tmp_path) == token
    assert [path.name for path in tmp_path.iterdir()] == ["numbers-unsure"]


def test_many_numbers_wait_once_for_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number_log.note(tmp_path)
    assert not (tmp_path / NUMBERS_NAME).exists()
    (tmp_path / NUMBERS_NAME).touch()
    synced: list[int] = []
    monkeypatch.setattr("os.fsync", synced.append)
    number_log.note(tmp_path, FIRST, SECOND)
    assert len(synced) == 1
    assert number_log.noted(tmp_path) == [FIRST, SECOND]

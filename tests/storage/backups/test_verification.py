"""Proof of a backup: every kind of damage is found, by a process of its own."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from billops_desktop.errors import EnvironmentFault, IntegrityFault
from billops_desktop.storage import attachments
from billops_desktop.storage.backups import verification
from billops_desktop.storage.backups.backup import make_backup
from billops_desktop.storage.backups.manifest import Manifest
from billops_desktop.storage.connection import connect

FLIPS = 200


@pytest.fixture
def folder(profile: Path) -> Path:
    return make_backup(profile, reason="manual").folder


def resign(folder: Path) -> None:
    """Give a tampered file the hash it has now, as whoever tampered with it would."""
    old = Manifest.read(folder)
    path = folder / "billops.sqlite"
    Manifest(
        format=old.format,
        made_at_ms=old.made_at_ms,
        reason=old.reason,
        app_version=old.app_version,
        sha256=attachments.digest(path),
        size=path.stat().st_size,
        facts=old.facts,
        missing_files=old.missing_files,
    ).write(folder)


def alter(folder: Path, statement: str) -> None:
    connection = connect(folder / "billops.sqlite", "copy")
    connection.execute(statement)
    connection.close()
    resign(folder)


def test_a_whole_backup_has_no_findings(folder: Path) -> None:
    assert verification.findings(folder) == []
    verification.prove(folder)


def test_any_flipped_bit_is_found(folder: Path) -> None:
    path = folder / "billops.sqlite"
    whole = path.read_bytes()
    chance = random.Random(5)
    for _flip in range(FLIPS):
        bit = chance.randrange(len(whole) * 8)
        content = bytearray(whole)
        content[bit // 8] ^= 1 << bit % 8
        path.write_bytes(content)
        assert verification.findings(folder) == ["its content is not the one recorded"]


def test_a_truncated_backup_is_found(folder: Path) -> None:
    path = folder / "billops.sqlite"
    path.write_bytes(path.read_bytes()[:-4096])
    assert verification.findings(folder) == ["its size is not the one recorded"]


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("CREATE TRIGGER evil AFTER INSERT ON client BEGIN SELECT 1; END", "evil is not ours"),
        ("CREATE VIEW shadow AS SELECT 1", "shadow is not ours"),
        ("CREATE VIRTUAL TABLE ghost USING fts5(a)", "ghost"),
        (
            "UPDATE alembic_version SET version_num = '0000'",
            "its rows or sums are not those recorded",
        ),
        ("PRAGMA writable_schema=ON", ""),
    ],
)
def test_a_tampered_backup_is_found(folder: Path, statement: str, finding: str) -> None:
    alter(folder, statement)
    found = verification.findings(folder)
    assert (finding in " ".join(found)) if finding else found == []


def test_a_missing_attachment_is_found(folder: Path, profile: Path) -> None:
    sha256 = attachments.keep(profile, b"scan")
    connection = connect(profile / "billops.db")
    connection.execute(
        "INSERT INTO attachment (id, sha256, name, media_type, size, created_at, updated_at)"
        " VALUES ('a', ?, 'n', 't', 4, 1, 1)",
        (sha256,),
    )
    connection.close()
    made = make_backup(profile, reason="manual")
    assert verification.findings(made.folder) == []
    attachments.path_of(profile / "backups", sha256).unlink()
    assert sha256[:12] in verification.findings(made.folder)[0]


def test_the_proof_runs_in_another_process(folder: Path) -> None:
    (folder / "billops.sqlite").write_bytes(b"")
    with pytest.raises(IntegrityFault, match="cannot be trusted: its size"):
        verification.prove(folder)


def test_a_checker_that_dies_proves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verification, "_tell", die)
    with pytest.raises(EnvironmentFault, match="could not be checked"):
        verification.prove(folder)


def die(_folder: str, _pipe: object) -> None:
    """Stand in for a checker that is killed."""
    os._exit(9)

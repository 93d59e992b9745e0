"""Tests of billops_desktop.cli.face: exit codes, failures in words and as JSON, the last net."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from typing import Any

import pytest

from billops_desktop import __version__
from billops_desktop.cli import face
from billops_desktop.cli.commands import timer
from billops_desktop.errors import EnvironmentFault, IntegrityFault, NewerVersion
from tests.cli.conftest import Billops


def failing(monkeypatch: pytest.MonkeyPatch, failure: BaseException) -> None:
    """Let ``billops stop`` meet a failure."""

    def stop(_session: Any, _asked: Namespace) -> None:
        raise failure

    monkeypatch.setattr(timer, "stop", stop)


@pytest.mark.parametrize("words", [(), ("--help",), ("-h",), ("help",)])
def test_the_overview(fresh: Billops, words: tuple[str, ...]) -> None:
    assert fresh.done(*words).startswith("Usage: billops [--profile DIR]")
    assert not fresh.profile.exists()


def test_the_overview_speaks_the_language_of_the_profile(billops: Billops) -> None:
    billops.done("config", "set", "appearance.language", "de")
    assert billops.done("--help").startswith("Aufruf: billops [--profile ORDNER]")


@pytest.mark.parametrize("words", [("start", "--help"), ("help", "start"), ("start", "-h")])
def test_the_help_of_a_command_opens_no_profile(fresh: Billops, words: tuple[str, ...]) -> None:
    assert fresh.done(*words).startswith("Usage: billops start")
    assert not fresh.profile.exists()


def test_the_version(fresh: Billops) -> None:
    assert fresh.done("--version") == f"billops {__version__}\n"
    assert fresh.json("--version") == {"version": __version__}


def test_an_unknown_command(fresh: Billops) -> None:
    answer = fresh("strat")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == (
        "Nothing was done. There is no command strat.\nThe nearest is: billops start.\n"
    )
    assert fresh("--pofile", "x").code == 2
    assert fresh("status", "--profile").code == 2
    assert fresh("status", "--profile", "~nobody-of-that-name/x").code == 2


@pytest.mark.parametrize(
    ("failure", "code"),
    [
        (EnvironmentFault("Disk.", "Free some."), 3),
        (IntegrityFault("Broken.", "Restore."), 4),
        (NewerVersion("Newer.", "Install."), 5),
        (PermissionError(13, "Permission denied", "/x"), 3),
        (OSError(28, "No space left on device"), 3),
        (RuntimeError("secret detail"), 1),
        (KeyboardInterrupt(), 130),
        (BrokenPipeError(), 141),
    ],
)
def test_each_failure_has_its_exit_code(
    billops: Billops, monkeypatch: pytest.MonkeyPatch, failure: BaseException, code: int
) -> None:
    failing(monkeypatch, failure)
    monkeypatch.setattr(face, "_leave_the_pipe", lambda: None)
    answer = billops("stop")
    assert (answer.code, answer.out) == (code, "")
    assert "Traceback" not in answer.err
    assert "secret" not in answer.err
    assert "Oops" not in answer.err


def test_an_unexpected_failure_is_kept_in_the_log(
    billops: Billops, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, RuntimeError("secret detail"))
    answer = billops("stop")
    log = billops.profile / "logs" / "billops.log"
    assert str(log) in answer.err
    assert "secret detail" in log.read_text(encoding="ascii")
    assert log.stat().st_mode & 0o777 == 0o600
    monkeypatch.setenv("BILLOPS_DEBUG", "1")
    with pytest.raises(RuntimeError):
        billops("stop")


def test_a_failure_as_json(billops: Billops, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, EnvironmentFault("Disk \x1b[31m.", "Free some.", retryable=True))
    assert billops("stop", "--json").error == {
        "kind": "EnvironmentFault",
        "exit_code": 3,
        "title": "Disk \x1b[31m.",
        "hint": "Free some.",
        "field": None,
        "retryable": True,
    }
    assert "\x1b" not in billops("stop").err
    assert "\x1b" not in billops("stop", "--json").err


def test_a_closed_stream_is_no_fault(billops: Billops, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("stdout", "stderr", "stdin"):
        monkeypatch.setattr(sys, name, None)
    profile = ["--profile", str(billops.profile)]
    assert face.run([*profile, "dump", "--logical"], clock=billops.clock) == 0
    assert face.run([*profile, "invoice", "draft", "--from", "-"], clock=billops.clock) == 2


def test_a_file_of_an_endless_name_is_told_in_a_line(billops: Billops) -> None:
    answer = billops("export", "csv", "x" * 100_000)
    assert answer.code in {2, 3}
    assert len(answer.err) < 400


def test_a_profile_of_another_program_exits_4(fresh: Billops) -> None:
    fresh.profile.mkdir(parents=True)
    (fresh.profile / "billops.db").write_bytes(b"not a database at all" * 500)
    before = (fresh.profile / "billops.db").read_bytes()
    for words in (("status",), ("start", "x"), ("stop",), ("entries", "list")):
        answer = fresh(*words)
        assert (answer.code, answer.out) == (4, "")
        assert "is damaged or is not a BillOps file" in answer.err
    assert (fresh.profile / "billops.db").read_bytes() == before


def test_a_newer_profile_exits_5_and_stays_as_it_is(billops: Billops) -> None:
    from sqlcipher3 import dbapi2

    file = billops.profile / "billops.db"
    connection = dbapi2.connect(str(file), isolation_level=None)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    before = file.read_bytes()
    for words in (("status",), ("start", "x"), ("stop",), ("check",)):
        answer = billops(*words, "--json")
        assert answer.code == 5
        assert answer.error["kind"] == "NewerVersion"
    assert file.read_bytes() == before


def test_a_profile_where_a_file_lies_exits_3(fresh: Billops) -> None:
    fresh.profile.parent.mkdir(parents=True)
    fresh.profile.write_text("a file", encoding="utf-8")
    answer = fresh("start", "x")
    assert answer.code == 3
    assert answer.err.count("\n") == 2


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (("entries",), "entries"),
        (("entries", "--on", "today"), "entries"),
        (("clients",), "clients"),
        (("projects", "--client", "Acme"), "projects"),
        (("rates",), "rates"),
        (("invoice",), "invoices"),
        (("config",), "settings"),
        (("backup",), "backup"),
    ],
)
def test_the_usual_verb_need_not_be_typed(
    billops: Billops, words: tuple[str, ...], key: str
) -> None:
    assert key in billops.json(*words)
    assert billops.done(words[0], "--help").startswith(f"Usage: billops {words[0]} [-h] COMMAND")


def test_json_stands_anywhere(billops: Billops) -> None:
    assert json.loads(billops.done("--json", "status"))["running"] is None

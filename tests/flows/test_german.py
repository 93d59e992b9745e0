"""The command line in German: what is typed is read as Germans type it, what is said is German."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from billops_desktop.cli.face import run
from billops_desktop.i18n import use_language
from billops_desktop.services.profile import settings
from billops_desktop.services.workspace import Workspace
from tests.support.clock import MovableClock
from tests.support.factories import make_project

Typed = Callable[..., tuple[int, str, str]]


@pytest.fixture
def german(workspace: Workspace) -> Iterator[Typed]:
    """Return the command line over a profile whose language is German."""
    workspace.execute(settings.set_preference, "appearance.language", "de")

    def typed(*words: str) -> tuple[int, str, str]:
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = run(["--profile", str(workspace.profile), *words], clock=MovableClock())
        return code, out.getvalue(), err.getvalue()

    yield typed
    use_language("en")


def test_what_germans_type_is_read_and_answered_in_german(
    german: Typed, workspace: Workspace
) -> None:
    make_project(workspace, "Website")
    when = ("--on", "24.11.2026", "--from", "9 Uhr", "--duration", "1,5 h")
    logged = german("log", "Arbeit", *when, "--project", "Website")
    assert logged == (0, "Arbeit (Acme GmbH/Website) erfasst, 1:30 am 24.11.2026.\n", "")
    code, out, _err = german("rates", "set", "1.234,56", "--from", "1.11.2026")
    assert code == 0
    assert "1.234,56\u00a0€" in out
    code, out, _err = german("entries", "list", "--on", "gestern")
    assert code == 0
    assert "24.11.2026" in out
    assert "1 Eintrag" in out
    assert "1.851,84\u00a0€" in out


def test_json_is_the_same_in_every_language(german: Typed, workspace: Workspace) -> None:
    german("log", "Arbeit", "--on", "24.11.2026", "--from", "9:00", "--duration", "1,5 h")
    asked = ("entries", "list", "--on", "2026-11-24", "--json")
    in_german = german(*asked)
    workspace.execute(settings.set_preference, "appearance.language", "en")
    assert german(*asked) == in_german
    content: Any = json.loads(in_german[1])
    assert (content["from"], content["seconds"]) == ("2026-11-24", 5400)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("log", "x", "--on", "31.2."), "ist kein Datum"),
        (("log", "x", "--from", "9:00", "--duration", "viel"), "„viel“ ist keine Dauer."),
        (("pay", "1"), "gibt"),
        (("backup", "verify"), "keine Sicherung"),
        (("config", "set", "appearance.theme", "rosa"), "passt nicht"),
    ],
)
def test_refusals_speak_german(german: Typed, words: tuple[str, ...], said: str) -> None:
    code, out, err = german(*words)
    assert (code, out) == (2, "")
    assert said in err


def test_help_speaks_the_language_of_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "de")
    out = io.StringIO()
    with redirect_stdout(out):
        run(["--profile", str(tmp_path), "log", "--help"], clock=MovableClock())
    use_language("en")
    told = out.getvalue()
    assert told.startswith("Aufruf: billops log")
    assert "Optionen:" in told
    assert "--on TAG" in told
    assert not {"usage", "Usage", "options", "DAY"} & set(told.replace(":", " ").split())

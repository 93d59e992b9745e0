"""The command line in this process, over a profile with a company, a client and projects."""

from __future__ import annotations

import io
import json
import shlex
import shutil
from collections.abc import Iterable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from billops_desktop.cli.face import run
from billops_desktop.i18n import use_language
from tests.support.clock import MovableClock

COMPANY = {
    "company.legal_name": "Haldane Consulting",
    "company.street": "Torstr. 1",
    "company.post_code": "10119",
    "company.city": "Berlin",
    "company.country": "DE",
    "company.vat_id": "DE136695976",
    "bank.iban": "DE89 3704 0044 0532 0130 00",
}
ADDRESS = ["--street", "Hauptstr.", "--post-code", "10117", "--city", "Berlin", "--country", "DE"]


@dataclass(frozen=True)
class Answer:
    """What one command did: its exit code and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def content(self) -> Any:
        """The JSON of stdout."""
        return json.loads(self.out)

    @property
    def error(self) -> Any:
        """The JSON of a failure, from stderr."""
        return json.loads(self.err)["error"]


@dataclass
class Billops:
    """Runs commands over one profile at the instant of its clock."""

    profile: Path
    clock: Any = field(default_factory=MovableClock)
    grab: Any = None

    def __call__(self, *words: str) -> Answer:
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = run(["--profile", str(self.profile), *words], clock=self.clock, grab=self.grab)
        return Answer(code, out.getvalue(), err.getvalue())

    def done(self, *words: str) -> str:
        """Run a command that must succeed and return what it wrote."""
        answer = self(*words)
        assert answer.code == 0, answer
        assert answer.err == "", answer
        return answer.out

    def json(self, *words: str) -> Any:
        """Run a command that must succeed with --json and return its content."""
        return json.loads(self.done(*words, "--json"))

    def dump(self) -> str:
        """Return the logical dump of the profile."""
        return self.done("dump", "--logical")


@dataclass(frozen=True)
class Bad:
    """Words that must be refused: the field that the refusal names and how its title begins."""

    words: tuple[str, ...]
    field: str | None
    title: str = ""


def bad(line: str, field: str | None, title: str = "") -> Bad:
    """Return a refusal of words as a shell splits them."""
    return Bad(tuple(shlex.split(line)), field, title)


def refuse_all(billops: Billops, cases: Iterable[Bad]) -> None:
    """Hold that each case exits 2 with a title, a hint and its field, and that nothing changed."""
    before = billops.dump()
    wrong = []
    for case in cases:
        answer = billops(*case.words, "--json")
        error = answer.error if answer.err.startswith("{") else {"title": answer.err}
        as_it_must_be = (
            (answer.code, answer.out) == (2, "")
            and error["title"].startswith(case.title)
            and error.get("hint")
            and (case.field is None or error["field"] == case.field)
        )
        if not as_it_must_be:
            wrong.append((case, answer))
    assert not wrong
    assert billops.dump() == before


@pytest.fixture(scope="session")
def set_up_profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a profile that was set up once; tests work on copies."""
    billops = Billops(tmp_path_factory.mktemp("cli") / "profile")
    for name, value in COMPANY.items():
        billops.done("config", "set", name, value)
    billops.done("clients", "add", "Acme GmbH", "--number", "K-1", *ADDRESS)
    billops.done("clients", "add", "Globex Ltd", "--currency", "GBP", "--country", "GB")
    billops.done("projects", "add", "Acme GmbH/Website", "--rate", "95")
    billops.done("projects", "add", "Globex Ltd/Audit", "--rate", "120")
    billops.done("projects", "task", "Acme/Website", "Design")
    return billops.profile


@pytest.fixture
def billops(set_up_profile: Path, tmp_path: Path) -> Iterator[Billops]:
    """Return the command line over a copy of the set-up profile."""
    profile = tmp_path / "profile"
    shutil.copytree(set_up_profile, profile)
    yield Billops(profile)
    use_language("en")


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Billops]:
    """Return the command line over a profile that does not exist yet."""
    yield Billops(tmp_path / "new" / "profile")
    use_language("en")

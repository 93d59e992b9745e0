"""The list of broken defences can be tried: each finds its words once, and its test is there."""

from __future__ import annotations

import shlex
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MUTANTS = tomllib.loads((ROOT / "tests" / "mutants.toml").read_text(encoding="utf-8"))["mutant"]


@pytest.mark.parametrize("mutant", MUTANTS, ids=[one["name"] for one in MUTANTS])
def test_it_breaks_what_stands_there(mutant: dict[str, str]) -> None:
    source = (ROOT / mutant["file"]).read_text(encoding="utf-8")
    assert source.count(mutant["find"]) == 1
    assert mutant["find"] != mutant["replace"]
    assert (ROOT / shlex.split(mutant["test"])[0].partition("::")[0]).exists()


def test_each_has_a_name_of_its_own() -> None:
    names = [one["name"] for one in MUTANTS]
    assert len(set(names)) == len(names) > 50

"""Tests of billops_desktop.cli.everywhere: --profile and --json stand anywhere before a --."""

from __future__ import annotations

from pathlib import Path

import pytest

from billops_desktop.cli.everywhere import take_everywhere
from billops_desktop.errors import InvalidInput


@pytest.mark.parametrize(
    "argv",
    [
        ["--profile", "p", "--json", "status"],
        ["status", "--json", "--profile", "p"],
        ["--profile=p", "status", "--json"],
    ],
)
def test_profile_and_json_stand_before_or_after(argv: list[str]) -> None:
    typed = take_everywhere(argv)
    assert (typed.words, typed.profile, typed.as_json) == (("status",), Path("p"), True)


def test_after_two_dashes_words_are_text() -> None:
    typed = take_everywhere(["start", "--", "--json"])
    assert typed.words == ("start", "--", "--json")
    assert not typed.as_json


@pytest.mark.parametrize("argv", [["--profile"], ["status", "--profile="], ["--profile", "a\0b"]])
def test_a_profile_without_a_folder_is_refused(argv: list[str]) -> None:
    with pytest.raises(InvalidInput) as caught:
        take_everywhere(argv)
    assert caught.value.field == "profile"


@pytest.mark.parametrize("name", ["x" * 256, "/".join(["x" * 200] * 20)])
def test_a_profile_whose_name_no_disk_takes_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput, match="longer than") as caught:
        take_everywhere(["--profile", name, "status"])
    assert caught.value.field == "profile"

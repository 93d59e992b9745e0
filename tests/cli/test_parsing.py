"""Tests of billops_desktop.cli.parsing: options that stand anywhere, faults in our words."""

from __future__ import annotations

import pytest

from billops_desktop.cli.parsing import (
    Parser,
    explain,
    file_path,
    shorten,
    unknown_command,
    whole,
)
from billops_desktop.errors import InvalidInput


def parser() -> Parser:
    made = Parser("billops try", "Try something")
    made.add_argument("what")
    made.add_argument("--count", type=int)
    made.add_argument("--kind", choices=("a", "b"))
    either = made.add_mutually_exclusive_group()
    either.add_argument("--yes", action="store_true")
    either.add_argument("--no", action="store_true")
    return made


@pytest.mark.parametrize(
    ("words", "title", "field"),
    [
        ([], "Nothing was done. Still missing: what.", "what"),
        (["x", "--count"], "Nothing was done. --count needs a value.", "count"),
        (
            ["x", "--count", "1e5"],
            "Nothing was done. 1e5 is not a whole number (--count).",
            "count",
        ),
        (
            ["x", "--kind", "c"],
            "Nothing was done. c does not fit --kind. It takes: a, b.",
            "kind",
        ),
        (["x", "--yes", "--no"], "Nothing was done. --no and --yes exclude each other.", "no"),
        (["x", "--yes=3"], "Nothing was done. --yes takes no value.", "yes"),
        (["x", "y", "--z"], "Nothing was done. This was not understood: y --z", None),
        (["x", "--cou", "3"], "Nothing was done. This was not understood: --cou 3", None),
    ],
)
def test_each_fault_is_said_in_our_words(words: list[str], title: str, field: str | None) -> None:
    with pytest.raises(InvalidInput) as caught:
        parser().parse_args(words)
    assert caught.value.title == title
    assert caught.value.hint == "billops try --help shows how it is typed."
    assert caught.value.field == field


def test_two_dashes_are_the_value_of_an_option_that_they_follow() -> None:
    made = parser()
    made.add_argument("--note")
    assert made.parse_args(["--note=--", "x"]).note == "--"
    for wrong in ("--count=--", "--kind=--"):
        with pytest.raises(InvalidInput) as caught:
            made.parse_args([wrong, "x"])
        assert caught.value.field == wrong[2:-3]


def test_a_whole_number_is_typed_in_plain_digits() -> None:
    assert (whole("12"), whole("-3"), whole("9" * 18)) == (12, -3, 10**18 - 1)
    for wrong in ("", "1_000", "١٢٣", " 5", "5\n", "1e3", "1.0", "9" * 19):
        with pytest.raises(ValueError, match=r"^$"):
            whole(wrong)


def test_one_of_several_is_needed() -> None:
    made = Parser("billops try", "Try")
    group = made.add_mutually_exclusive_group(required=True)
    group.add_argument("--a")
    group.add_argument("--b")
    with pytest.raises(InvalidInput, match="One of these is needed: --a --b"):
        made.parse_args([])


def test_words_that_argparse_may_say_one_day_are_shown_as_they_are() -> None:
    assert explain("something new", "billops x").title == (
        "Nothing was done. This was not understood: something new"
    )


def test_a_verb_of_a_command_has_its_own_help(capsys: pytest.CaptureFixture[str]) -> None:
    made = Parser("billops things", "Keep things")
    made.verb("list", print, "List things").examples("billops things list", keys="things[]")
    asked = made.parse_args(["list"])
    assert asked.run is print
    with pytest.raises(SystemExit):
        made.parse_args(["list", "--help"])
    shown = capsys.readouterr().out
    assert shown.startswith("Usage: billops things list")
    assert "Examples:\n  billops things list" in shown
    assert "Keys with --json:\n  things[]" in shown


def test_the_nearest_command_is_named() -> None:
    assert unknown_command("stats").hint == "The nearest is: billops status."
    assert "lists the commands" in unknown_command("zzzzzz").hint


def test_what_was_typed_is_cut() -> None:
    assert shorten("x" * 200) == "x" * 79 + "…"


def test_bytes_that_are_no_utf8_are_refused_with_the_name_of_what_holds_them() -> None:
    for words, field in ((["a\udcffb"], "what"), (["x", "--kind", "\udcff"], "kind")):
        with pytest.raises(InvalidInput, match="holds characters that are none") as caught:
            parser().parse_args(words)
        assert caught.value.field == field


def test_a_file_may_have_any_name_that_a_disk_takes() -> None:
    made = parser()
    made.add_argument("--from", dest="file", type=file_path)
    for name in ("a\udcff", "x" * 255, "ü" * 127, "-"):
        assert made.parse_args(["x", "--from", name]).file == name
    for name in ("x" * 256, "ü" * 128, "/".join(["x" * 200] * 20)):
        with pytest.raises(InvalidInput, match="longer than a file's may be") as caught:
            made.parse_args(["x", "--from", name])
        assert (caught.value.field, "--from" in caught.value.title) == ("from", True)


def test_a_word_of_a_verb_is_named_by_the_verbs_own_parser() -> None:
    made = Parser("billops try", "Try something")
    made.verb("one", print, "One").add_argument("--note")
    with pytest.raises(InvalidInput, match="--note holds"):
        made.parse_args(["one", "--note", "a\udcff"])


def test_what_is_left_over_after_a_verb_leads_to_the_help_of_the_verb() -> None:
    parser = Parser("billops invoice", "Invoices")
    parser.verb("list", print, "List them")
    with pytest.raises(InvalidInput) as refused:
        parser.parse_args(["list", "--status", "overdue"])
    assert refused.value.hint.startswith("billops invoice list --help")

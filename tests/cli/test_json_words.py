"""Tests of billops_desktop.cli.json_words: numbers as typed; a name that stands twice is told."""

from __future__ import annotations

import json

import pytest

from billops_desktop.cli.json_words import read_json
from billops_desktop.errors import InvalidInput


def test_numbers_stay_as_they_were_written() -> None:
    assert read_json('{"a": 1.10, "b": [NaN, 7]}', "the input") == {"a": "1.10", "b": ["NaN", 7]}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"note": "a", "note": "b"}', "note"),
        ('{"note": 1, "\\u006eote": 2}', "note"),
        ('{"lines": [{}, {"price": "1", "tax": "S", "price": "2"}]}', "lines[1].price"),
        ('{"client": {"name": "x", "name": "x"}}', "client.name"),
        ('[[{"": 1, "": 2}]]', "[0][0]."),
    ],
)
def test_a_name_that_stands_twice_is_refused_with_its_place(text: str, place: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_json(text, "the input")
    assert caught.value.field == place
    assert caught.value.title == f"Nothing was done: the input says {place} twice."


def test_what_is_no_json_is_for_the_caller_to_tell() -> None:
    with pytest.raises(json.JSONDecodeError):
        read_json("{", "the input")

"""The word catalogues hold what the code says today, are compiled, and lack no word."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def tool() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "packaging" / "messages.py"))


@pytest.fixture(scope="module", params=["de"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_the_catalogue_is_current(tool: dict[str, Any], language: str) -> None:
    stored = tool["po_file"](language).read_bytes()
    assert stored == tool["po_bytes"](tool["renewed"](language)), "run `make messages`"


def test_the_compiled_catalogue_is_current(tool: dict[str, Any], language: str) -> None:
    stored = tool["po_file"](language).with_suffix(".mo").read_bytes()
    assert stored == tool["mo_bytes"](tool["renewed"](language)), "run `make messages`"


def test_no_message_is_left_untranslated(tool: dict[str, Any], language: str) -> None:
    assert tool["untranslated"](tool["renewed"](language)) == []


def test_a_translation_keeps_the_placeholders(tool: dict[str, Any], language: str) -> None:
    """A word in braces that only one side has would break the sentence when it is shown."""
    odd = []
    for message in tool["renewed"](language):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        words = message.string if isinstance(message.string, tuple) else (message.string,)
        known = {name for text in ids for name in tool["placeholders"](text)}
        odd += [
            text
            for text in words
            if text and message.id and not set(tool["placeholders"](text)) <= known
        ]
    assert odd == []

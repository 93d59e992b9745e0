"""A translation fits its message: a sentence that is filled has the same places on both sides."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent.parent / "resources" / "locale"
CATALOGUES = sorted(LOCALE.glob("*/LC_MESSAGES/billops.po"))


def places(text: str) -> set[str]:
    """Return the names in braces that a message is filled with."""
    return set(re.findall(r"\{(\w*)[^{}]*\}", text))


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_a_translation_keeps_the_places(path: Path) -> None:
    with path.open("rb") as stream:
        catalogue = read_po(stream)
    odd = []
    for message in catalogue:
        originals = message.id if isinstance(message.id, tuple) else (message.id,)
        words = message.string if isinstance(message.string, tuple) else (message.string,)
        known = {name for text in originals for name in places(text)}
        odd += [text for text in words if text and message.id and not places(text) <= known]
    assert odd == []


def test_there_is_a_catalogue() -> None:
    assert [path.parts[-3] for path in CATALOGUES] == ["de"]

"""Tests of billops_desktop.storage.triggers.fingerprint: it is of exactly the wanted triggers."""

from __future__ import annotations

from billops_desktop.storage.triggers.fingerprint import WANTED, fingerprint
from billops_desktop.storage.upgrade import wanted_triggers


def test_the_number_kept_is_that_of_the_wanted_triggers() -> None:
    assert fingerprint(wanted_triggers().items()) == WANTED


def test_every_name_and_every_text_counts() -> None:
    rules = [("a", "b"), ("c", "d")]
    assert fingerprint(rules) == fingerprint(reversed(rules))
    others = [
        [("a", "b")],
        [("a", "b"), ("c", "D")],
        [("a", "b"), ("C", "d")],
        [("ab", ""), *rules],
    ]
    assert fingerprint(rules) not in map(fingerprint, others)
    assert fingerprint([("a", "bc")]) != fingerprint([("ab", "c")])

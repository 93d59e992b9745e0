"""Changes: what a transaction touched, met by kind, never altered afterwards."""

from __future__ import annotations

import pytest

from billops_desktop.domain.changes import Changes


def test_kinds_are_the_tables_with_ids() -> None:
    changes = Changes("t", {"time_entry": frozenset({"a", "b"}), "client": frozenset()})
    assert changes.kinds == {"time_entry"}
    assert changes.ids["time_entry"] == {"a", "b"}
    assert changes.meets(["client", "time_entry"])
    assert not changes.meets(["client"])
    assert not changes.meets([])


def test_nothing_touched_is_false() -> None:
    assert not Changes("t", {})
    assert not Changes("t", {"client": frozenset()})
    assert Changes("t", {"client": frozenset({"a"})})


def test_the_ids_cannot_be_altered() -> None:
    given = {"client": frozenset({"a"})}
    changes = Changes("t", given)
    given["task"] = frozenset({"x"})
    assert changes.kinds == {"client"}
    with pytest.raises(TypeError):
        changes.ids["task"] = frozenset()  # type: ignore[index]  # the very thing that must fail
    assert changes == Changes("t", {"client": frozenset({"a"})})

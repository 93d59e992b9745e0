"""Tests for the way back."""

from __future__ import annotations

from billops_desktop.ui.shell.journey import LONGEST, Journey


def test_back_and_forward_walk_with_their_places() -> None:
    way = Journey()
    assert way.here == ""
    assert way.back({}) is None
    way.arrive("time", {})
    way.leave({"week": "48"})
    way.arrive("invoices", {"tab": "open"})
    assert way.back({"tab": "paid"}) == ("time", {"week": "48"})
    assert way.forward({"week": "47"}) == ("invoices", {"tab": "paid"})
    assert way.forward({}) is None


def test_a_new_page_forgets_what_lay_ahead() -> None:
    way = Journey()
    for page in ("a", "b", "c"):
        way.arrive(page, {})
    way.back({})
    way.arrive("d", {})
    assert not way.can_go_forward
    assert way.back({}) == ("b", {})


def test_the_same_page_is_not_added_twice_and_the_list_is_bounded() -> None:
    way = Journey()
    way.arrive("a", {})
    way.arrive("a", {})
    assert not way.can_go_back
    for number in range(300):
        way.arrive(f"p{number}", {})
    assert len(way._steps) == LONGEST
    assert way.here == "p299"

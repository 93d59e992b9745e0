"""The order of names: umlauts beside their letters, capitals beside small ones."""

from __future__ import annotations

from billops_desktop.domain.alphabet import name_order, value_order


def test_umlauts_stand_beside_their_letters() -> None:
    names = ["Zebra", "Ähre", "Öl", "ahle", "Übel", "Ole", "Ungar", "Aal"]
    ordered = ["Aal", "ahle", "Ähre", "Öl", "Ole", "Übel", "Ungar", "Zebra"]
    assert sorted(names, key=name_order) == ordered


def test_names_that_differ_by_an_accent_have_one_order() -> None:
    assert min(("Müller", "Muller", "müller"), key=name_order) == "Muller"
    assert name_order("Strasse")[0] == name_order("Straße")[0]


def test_figures_keep_their_own_order() -> None:
    assert sorted((10, 9, 100), key=value_order) == [9, 10, 100]
    assert sorted(("b", "Ä", "C"), key=value_order) == ["Ä", "b", "C"]

"""Every setting is declared once and holds only what it may."""

from __future__ import annotations

import pytest

from billops_desktop import config
from billops_desktop.errors import InvalidInput, NotFound


@pytest.mark.parametrize("declaration", config.DECLARED, ids=lambda found: found.name)
def test_each_default_is_a_value_the_setting_takes(declaration: config.SettingDeclaration) -> None:
    assert declaration.check(declaration.default) == declaration.default
    assert declaration.read(str(declaration.default)) == declaration.default
    assert declaration.allowed()
    assert config.declared(declaration.name) is declaration


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("tray.shown", "No", False),
        ("tray.shown", "on", True),
        ("appearance.text_size", " 120 ", 120),
        ("appearance.theme", "dark", "dark"),
    ],
)
def test_typed_values(name: str, text: str, value: object) -> None:
    assert config.declared(name).read(text) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("tray.shown", "maybe"),
        ("appearance.text_size", "89"),
        ("appearance.text_size", "161"),
        ("appearance.text_size", "١٢٠"),
        ("appearance.text_size", "1e2"),
        ("appearance.theme", "pink"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_does(name: str, text: str) -> None:
    with pytest.raises(InvalidInput, match="It takes") as refused:
        config.declared(name).read(text)
    assert refused.value.field == name


def test_a_switch_is_no_number() -> None:
    with pytest.raises(InvalidInput):
        config.declared("appearance.text_size").check(True)
    with pytest.raises(InvalidInput):
        config.declared("tray.shown").check(1)


def test_an_unknown_setting_names_the_known_ones() -> None:
    with pytest.raises(NotFound, match=r"appearance\.theme"):
        config.declared("appearance.them")

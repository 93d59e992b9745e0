"""Tests for the table of pages."""

from __future__ import annotations

import pytest

from billops_desktop.ui.actions import declarations as actions
from billops_desktop.ui.shell.pages import declarations, made_by


def test_every_listed_page_has_an_action_that_goes_there() -> None:
    ids = {one.id for one in actions()}
    assert {f"go.{page.id}" for page in declarations() if page.listed} <= ids


def test_a_page_within_another_names_one_that_is_listed() -> None:
    listed = {page.id for page in declarations() if page.listed}
    assert {page.within for page in declarations() if page.within} <= listed


def test_a_page_is_imported_when_it_is_made() -> None:
    made = made_by("no_such_page", "View")
    with pytest.raises(ModuleNotFoundError, match=r"ui\.views\.no_such_page"):
        made(None)

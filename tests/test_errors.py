"""The error family: what a face shows, and the exit code that each kind ends with."""

from __future__ import annotations

import pytest

from billops_desktop import errors
from billops_desktop.errors import BillOpsError, InvalidInput


def test_title_and_hint_are_told_together() -> None:
    assert str(BillOpsError("Nothing was saved.", "Free some space.")) == (
        "Nothing was saved. Free some space."
    )
    assert str(BillOpsError("Nothing was saved.")) == "Nothing was saved."


def test_a_face_finds_field_and_retry() -> None:
    plain = InvalidInput("That is no price.")
    assert (plain.title, plain.hint, plain.field, plain.retryable) == (
        "That is no price.", "", None, False,
    )  # fmt: skip
    full = errors.EnvironmentFault("Locked.", "Try again.", field="profile", retryable=True)
    assert (full.title, full.hint, full.field, full.retryable) == (
        "Locked.", "Try again.", "profile", True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (errors.BillOpsError, 1),
        (errors.InvalidInput, 2),
        (errors.NotFound, 2),
        (errors.Refused, 2),
        (errors.EnvironmentFault, 3),
        (errors.IntegrityFault, 4),
        (errors.NewerVersion, 5),
    ],
)
def test_each_kind_ends_with_its_documented_code(kind: type[BillOpsError], code: int) -> None:
    assert kind("x").exit_code == code


def test_every_kind_is_caught_as_one_family() -> None:
    kinds = [one for one in vars(errors).values() if isinstance(one, type)]
    ours = [one for one in kinds if one.__module__ == errors.__name__]
    assert len(ours) == 7
    assert all(issubclass(one, BillOpsError) for one in ours)


def test_what_is_missing_or_refused_is_bad_input_to_every_face() -> None:
    assert issubclass(errors.NotFound, InvalidInput)
    assert issubclass(errors.Refused, InvalidInput)

"""Tests that our frozen dataclasses are in everything what the standard library would make."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import subprocess
import sys
from typing import Any, ClassVar

import pytest

from billops_desktop.values import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Has defaults, a factory, a constant of the class."""

    FAR: ClassVar[int] = 9
    row: int
    name: str = "here"
    tags: list[str] = dataclasses.field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Room(Place):
    """Adds to another value, and looks at what it is given."""

    size: int = 1

    def __post_init__(self) -> None:
        if self.size < 0:
            raise ValueError(self.size)
        object.__setattr__(self, "name", self.name.title())


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """Can be put in order."""

    major: int
    minor: int = 0


@dataclass(frozen=True, slots=True)
class Loose:
    """Says itself what is equal and how it reads."""

    words: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Loose) and self.words.lower() == other.words.lower()

    def __hash__(self) -> int:
        return 7

    def __repr__(self) -> str:
        return "<loose>"


@dataclass(slots=True)
class Open:
    """May be changed."""

    count: int = 0


@dataclasses.dataclass(frozen=True, slots=True)
class Real:
    """The standard library's, with the fields of Version."""

    major: int
    minor: int = 0


def test_fields_are_taken_by_place_name_and_default() -> None:
    assert (Place(1).row, Place(1).name, Place(1).tags) == (1, "here", [])
    assert Place(1).tags is not Place(1).tags
    assert Place(2, name="there", tags=["x"]).tags == ["x"]
    assert Place.FAR == 9


@pytest.mark.parametrize("given", [{}, {"row": 1, "more": 2}])
def test_what_is_missing_or_unknown_is_refused_every_time(given: dict[str, Any]) -> None:
    for _again in range(2):
        with pytest.raises(TypeError, match=r"Place\.__init__"):
            Place(**given)


def test_a_value_that_extends_another_takes_the_fields_of_both_and_looks_at_them() -> None:
    room = Room(3, "hall", size=4)
    assert (room.row, room.name, room.size) == (3, "Hall", 4)
    with pytest.raises(ValueError, match="-1"):
        Room(3, size=-1)
    with pytest.raises(TypeError):
        Room(3, "hall", [], 4)  # type: ignore[call-arg]  # size is taken by its name only


def test_values_are_equal_by_class_and_fields() -> None:
    assert Version(1, 2) == Version(1, 2) != Version(1, 3)
    assert Version(1, 2) != Real(1, 2)  # type: ignore[comparison-overlap]  # that is what is told
    assert {Version(1), Version(1, 0), Version(2)} == {Version(1), Version(2)}
    assert hash(Version(1, 2)) == hash(Real(1, 2))


def test_order_is_there_where_it_was_asked_for() -> None:
    assert sorted([Version(2), Version(1, 5), Version(1)]) == [
        Version(1), Version(1, 5), Version(2)
    ]  # fmt: skip
    assert Version(1) <= Version(1) >= Version(1)
    assert not Version(1) > Version(1)
    with pytest.raises(TypeError):
        _ = Place(1) < Place(2)  # type: ignore[operator]  # places have no order


def test_it_reads_as_it_was_written() -> None:
    assert repr(Version(1)) == "Version(major=1, minor=0)"
    assert repr(Room(1)) == "Room(row=1, name='Here', tags=[], size=1)"


def test_what_a_class_says_itself_stays() -> None:
    assert Loose("A") == Loose("a")
    assert (hash(Loose("A")), repr(Loose("A"))) == (7, "<loose>")


@pytest.mark.parametrize("name", ["major", "other"])
def test_nothing_can_be_set_or_deleted(name: str) -> None:
    version = Version(1)
    with pytest.raises(dataclasses.FrozenInstanceError, match=name):
        setattr(version, name, 2)
    with pytest.raises(dataclasses.FrozenInstanceError, match=name):
        delattr(version, name)
    assert version.major == 1


def test_copies_and_other_processes_get_the_same() -> None:
    room = Room(3, "hall", ["x"], size=4)
    assert copy.copy(room) == copy.deepcopy(room) == pickle.loads(pickle.dumps(room)) == room
    assert dataclasses.replace(room, row=5) == Room(5, "hall", ["x"], size=4)
    assert dataclasses.asdict(Version(1)) == {"major": 1, "minor": 0}


def test_the_standard_library_sees_a_dataclass_with_slots() -> None:
    assert [field.name for field in dataclasses.fields(Room)] == ["row", "name", "tags", "size"]
    assert dataclasses.is_dataclass(Room(1))
    assert not hasattr(Room(1), "__dict__")
    match Version(4, 5):
        case Version(major, minor):
            assert (major, minor) == (4, 5)


def test_the_standard_library_may_extend_one() -> None:
    @dataclasses.dataclass(frozen=True, slots=True)
    class Later(Version):
        patch: int = 0

    assert Later(1, 2, 3) == Later(1, 2, patch=3)
    assert repr(Later(1)).endswith("Later(major=1, minor=0, patch=0)")
    with pytest.raises(dataclasses.FrozenInstanceError):
        Later(1).patch = 4  # type: ignore[misc]  # that is what is told


def test_one_that_is_not_frozen_can_be_changed() -> None:
    counter = Open()
    counter.count += 1
    assert counter == Open(1)
    assert Open.__hash__ is None


COMPILED = """
import dataclasses
made = []
create = dataclasses._create_fn
dataclasses._create_fn = lambda name, *a, **k: made.append(name) or create(name, *a, **k)
from billops_desktop.values import dataclass
@dataclass(frozen=True, slots=True)
class Place:
    "Somewhere."
    row: int
at_import = list(made)
Place(1), Place(2)
print(at_import, made.count("__init__"), "__eq__" in made)
"""


@pytest.mark.skipif(
    not hasattr(dataclasses, "_create_fn"), reason="this Python compiles its methods elsewhere"
)
def test_a_method_is_compiled_once_when_it_is_first_used() -> None:
    told = subprocess.run(
        [sys.executable, "-c", COMPILED], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[] 1 False"

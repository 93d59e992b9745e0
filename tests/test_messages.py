"""The catalogues: every word translated, its places kept, the compiled file current."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "resources" / "locale"
FOLDERS = sorted(path for path in LOCALE.iterdir() if path.is_dir())

_found = importlib.util.spec_from_file_location("messages", ROOT / "packaging" / "messages.py")
assert _found is not None
assert _found.loader is not None
messages = importlib.util.module_from_spec(_found)
_found.loader.exec_module(messages)


def test_there_is_a_catalogue() -> None:
    assert [folder.name for folder in FOLDERS] == ["de"]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_catalogue_has_no_fault(folder: Path) -> None:
    assert messages.faults(folder) == []


def test_the_words_of_every_room_are_collected() -> None:
    rooms = {
        place.split("/")[1] for message in messages.collected() for place, _ in message.locations
    }
    wanted = {"cli", "config.py", "documents", "domain", "services", "storage", "ui"}
    assert wanted <= rooms


@pytest.mark.parametrize(
    ("message", "translation"),
    [
        ("{name} is gone.", "{nam} ist weg."),
        ("{name} is gone.", "Es ist weg."),
        (("{count} entry", "{count} entries"), ("ein Eintrag", "Einträge")),
    ],
)
def test_other_places_are_a_fault(message: str, translation: str) -> None:
    catalogue = Catalog(locale="de")
    catalogue.add(message, translation)
    assert messages.misplaced(catalogue) != []


def test_the_singular_may_leave_out_its_number() -> None:
    catalogue = Catalog(locale="de")
    catalogue.add(("{count} entry", "{count} entries"), ("ein Eintrag", "{count} Einträge"))
    catalogue.add(("One entry", "{count} entries"), ("Ein Eintrag", "{count} Einträge"))
    assert messages.misplaced(catalogue) == []


def test_a_gap_and_a_guess_are_missing() -> None:
    catalogue = Catalog(locale="de")
    catalogue.add("Save", "Speichern")
    catalogue.add("Stop")
    catalogue.add("Start", "Stopp", flags=["fuzzy"])
    assert [message.id for message in messages.missing(catalogue)] == ["Stop", "Start"]

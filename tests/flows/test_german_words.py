"""The German of the catalogue: one form of address, one term for one thing, German signs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

PO = Path(__file__).resolve().parents[2] / "resources/locale/de/LC_MESSAGES/billops.po"

# People are addressed as Sie; an order is given with it, or in the infinitive.
FAMILIAR = re.compile(
    r"\b(?:du|dich|dir|dein\w*|euch|euer\w*|"
    r"(?:Gib|Gehe|Wähle|Klicke|Drücke|Tippe|Prüfe|Nenne|Füge|Nimm|Lege|Öffne|Schließe))\b"
)
# What the English says, and what the German then says: the only words for these things.
TERMS = {
    r"\bcredit notes?\b": r"[Kk]orrektur",
    r"\bdrafts?\b(?! at)": r"[Ee]ntw[uü]rf|[Ee]ntw[eo]rfen",
    r"\bbackups?\b": r"[Ss]icher",
    r"\bclients?\b": r"Kunde",
    r"\bprojects?\b": r"[Pp]rojekt",
    r"\bentry\b(?! into)|\bentries\b": r"Eintr[aä]g",
    r"\btimers?\b": r"Timer",
    r"\bpayments?\b": r"[Zz]ahl",
    r"\bunbilled\b": r"abzurechnen|abgerechnet|abrechnen",
    r"\b(?:un)?billable\b": r"abrechenbar|abzurechnen",
    r"\bcancel(?:led|ling)?\b": r"[Ss]torn|Abbrechen",
    r"\bcash discount\b": r"Skonto",
    r"[Rr]everse charge": r"Reverse Charge",
    r"\bVAT IDs?\b": r"USt-IdNr",
    r"\btax number\b": r"Steuernummer",
    r"\bsmall business\b": r"Kleinunternehmer",
    r"\bprofile\b": r"Profil",
    r"\bnumber series\b": r"Nummernkreis",
    r"\boverdue\b": r"überfällig|Überfällig",
    r"\bcredit of\b|'s credit\b": r"Guthaben",
}
# A Gutschrift is a self-billed invoice by German law; berechnet may mean calculated.
NEVER = r"Gutschrift|[Uu]nberechnet|berechnete Zeit|Rechnungszeile|Fehler:|Bitte(?! zahlen)"
# What is typed stands as it is: commands, options, keys of JSON, places, addresses.
TYPED = re.compile(r"billops( [a-z]+)+|--\w+|\{\w+\}|\w+@\S+|^(Needed are |backup |client )[^;]*")
ENDS = ".?:…"


def pairs() -> Iterator[tuple[str, str]]:
    """Yield each English form with its German one, the plural beside the plural."""
    with PO.open("rb") as stream:
        catalogue = read_po(stream, locale="de")
    for message in catalogue:
        if isinstance(message.id, str):
            yield message.id, str(message.string)
        else:
            yield from zip(message.id, list(message.string or ()), strict=True)


PAIRS = [pair for pair in pairs() if pair[0]]


def test_everybody_is_addressed_as_sie() -> None:
    assert [german for _english, german in PAIRS if FAMILIAR.search(german)] == []


@pytest.mark.parametrize("english", TERMS)
def test_one_thing_has_one_name(english: str) -> None:
    other = [
        pair
        for pair in PAIRS
        if re.search(english, TYPED.sub("", pair[0]))
        and not re.search(TERMS[english], pair[1], re.IGNORECASE)
    ]
    assert other == []


def test_no_word_that_the_law_means_otherwise() -> None:
    assert [german for _english, german in PAIRS if re.search(NEVER, german)] == []


def test_quotation_marks_are_german_and_closed() -> None:
    wrong = [
        german
        for english, german in PAIRS
        if german.count("„") != german.count("“")
        or german.count("„") < english.count("“")
        or re.search(r"[”‘]", german)
        or german.count('"') != english.count('"')
    ]
    assert wrong == []


def test_a_sentence_ends_as_its_english_does() -> None:
    def end(text: str) -> str:
        return text[-1] if text[-1] in ENDS else ""

    assert [pair for pair in PAIRS if end(pair[0]) != end(pair[1]) and pair[1][-3:] != "Nr."] == []


def test_signs_stand_as_german_sets_them() -> None:
    wrong = [
        pair
        for pair in PAIRS
        if re.search(r"(?<!,) …", pair[1])
        or "—" in pair[1]
        or (re.search(r"\d%", pair[1]) and "'" not in pair[1])
        or ("..." in pair[1]) != ("..." in pair[0])
        or (" - " in pair[1]) != (" - " in pair[0])
        or (pair[1] != pair[1].strip()) != (pair[0] != pair[0].strip())
    ]
    assert wrong == []


def test_no_word_has_a_mnemonic_that_another_could_share() -> None:
    assert [pair for pair in PAIRS if "&" in "".join(pair)] == []

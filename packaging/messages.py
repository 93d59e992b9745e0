"""Collects the words of documents into each language's catalogue and compiles it.

Without arguments it updates the .po, keeps its translations and writes the .mo; with ``--check`` it
fails when a word has no translation or the .mo is old.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "resources" / "locale"
# What a client reads comes first; the words of the window follow with their own translation.
SOURCES = ("billops_desktop/documents",)
KEYWORDS = {
    "_": None,
    "N_": None,
    "NP_": (1, 2),
    "text": None,
    "ngettext": (1, 2),
    "plural": (1, 2),
}


def collected() -> Catalog:
    """Return every message of the sources, in the order of their files."""
    found = Catalog(project="BillOps Desktop", charset="utf-8")
    for source in SOURCES:
        for name, _line, message, comments, context in extract_from_dir(
            ROOT / source, keywords=KEYWORDS
        ):
            place = f"{source}/{name}"
            found.add(message, None, [(place, 0)], (), comments, context=context)
    return found


def merged(language: str) -> Catalog:
    """Return the language's catalogue with today's messages and the translations it had."""
    path = LOCALE / language / "LC_MESSAGES" / "billops.po"
    with path.open("rb") as stream:
        catalogue = read_po(stream, locale=language)
    catalogue.update(collected(), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    catalogue.msgid_bugs_address = ""
    return catalogue


def compiled(catalogue: Catalog) -> bytes:
    """Return the bytes of the .mo file."""
    out = BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def missing(catalogue: Catalog) -> list[str]:
    """Return the messages without a translation that counts."""
    return [
        str(one.id) for one in catalogue if one.id and (one.fuzzy or not all(_parts(one.string)))
    ]


def _parts(text: str | Sequence[str] | None) -> Sequence[str]:
    return (text or "",) if isinstance(text, str | None) else text


def main(arguments: list[str]) -> int:
    """Update or check every language beside English."""
    bad = 0
    for folder in sorted(path for path in LOCALE.iterdir() if path.is_dir()):
        catalogue = merged(folder.name)
        target = folder / "LC_MESSAGES"
        if "--check" in arguments:
            old = (target / "billops.mo").read_bytes() != compiled(catalogue)
            lacking = len(missing(catalogue))
            bad += old + lacking
            print(f"{folder.name}: {lacking} missing, {'old' if old else 'current'}")
            continue
        with (target / "billops.po").open("wb") as stream:
            write_po(stream, catalogue, width=100, omit_header=False, include_lineno=False)
        (target / "billops.mo").write_bytes(compiled(catalogue))
        for message in missing(catalogue):
            print(f"{folder.name}: no translation of {message!r}")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

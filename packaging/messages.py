"""Collects all words that users see into each language's catalogue and compiles it.

Without arguments it updates the .po, keeps its translations and writes the .mo; with ``--check`` it
fails when a word has no translation or a fuzzy one, a translation has other places than its
message, or the .mo is old.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from copy import deepcopy
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "resources" / "locale"
# Only the package speaks to users; tests and build scripts do not.
SOURCES = ("billops_desktop",)
# Languages that are still being translated: only their documents must be whole.
UNFINISHED: frozenset[str] = frozenset()
KEYWORDS = {
    "_": None,
    "N_": None,
    "NP_": (1, 2),
    "text": None,
    "ngettext": (1, 2),
    "plural": (1, 2),
    "count_label": (2, 3),
    "worded": None,
}


@cache
def collected() -> Catalog:
    """Return every message of the sources, in the order of their files."""
    found = Catalog(project="BillOps Desktop", charset="utf-8")
    for source in SOURCES:
        for path in sorted((ROOT / source).rglob("*.py")):
            for _line, message, comments, context in extract_from_file(
                "python", path, keywords=_keywords(path)
            ):
                place = path.relative_to(ROOT).as_posix()
                found.add(message, None, [(place, 0)], (), comments, context=context)
    return found


def _keywords(path: Path) -> dict[str, tuple[int, ...] | None]:
    """Return what marks words in a file; where ``text`` is SQLAlchemy's, it marks SQL."""
    sql = re.search(
        r"from sqlalchemy import (\([^)]*|[^\n(]*)\btext\b", path.read_text(encoding="utf-8")
    )
    return {name: at for name, at in KEYWORDS.items() if not (sql and name == "text")}


def stored(language: str) -> Catalog:
    """Return the language's catalogue as its .po has it."""
    with (LOCALE / language / "LC_MESSAGES" / "billops.po").open("rb") as stream:
        return read_po(stream, locale=language)


def merged(language: str) -> Catalog:
    """Return the language's catalogue with today's messages and the translations it had."""
    catalogue = stored(language)
    catalogue.update(collected(), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    catalogue.msgid_bugs_address = ""
    return catalogue


def compiled(catalogue: Catalog) -> bytes:
    """Return the bytes of the .mo file, without what is not translated yet."""
    whole, out = deepcopy(catalogue), BytesIO()
    for message in missing(catalogue):
        whole.delete(message.id, message.context)
    write_mo(out, whole)
    return out.getvalue()


def missing(catalogue: Catalog) -> list[Message]:
    """Return the messages without a translation that counts."""
    return [one for one in catalogue if one.id and (one.fuzzy or not all(_parts(one.string)))]


def misplaced(catalogue: Catalog) -> list[str]:
    """Return the translations whose places in braces are not those of their message."""
    return [text for one in catalogue if one.id for text in _misplaced(one)]


def _misplaced(message: Message) -> Iterator[str]:
    """Yield the forms that differ; only the first of several may leave the number out."""
    originals, translated = _parts(message.id), _parts(message.string)
    wanted = places(originals[-1])
    for number, text in enumerate(translated):
        singular = len(translated) > 1 and number == 0
        fits = places(text) <= wanted if singular else places(text) == wanted
        if text and not fits:
            yield text


def places(text: str) -> set[str]:
    """Return the names in braces that a message is filled with."""
    return set(re.findall(r"\{(\w*)[^{}]*\}", text))


def _parts(text: str | Sequence[str] | None) -> Sequence[str]:
    return (text or "",) if isinstance(text, str | None) else text


def faults(folder: Path) -> list[str]:
    """Return what is wrong with the catalogue of one language, a line each."""
    catalogue = merged(folder.name)
    gaps = missing(catalogue)
    if folder.name in UNFINISHED:
        gaps = [gap for gap in gaps if _is_of_a_document(gap)]
    found = [f"no translation of {gap.id!r}" for gap in gaps]
    found += [f"other places than its message: {text!r}" for text in misplaced(catalogue)]
    if (folder / "LC_MESSAGES" / "billops.mo").read_bytes() != compiled(stored(folder.name)):
        found.append("the .mo is old: run make messages")
    return found


def _is_of_a_document(message: Message) -> bool:
    return any("/documents/" in place for place, _line in message.locations)


def main(arguments: list[str]) -> int:
    """Update or check every language beside English."""
    bad = 0
    for folder in sorted(path for path in LOCALE.iterdir() if path.is_dir()):
        if "--check" in arguments:
            found = faults(folder)
            bad += len(found)
            print("\n".join(f"{folder.name}: {fault}" for fault in found or ["complete"]))
            continue
        catalogue = merged(folder.name)
        with (folder / "LC_MESSAGES" / "billops.po").open("wb") as stream:
            write_po(stream, catalogue, width=100, omit_header=False, include_lineno=False)
        (folder / "LC_MESSAGES" / "billops.mo").write_bytes(compiled(catalogue))
        print(f"{folder.name}: {len(missing(catalogue))} without a translation")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

"""Renews the word catalogues: finds the messages in the code, keeps translations, compiles them."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "resources" / "locale"
LANGUAGES = ("de",)
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
# Dates and line numbers would change the file with every commit.
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)


def po_file(language: str) -> Path:
    """Return the catalogue that translators edit; the compiled one lies beside it."""
    return LOCALE / language / "LC_MESSAGES" / "billops.po"


def template() -> Catalog:
    """Return every message that the code shows, with the files that show it."""
    found = Catalog(project="BillOps Desktop", charset="utf-8", creation_date=NO_DATE)
    package = ROOT / "billops_desktop"
    for name, line, message, comments, context in extract_from_dir(
        package, method_map=[("**.py", "python")], keywords=KEYWORDS, comment_tags=("Translators:",)
    ):
        found.add(
            message,
            locations=[(f"billops_desktop/{name}", line)],
            auto_comments=comments,
            context=context,
        )
    return found


def renewed(language: str) -> Catalog:
    """Return the catalogue of a language with the messages of today and the words it had."""
    path = po_file(language)
    if path.exists():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language)
    else:
        catalogue = Catalog(locale=language, charset="utf-8")
    catalogue.update(template(), no_fuzzy_matching=True)
    catalogue.project, catalogue.version = "BillOps Desktop", "1"
    catalogue.last_translator = catalogue.language_team = catalogue.msgid_bugs_address = "-"
    catalogue.header_comment = f"# The words of BillOps in the language {language}."
    catalogue.creation_date = catalogue.revision_date = NO_DATE
    catalogue.fuzzy = False
    return catalogue


def po_bytes(catalogue: Catalog) -> bytes:
    """Return the catalogue as text for translators."""
    out = io.BytesIO()
    write_po(
        out, catalogue, width=100, sort_output=True, include_lineno=False, ignore_obsolete=True
    )
    return out.getvalue()


def mo_bytes(catalogue: Catalog) -> bytes:
    """Return the catalogue as the program reads it."""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def placeholders(text: str) -> list[str]:
    """Return the names in braces that a message is filled with."""
    return re.findall(r"\{(\w*)[^{}]*\}", text)


def untranslated(catalogue: Catalog) -> list[str]:
    """Name the messages that this language has no words for yet."""
    return [
        str(message.id)
        for message in catalogue
        if message.id
        and not (all(message.string) if isinstance(message.string, tuple) else message.string)
    ]


def main() -> None:
    """Write the catalogues and say what is left to translate."""
    for language in LANGUAGES:
        catalogue = renewed(language)
        path = po_file(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(po_bytes(catalogue))
        path.with_suffix(".mo").write_bytes(mo_bytes(catalogue))
        left = untranslated(catalogue)
        print(
            f"{language}: {len(catalogue)} messages, {len(left)} without words", *left, sep="\n  "
        )


if __name__ == "__main__":
    main()

"""Hostile text in a PDF: always printed, literally, with nothing read, run or reached for it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from tests.faults.outcome import ROOT
from tests.support import hostile
from tests.support.profiles import copy_profile

ACTIVE = {"/JavaScript", "/JS", "/Launch", "/EmbeddedFiles", "/AA", "/OpenAction"}
# What reportlab looks for in the home folder of whoever runs it.
REPORTLABS = (".reportlab_mods", ".reportlab_settings", "reportlab_settings")
# The short form prints every so many of them.
FEW = 4
MOST_BYTES = 20_000_000
FONT_TRICK = (
    "<font color=\"[[[getattr(pow,Word('__globals__'))['os'].system('touch {canary}')"
    " for Word in [type('Word',(str,),{{}})]]] and 'red'\">x</font>"
)
PAYLOADS = (
    '<img src="{canary}"/>', "<img src='file://{canary}'>", '<img src="http://127.0.0.1:9/x.png">',
    '<a href="javascript:alert(1)">PAID</a>', '<a href="smb://evil/x">x</a>', "<b>unclosed",
    FONT_TRICK,
    '<para backColor="[__import__(\'os\').system(\'id\')]">x</para>', "</para></document>",
    "<onDraw name='x' label='y'/>", "<seq id='x'/>", "<!DOCTYPE a [<!ENTITY b SYSTEM '{canary}'>]>",
    "{{{{7*7}}}}", "${{7*7}}", "#{{7*7}}", "%(x)s %s %n", "{{0.__class__}}", "{{invoice.number}}",
    "&amp;&lt;&#x41;&nosuch;", "../../etc/passwd", "\\\\evil\\share", "(unbalanced", "endstream",
    ") Tj ET Q /JavaScript (app.alert(1))", "%%EOF", "<</S/JavaScript/JS(app.alert(1))>>",
    "NULL", "None", "1e5", "-1", "'; DROP TABLE invoice;--", "\u202egnp.exe",
    "\u200bzero\ufeffwidth",
    "e" + "\u0301" * 200, "👨‍👩‍👧‍👦" * 40, "ﷺ﷽" * 40, "שלום عالم 你好", "İıßẞ", "\u2028\u2029",
    "tab\tnewline\nend",
)  # fmt: skip
# Prints one invoice per payload; writes down what is opened, run and reached meanwhile.
PRINTER = """
import json, sys
from pathlib import Path

seen = []
STRANGE = ("socket.", "subprocess.", "os.exec", "os.spawn", "os.system", "urllib.")


def watch(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        seen.append(["open", str(arguments[0])])
    elif event.startswith(STRANGE):
        seen.append([event, repr(arguments)[:200]])


from billops_desktop.bootstrap import open_workspace
from billops_desktop.services.invoices import invoice_rows, rendering
from tests.support import hostile
from tests.support.clock import MovableClock

profile, folder = Path(sys.argv[1]), Path(sys.argv[2])
payloads = json.loads((folder / "payloads.json").read_text())
sys.addaudithook(watch)
for number, payload in enumerate(payloads):
    hostile.write(profile, lambda _t, column, row: f"{row}" if column == "number" else payload)
    opened = open_workspace(profile, clock=MovableClock())
    rows = opened.read(invoice_rows.invoices, limit=9, offset=0).rows
    # An issued one is printed as it was sealed: what is written later does not reach it.
    draft = next(row for row in rows if row.state == "draft")
    (folder / f"{number}.pdf").write_bytes(rendering.render(opened, draft.id))
    opened.close()
(folder / "seen.json").write_text(json.dumps(seen))
"""


def printed(profile: Path, folder: Path, payloads: list[str]) -> list[list[str]]:
    """Print every payload in a process of its own; return what it opened, ran and reached."""
    folder.mkdir()
    (folder / "payloads.json").write_text(json.dumps(payloads))
    words = [sys.executable, "-c", PRINTER, str(profile), str(folder)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    seen: list[list[str]] = json.loads((folder / "seen.json").read_text())
    return seen


@pytest.fixture(scope="module")
def drafted(haldane_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a closed profile with a draft and an issued invoice."""
    profile = copy_profile(haldane_template, tmp_path_factory.mktemp("printed") / "profile")
    hostile.fill(profile)
    return profile


@pytest.mark.parametrize("stride", [FEW, pytest.param(1, marks=pytest.mark.soak)])
def test_it_is_printed_and_nothing_else_happens(drafted: Path, tmp_path: Path, stride: int) -> None:
    canary = tmp_path / "CANARY.png"
    canary.write_bytes(b"\x89PNG\r\n\x1a\n")
    payloads = [one.format(canary=canary) for one in PAYLOADS[::stride]]
    profile = copy_profile(drafted, tmp_path / "profile")
    seen = printed(profile, tmp_path / "pdf", payloads)
    assert strangers(seen, profile, tmp_path / "pdf") == []
    files = sorted((tmp_path / "pdf").glob("*.pdf"))
    assert len(files) == len(payloads)
    for file in files:
        hold_harmless(file.read_bytes(), file.name)
    literal = 0
    for number, payload in enumerate(payloads):
        text = squeezed(text_of(tmp_path / "pdf" / f"{number}.pdf"))
        if payload.isascii():
            assert squeezed(payload) in text, payload
            literal += 1
    assert literal > 25 // stride


def strangers(seen: list[list[str]], profile: Path, folder: Path) -> list[list[str]]:
    """Return what was opened outside the program, its profile and its output, or was no opening."""
    ours = (str(ROOT), str(profile), str(folder), sys.prefix, sys.base_prefix, "/dev/null")
    zones = "/usr/share/zoneinfo/"
    return [
        one
        for one in seen
        if one[0] != "open"
        or not (one[1].startswith((*ours, zones)) or one[1].endswith(REPORTLABS))
    ]


def hold_harmless(content: bytes, name: str) -> None:
    """Hold that a PDF does nothing and carries nothing but itself."""
    assert len(content) < MOST_BYTES, name
    reader = PdfReader(BytesIO(content))
    keys = set()
    for found in walk(reader.trailer["/Root"], set()):
        keys |= found.keys() & {
            "/JavaScript",
            "/JS",
            "/Launch",
            "/EmbeddedFiles",
            "/AA",
            "/OpenAction",
        }
        if found.get("/Type") == "/Action" or ("/S" in found and "/URI" in found):
            assert re.match(r"(https?|mailto):", str(found.get("/URI"))), (name, found)
        assert found.get("/S") not in {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData"}, name
    assert keys == set(), name


def walk(thing: Any, seen: set[int]) -> Iterator[DictionaryObject]:
    """Return every dictionary of a document."""
    todo = [thing]
    while todo:
        found = todo.pop()
        if isinstance(found, IndirectObject):
            if found.idnum in seen:
                continue
            seen.add(found.idnum)
            found = found.get_object()
        if isinstance(found, DictionaryObject):
            yield found
            todo += found.values()
        elif isinstance(found, ArrayObject):
            todo += found


def text_of(file: Path) -> str:
    return "".join(page.extract_text() for page in PdfReader(file).pages)


def squeezed(text: str) -> str:
    """Lines are broken where the page ends, so white space says nothing."""
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize(
    "size", [(10_000, 20_000), pytest.param((100_000, 1_000_000), marks=pytest.mark.soak)]
)
def test_endless_words_and_notes_are_printed_too(
    drafted: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    word, note = size
    profile = copy_profile(drafted, tmp_path / "profile")
    payloads = ["x" * word, "All work and no play. " * (note // 22)]
    printed(profile, tmp_path / "pdf", payloads)
    for file in (tmp_path / "pdf").glob("*.pdf"):
        hold_harmless(file.read_bytes(), file.name)

"""Hostile words pasted into every field of the window: kept as given or refused at that field."""

from __future__ import annotations

import itertools
import json
import logging
import unicodedata
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QWidget

from billops_desktop.errors import BillOpsError
from billops_desktop.services.upkeep import checking
from billops_desktop.storage.connection import connect
from billops_desktop.ui.views.editor.lines.line_cell import CellEdit
from billops_desktop.ui.views.invoice_editor import InvoiceEditorView
from billops_desktop.ui.widgets.input.edits import TypedEdit
from billops_desktop.ui.widgets.input.fields import LONGEST_TYPED
from tests.faults import form_fields
from tests.faults.form_scenes import FIRST, FORMS, Form
from tests.looks.scenes import the_sample
from tests.looks.stage import Stage, stage
from tests.support.naughty import NAUGHTY
from tests.support.profiles import copy_profile

# So many words in each field in a short run, another selection in each; all of them by `soak`.
FEW = 2
SOAK = (pytest.mark.soak, pytest.mark.timeout(7200))
# Longer than any field keeps: 10,000 characters are the most that any text of people may have.
WORDS = {
    **NAUGHTY,
    "digits without end": "9" * 5_000,
    "longer than a line": "x" * 1_500,
    "emoji upon emoji": "😀" * 6_000,
    "ten thousand and one": "x" * 10_001,
    "a million": "All work. " * 100_000,
}
# What is typed here is looked for or listed, never kept as it stands.
LOOKED_FOR = {
    "projectSearch", "popoverField", "paletteField", "clientFilter", "projectFilter",
    "invoiceFilter", "batchDate",
}  # fmt: skip
FIELDS_AT_LEAST = 95
SOON_MS = 500
CHANGES = "SELECT new_json FROM change_record WHERE sequence > ? AND new_json IS NOT NULL"


@dataclass
class Walk:
    """What was tried and what went wrong."""

    tried: set[tuple[str, form_fields.Site]] = field(default_factory=set)
    seen: set[form_fields.Site] = field(default_factory=set)
    kept: int = 0
    refused: int = 0
    wrong: list[tuple[str, ...]] = field(default_factory=list)


class Faults(logging.Handler):
    """Keeps what the program logs as a fault of its own."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        fault = record.exc_info[1] if record.exc_info else ""
        self.said.append(f"{record.getMessage()}: {fault!r}")


@pytest.fixture(scope="module")
def sample(scene_template: Callable[[Any], Path]) -> Path:
    return scene_template(the_sample)


@pytest.fixture(scope="module", params=[FEW, pytest.param(len(WORDS), marks=SOAK)])
def walk(
    request: pytest.FixtureRequest,
    sample: Path,
    blank_template: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Walk:
    """Try so many words in each field of one window, one after the other."""
    from PySide6.QtWidgets import QApplication

    from tests.looks.stage import dress

    application = QApplication.instance() or QApplication(["billops"])
    assert isinstance(application, QApplication)
    dress(application)
    profile = copy_profile(sample, tmp_path_factory.mktemp("forms") / "profile")
    done = walked(profile, request.param)
    begun(blank_template, tmp_path_factory.mktemp("first"), request.param, done)
    return done


def begun(blank: Path, folder: Path, few: int, done: Walk) -> None:
    """Try so many words in each field of the first run, each in a profile that is not set up."""
    with form_fields.remembered_sites(), stage(copy_profile(blank, folder / "look")) as opened:
        keys = new_keys(opened, FIRST, done)
    words = [(key, kind) for key in keys for kind in WORDS]
    chosen = words if few >= len(WORDS) else words[3 :: len(WORDS) // few]
    for number, (key, kind) in enumerate(chosen):
        profile = copy_profile(blank, folder / f"{number}")
        with form_fields.remembered_sites(), stage(profile) as opened:
            found = attempt(opened, FIRST, key, WORDS[kind], done)
            done.wrong += [(FIRST.name, key[0], kind, one[:300]) for one in found]


def walked(profile: Path, few: int) -> Walk:
    done, turn, faults = Walk(), itertools.cycle(WORDS.items()), Faults()
    logging.getLogger().addHandler(faults)
    try:
        with form_fields.remembered_sites(), stage(profile) as opened:
            for form in FORMS:
                for key in new_keys(opened, form, done):
                    for kind, word in itertools.islice(turn, few):
                        found = attempt(opened, form, key, word, done)
                        found += faults.said + marked_up(opened)
                        faults.said.clear()
                        form.leave(opened)
                        done.wrong += [(form.name, key[0], kind, one[:300]) for one in found]
                next(turn)
            done.wrong += [
                ("check", one.name, *one.findings[:2])
                for one in checking.check(opened.workspace)
                if not one.ok
            ]
    finally:
        logging.getLogger().removeHandler(faults)
    return done


def new_keys(opened: Stage, form: Form, done: Walk) -> list[tuple[str, form_fields.Site]]:
    """Open a form; return its fields that no form before it had."""
    form.open(opened)
    shown = form_fields.fields(opened)
    done.seen |= {form_fields.site_of(one) for one in shown}
    keys = [form_fields.key_of(one) for one in shown if form_fields.writable(one)]
    fresh = [key for key in dict.fromkeys(keys) if key not in done.tried]
    done.tried |= set(fresh)
    form.leave(opened)
    return fresh


def attempt(
    opened: Stage, form: Form, key: tuple[str, form_fields.Site], word: str, done: Walk
) -> list[str]:
    """Paste a word into a field and submit; return what breaks the contract."""
    form.open(opened)
    shown = [one for one in form_fields.fields(opened) if form_fields.key_of(one) == key]
    if not shown:
        return ["the form cannot be opened any more"]
    target = shown[0]
    before, last, old = form_fields.text_of(target), newest(opened), form_fields.told(opened)
    form_fields.paste(target, word)
    typed = form_fields.text_of(target)
    form_fields.submit(opened, target, form.press)
    flush(opened)
    if not shiboken6.isValid(target) or target.isHidden():
        # A form may be made anew by what was saved of it.
        again = [one for one in form_fields.fields(opened) if form_fields.key_of(one) == key]
        target = again[0] if again and form.keeps_place else target
    told, saved = refused_at(opened, target, word), saved_since(opened, last)
    elsewhere = [one for one in form_fields.told(opened) if one not in old]
    wrong = [] if whole(word, typed) else [f"the field holds {typed[:80]!r}"]
    if told and saved:
        wrong.append(f"saved and refused: {saved[:3]}")
    elif told:
        done.refused += 1
        if not kept_typed(opened, target, typed):
            wrong.append(f"what was typed is gone: {form_fields.text_of(target)[:80]!r}")
    elif saved:
        done.kept += 1
        wrong += [] if as_given(target, key[0], typed, saved) else [f"kept as {saved[:3]}"]
    elif elsewhere:
        wrong.append(f"not told at its field: {elsewhere[:3]}")
    elif key[0] not in LOOKED_FOR and not same(word, before):
        wrong.append("neither kept nor refused")
    put_back(opened, target, before)
    return wrong


def whole(word: str, typed: str) -> bool:
    """Tell whether a field took all of a word; what is too long to be kept may be cut.

    Nobody can paste what Qt's clipboard has no code for.
    """
    cut = len(word) > LONGEST_TYPED and word.startswith(typed)
    return typed == word or (cut and len(typed) >= LONGEST_TYPED) or "\udcff" in word


def flush(opened: Stage) -> None:
    """Let happen now what would happen in a moment: reading what was typed, saving a draft."""
    for timer in opened.window.findChildren(QTimer):
        if timer.isActive() and timer.isSingleShot() and timer.interval() < SOON_MS:
            timer.stop()
            timer.timeout.emit()
    opened.settle()
    editor = opened.window.views.get("invoice")
    if isinstance(editor, InvoiceEditorView) and editor.isVisible():
        editor.desk.flush()
        opened.settle()


def newest(opened: Stage) -> int:
    with closing(connect(opened.workspace.profile / "billops.db")) as connection:
        return int(
            connection.execute("SELECT coalesce(max(sequence), 0) FROM change_record").fetchone()[0]
        )


def saved_since(opened: Stage, last: int) -> list[str]:
    """Return every text that the records after ``last`` hold."""
    with closing(connect(opened.workspace.profile / "billops.db")) as connection:
        rows = [json.loads(row[0]) for row in connection.execute(CHANGES, (last,))]
    return [
        value if isinstance(value, str) else str(value) for row in rows for value in row.values()
    ]


def as_given(target: QWidget, name: str, word: str, saved: list[str]) -> bool:
    """Tell whether a text was kept as it was given; what reads numbers and days has own tests."""
    if isinstance(target, TypedEdit) or not word.strip() or name in READ:
        return True
    return any(folded(word) in folded(value) for value in saved)


# Plain lines that read what is typed: of times, lengths, days, and cells of figures.
READ = {
    "entryRange", "entryDuration", "client-terms_days", "cell-quantity", "cell-rate",
    "cell-amount",
}  # fmt: skip


def folded(text: str) -> str:
    """Return a text as it is kept, without what the documented forms of codes leave out."""
    return "".join(unicodedata.normalize("NFC", text).casefold().split())


def same(word: str, before: str) -> bool:
    """Tell whether nothing was to be saved."""
    return folded(word) == folded(before) or not word.strip()


def refused_at(opened: Stage, target: QWidget, word: str) -> bool:
    if form_fields.told_at(target):
        return True
    return any(slip.problem for slip in slips(opened))


def slips(opened: Stage) -> list[Any]:
    """Return what stands refused in the cells of a draft's lines."""
    editor = opened.window.views.get("invoice")
    if not isinstance(editor, InvoiceEditorView) or not editor.isVisible():
        return []
    return [slip for line in editor.form.lines.lines for slip in line.slips.values()]


def kept_typed(opened: Stage, target: QWidget, typed: str) -> bool:
    if not shiboken6.isValid(target) or isinstance(target, CellEdit):
        return typed in [slip.text for slip in slips(opened)]
    text = form_fields.text_of(target)
    if isinstance(target, TypedEdit) and text != typed:
        # A number that was read is shown as understood: -0 as 0.00.
        with suppress(BillOpsError):
            return bool(target.read(text) == target.read(typed.strip()))
    return text == typed


def put_back(opened: Stage, target: QWidget, before: str) -> None:
    """Type what stood in a field before, as a user does who was refused: it must be taken."""
    if shiboken6.isValid(target) and target.isVisible() and form_fields.writable(target):
        form_fields.paste(target, before)
        target.clearFocus()
        opened.settle()
        flush(opened)


def marked_up(opened: Stage) -> list[str]:
    """Return the labels that would read what people type as markup."""
    return [
        f"{label.objectName()} reads markup"
        for label in opened.window.findChildren(QLabel)
        if label.isVisible()
        and "<b>" in label.text()
        and label.textFormat() is not Qt.TextFormat.PlainText
    ]


def test_each_word_is_kept_as_given_or_refused_at_its_field(walk: Walk) -> None:
    assert walk.wrong == []
    # Not blind: much is kept, and much is refused.
    assert min(walk.kept, walk.refused) > FIELDS_AT_LEAST // 3


def test_every_field_that_the_code_makes_is_tried(walk: Walk) -> None:
    """A new field needs a form in form_scenes.py that shows it."""
    declared = form_fields.declared_sites()
    missing = [
        f"{form_fields.place(site)} {words}"
        for site, words in declared.items()
        if site not in walk.seen
    ]
    assert missing == []
    assert [form_fields.place(site) for site in walk.seen - declared.keys()] == []
    assert len(walk.tried) >= FIELDS_AT_LEAST

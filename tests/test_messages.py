"""The catalogues: every word translated, its places kept, the compiled file current."""

from __future__ import annotations

import ast
import importlib.util
import re
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


PACKAGE = ROOT / "billops_desktop"
TRANSLATE = {"_", "N_", "NP_", "ngettext", "worded", "text", "plural", "count_label"}
AT_ONCE = {"_", "ngettext", "worded", "count_label"}
ERRORS = (
    "InvalidInput Refused NotFound EnvironmentFault IntegrityFault NewerVersion BillOpsError"
    " Stopped NothingRuns NoRate"
)
WIDGETS = (
    "PlainLabel Button QLabel QPushButton QAction setText setToolTip setPlaceholderText"
    " setWindowTitle setAccessibleName setAccessibleDescription setTitle setStatusTip"
    " ProgressPanel say group Column FormField"
)
# What shows its words to a user, and at which positions they stand.
SHOWING = {
    **dict.fromkeys(ERRORS.split(), (0, 1)),
    **dict.fromkeys(WIDGETS.split(), (0,)),
    "ask": (0, 1, 2),
    "verb": (2,),
    "Finding": (2,),
}
SHOWING_NAMES = {"help", "title", "hint", "tip", "tooltip", "placeholder", "summary", "label"}
# Names of things are the same in every language; an example of input is typed as it stands.
ALIKE = re.compile(r"BillOps|[^@\s]+@[^@\s]+|[^a-z]*\{[^ ]*|[A-Z]{2,5}")
# Without its resources the app has no catalogue either: this one fault is told in English.
WITHOUT_CATALOGUE = PACKAGE / "paths.py"


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def _bare(node: ast.expr) -> list[ast.expr]:
    """Return the literals with letters that an expression may be, none of what is translated."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    told = "".join(str(one.value) for one in parts if isinstance(one, ast.Constant))
    if isinstance(node, ast.JoinedStr | ast.Constant):
        has_words = re.search("[^\\W\\d_]{2}", told) and not ALIKE.fullmatch(told.strip(" –"))
        return [node] if has_words else []
    inner = {ast.IfExp: ("body", "orelse"), ast.BinOp: ("left", "right")}.get(type(node), ())
    found = [one for name in inner for one in _bare(getattr(node, name))]
    return found + [one for part in getattr(node, "values", []) for one in _bare(part)]


def _shown(node: ast.AST) -> list[ast.expr]:
    """Return the expressions of a node that a user will read."""
    if isinstance(node, ast.Call) and _called(node) not in TRANSLATE:
        positions = SHOWING.get(_called(node), ())
        named = [word.value for word in node.keywords if word.arg in SHOWING_NAMES]
        return [node.args[at] for at in positions if at < len(node.args)] + named
    if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in {"message", "title"}:
        # What only a programmer will read does not begin like a sentence.
        return [node.value] if re.match("f?['\"][A-Z]", ast.unparse(node.value)) else []
    return []


def bare_words(tree: ast.AST) -> list[str]:
    """Return the words of a module that reach a user without gettext."""
    shown = [one for node in ast.walk(tree) for one in _shown(node)]
    return [f"{one.lineno}: {ast.unparse(one)}" for node in shown for one in _bare(node)]


def early_words(node: ast.AST, *, inside: bool = False) -> list[str]:
    """Return the words of a module that are translated when it is imported, not when shown."""
    found = []
    if isinstance(node, ast.Call) and not inside and _called(node) in AT_ONCE:
        found.append(f"{node.lineno}: {ast.unparse(node)}")
    deferred: set[int] = set()
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        deferred = {id(one) for one in node.body}
    elif isinstance(node, ast.Lambda):
        deferred = {id(node.body)}
    for child in ast.iter_child_nodes(node):
        found += early_words(child, inside=inside or id(child) in deferred)
    return found


@pytest.fixture(scope="module")
def modules() -> dict[str, ast.Module]:
    return {
        path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in PACKAGE.rglob("*.py")
        if path != WITHOUT_CATALOGUE
    }


def test_no_word_reaches_a_user_past_the_catalogues(modules: dict[str, ast.Module]) -> None:
    assert {name: bare for name, tree in modules.items() if (bare := bare_words(tree))} == {}


def test_words_are_translated_when_they_are_shown(modules: dict[str, ast.Module]) -> None:
    assert {name: early for name, tree in modules.items() if (early := early_words(tree))} == {}


@pytest.mark.parametrize(
    "code",
    [
        "raise InvalidInput('The end lies before the start.')",
        "raise Refused(_('Locked.'), 'Unlock it.' if unlockable else '')",
        "label = PlainLabel(f'{count} entries')",
        "field.setText('Save ' + name)",
        "message = 'The client has no name.'",
        "parser.add_argument('--to', help='The last day')",
        "Finding('BR-25', BLOCK, 'A line has no words.', 'lines')",
    ],
)
def test_bare_words_are_found(code: str) -> None:
    assert bare_words(ast.parse(code)) != []


@pytest.mark.parametrize(
    "code", ["TITLE = _('Time')", "def show(words=_('Time')): ...", "class A:\n  x = _('Time')"]
)
def test_early_words_are_found(code: str) -> None:
    assert early_words(ast.parse(code)) != []


def test_words_inside_a_function_are_not_early() -> None:
    assert early_words(ast.parse("def show(): return _('Time')\nshow = lambda: _('Time')")) == []


def _marked(tree: ast.AST) -> set[str]:
    """Return the words that stand literally in a call that translates them."""
    return {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and node.args and _called(node) in AT_ONCE | {"N_"}
        if isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)
    }


def test_no_word_escapes_the_collection(modules: dict[str, ast.Module]) -> None:
    known = {
        word
        for message in messages.collected()
        for word in (message.id if isinstance(message.id, tuple) else (message.id,))
    }
    # Inside an f-string the collection sees none of them.
    assert {name: left for name, tree in modules.items() if (left := _marked(tree) - known)} == {}

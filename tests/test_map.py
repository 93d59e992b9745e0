"""The house keeps its own rules: names, captions, sizes, mirrored tests, a true map, locks."""

from __future__ import annotations

import ast
import re
import runpy
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "billops_desktop"
CODE = ("billops_desktop", "migrations", "packaging", "tests")

MOST_LINES_OF_FILE = 400
MOST_FILES_OF_FOLDER = 15
MOST_LINES_OF_FUNCTION = 50

ROOT_ENTRIES = {
    "billops_desktop", "resources", "migrations", "tests", "packaging", "pyproject.toml",
    "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE", "Makefile", ".ci",
    ".pre-commit-config.yaml", ".gitignore",
}  # fmt: skip

BANNED_WORDS = {"util", "utils", "helper", "helpers", "common", "manager", "handler", "data"}
BANNED_WORDS |= {"info", "misc"}

# Qt's own names, which an override has to keep.
QT_NAMES = {"data", "setData", "headerData", "itemData", "mimeData", "dropMimeData", "userData"}
QT_NAMES |= {"insertFromMimeData"}

# A module without a same-named test, and where its behaviour is shown instead.
TESTED_ELSEWHERE: dict[str, str] = {
    "__init__.py": "the version: test_the_version_is_told_once",
    "storage/__init__.py": "one call, held by tests/storage/test_deferred.py",
    "ui/__init__.py": "one call, held by tests/ui/starting/test_lean_imports.py",
}


@cache
def code_files() -> list[Path]:
    """Every Python file of ours; an empty package file has nothing to check."""
    found = [path for folder in CODE for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in found if path.stat().st_size]


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def words_of(name: str) -> set[str]:
    """Split snake_case and CamelCase into lower-case words."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", name)}


def only_a_caption(path: Path) -> bool:
    """Tell whether a package file holds nothing that could be tested."""
    body = parsed(path).body
    return path.name == "__init__.py" and all(isinstance(node, ast.Expr) for node in body)


def test_every_module_has_a_test_of_its_name() -> None:
    lacking = []
    for path in sorted(PACKAGE.rglob("*.py")):
        inside = path.relative_to(PACKAGE)
        expected = ROOT / "tests" / inside.with_name(f"test_{path.name}")
        listed = inside.as_posix() in TESTED_ELSEWHERE
        if not only_a_caption(path) and not expected.exists() and not listed:
            lacking.append(f"{short(path)}: no {short(expected)}")
    assert lacking == []


def test_the_version_is_told_once() -> None:
    told = runpy.run_path(str(PACKAGE / "__init__.py"))["__version__"]
    assert f'\nversion = "{told}"\n' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f"## [{told}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_no_reason_outlives_its_module() -> None:
    gone = [name for name in TESTED_ELSEWHERE if not (PACKAGE / name).exists()]
    tested = [
        name
        for name in TESTED_ELSEWHERE
        if (ROOT / "tests" / Path(name).with_name(f"test_{Path(name).name}")).exists()
    ]
    assert gone + tested == []


def test_every_module_says_on_its_first_line_what_it_is() -> None:
    silent = []
    for path in code_files():
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        if not re.fullmatch(r'"""\S.*[.!?:](""")?', first):
            silent.append(f"{short(path)}: {first[:60]}")
    assert silent == []


def test_no_folder_holds_too_much() -> None:
    """Fifteen modules to a folder of the package; its own caption file is not one of them."""
    counts = {
        short(folder): sum(1 for path in folder.glob("*.py") if path.name != "__init__.py")
        for folder in {path.parent for path in PACKAGE.rglob("*.py")}
    }
    assert {folder: count for folder, count in counts.items() if count > MOST_FILES_OF_FOLDER} == {}


def test_no_file_is_long() -> None:
    long = [
        f"{short(path)}: {lines} lines"
        for path in code_files()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES_OF_FILE
    ]
    assert long == []


def test_no_function_is_long() -> None:
    long = []
    for path in code_files():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > MOST_LINES_OF_FUNCTION:
                    long.append(f"{short(path)}:{node.lineno} {node.name}: {lines} lines")
    assert long == []


def defined_names(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg


def test_no_name_says_nothing() -> None:
    empty = []
    for path in sorted(PACKAGE.rglob("*.py")):
        names = [path.stem, *(name for name in defined_names(parsed(path)) if name not in QT_NAMES)]
        empty += [f"{short(path)}: {name}" for name in names if words_of(name) & BANNED_WORDS]
    assert empty == []


def test_words_are_split_as_people_read_them() -> None:
    assert words_of("EntryDataHandler") == {"entry", "data", "handler"}
    assert words_of("metadata_of_VAT") == {"metadata", "of", "vat"}


def test_what_is_left_to_do_has_an_issue() -> None:
    marks = re.compile(r"\b(TODO|FIXME)\b(?!.*#\d+)|NotImplemented(?!Type)\b")
    loose = [
        f"{short(path)}:{number}"
        for path in code_files()
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if marks.search(line)
    ]
    assert loose == []


def test_the_readme_shows_the_house_as_it_is() -> None:
    house = runpy.run_path(str(ROOT / "packaging" / "map.py"))
    assert house["readme_map"]() == house["map_text"](), "run `make map`"


def test_every_test_that_security_names_exists() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", text)
    assert len(named) > 20
    gone = [
        f"{file}::{name}"
        for file, name in named
        if not (ROOT / file).exists() or f"def {name}" not in (ROOT / file).read_text("utf-8")
    ]
    assert gone == []


def test_the_root_holds_nothing_else() -> None:
    ignored = [
        line.strip("/")
        for line in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    strange = [
        path.name
        for path in ROOT.iterdir()
        if path.name not in ROOT_ENTRIES | {".git"}
        and not any(path.match(pattern) for pattern in ignored)
    ]
    assert strange == []


def test_the_locks_pin_and_hash_and_name_no_host() -> None:
    for lock in sorted((ROOT / "packaging" / "locks").glob("*.txt")):
        text = lock.read_text(encoding="utf-8")
        assert not re.search(r"://|--(extra-)?index|--find-links", text), lock.name
        pins = re.findall(r"^[a-z0-9][^\n]*", text, re.MULTILINE)
        assert pins
        assert [pin for pin in pins if "==" not in pin] == []
        hashed = re.findall(r"^[a-z0-9][^\n]*\\\n    --hash=sha256:", text, re.MULTILINE)
        assert len(hashed) == len(pins), f"{lock.name}: a pin without its hash"


def test_the_locks_follow_pyproject() -> None:
    """Every direct dependency is in the lock that is installed; Qt stays below 6.12."""
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    runtime = (ROOT / "packaging" / "locks" / "runtime.txt").read_text(encoding="utf-8")
    dependencies = project.partition("\ndependencies = [")[2].partition("\n]")[0]
    names = re.findall(r'^    "([A-Za-z0-9-]+)', dependencies, re.MULTILINE)
    assert "pyside6" in names
    assert [name for name in names if not re.search(rf"^{name}==", runtime, re.MULTILINE)] == []
    assert re.search(r"^pyside6==6\.11\.", runtime, re.MULTILINE)

"""A lint: text of users is never read as markup; only the modules that wrap Qt may be raw."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import billops_desktop.ui

UI = Path(billops_desktop.ui.__file__).parent
WRAPS = {UI / "widgets" / "labels.py"}
BANNED_NAMES = {"QLabel", "QMessageBox", "QTextBrowser", "QTextEdit", "QToolTip", "QErrorMessage"}
BANNED_CALLS = {"setHtml", "setToolTip", "setWhatsThis", "setMarkdown", "appendHtml", "insertHtml"}
ESCAPED = {"escaped", "tooltip"}


def faults(tree: ast.AST) -> Iterator[str]:
    """Yield what a module does that could show markup."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("PySide6"):
            yield from (alias.name for alias in node.names if alias.name in BANNED_NAMES)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name = node.func.attr
            if name in BANNED_CALLS and not _escaped(node):
                yield name


def _escaped(call: ast.Call) -> bool:
    first = call.args[0] if call.args else None
    if not isinstance(first, ast.Call):
        return False
    name = first.func.id if isinstance(first.func, ast.Name) else getattr(first.func, "attr", "")
    return name in ESCAPED


@pytest.mark.parametrize("path", sorted(UI.rglob("*.py")), ids=lambda path: path.stem)
def test_no_module_shows_text_as_markup(path: Path) -> None:
    if path in WRAPS:
        return
    assert list(faults(ast.parse(path.read_text("utf-8")))) == []


def test_the_lint_sees_what_it_forbids() -> None:
    bad = "from PySide6.QtWidgets import QLabel\nwidget.setToolTip(name)\nview.setHtml(x)\n"
    assert sorted(faults(ast.parse(bad))) == ["QLabel", "setHtml", "setToolTip"]
    assert list(faults(ast.parse("widget.setToolTip(escaped(name))"))) == []

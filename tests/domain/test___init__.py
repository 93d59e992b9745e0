"""The domain package: every example in its documentation is true, and it imports nothing but us."""

from __future__ import annotations

import ast
import doctest
import importlib
import sys
from pathlib import Path

import pytest

from billops_desktop import domain

FOLDER = Path(domain.__file__).parent
MODULES = sorted(
    path.relative_to(FOLDER).with_suffix("").as_posix().replace("/", ".")
    for path in FOLDER.rglob("*.py")
    if path.name != "__init__.py"
)
# i18n words what is refused; it reads a clock, a file or a database as little as the rules do.
OWN_GROUND = tuple(
    f"billops_desktop.{name}" for name in ("domain", "errors", "clock", "i18n", "values")
)
WITH_EXAMPLES = {
    "alphabet", "cash_discount", "changes", "grouping", "invoice", "lifecycle", "money",
    "numbering", "parties", "payments", "periods", "quoting", "rates", "rounding", "tax", "typed",
    "typed_dates", "typed_numbers", "withholding",
}  # fmt: skip


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_documentation_are_true(name: str) -> None:
    outcome = doctest.testmod(importlib.import_module(f"billops_desktop.domain.{name}"))
    assert outcome.failed == 0
    assert (outcome.attempted > 0) == (name.rpartition(".")[2] in WITH_EXAMPLES)


@pytest.mark.parametrize("name", MODULES)
def test_the_domain_imports_the_standard_library_and_its_own_ground_only(name: str) -> None:
    tree = ast.parse((FOLDER / f"{name.replace('.', '/')}.py").read_text(encoding="utf-8"))
    strangers = []
    for node in ast.walk(tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        for imported in names:
            known = imported.split(".")[0] in sys.stdlib_module_names
            if not known and not imported.startswith(OWN_GROUND):
                strangers.append(imported)
    assert strangers == []

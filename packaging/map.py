"""Writes the map of the house into README.md: one line per module, its caption."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
PACKAGE = ROOT / "billops_desktop"
BEGIN = "<!-- map: made by `make map` from the first line of every module -->"
END = "<!-- end of map -->"
CAPTION_COLUMN = 26


def caption(path: Path) -> str:
    """Return the first line of a module's docstring, or nothing where it has none."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return text.partition("\n")[0]


def map_lines(folder: Path, indent: str = "") -> Iterator[str]:
    """Yield the lines of one folder: its modules, then its folders."""
    yield f"{indent}{folder.name}/"
    inside = indent + "  "
    for path in sorted(folder.glob("*.py")):
        words = caption(path)
        if words:
            yield f"{inside}{path.name:<{CAPTION_COLUMN - len(inside)}} {words}"
    for path in sorted(folder.iterdir()):
        if path.is_dir() and any(path.rglob("*.py")):
            yield from map_lines(path, inside)


def map_text() -> str:
    """Return the map as it stands in the README, marks included."""
    return "\n".join([BEGIN, "```text", *map_lines(PACKAGE), "```", END])


def readme_map() -> str:
    """Return the part of the README between the marks, marks included."""
    text = README.read_text(encoding="utf-8")
    return text[text.index(BEGIN) : text.index(END) + len(END)]


def main() -> None:
    """Put the map of today into the README."""
    text = README.read_text(encoding="utf-8")
    README.write_text(text.replace(readme_map(), map_text()), encoding="utf-8")
    print("README.md: the map is current.")


if __name__ == "__main__":
    main()

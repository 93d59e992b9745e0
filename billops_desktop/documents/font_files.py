"""Where the bundled TrueType files lie, their measure, and the codes of figures of one width."""

from __future__ import annotations

from pathlib import Path

from billops_desktop.paths import resources_folder

EM = 1000  # a font tells widths in thousandths of its size

# Figures of one width stand in Inter's private area under these codes while a page is made; the
# PDF says that they read as plain digits.
TABULAR_ZERO = 0xF7E0
TO_TABULAR = {ord("0") + n: TABULAR_ZERO + n for n in range(10)}


def font_file(name: str) -> Path:
    """Return the path of a bundled TrueType file, named without its ending."""
    return resources_folder() / "fonts" / f"{name}.ttf"

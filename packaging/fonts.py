"""Makes resources/fonts from unpacked upstream packages; needs fonttools and brotli.

Run by hand when a font has a new release; the app itself never needs it:

    npm pack inter-ui@4.1.1
    apt-get download fonts-noto-core fonts-droid-fallback fonts-dejavu-core   (unpack: dpkg-deb -x)
    python packaging/fonts.py FOLDER_WITH_ALL_OF_IT
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

from fontTools.ttLib import TTFont

TARGET = Path(__file__).resolve().parent.parent / "resources" / "fonts"
INTER = ("Regular", "Medium", "SemiBold", "Bold", "Italic")
COPIED = (
    "NotoSansHebrew-Regular.ttf",
    "NotoSansHebrew-Bold.ttf",
    "NotoSansArabic-Regular.ttf",
    "NotoSansArabic-Bold.ttf",
    "DroidSansFallback.ttf",
    "DejaVuSans.ttf",
)
DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


def found(root: Path, name: str) -> Path:
    """Return the one file of that name under root that is not a subset."""
    hits = sorted(path for path in root.rglob(name) if path.is_file())
    if not hits:
        raise SystemExit(f"{name} is not under {root}")
    return hits[0]


def main(root: Path) -> None:
    """Unpack Inter's web fonts to TrueType, untouched but for the packing; copy the rest."""
    TARGET.mkdir(parents=True, exist_ok=True)
    tabular: dict[str, list[int]] = {}
    for weight in INTER:
        font = TTFont(found(root, f"Inter-{weight}.woff2"), recalcTimestamp=False)
        font.flavor = None
        name = f"Inter-{weight}.ttf"
        font.save(TARGET / name, reorderTables=True)
        tabular[name] = [font.getGlyphID(f"{digit}.tf") for digit in DIGITS]
    for name in COPIED:
        shutil.copyfile(found(root, name), TARGET / name)
    text = json.dumps(tabular, indent=1, sort_keys=True)
    (TARGET / "tabular.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

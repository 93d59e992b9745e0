"""Copies the icons that the window uses out of the npm package lucide-static, with its notice.

Run: npm pack lucide-static@1.62.0 && tar xzf lucide-static-*.tgz
     python packaging/icons.py package
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

VERSION = "1.62.0"
TARGET = Path(__file__).resolve().parent.parent / "resources" / "icons"
NAMES = """
archive archive-restore arrow-down arrow-left arrow-right arrow-up banknote building-2 calendar
chart-column check chevron-down chevron-left chevron-right chevron-up chevrons-up-down circle-alert
circle-check circle-dollar-sign circle-x clock coffee copy credit-card download ellipsis
external-link eye file-down file-plus file-text folder folder-open funnel globe grip-vertical
hand-coins hard-drive hash history image info keyboard landmark link list lock log-out mail minus
moon monitor paintbrush panel-left pencil percent pin pin-off play plus printer receipt redo-2
refresh-cw save search settings square stamp star sun tag tags timer trash-2 triangle-alert
undo-2 upload user users x zoom-in zoom-out
""".split()  # noqa: SIM905 - a block of words is easier to keep sorted than quoted ones


def main(package: Path) -> int:
    """Copy every icon of NAMES into resources/icons, one line each, and write NOTICE.txt."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for old in TARGET.glob("*.svg"):
        old.unlink()
    for name in NAMES:
        svg = (package / "icons" / f"{name}.svg").read_text("utf-8")
        svg = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
        svg = re.sub(r"\s+", " ", svg).replace("> <", "><").strip()
        (TARGET / f"{name}.svg").write_text(svg + "\n", "utf-8")
    notice = (package / "LICENSE").read_text("utf-8").strip()
    (TARGET / "NOTICE.txt").write_text(
        f"The icons in this folder come from lucide-static {VERSION}.\n\n{notice}\n", "utf-8"
    )
    print(f"{len(NAMES)} icons")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

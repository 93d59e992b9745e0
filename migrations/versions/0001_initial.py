"""Creates all tables of the first version; the triggers are installed after, by the upgrade."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

PACKAGE = Path(__file__).resolve().parent.parent / "initial" / "__init__.py"


def upgrade() -> None:
    """Create the tables, parents before children."""
    _initial().create_tables()


def _initial() -> ModuleType:
    """Return the package of the tables, found by its place.

    The source tree, the wheel and the frozen app name the folder above differently, so no
    import statement would find it in all three.
    """
    spec = spec_from_file_location("initial", PACKAGE)
    if spec is None or spec.loader is None:
        raise ImportError(str(PACKAGE))
    package = module_from_spec(spec)
    sys.modules[spec.name] = package
    spec.loader.exec_module(package)
    return package

"""The strict run: own home, no network, offscreen Qt, nothing left running after a test."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings

SUPPORT = Path(__file__).parent / "support"

# Every module of tests/support may hold fixtures.
pytest_plugins = sorted(
    f"tests.support.{module.stem}" for module in SUPPORT.glob("*.py") if module.stem != "__init__"
)


def _own_home() -> None:
    """Point HOME and the XDG folders at a throw-away folder before anything reads them."""
    home = Path(tempfile.mkdtemp(prefix="billops-tests-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    folders = {
        "HOME": home,
        "XDG_CONFIG_HOME": home / "config",
        "XDG_DATA_HOME": home / "data",
        "XDG_STATE_HOME": home / "state",
        "XDG_CACHE_HOME": home / "cache",
        "XDG_RUNTIME_DIR": home / "run",
    }
    for name, folder in folders.items():
        folder.mkdir(mode=0o700, exist_ok=True)
        os.environ[name] = str(folder)


def _neutral_environment() -> None:
    """Take away what would make a run depend on the machine: languages, profile, display."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "BILLOPS_PROFILE_DIR"):
        os.environ.pop(name, None)
    os.environ["LANG"] = "C.UTF-8"
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if sys.platform == "linux":
        # No test may reach the desktop of the person who runs it; xvfb tests make their own bus.
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent"


_own_home()
_neutral_environment()

# Examples are searched, never timed: a slow machine must not turn a property red. `make soak`
# searches long; the daily run takes the same few in CI, so that what is red there is red here.
EXAMPLES = int(os.environ.get("BILLOPS_EXAMPLES", "50"))
settings.register_profile("default", deadline=None, print_blob=True, max_examples=EXAMPLES)
settings.register_profile(
    "ci",
    settings.get_profile("default"),
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("ci" if os.environ.get("CI") else "default")


def pytest_configure() -> None:
    """Close the network once per process, workers of a parallel run among them."""
    from tests.support.strict import block_network

    block_network()

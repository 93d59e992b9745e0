"""Renews packaging/locks: pinned, hashed, for every platform, and naming no host."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "packaging" / "locks"
UV = "uv>=0.13.9,<0.14"
GROUPS = {
    "runtime.txt": ["build"],
    "dev.txt": ["build", "dev"],
    "bench.txt": ["build", "dev", "bench"],
}


def find_uv(folder: Path) -> str:
    """Return the uv of this machine, or one installed into a folder that is thrown away."""
    present = shutil.which("uv")
    if present:
        return present
    venv.create(folder, symlinks=True, with_pip=True)
    subprocess.run([folder / "bin" / "pip", "install", "--quiet", UV], check=True)
    return str(folder / "bin" / "uv")


def export(uv: str, groups: list[str]) -> str:
    """Resolve the project with these groups and return the lock's text."""
    command = [uv, "export", "--quiet", "--format", "requirements.txt"]
    command += ["--no-emit-project", "--no-header", "--no-default-groups"]
    for group in groups:
        command += ["--group", group]
    made = subprocess.run(
        command,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "UV_NO_PYTHON_DOWNLOADS": "1", "UV_PYTHON": sys.executable},
    )
    return made.stdout


def main() -> None:
    """Write every lock, or none when one of them would name a host."""
    # A resolution kept from last time would keep last time's versions.
    (ROOT / "uv.lock").unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        uv = find_uv(Path(folder))
        texts = {name: export(uv, groups) for name, groups in GROUPS.items()}
    for name, text in texts.items():
        if re.search(r"://|--(extra-)?index|--find-links|@ file", text):
            sys.exit(f"{name} would name a host; nothing was written.")
    for name, text in texts.items():
        (LOCKS / name).write_text(text, encoding="utf-8")
        print(f"packaging/locks/{name}: {text.count('==')} packages")


if __name__ == "__main__":
    main()

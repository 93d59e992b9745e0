"""Breaks one defence after the other in a copy of the tree and expects its test to turn red.

``tests/mutants.toml`` names them: the file, the words in it, what stands there instead, and the
test that must notice. One that survives, or whose words are not found exactly once, ends with 1.
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "tests" / "mutants.toml"
TOOLS = Path(sys.executable).parent
LEFT_OUT = (".git", ".venv", "demo", "__pycache__", ".*_cache", ".hypothesis", "*.pyc", "build")
# A test that hangs without its defence has noticed too.
PATIENCE_SECONDS = 900
FAILED = 1


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """One broken defence and the test that must notice."""

    name: str
    file: str
    find: str
    replace: str
    test: str


@dataclass(frozen=True, kw_only=True)
class Result:
    """What became of a mutant: caught, survived, or why it could not be tried."""

    mutant: Mutant
    outcome: str
    seconds: float


def main(chosen: list[str]) -> int:
    """Try the mutants whose name holds one of the words, or all; return 1 when one survives."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("words", nargs="*")
    words = asked.parse_args(chosen).words
    listed = tomllib.loads(LIST.read_text(encoding="utf-8"))["mutant"]
    mutants = [Mutant(**one) for one in listed]
    wanted = [one for one in mutants if not words or any(word in one.name for word in words)]
    with tempfile.TemporaryDirectory(prefix="billops-mutants-", dir=_memory()) as folder:
        tree = Path(folder) / "tree"
        shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(*LEFT_OUT))
        results = []
        for one in wanted:
            results.append(_try(one, tree))
            print(_line(results[-1]), flush=True)
    caught = sum(one.outcome == "caught" for one in results)
    print(f"\n{caught} of {len(results)} caught")
    return 0 if results and caught == len(results) else 1


def _try(mutant: Mutant, tree: Path) -> Result:
    begun = time.monotonic()
    file = tree / mutant.file
    whole = file.read_text(encoding="utf-8") if file.exists() else ""
    if (found := whole.count(mutant.find)) != 1:
        return Result(mutant=mutant, outcome=f"words found {found} times", seconds=0)
    if not _green(mutant, tree):
        return Result(mutant=mutant, outcome="red before", seconds=time.monotonic() - begun)
    file.write_text(whole.replace(mutant.find, mutant.replace), encoding="utf-8")
    try:
        code, said = _run(mutant, tree)
    finally:
        file.write_text(whole, encoding="utf-8")
    outcome = {0: "SURVIVED", FAILED: "caught"}.get(code, f"no test ran ({code}): {said}")
    return Result(mutant=mutant, outcome=outcome, seconds=time.monotonic() - begun)


# Tests that were green without a mutant: each is run once, not once per mutant.
_green_tests: dict[str, bool] = {}


def _green(mutant: Mutant, tree: Path) -> bool:
    if mutant.test not in _green_tests:
        _green_tests[mutant.test] = _run(mutant, tree)[0] == 0
    return _green_tests[mutant.test]


def _run(mutant: Mutant, tree: Path) -> tuple[int, str]:
    """Run the test of a mutant; return pytest's exit code and its last line."""
    words = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider"]
    words += [f"--basetemp={tree.parent}/tests", *shlex.split(mutant.test)]
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(tree),
        # A mutant of the same length in the same second would be taken for what was compiled.
        "PYTHONDONTWRITEBYTECODE": "1",
        "PATH": f"{TOOLS}{os.pathsep}{os.environ['PATH']}",
    }
    try:
        done = subprocess.run(
            words,
            cwd=tree,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return FAILED, "hung"
    said = [line for line in done.stdout.splitlines() if line.strip()]
    return done.returncode, said[-1] if said else done.stderr[-200:]


def _memory() -> str | None:
    from run_tests import folder_in_memory

    return folder_in_memory()


def _line(result: Result) -> str:
    return f"{result.outcome:<12} {result.mutant.name:<58} {result.seconds:6.1f} s"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Statements compiled once per process: a new profile per test would compile them all again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from sqlalchemy import Engine


@pytest.fixture(scope="session", autouse=True)
def _one_compiler() -> Iterator[None]:
    """Let engines over different files share the dialect and the statements that it compiled."""
    from billops_desktop.storage import database

    make = database.make_engine
    known: list[Engine] = []

    def sharing(path: Path, *, read_only: bool = False) -> Engine:
        engine = make(path, read_only=read_only)
        first = next((one for one in known if one.dialect.server_version_info), None)
        if first is None:
            known.append(engine)
        else:
            engine.dialect = engine.pool._dialect = first.dialect
            engine._compiled_cache = first._compiled_cache
        return engine

    database.make_engine = sharing
    yield
    database.make_engine = make

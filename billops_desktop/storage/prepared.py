"""Statements compiled once and run straight through the driver: how long lists are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects.sqlite import dialect

from billops_desktop.storage.database import driver_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    Bind = tuple[str, Any, Callable[[Any], Any] | None]

DIALECT = dialect(paramstyle="qmark")


class Prepared:
    """A statement whose rows come as SQLite keeps them.

    Instants are microseconds, dates ISO text, flags 0 or 1, decimals millionths. SQLAlchemy takes
    longer to hand a statement on and its rows back than SQLite takes to answer most lists.
    """

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        compiled = statement.compile(dialect=DIALECT)
        self.sql = str(compiled)
        self._binds = [self._bind(compiled.binds[name]) for name in compiled.positiontup or ()]

    def rows(self, session: Session, **values: Any) -> list[tuple[Any, ...]]:
        """Return all rows; ``values`` are those of the statement's named parameters."""
        session.flush()  # the driver sees only what was sent to it
        bound = []
        for name, fixed, process in self._binds:
            value = values.get(name, fixed)
            bound.append(value if process is None else process(value))
        found: list[tuple[Any, ...]] = (
            driver_of(session.connection()).execute(self.sql, bound).fetchall()
        )
        return found

    @staticmethod
    def _bind(parameter: Any) -> Bind:
        process = parameter.type.dialect_impl(DIALECT).bind_processor(DIALECT)
        return parameter.key, parameter.effective_value, process

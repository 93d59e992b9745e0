"""Makes record ids: UUIDv7 as 32 hex characters, ascending in the order they were made."""

from __future__ import annotations

import os
import threading
from datetime import datetime, timedelta

from billops_desktop.clock import EPOCH, SystemClock

MILLISECOND = timedelta(milliseconds=1)
TAIL_BITS = 74
# The highest bit of a fresh tail stays 0, so that counting up within a millisecond has room.
FRESH_TAIL_BITS = TAIL_BITS - 1
STEP_BITS = 32


def _random_bits(count: int) -> int:
    """Return random bits of the system; ``secrets`` would load OpenSSL for them at each start."""
    return int.from_bytes(os.urandom(-(-count // 8)), "big") >> -count % 8


class IdMaker:
    """Counts up within one millisecond, so that ids of one instant sort as they were made."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._milliseconds = -1
        self._tail = 0

    def make(self, milliseconds: int) -> str:
        """Return the next id of the instant, given in milliseconds since 1970 UTC."""
        with self._lock:
            if milliseconds == self._milliseconds:
                self._tail += 1 + _random_bits(STEP_BITS)
            else:
                self._milliseconds = milliseconds
                self._tail = _random_bits(FRESH_TAIL_BITS)
            return _written(milliseconds, self._tail)

    def make_many(self, milliseconds: int, count: int) -> list[str]:
        """Return the next ids of the instant, with one question to the source of randomness."""
        made = [self.make(milliseconds)]
        steps = memoryview(os.urandom(STEP_BITS // 8 * (count - 1))).cast("I")
        with self._lock:
            same = milliseconds == self._milliseconds
            tail = self._tail if same else _random_bits(FRESH_TAIL_BITS)
            for step in steps:
                tail += 1 + step
                made.append(_written(milliseconds, tail))
            self._milliseconds, self._tail = milliseconds, tail
        return made


def _written(milliseconds: int, tail: int) -> str:
    high, low = tail >> 62 & 0xFFF, tail & (1 << 62) - 1
    whole = (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low
    return f"{whole:032x}"


_MAKER = IdMaker()


def new_id(at: datetime | None = None) -> str:
    """Return a new UUIDv7 as 32 hex characters, stamped with ``at`` or the present instant."""
    instant = at if at is not None else SystemClock().now()
    return _MAKER.make(milliseconds_of(instant))


def new_ids(count: int, at: datetime) -> list[str]:
    """Return so many new ids of one instant, ascending: bulk inserts need thousands."""
    return _MAKER.make_many(milliseconds_of(at), count) if count else []


def milliseconds_of(instant: datetime) -> int:
    """Return whole milliseconds since 1970 UTC."""
    return (instant - EPOCH) // MILLISECOND

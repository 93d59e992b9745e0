"""What a screen reader does: finds by name, presses, types, listens; over AT-SPI, from outside."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from jeepney.io.blocking import DBusConnection  # type: ignore[import-untyped]  # untyped

    from tests.support.display import Screen

ATSPI: Final = "org.a11y.atspi"
REGISTRY: Final = f"{ATSPI}.Registry"
ROOT: Final = f"/{ATSPI.replace('.', '/')}/accessible/root"
EVENTS: Final = f"{ATSPI}.Event.Object"
HEARD: Final = ("object:announcement", "object:property-change:accessible-name")
# Bits of the state set, by their numbers in AT-SPI.
SHOWING, FOCUSABLE, ENABLED = 25, 11, 8
MANY, MOST = 1000, 60
# A machine under load is slow, not wrong.
PATIENCE, FINDS = 20.0, 60.0


@dataclass(frozen=True)
class Thing:
    """Something on the screen as the bus names it."""

    bus: str
    path: str


class Gone(Exception):
    """What was asked about is not on the screen any more."""


class Reader:
    """A connection to the accessibility bus of a screen."""

    def __init__(self, bus: DBusConnection, until_the_end: ExitStack) -> None:
        self.bus = bus
        self.open = until_the_end
        self.heard: deque[Any] = deque()

    def call(self, thing: Thing, interface: str, method: str, *typed: Any) -> tuple[Any, ...]:
        """Call a method; ``typed`` is a signature and its values. Gone where the thing went."""
        from jeepney import (  # type: ignore[import-untyped]  # untyped
            DBusAddress,
            MessageType,
            new_method_call,
        )

        signature, *values = typed or (None,)
        address = DBusAddress(thing.path, thing.bus, interface)
        message = new_method_call(address, method, signature, tuple(values))
        answer = self.bus.send_and_get_reply(message, timeout=PATIENCE)
        if answer.header.message_type is MessageType.error:
            raise Gone(answer.body)
        return tuple(answer.body)

    def name(self, thing: Thing) -> str:
        """Return what a thing is called."""
        asked = (thing, "org.freedesktop.DBus.Properties", "Get", "ss")
        return str(self.call(*asked, f"{ATSPI}.Accessible", "Name")[0][1])

    def role(self, thing: Thing) -> str:
        """Return what kind of thing it is, in AT-SPI's words."""
        return str(self.call(thing, f"{ATSPI}.Accessible", "GetRoleName")[0])

    def states(self, thing: Thing) -> int:
        """Return the set of its states as bits."""
        low, high = self.call(thing, f"{ATSPI}.Accessible", "GetState")[0]
        return int(low) | int(high) << 32

    def children(self, thing: Thing) -> list[Thing]:
        """Return what stands within a thing."""
        found = self.call(thing, f"{ATSPI}.Accessible", "GetChildren")[0]
        return [Thing(*one) for one in found]

    def showing(self, below: Thing | None = None) -> Iterator[Thing]:
        """Yield what can be seen now, of long lists the beginning; hidden pages are not entered."""
        tops = [below] if below else self.windows()
        for one in tops:
            yield one
            for child in self.children(one)[:MOST]:
                if self.states(child) >> SHOWING & 1:
                    yield from self.showing(child)

    def windows(self) -> list[Thing]:
        """Return the windows of all programs on the bus."""
        programs = self.children(Thing(REGISTRY, ROOT))
        return [window for program in programs for window in self.children(program)]

    def _is(self, thing: Thing, name: str, role: str) -> bool:
        # "Invoices, 3": a count may follow the name.
        return self.role(thing) == role and self.name(thing).partition(",")[0] == name

    def find(self, name: str, role: str = "push button") -> Thing:
        """Wait for a thing of a name and role that is showing."""
        from tests.support.display import wait_for

        def found() -> Thing | None:
            try:
                return next((one for one in self.showing() if self._is(one, name, role)), None)
            except Gone:
                # The page changed while it was read: look again.
                return None

        return wait_for(found, f"{role} {name!r}", FINDS)  # type: ignore[return-value]  # never None

    def press(self, name: str, role: str = "push button") -> None:
        """Do the first action of a thing, as a reader's «press» does."""
        self.call(self.find(name, role), f"{ATSPI}.Action", "DoAction", "i", 0)

    def write(self, name: str, text: str) -> None:
        """Put text into a field."""
        field = self.find(name, "text")
        self.call(field, f"{ATSPI}.EditableText", "SetTextContents", "s", text)

    def listen(self) -> None:
        """Ask for all that is spoken or renamed from now on."""
        from jeepney import MatchRule, message_bus

        rule = MatchRule(type="signal", interface=EVENTS)
        self.bus.send_and_get_reply(message_bus.AddMatch(rule), timeout=PATIENCE)
        for event in HEARD:
            registry = Thing(REGISTRY, "/org/a11y/atspi/registry")
            self.call(registry, REGISTRY, "RegisterEvent", "sass", event, [], "")
        self.heard = self.open.enter_context(self.bus.filter(rule, bufsize=MANY))

    def spoken(self) -> list[str]:
        """Return what was announced since it listens, oldest first."""
        return [str(one.body[3][1]) for one in self._events("Announcement")]

    def renamed(self) -> list[str]:
        """Return the new names of things since it listens."""
        return [
            str(one.body[3][1])
            for one in self._events("PropertyChange")
            if one.body[0] == "accessible-name"
        ]

    def _events(self, member: str) -> list[Any]:
        from jeepney import HeaderFields

        # A question is answered after the signals before it have come.
        self.children(Thing(REGISTRY, ROOT))
        return [one for one in self.heard if one.header.fields[HeaderFields.member] == member]


@pytest.fixture
def reader(screen: Screen) -> Iterator[Reader]:
    """Return a reader on the accessibility bus of a screen."""
    from jeepney import DBusAddress, new_method_call
    from jeepney.io.blocking import open_dbus_connection

    asked = new_method_call(DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus"),
                            "GetAddress")  # fmt: skip
    with ExitStack() as open_:
        desktop = screen.environment["DBUS_SESSION_BUS_ADDRESS"]
        session = open_.enter_context(open_dbus_connection(desktop))
        address = session.send_and_get_reply(asked, timeout=PATIENCE).body[0]
        yield Reader(open_.enter_context(open_dbus_connection(address)), open_)

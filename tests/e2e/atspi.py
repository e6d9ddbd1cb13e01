"""What a screen reader sees and does, over D-Bus: widgets by name, role or id; press, read, write.

Only `jeepney` speaks here, none of Qt, so that the window is tested from outside. See
https://gnome.pages.gitlab.gnome.org/at-spi2-core/devel-docs/
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from jeepney import DBusAddress, HeaderFields, MessageType, Properties, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

A11Y = "org.a11y.atspi."
ROOT = "/org/a11y/atspi/accessible/root"
PATIENCE = 60.0
STATES = {
    1: "active", 4: "checked", 7: "editable", 8: "enabled", 10: "expanded", 11: "focusable",
    12: "focused", 20: "pressed", 23: "selected", 24: "sensitive", 25: "showing", 30: "visible",
}  # fmt: skip
# Roles whose names a test is likely to ask for; `Node.role` gives the toolkit's own word.
BUTTON, CHECK_BOX, FRAME, LABEL, TEXT = "push button", "check box", "frame", "label", "text"


class GoneError(Exception):
    """The widget, or the whole application, is not there any more."""


def a11y_bus(session_bus: str) -> str:
    """Give the address of the accessibility bus; asking for it starts it."""
    bus = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
    with open_dbus_connection(session_bus) as connection:
        return str(_call(connection, new_method_call(bus, "GetAddress"))[0])


def _call(connection: DBusConnection, message: Any) -> tuple[Any, ...]:
    reply = connection.send_and_get_reply(message, timeout=PATIENCE)
    if reply.header.message_type is MessageType.error:
        name = reply.header.fields.get(HeaderFields.error_name)
        raise GoneError(f"{name}: {' '.join(map(str, reply.body))}")
    return tuple(reply.body)


class Bus:
    """The accessibility bus of one session."""

    def __init__(self, session_bus: str) -> None:
        self.connection = open_dbus_connection(a11y_bus(session_bus))

    def close(self) -> None:
        """Leave it."""
        self.connection.close()

    def applications(self) -> list[Node]:
        """Give the applications that are there."""
        return Node(self, A11Y + "Registry", ROOT).children

    def application(self, pid: int) -> Node | None:
        """Give the application of a process, if it has come."""
        driver = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus")
        for node in self.applications():
            ask = driver.with_interface("org.freedesktop.DBus")
            message = new_method_call(ask, "GetConnectionUnixProcessID", "s", (node.bus_name,))
            try:
                if _call(self.connection, message)[0] == pid:
                    return node
            except GoneError:
                continue
        return None


@dataclass(frozen=True)
class Node:
    """An accessible object; everything is asked anew each time, as the window changes."""

    bus: Bus
    bus_name: str
    path: str

    def _ask(self, interface: str, method: str, signature: str = "", *values: Any) -> Any:
        address = DBusAddress(self.path, self.bus_name, A11Y + interface)
        message = new_method_call(address, method, signature or None, values)
        body = _call(self.bus.connection, message)
        return body[0] if body else None

    def _property(self, interface: str, name: str) -> Any:
        address = DBusAddress(self.path, self.bus_name, A11Y + interface)
        return _call(self.bus.connection, Properties(address).get(name))[0][1]

    @property
    def name(self) -> str:
        """The accessible name."""
        return str(self._property("Accessible", "Name"))

    @property
    def description(self) -> str:
        """The accessible description."""
        return str(self._property("Accessible", "Description"))

    @property
    def id(self) -> str:
        """The widget's object name (Qt gives the whole path; the last part is its own)."""
        return str(self._property("Accessible", "AccessibleId")).rpartition(".")[2]

    @property
    def role(self) -> str:
        """What kind of widget it is, as `push button`."""
        return str(self._ask("Accessible", "GetRoleName"))

    @property
    def states(self) -> frozenset[str]:
        """What holds of it, as `enabled`, `focused`, `checked`, `showing`."""
        low, high = self._ask("Accessible", "GetState")
        bits = low | high << 32
        return frozenset(name for bit, name in STATES.items() if bits >> bit & 1)

    @property
    def children(self) -> list[Node]:
        """The objects in it."""
        found = self._ask("Accessible", "GetChildren")
        return [Node(self.bus, name, path) for name, path in found]

    @property
    def interfaces(self) -> frozenset[str]:
        """What can be done with it, as `Action`, `Text`, `EditableText`, `Value`, `Selection`."""
        names = self._ask("Accessible", "GetInterfaces")
        return frozenset(name.removeprefix(A11Y) for name in names)

    @property
    def actions(self) -> list[str]:
        """The names of its actions, as `Press`, `Toggle`, `SetFocus`."""
        return [str(action[0]) for action in self._ask("Action", "GetActions")]

    def do(self, action: str = "") -> None:
        """Do an action by its name; without one, press or toggle it, whichever it offers."""
        names = self.actions
        wanted = [action] if action else ["Press", "Toggle", "ShowMenu"]
        index = next((names.index(name) for name in wanted if name in names), None)
        assert index is not None, f"{self} offers {names}, not {wanted}"
        assert self._ask("Action", "DoAction", "i", index), f"{self} did not {names[index]}"

    def focus(self) -> None:
        """Give it the keyboard."""
        self._ask("Component", "GrabFocus")

    @property
    def text(self) -> str:
        """The text it shows or holds; a label's name is its text."""
        if "Text" in self.interfaces:
            return str(self._ask("Text", "GetText", "ii", 0, -1))
        return self.name

    def write(self, text: str) -> None:
        """Replace the text in it."""
        assert self._ask("EditableText", "SetTextContents", "s", text), f"{self} took no text"

    @property
    def value(self) -> float:
        """The number it holds: of a spin box, slider or progress bar."""
        return float(self._property("Value", "CurrentValue"))

    def set_value(self, value: float) -> None:
        """Change the number it holds."""
        address = DBusAddress(self.path, self.bus_name, A11Y + "Value")
        message = Properties(address).set("CurrentValue", "d", float(value))
        _call(self.bus.connection, message)

    def select(self, index: int) -> None:
        """Select one of its children, as in a list."""
        assert self._ask("Selection", "SelectChild", "i", index), f"{self} did not select {index}"

    @property
    def extents(self) -> tuple[int, int, int, int]:
        """Where it is on the screen: x, y, width, height."""
        x, y, width, height = self._ask("Component", "GetExtents", "u", 0)
        return x, y, width, height

    def walk(self) -> Iterator[Node]:
        """Give it and everything in it; what goes while one looks is left out."""
        yield self
        try:
            children = self.children
        except GoneError:
            return
        for child in children:
            yield from child.walk()

    def find(self, wanted: str = "", *, name: str = "", role: str = "") -> Node | None:
        """Give the first object with an id (object name), or a name, or a role."""

        def fits(node: Node) -> bool:
            try:
                return (
                    (not wanted or node.id == wanted)
                    and (not name or node.name == name)
                    and (not role or node.role == role)
                )
            except GoneError:
                return False

        return next(filter(fits, self.walk()), None)

    def tree(self, depth: int = 0) -> str:
        """Say what is in it, a line each: for the message of a test that fails."""
        try:
            line = f"{'  ' * depth}{self.role} {self.name!r} #{self.id} {sorted(self.states)}"
            return "\n".join([line, *(child.tree(depth + 1) for child in self.children)])
        except GoneError as error:
            return f"{'  ' * depth}({error})"

    def __str__(self) -> str:
        return f"{self.role} {self.name!r} #{self.id}"


def wait(what: Callable[[], Any], why: str = "", seconds: float = PATIENCE) -> Any:
    """Wait until something is true, and give it."""
    end = time.monotonic() + seconds
    while True:
        try:
            if result := what():
                return result
        except GoneError as error:
            why = why or str(error)
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds:.0f} s: {why or what}")
        time.sleep(0.02)

"""The keys of whoever sorts pictures, the same in grid, loupe and survey: keys to desk verbs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ldm_desktop.gallery.records import MOST_STARS, Flag, Label
from ldm_desktop.session.gallery.desk import GalleryDesk

FLAGS = {
    Qt.Key.Key_P: Flag.PICKED,
    Qt.Key.Key_X: Flag.REJECTED,
    Qt.Key.Key_U: Flag.NONE,
}
LABELS = {6: Label.RED, 7: Label.YELLOW, 8: Label.GREEN, 9: Label.BLUE}
SHIFT = Qt.KeyboardModifier.ShiftModifier
HARMLESS = SHIFT | Qt.KeyboardModifier.KeypadModifier
CAPS_LOCK = {"win32": 0x100, "darwin": 1 << 16}
"""The bit among a system's own modifiers; X11's and Wayland's is 2."""
DIGIT_ROW = {
    "win32": tuple(range(0x30, 0x3A)),
    "darwin": (29, 18, 19, 20, 21, 23, 22, 26, 28, 25),
}
"""A system's codes of the keys 0 to 9 by their place."""
SCAN_CODES = (19, *range(10, 19))


def handle(
    event: QKeyEvent,
    desk: GalleryDesk,
    numbers: Sequence[int] | None = None,
    move_on: Callable[[], None] | None = None,
) -> bool:
    """Do what a key means for pictures (the desk's targets); say whether it meant anything."""
    targets = desk.targets if numbers is None else tuple(numbers)
    if event.modifiers() & ~HARMLESS or not targets:
        return False
    if Qt.Key(event.key()) is Qt.Key.Key_Delete:
        desk.trash(targets)
        return True
    if not _judge(event, desk, targets):
        return False
    # A verdict on many at once leaves nothing to move on to.
    if moves_on(event) and len(targets) == 1:
        if move_on is None:
            desk.step(1)
        else:
            move_on()
    return True


def moves_on(event: QKeyEvent) -> bool:
    """Say whether the next picture is wanted after a verdict: Shift held, or Caps Lock on."""
    locked = event.nativeModifiers() & CAPS_LOCK.get(sys.platform, 2)
    return bool(event.modifiers() & SHIFT or locked)


def digit(event: QKeyEvent) -> int | None:
    """Give the digit of a key, also where Shift makes another sign of it."""
    if Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_9:
        return event.key() - Qt.Key.Key_0
    codes = DIGIT_ROW.get(sys.platform, SCAN_CODES)
    code = event.nativeVirtualKey() if sys.platform in DIGIT_ROW else event.nativeScanCode()
    return codes.index(code) if code in codes else None


def _judge(event: QKeyEvent, desk: GalleryDesk, targets: tuple[int, ...]) -> bool:
    flag, number = FLAGS.get(Qt.Key(event.key())), digit(event)
    if flag is not None:
        desk.flag(flag, targets)
    elif number is None:
        return False
    elif number <= MOST_STARS:
        desk.rate(number, targets)
    else:
        desk.label(_toggled(LABELS[number], desk, targets), targets)
    return True


def _toggled(label: Label, desk: GalleryDesk, targets: tuple[int, ...]) -> Label:
    """Give the label that a key means: none, if all the pictures have it already."""
    entries = map(desk.model.entry_of, targets)
    return Label.NONE if all(entry and entry.label is label for entry in entries) else label

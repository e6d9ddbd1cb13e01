"""Other programs on the desktop: whoever copies, and whoever a picture is dragged out of.

    python clients.py read              prints the clipboard's text
    python clients.py copy TEXT         owns the clipboard until it is ended
    python clients.py offer FILE        a small window at the upper left, to drag a file out of
    python clients.py close WINDOW      asks a window to close, as its button at the corner does

What has happened is printed, a line each, so that a test can wait for it.
"""

from __future__ import annotations

import ctypes
import sys
from typing import ClassVar

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

SIDE = 40
CLIENT_MESSAGE = 33


class Offer(QWidget):
    """A window that is all handle: pressing and moving drags the file out."""

    def __init__(self, file: str) -> None:
        super().__init__()
        self._file = file
        self.setGeometry(0, 0, SIDE, SIDE)

    def mouseMoveEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Drag until the button is let go."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(self._file)])
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.actionChanged.connect(lambda action: say(f"welcome {action.name}"))
        say("dragging")
        done = drag.exec(Qt.DropAction.CopyAction)
        say(f"dropped {done.name}")


class Message(ctypes.Structure):
    """What one X client sends to another's window."""

    _fields_: ClassVar = [
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("rest", ctypes.c_long * 24),
    ]


def close(window: int) -> None:
    """Send WM_DELETE_WINDOW, as a window manager does; see the ICCCM, 4.2.8.1."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = ctypes.c_ulong
    display = ctypes.c_void_p(x11.XOpenDisplay(None))
    protocols, delete = (
        x11.XInternAtom(display, name, False) for name in (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW")
    )
    message = Message(
        type=CLIENT_MESSAGE, window=window, message_type=protocols, format=32, data=(delete, 0)
    )
    x11.XSendEvent(display, ctypes.c_ulong(window), False, ctypes.c_long(0), ctypes.byref(message))
    x11.XCloseDisplay(display)


def say(text: str) -> None:
    """Tell the test."""
    print(text, flush=True)


def main(what: str, argument: str = "") -> int:
    """Be one of the programs."""
    if what == "close":
        close(int(argument))
        return 0
    application = QApplication(sys.argv[:1])
    clipboard = application.clipboard()
    if what == "read":
        say(clipboard.text())
        return 0
    offer = Offer(argument)
    if what == "copy":
        clipboard.setText(argument)
    else:
        offer.show()
    say("ready")
    return application.exec()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

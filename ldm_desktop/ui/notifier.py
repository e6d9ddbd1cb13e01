"""Tells who looks elsewhere that something has happened: the task bar, and the desktop's notes."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

_log = logging.getLogger(__name__)
NOTE_MS = 10_000


class Notifier(QObject):
    """Marks the window's entry in the task bar, and shows a note where the system has notes."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._tray: QSystemTrayIcon | None = None

    def tell(self, title: str, text: str) -> None:
        """Say it once."""
        QApplication.alert(self._window)
        if QSystemTrayIcon.isSystemTrayAvailable():
            self._show_in_tray(title, text)
        else:
            self._show_by_portal(title, text)

    def _show_in_tray(self, title: str, text: str) -> None:
        if self._tray is None:
            self._tray = QSystemTrayIcon(self._window.windowIcon(), self)
            self._tray.messageClicked.connect(self._come_up)
            self._tray.activated.connect(self._come_up)
        self._tray.show()
        self._tray.showMessage(title, text, self._window.windowIcon(), NOTE_MS)

    def _show_by_portal(self, title: str, text: str) -> None:
        """Ask the desktop portal, which desktops without a tray (GNOME) have."""
        try:
            from PySide6.QtDBus import QDBusConnection, QDBusMessage
        except ImportError:
            return  # Not on this system.
        message = QDBusMessage.createMethodCall(
            "org.freedesktop.portal.Desktop",
            "/org/freedesktop/portal/desktop",
            "org.freedesktop.portal.Notification",
            "AddNotification",
        )
        message.setArguments(["batch-ended", {"title": title, "body": text}])
        bus = QDBusConnection.sessionBus()
        if not bus.send(message):
            _log.debug("No portal for notes: %s", bus.lastError().message())

    def _come_up(self) -> None:
        self._window.raise_()
        self._window.activateWindow()

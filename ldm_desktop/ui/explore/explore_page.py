"""What every page of exploring can be asked by the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import SignalInstance

from ldm_desktop.session.explore.subject import Subject


class ExplorePage(Protocol):
    """A page that takes the pictures one was looking at, and says what is looked at now."""

    possible_changed: SignalInstance

    def subjects(self) -> tuple[Subject, ...]:
        """Give what one is looking at here."""

    def take(self, subjects: tuple[Subject, ...]) -> None:
        """Explore pictures; without any, go on as it was left."""

    def slots(self) -> dict[str, Callable[[], object]]:
        """Say what actions do here, by their ids."""

    def possible(self) -> dict[str, bool]:
        """Say which of them can be done now."""

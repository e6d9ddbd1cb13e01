"""How far the work has come, on one line of the terminal."""

from __future__ import annotations

import sys
import time
from uuid import UUID

from ldm_desktop.core.events import Stepped


class Progress:
    """Steps, pictures and the time left, on standard error; silent if that is no terminal."""

    def __init__(self, pictures: int) -> None:
        self._pictures = pictures
        self._finished = 0
        self._steps = 0
        self._seen: dict[UUID, Stepped] = {}
        self._begun = 0.0
        self._drawn = 0.0
        self._loud = sys.stderr.isatty()

    def loading(self, share: float) -> None:
        """Show how much of the model is loaded."""
        self._draw(f"loading the model: {share:.0%}")

    def stepped(self, event: Stepped) -> None:
        """Count a UNet evaluation."""
        now = time.monotonic()
        if not self._begun:
            # The first step comes after the loading and is no measure of those that follow.
            self._begun = now
        else:
            self._steps += 1
        self._seen[event.picture] = event
        if now - self._drawn > 0.1:
            self._drawn = now
            self._draw(self._line(event, now))

    def finished(self, picture: UUID) -> None:
        """Count a picture that is done with, finished or failed."""
        self._finished += 1
        self._seen.pop(picture, None)

    def say(self, text: str) -> None:
        """Print a sentence above the line."""
        self.clear()
        print(text, file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Take the line away."""
        self._draw("")

    def _line(self, event: Stepped, now: float) -> str:
        rate = self._steps / (now - self._begun) if self._steps else 0.0
        waiting = self._pictures - self._finished - len(self._seen)
        left = waiting * event.total + sum(e.total - e.done for e in self._seen.values())
        remaining = f"{clock(left / rate)} left" if rate else "measuring"
        return (
            f"picture {min(self._finished + 1, self._pictures)}/{self._pictures} · "
            f"step {event.done}/{event.total} · {rate:.1f} steps/s · {remaining}"
        )

    def _draw(self, line: str) -> None:
        if self._loud:
            print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)


def clock(seconds: float) -> str:
    """Give a time as hours, minutes and seconds."""
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"

"""How far a command of the gallery has come, on one line of the terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from ldm_desktop.cli.progress import clock

SECONDS_BETWEEN = 0.1
SECONDS_TO_MEASURE = 1.0


class Count:
    """Pictures done and the time left, on standard error; silent if that is no terminal."""

    def __init__(self) -> None:
        self._loud = sys.stderr.isatty()
        self._begun = self._drawn = 0.0

    def told(self, what: str) -> Callable[[int, int | None], None]:
        """Give a function that hears how far one piece of work has come."""
        self._begun = time.monotonic()

        def tell(done: int, total: int | None = None) -> None:
            now = time.monotonic()
            if now - self._drawn > SECONDS_BETWEEN:
                self._drawn = now
                self._draw(f"{what}: {self._line(done, total, now - self._begun)}")

        return tell

    def _line(self, done: int, total: int | None, seconds: float) -> str:
        if not total:
            return str(done)
        if not done or seconds < SECONDS_TO_MEASURE:
            return f"{done}/{total}"
        return f"{done}/{total} · {clock((total - done) * seconds / done)} left"

    def say(self, sentence: str) -> None:
        """Print a sentence above the line."""
        self.clear()
        print(sentence, file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Take the line away."""
        self._draw("")

    def _draw(self, line: str) -> None:
        if self._loud:
            print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)

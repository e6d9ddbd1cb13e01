"""What the long `models` commands say while they work: lines for programs, or one for a person."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping
from typing import Any

from ldm_desktop.cli import output

SECONDS_BETWEEN = 0.2


class Report:
    """Tells how far a command has come; JSON objects on standard output, or a line on a terminal.

    Sentences for people go to standard error in both cases.
    """

    def __init__(self, *, json: bool) -> None:
        self.json = json
        self._loud = not json and sys.stderr.isatty()
        self._stage = ""
        self._begun = self._told = 0.0
        self._at_begin = 0

    def progress(self, stage: str, file: str, done: int, total: int) -> None:
        """Tell bytes (or pictures, or steps) of a stage, at most five times a second."""
        now = time.monotonic()
        if stage != self._stage:
            self._stage, self._begun, self._at_begin, self._told = stage, now, done, 0.0
        if now - self._told < SECONDS_BETWEEN and done < total:
            return
        self._told = now
        left = self._seconds_left(done, total, now)
        if self.json:
            self.event(
                "progress", stage=stage, file=file, done=done, total=total, seconds_left=left
            )
        elif self._loud:
            share = f"{done / total:.0%}" if total else ""
            remaining = "" if left is None else f" · {left:.0f} s left"
            self._draw(f"{stage} {file}: {share}{remaining}")

    def _seconds_left(self, done: int, total: int, now: float) -> float | None:
        come = done - self._at_begin
        if come <= 0 or now - self._begun < 1:
            return None
        return round((total - done) * (now - self._begun) / come, 1)

    def event(self, event: str, **values: Any) -> None:
        """Print an object for programs; nothing without --json."""
        if self.json:
            output.line(json.dumps({"event": event, **values}))

    def result(self, text: str, event: str, values: Mapping[str, Any]) -> None:
        """Print what a command was run for: a line for a person, or an object."""
        self.clear()
        if self.json:
            self.event(event, **values)
        else:
            output.line(text)

    def say(self, sentence: str) -> None:
        """Print a sentence for the person."""
        self.clear()
        print(sentence, file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Take the line away."""
        if self._loud:
            self._draw("")

    def _draw(self, line: str) -> None:
        print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)

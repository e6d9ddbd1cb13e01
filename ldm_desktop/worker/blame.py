"""Whose fault it was that the engine ended, and what follows from that."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from ldm_desktop.worker.bench import Opening
from ldm_desktop.worker.drafts import DraftBench
from ldm_desktop.worker.ledger import Ledger
from ldm_desktop.worker.models import MOST_CRASHES, Models
from ldm_desktop.worker.work import JobState

LOG_BYTES = 32768
"""Of the engine's last words: a crash in somebody's C takes ten thousand, its name comes first."""

Suspect = UUID | Opening | None


class Blame:
    """Counts what ends the engine; whatever does so twice is set aside with the engine's log."""

    def __init__(self, ledger: Ledger, models: Models, drafts: DraftBench, log: Path) -> None:
        self._ledger = ledger
        self._drafts = drafts
        self._models = models
        self._log = log
        self._spared: set[UUID | str] = set()

    def crashed(self, suspect: Suspect) -> None:
        """Note at what the engine has ended."""
        if isinstance(suspect, Opening):
            self._models.crashed(suspect, self._tail())
        elif suspect:
            self._drafts.crashed(suspect)
        job = self._ledger.queue.job(suspect) if isinstance(suspect, UUID) else None
        if job is None:
            return
        job.crashes += 1
        if job.is_look:
            self._ledger.queue.look = None
        elif job.crashes >= MOST_CRASHES and not job.state.ended:
            sentence = "It has ended the engine twice and was set aside, so that the others go on."
            job.end(JobState.SET_ASIDE, sentence, self._tail())
        self._ledger.job(job)

    def hung(self, suspect: Suspect) -> None:
        """Note at what the engine was replaced; the first time that may have been impatience."""
        key = suspect.folder if isinstance(suspect, Opening) else suspect
        if key is not None and key in self._spared:
            self.crashed(suspect)
        elif key is not None:
            self._spared.add(key)

    def _tail(self) -> str:
        """Give the end of what the engine has written on standard error."""
        try:
            with self._log.open("rb") as stream:
                stream.seek(0, 2)
                stream.seek(max(0, stream.tell() - LOG_BYTES))
                return stream.read().decode("utf-8", "replace")
        except OSError:
            # An engine in this process, or one that could not open its log, has none.
            return ""

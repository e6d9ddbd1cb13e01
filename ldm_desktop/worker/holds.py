"""Why jobs stand still: because somebody wished it, or since nobody has said `go on` yet.

A person's own pause holds everything. A pause with a reason (on battery; after a restart) holds
batches, and after a restart what came back from last time; what somebody asks for before the
screen (`INTERACTIVE_PRIORITY`) runs all the same, and so do the drafts somebody looks at or will
in a moment. Trouble with saving holds all but drafts, as more pictures could not be kept.
"""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QCoreApplication

from ldm_desktop.core.job import AHEAD_PRIORITY
from ldm_desktop.worker.jobs import JobEntry
from ldm_desktop.worker.work import JobState

translate = QCoreApplication.translate


class Holds:
    """What is paused, but for trouble with saving, which the saver knows of."""

    def __init__(self) -> None:
        self._wish: str | None = None
        self._last_time = ""
        self._returned: set[UUID] = set()
        self._free: set[UUID] = set()

    @property
    def paused(self) -> bool:
        """Whether the queue stands still, all of it or its batches."""
        return self._wish is not None or bool(self._last_time)

    @property
    def reason(self) -> str:
        """Why, if that was not a person's own wish."""
        return "" if self._wish == "" else self._last_time or self._wish or ""

    def let(self, job: UUID) -> None:
        """Let a job run although the queue stands still."""
        self._free.add(job)

    def come_back(self, jobs: list[JobEntry], *, closed_well: bool) -> None:
        """Hold what was left unfinished last time; what a person has paused is held by that."""
        back = [job for job in jobs if not job.state.ended and job.state is not JobState.PAUSED]
        self._returned = {job.id for job in back}
        if not back:
            return
        endless = any(job.request.count is None for job in back)
        count = sum(0 if job.request.count is None else job.left for job in back)
        begin = "" if closed_well else translate("Holds", "LDM Desktop ended unexpectedly. ")
        self._last_time = begin + _waiting(count, endless=endless)

    def pause(self, reason: str) -> None:
        """Pause; the person's own wish, which has no reason, stands above any other."""
        if self._wish != "":
            self._wish = reason
        if not reason:
            self._free.clear()

    def resume(self) -> None:
        """Let everything go on."""
        self._wish, self._last_time = None, ""
        self._returned.clear()
        self._free.clear()

    def release(self, job: UUID) -> None:
        """Note that somebody wants a job that came back to go on."""
        self._returned.discard(job)

    def settle(self, active: list[JobEntry]) -> bool:
        """End a pause after a restart of which nothing is left; say whether that was so."""
        self._free &= {job.id for job in active}
        if not self._returned or any(job.id in self._returned for job in active):
            return False
        self._last_time = ""
        self._returned.clear()
        return True

    def held(self, job: JobEntry) -> bool:
        """Whether a job is to stand still."""
        if job.is_look:
            return False
        if job.state is JobState.PAUSED:
            return True
        if not self.paused or job.id in self._free:
            return False
        return not self.reason or not job.interactive or job.id in self._returned

    def holds_draft(self, level: int) -> bool:
        """Whether a draft of a level is to stand still.

        None is held by what waits from last time: somebody has just come to look at it.
        """
        return self._wish == "" or (bool(self._wish) and level < AHEAD_PRIORITY)


def _waiting(count: int, *, endless: bool) -> str:
    if endless and not count:
        return translate("Holds", "More pictures are waiting from last time.")
    if endless:
        text = translate("Holds", "{count} pictures and more are waiting from last time.")
        return text.format(count=count)
    if count == 1:
        return translate("Holds", "1 picture is waiting from last time.")
    return translate("Holds", "{count} pictures are waiting from last time.").format(count=count)

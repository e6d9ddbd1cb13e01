"""Why jobs stand still: because somebody wished it, or since nobody has said `go on` yet.

A person's own pause holds everything. A pause with a reason (on battery; after a restart) holds
batches, and after a restart what came back from last time; what somebody asks for before the
screen (`INTERACTIVE_PRIORITY`) runs all the same. Trouble with saving holds everything, as more
pictures could not be kept.
"""

from __future__ import annotations

from uuid import UUID

from ldm_desktop.worker.jobs import JobEntry
from ldm_desktop.worker.work import JobState


class Holds:
    """What is paused, but for trouble with saving, which the saver knows of."""

    def __init__(self) -> None:
        self.paused = False
        self.reason = ""
        self._returned: set[UUID] = set()

    def come_back(self, jobs: list[JobEntry], *, closed_well: bool) -> None:
        """Hold what was left unfinished last time; what a person has paused is held by that."""
        back = [job for job in jobs if not job.state.ended and job.state is not JobState.PAUSED]
        self._returned = {job.id for job in back}
        if not back:
            return
        begin = "" if closed_well else "LDM Desktop ended unexpectedly. "
        endless = any(job.request.count is None for job in back)
        count = sum(0 if job.request.count is None else job.left for job in back)
        number = f"{count or 'More'}{' and more' if endless and count else ''}"
        self.paused = True
        self.reason = (
            f"{begin}1 picture is waiting from last time."
            if number == "1"
            else f"{begin}{number} pictures are waiting from last time."
        )

    def pause(self, reason: str) -> None:
        """Pause; the person's own wish, which has no reason, stands above any other."""
        if not (self.paused and not self.reason):
            self.paused, self.reason = True, reason

    def resume(self) -> None:
        """Let everything go on."""
        self.paused, self.reason = False, ""
        self._returned.clear()

    def release(self, job: UUID) -> None:
        """Note that somebody wants a job that came back to go on."""
        self._returned.discard(job)

    def settle(self, active: list[JobEntry]) -> bool:
        """End a pause after a restart of which nothing is left; say whether that was so."""
        if not self._returned or any(job.id in self._returned for job in active):
            return False
        self.resume()
        return True

    def held(self, job: JobEntry) -> bool:
        """Whether a job is to stand still."""
        if job.is_look:
            return False
        if job.state is JobState.PAUSED:
            return True
        if not self.paused:
            return False
        return not self.reason or not job.interactive or job.id in self._returned

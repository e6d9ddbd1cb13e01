"""Which picture may take the screen from which: what a person asked for last goes first."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from ldm_desktop.core.job import INTERACTIVE_PRIORITY
from ldm_desktop.core.previews import PreviewKind
from ldm_desktop.session.shown import FORMING, Shown
from ldm_desktop.worker.work import JobView, PictureState, PictureView, Purpose


@dataclass(frozen=True)
class Claim:
    """A job's right to the screen; `order` grows with the time it was asked for."""

    job: UUID | None
    interactive: bool = False
    order: tuple[str, int] = ("", 0)

    @classmethod
    def of(cls, view: JobView, arrival: int) -> Claim:
        """Give the claim of a job, the `arrival`-th one heard of."""
        request = view.request
        interactive = request.priority >= INTERACTIVE_PRIORITY
        return cls(request.id, interactive, (request.created, arrival))

    def takes_from(self, other: Claim, held: PictureState, first: bool) -> bool:
        """Whether a picture of this job may replace one of `other`, which is at `held`.

        `first` says that the new picture has just become visible. What is forming gives way
        only to what a person asked for since; what is finished also to whatever is newer, and
        to the next picture of its job. A finished answer to a person is never covered by an
        older batch that goes on in the background.
        """
        if self.job == other.job:
            return held is PictureState.CANCELLED or (held not in FORMING and first)
        newer = self.order > other.order
        if held in FORMING:
            return self.interactive and (newer or not other.interactive)
        if other.interactive:
            return newer
        return newer or self.interactive or first


class Following:
    """The jobs heard of, and what each may do to the screen."""

    def __init__(self) -> None:
        self._views: dict[UUID, JobView] = {}
        self._claims: dict[UUID, Claim] = {}

    def take(self, view: JobView) -> None:
        """Note how a job is."""
        self._views[view.id] = view
        if view.id not in self._claims:
            self._claims[view.id] = Claim.of(view, len(self._claims))

    def drop(self, job: UUID) -> None:
        """Forget a job; its claim stays, so that its pictures keep their place in time."""
        self._views.pop(job, None)

    def job(self, job: UUID | None) -> JobView | None:
        """Give a job as it is now, if it is known."""
        return self._views.get(job) if job else None

    def may_show(self, job: UUID, shown: Shown | None, first: bool) -> bool:
        """Whether a picture of a job may replace `shown`; it has just got its `first` image."""
        if not self.is_kept(job):
            return False
        if shown is None:
            return True
        return self._claim(job).takes_from(self._claim(shown.job), shown.state, first)

    def is_kept(self, job: UUID) -> bool:
        """Whether a job makes pictures of their own, not looks or an animation's frames."""
        view = self.job(job)
        return view is None or view.request.purpose is Purpose.KEEP

    def is_blind(self, job: UUID) -> bool:
        """Whether the pictures of a job have no previews."""
        view = self.job(job)
        return view is not None and view.request.preview.show is PreviewKind.OFF

    def rank(self, view: PictureView) -> tuple[bool, tuple[str, int], int]:
        """Give a key that is greatest for the picture that is most wanted on screen."""
        claim = self._claim(view.job)
        return claim.interactive, claim.order, -view.number

    def _claim(self, job: UUID | None) -> Claim:
        return self._claims.get(job, Claim(job)) if job else Claim(None)

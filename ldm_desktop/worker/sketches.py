"""What a view wants to see forming, and how far the engine has come with each draft of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from ldm_desktop.core.frame import Frame
from ldm_desktop.core.job import Order
from ldm_desktop.core.previews import PreviewPolicy
from ldm_desktop.worker.draft import Draft, Drafted, Drafts, DraftState


@dataclass(eq=False)
class Sketch:
    """A draft as it stands; it is to have `until` evaluations.

    `rested` has how far, and whether sharply, it was asked to go when it came to rest. The engine
    has it under an id that is new with each giving (`order`), so that what it still says of an
    earlier one is nobody's news.
    """

    owner: UUID
    draft: Draft
    order: Order | None = None
    rested: tuple[int, bool] | None = None
    failed: bool = False
    done: int = 0

    def __post_init__(self) -> None:
        self.renew(self.draft)

    def renew(self, draft: Draft) -> None:
        """Take what is wanted of the same picture from now on."""
        self.draft = draft
        self.until = max(1, min(draft.until, draft.recipe.evaluations))

    @property
    def wanting(self) -> bool:
        """Whether the engine has something to do for it."""
        until, sharp = self.rested or (0, False)
        return not self.failed and (until < self.until or (self.draft.sharp and not sharp))

    @property
    def on_course(self) -> bool:
        """Whether the engine has it and goes no further than is wanted; if less far, it goes on."""
        return self.order is not None and self.order.until <= self.until

    def place_order(self) -> Order:
        """Give an order of its own to the engine."""
        draft = self.draft
        self.order = Order(uuid4(), draft.recipe, until=self.until, sharp=draft.sharp)
        return self.order

    def news(
        self, state: DraftState, frame: Frame | None = None, *, sharp: bool = False, why: str = ""
    ) -> Drafted:
        """Give what there is to say of it."""
        key, total = self.draft.id, self.draft.recipe.evaluations
        return Drafted(self.owner, key, state, self.done, total, frame, sharp, why)


@dataclass(eq=False)
class Board:
    """What one view wants, and the engine's job that is for it, whatever the engine."""

    wanted: Drafts
    job: UUID = field(default_factory=uuid4)
    sketches: dict[UUID, Sketch] = field(default_factory=dict)
    preview: PreviewPolicy | None = None
    crashes: int = 0

    @property
    def model(self) -> str:
        """The fingerprint of the model of them all."""
        return self.wanted.drafts[0].recipe.model.fingerprint

    def take(self, wanted: Drafts) -> list[Sketch]:
        """Note what is wanted from now on; give what is wanted no longer."""
        before, self.wanted, self.sketches = self.sketches, wanted, {}
        for draft in wanted.drafts:
            known = before.get(draft.id)
            if known and known.draft.recipe == draft.recipe:
                known.renew(draft)
                self.sketches[draft.id] = before.pop(draft.id)
            elif draft.id not in self.sketches:
                self.sketches[draft.id] = Sketch(wanted.owner, draft)
        return list(before.values())

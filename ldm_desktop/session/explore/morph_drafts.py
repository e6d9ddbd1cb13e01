"""Drafts along a path, from coarse to fine, so that one can travel it long before it is made."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from ldm_desktop.core import morph as paths
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.job import AHEAD_PRIORITY, DRAFT_PRIORITY, IDLE_PRIORITY
from ldm_desktop.core.morph import Morph
from ldm_desktop.core.recipe import Recipe
from ldm_desktop.session.orders import Orders
from ldm_desktop.session.shown import image_of
from ldm_desktop.session.thumbnails import ImageCache, small
from ldm_desktop.worker.draft import Draft, Drafted, Drafts, DraftState

if TYPE_CHECKING:
    from ldm_desktop.worker.thread import Worker

OWNER = UUID("6b0d52a4-61c5-4c43-9d5c-b1a3b7f06e51")
STEPS = (10, 12, 8)
"""How many a draft takes, if the picture takes more: the first that its sampler can do."""
FINEST = 128
SHARP_PIXELS = 512 * 512
"""Up to this size decoding costs no more than some steps, and is worth it."""
SIDE = 512
MOST_BYTES = 320 << 20
"""More than all places of the longest path take: or they would displace one another for ever."""
TOGETHER = 8
AT_A_TIME = 3 * TOGETHER
RESTS = 400
"""Milliseconds at a place after which it is made in all its steps."""


class MorphDrafts(QObject):
    """Images at places of a path (shares of the way, 0 … 1); those near the playhead come first.

    A place that is rested at is made in all its steps. Nothing is made while nobody watches.
    """

    changed = Signal()

    def __init__(self, worker: Worker, orders: Orders, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._orders = orders
        self._morph: Morph | None = None
        self._levels: tuple[tuple[float, ...], ...] = ()
        self._made: dict[float, str] = {}
        self._failed: set[float] = set()
        self._wanted: dict[UUID, tuple[float, Draft]] = {}
        self._drafts: dict[float, Draft] = {}
        self._images: ImageCache[str] = ImageCache(MOST_BYTES)
        self._rough: dict[float, QImage] = {}
        self._share = 0.0
        self._still: Draft | None = None
        self._watched = False
        self._rest = QTimer(self, singleShot=True, interval=RESTS)
        self._rest.timeout.connect(self._look_closely)
        self.trouble = ""
        """Why a draft could not be made, or nothing."""
        worker.drafted.connect(self._take)

    @property
    def ready(self) -> tuple[float, ...]:
        """The places of which there is an image, in their order on the way."""
        return tuple(sorted(share for share, key in self._made.items() if key in self._images))

    @property
    def total(self) -> int:
        """The places of which there will be an image."""
        return sum(map(len, self._levels))

    def show(self, morph: Morph | None) -> None:
        """Make drafts of another path; what both have in common is there already."""
        same = _way(morph) == _way(self._morph)
        self._morph = morph
        self._levels = levels(morph) if morph else ()
        if not same:
            self._still, self.trouble = None, ""
            for places in (self._made, self._failed, self._drafts, self._rough, self._wanted):
                places.clear()
        self._refill()
        self._rest.start()
        self.changed.emit()

    def look_at(self, share: float, *, travelling: bool = False) -> None:
        """Say where on the way one looks; who is travelling stays nowhere."""
        self._share = share
        if travelling:
            self._rest.stop()
        else:
            self._rest.start()
            self._refill()

    def watch(self, on: bool) -> None:
        """Make drafts while somebody watches, and take them back afterwards."""
        if on != self._watched:
            self._watched = on
            self._refill()
            if on:
                self._rest.start()

    def image_at(self, share: float) -> tuple[QImage, bool]:
        """Give the image nearest to a place, and whether it is of this very place."""
        if self._still and self._is_still(share) and self._still.recipe.id in self._images:
            return self._images[self._still.recipe.id], True
        near = sorted({*self._made, *self._rough}, key=lambda each: abs(each - share))
        for place in near:
            image = self._images[self._made.get(place, "")]
            if image.isNull():
                image = self._rough.get(place, QImage())
            if not image.isNull():
                return image, math.isclose(place, share, abs_tol=1e-9)
        return QImage(), False

    def waypoint_image(self, number: int) -> QImage:
        """Give the draft of a picture on the way, or a null image."""
        if not self._morph:
            return QImage()
        share = waypoint_shares(self._morph)[number]
        return self._images[self._made.get(share, "")]

    def close(self) -> None:
        """Take back what is forming."""
        self._rest.stop()
        self.watch(False)

    # What is wanted.

    def _refill(self) -> None:
        """Let the next drafts form: coarse places before fine ones, near ones before far ones."""
        folder = self._orders.folder_of(self._morph.recipe) if self._morph else ""
        if not (self._watched and self._morph and folder):
            self._wanted.clear()
            self._worker.draft(Drafts(OWNER, "", ()))
            return
        ranked = [*self._stills(), *self._next()]
        self._wanted = {draft.id: (share, draft) for share, draft in ranked}
        self._worker.draft(Drafts(OWNER, folder, tuple(draft for _, draft in ranked)))

    def _stills(self) -> list[tuple[float, Draft]]:
        if self._still is None or self._still.recipe.id in self._images:
            return []
        return [(-1.0, self._still)]

    def _next(self) -> list[tuple[float, Draft]]:
        found: list[tuple[float, Draft]] = []
        for level in self._levels:
            for share in sorted(level, key=lambda each: abs(each - self._share)):
                if len(found) == AT_A_TIME:
                    return found
                if draft := self._missing(share):
                    priority = _priority(len(found))
                    found.append((share, dataclasses.replace(draft, level=priority)))
        return found

    def _missing(self, share: float) -> Draft | None:
        """Give the draft of a place, unless its image is there or cannot be had."""
        if share in self._failed or self._made.get(share, "") in self._images:
            return None
        if share not in self._drafts:
            assert self._morph
            degrees = share * paths.length(self._morph)
            self._drafts[share] = _draft(in_few_steps(paths.recipe_at(self._morph, degrees)))
        draft = self._drafts[share]
        if draft.recipe.id not in self._images:
            return draft
        self._made[share] = draft.recipe.id
        return None

    def _look_closely(self) -> None:
        if self._morph and self._watched:
            degrees = self._share * paths.length(self._morph)
            self._still = _draft(paths.recipe_at(self._morph, degrees))
            self._refill()
            self.changed.emit()

    def _is_still(self, share: float) -> bool:
        if not (self._morph and self._still):
            return False
        degrees = share * paths.length(self._morph)
        return self._still.recipe.noise == paths.noise_at(self._morph, degrees)

    # What the worker tells.

    def _take(self, news: Drafted) -> None:
        if news.owner != OWNER or news.id not in self._wanted:
            return
        share, draft = self._wanted[news.id]
        if news.state is DraftState.FAILED:
            self.trouble = news.sentence
            self._failed.add(share)
        elif news.state is DraftState.FORMING:
            self._take_rough(share, news)
            return
        elif news.frame:
            self._images[draft.recipe.id] = small(image_of(news.frame), SIDE)
            self._rough.pop(share, None)
            if share >= 0:
                self._made[share] = draft.recipe.id
        self._refill()
        self.changed.emit()

    def _take_rough(self, share: float, news: Drafted) -> None:
        if news.frame:
            self._worker.seen(news.id)
            if share >= 0:
                self._rough[share] = image_of(news.frame)
                self.changed.emit()


def levels(morph: Morph) -> tuple[tuple[float, ...], ...]:
    """Give the places of drafts from coarse to fine: the pictures, then halves, quarters, …

    There are no more of them than the path has frames, nearly; none lies right beside another.
    """
    finest = min(FINEST, 1 << (len(paths.moments(morph)) - 1).bit_length())
    found = [tuple(dict.fromkeys(waypoint_shares(morph)))]
    taken = list(found[0])
    for level in [(1.0,), *_halves(finest)]:
        fresh = tuple(each for each in level if _is_apart(each, taken, 0.5 / finest))
        found.append(fresh)
        taken += fresh
    return tuple(filter(None, found))


def _halves(finest: int) -> Iterator[tuple[float, ...]]:
    """Give 1/2; 1/4, 3/4; 1/8, 3/8, … down to the finest part."""
    parts = 2
    while parts <= finest:
        yield tuple(number / parts for number in range(1, parts, 2))
        parts *= 2


def waypoint_shares(morph: Morph) -> tuple[float, ...]:
    """Give where on the way its pictures are, as shares of the degrees."""
    whole, passed = paths.length(morph), 0.0
    shares = [0.0]
    for angle in morph.angles:
        passed += angle
        shares.append(min(1.0, passed / whole))
    return tuple(shares[: len(morph.waypoints)])


def in_few_steps(recipe: Recipe) -> Recipe:
    """Give the recipe of a quick draft; if the sampler takes no fewer steps, the picture's own."""
    for steps in STEPS:
        if steps < recipe.steps:
            try:
                return dataclasses.replace(recipe, steps=steps)
            except KnownError:
                continue
    return recipe


def _is_apart(share: float, taken: Sequence[float], gap: float) -> bool:
    return all(abs(share - each) >= gap for each in taken)


def _draft(recipe: Recipe) -> Draft:
    sharp = recipe.size[0] * recipe.size[1] <= SHARP_PIXELS
    return Draft(uuid5(OWNER, recipe.id), recipe, recipe.evaluations, sharp=sharp)


def _priority(place: int) -> int:
    if place < TOGETHER:
        return DRAFT_PRIORITY
    return AHEAD_PRIORITY if place < 2 * TOGETHER else IDLE_PRIORITY


def _way(morph: Morph | None) -> object:
    """Give what of a path decides its drafts: not its times."""
    if morph is None:
        return None
    noises = tuple(waypoint.noise for waypoint in morph.waypoints)
    return morph.recipe, noises, morph.angles

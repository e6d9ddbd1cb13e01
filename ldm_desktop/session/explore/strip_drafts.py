"""Drafts that the strips want of several models, told to the worker as one wish a model."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID, uuid4, uuid5

from ldm_desktop.core.previews import PreviewKind, PreviewPolicy
from ldm_desktop.worker.draft import Draft, Drafts

if TYPE_CHECKING:
    from ldm_desktop.worker.thread import Worker

EVERY_STEP = PreviewPolicy(PreviewKind.LINEAR, share=0.5, seconds=0.0)
"""A strip is made of previews, so they may come with every step."""


class DraftWishes:
    """Wants drafts; those of one model have an owner of their own, as the worker asks."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._seed = uuid4()
        self._wanted: dict[str, tuple[Draft, ...]] = {}

    def want(self, wishes: Iterable[tuple[str, Draft]]) -> None:
        """Want exactly these drafts from now on, each with its model's folder."""
        wanted: dict[str, tuple[Draft, ...]] = {}
        for folder, draft in wishes:
            wanted[folder] = (*wanted.get(folder, ()), draft)
        before, self._wanted = self._wanted, wanted
        for folder in before.keys() - wanted.keys():
            self._worker.draft(Drafts(self._owner(folder), "", ()))
        for folder, drafts in wanted.items():
            if before.get(folder) != drafts:
                self._worker.draft(Drafts(self._owner(folder), folder, drafts, EVERY_STEP))

    def _owner(self, folder: str) -> UUID:
        return uuid5(self._seed, folder)

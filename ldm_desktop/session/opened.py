"""What has become known of model folders by opening them: their cards, or why they are refused."""

from __future__ import annotations

import os

from ldm_desktop.core.model import ModelCard


class OpenedModels:
    """Cards and refusals by folder; the worker also opens models that are not the chosen one."""

    def __init__(self) -> None:
        self._cards: dict[str, ModelCard] = {}
        self._refusals: dict[str, str] = {}

    def card(self, folder: str) -> ModelCard | None:
        """Give the card of a model that was opened."""
        return self._cards.get(whole(folder)) if folder else None

    def refusal(self, folder: str) -> str:
        """Say why a folder was refused, or ""."""
        return self._refusals.get(whole(folder), "") if folder else ""

    def take(self, card: ModelCard) -> None:
        """Hear that a model is open."""
        self._cards[whole(card.folder)] = card
        self.forgive(card.folder)

    def refuse(self, folder: str, sentence: str) -> None:
        """Hear that a folder could not be opened, although it may have been before."""
        self._cards.pop(whole(folder), None)
        self._refusals[whole(folder)] = sentence

    def forgive(self, folder: str) -> None:
        """Forget a refusal, because the folder is to be tried again."""
        self._refusals.pop(whole(folder), None)


def whole(folder: str) -> str:
    """Name a folder as the engine does: absolute, and following no links."""
    return os.path.abspath(folder)  # noqa: PTH100 - pathlib keeps `..`

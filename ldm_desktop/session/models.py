"""The models a person can choose from, and which of them a recipe means."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from ldm_desktop.core.model import ModelCard
from ldm_desktop.core.model_folders import STARTER, cached_fingerprints, model_folders
from ldm_desktop.core.paths import Folders
from ldm_desktop.core.recipe import ModelRef
from ldm_desktop.session.opened import whole


@dataclass(frozen=True)
class ModelEntry:
    """A model folder; `fingerprint` is "" until the model has been opened once."""

    name: str
    folder: str
    fingerprint: str = ""


class ModelShelf(QObject):
    """The model folders, those that ship first; fingerprints come as models are opened.

    Those that the engine noted in the cache at earlier starts count until a model is opened:
    reading the weights is the engine's work, and what it finds is the truth.
    """

    entries_changed = Signal(object)

    def __init__(self, folders: Folders, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folders = folders
        self._opened: dict[str, str] = {}
        self._entries: tuple[ModelEntry, ...] = ()
        self.look()

    @property
    def entries(self) -> tuple[ModelEntry, ...]:
        """The models at hand."""
        return self._entries

    @property
    def folder(self) -> str:
        """Where a person puts models."""
        return str(self._folders.models)

    @property
    def usual(self) -> str:
        """The folder of the model to begin with: the starter, or any; "" if there is none."""
        folders = {entry.name: entry.folder for entry in reversed(self._entries)}
        return folders.get(STARTER) or (self._entries[0].folder if self._entries else "")

    def look(self, folders: Folders | None = None) -> None:
        """See again what is there, perhaps in other folders."""
        self._folders = folders or self._folders
        known = cached_fingerprints(self._folders.cache) | self._opened
        found = model_folders(self._folders).items()
        self._set(
            tuple(
                ModelEntry(name, path, known.get(path, ""))
                for name, path in ((name, whole(str(folder))) for name, folder in found)
            )
        )

    def set_card(self, card: ModelCard) -> None:
        """Hear which model a folder has turned out to hold."""
        folder, fingerprint = whole(card.folder), card.ref.fingerprint
        self._opened[folder] = fingerprint
        self._set(
            tuple(
                replace(entry, fingerprint=fingerprint) if entry.folder == folder else entry
                for entry in self._entries
            )
        )

    def find(self, ref: ModelRef) -> str | None:
        """Give the folder of a recipe's model; one of its name will do until it is opened."""
        for entry in self._entries:
            if entry.fingerprint == ref.fingerprint:
                return entry.folder
        for entry in self._entries:
            if entry.name == ref.name and not entry.fingerprint:
                return entry.folder
        return None

    def _set(self, entries: tuple[ModelEntry, ...]) -> None:
        if entries != self._entries:
            self._entries = entries
            self.entries_changed.emit(entries)

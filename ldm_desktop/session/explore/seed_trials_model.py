"""How one seed was tried, as an item model: with which recipes, what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage

from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery.seeds.records import SeedKey, Trial
from ldm_desktop.session.explore import seed_wording
from ldm_desktop.session.explore.seed_images import decoded
from ldm_desktop.session.explore.seeds import SeedDesk

if TYPE_CHECKING:
    from ldm_desktop.gallery.seeds.store import Store

Index: TypeAlias = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
TRIED_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class Tried:
    """A trial with its picture (null if none is kept) and the name of its sheet."""

    trial: Trial
    image: QImage
    sheet: str


class TrialsModel(QAbstractListModel):
    """The trials of the seed that is shown, the latest first."""

    def __init__(self, desk: SeedDesk, parent: QObject | None = None) -> None:
        self._tried: tuple[Tried, ...] = ()
        super().__init__(parent)
        self._desk = desk
        self._key: SeedKey | None = None

    def show_seed(self, key: SeedKey | None) -> None:
        """Show another seed's trials, or the same one's as they are now."""
        if key != self._key:
            self._key = key
            self._put(())
        if key is not None:
            self._desk.ask(partial(_tried, key), partial(self._take, key), ("trials", id(self)))

    def tried(self, row: int) -> Tried | None:
        """Give a row, if there is one."""
        return self._tried[row] if 0 <= row < len(self._tried) else None

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Give how many trials there are."""
        return 0 if parent.isValid() else len(self._tried)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give what is known of a trial."""
        tried = self.tried(index.row()) if index.isValid() else None
        if tried is None:
            return None
        if role == TRIED_ROLE:
            return tried
        if role == Qt.ItemDataRole.DisplayRole:
            return tried.trial.recipe.model.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return seed_wording.trial(tried.trial, tried.sheet)
        return None

    def _take(self, key: SeedKey, tried: tuple[Tried, ...] | KnownError) -> None:
        # What is in the way is told by the desk, once for all questions.
        if key == self._key and not isinstance(tried, KnownError):
            self._put(tried)

    def _put(self, tried: tuple[Tried, ...]) -> None:
        if [each.trial for each in tried] == [each.trial for each in self._tried]:
            return
        self.beginResetModel()
        self._tried = tried
        self.endResetModel()


def _tried(key: SeedKey, store: Store) -> tuple[Tried, ...]:
    names = store.sheet_names()
    return tuple(
        Tried(trial, decoded(trial.preview), names.get(trial.sheet, "") if trial.sheet else "")
        for trial in store.trials(key)
    )

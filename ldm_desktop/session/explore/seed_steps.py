"""What a person says of seeds, as steps that can be undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtGui import QUndoCommand, QUndoStack

from ldm_desktop.gallery.seeds.records import SeedChange, SeedKey, SeedNote

if TYPE_CHECKING:
    from ldm_desktop.gallery.seeds.store import Store

Notes: TypeAlias = dict[SeedKey, SeedNote]


class NoteStep(QUndoCommand):
    """One change of what is said of seeds: done and undone by the store's thread, in order."""

    def __init__(
        self,
        text: str,
        keys: tuple[SeedKey, ...],
        change: SeedChange,
        ask: Callable[[NoteStep, Callable[[Store], Notes]], None],
    ) -> None:
        super().__init__(text)
        self._keys, self._change, self._ask = keys, change, ask
        self._before: tuple[tuple[SeedKey, SeedNote], ...] = ()
        self._failed = False

    def redo(self) -> None:
        """Ask for it."""
        self._ask(self, self._do)

    def undo(self) -> None:
        """Ask for what was before; what never came about goes without a word."""
        if self._failed:
            self.setObsolete(True)
        else:
            self._ask(self, self._take_back)

    def fail(self, stack: QUndoStack) -> None:
        """Hear that it never came about; it goes at once if it is the last."""
        self._failed = True
        last = stack.index() - 1
        if last >= 0 and stack.command(last) is self:
            stack.undo()

    def _do(self, store: Store) -> Notes:
        self._before = store.note(self._keys, self._change)
        return store.notes(self._keys)

    def _take_back(self, store: Store) -> Notes:
        store.take_back(self._change, self._before)
        return store.notes(self._keys)

"""One undoable edit of the choices; quick edits of the same field become one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QUndoCommand

from ldm_desktop.session.choices import Choices, changed_fields

MERGE_SECONDS = 1.5

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Occasion:
    """What was edited and when; `spell` counts up when the person turns to something else.

    Edits of an empty `kind` are never merged.
    """

    kind: str
    spell: int
    seconds: float


class Edit(QUndoCommand):
    """From one value to another, in the fields that differ: the others may go on meanwhile."""

    def __init__(
        self,
        text: str,
        before: Choices,
        after: Choices,
        occasion: Occasion,
        put: Callable[[Choices, frozenset[str]], None],
    ) -> None:
        super().__init__(text)
        self.before = before
        self.after = after
        self.names = changed_fields(before, after)
        self.occasion = occasion
        self._put = put

    def id(self) -> int:
        """Let Qt offer the next edit for merging."""
        return 1 if self.occasion.kind else -1

    def redo(self) -> None:
        """Put the later values of the fields that differ."""
        self._put(self.after, self.names)

    def undo(self) -> None:
        """Put the earlier values of the fields that differ."""
        self._put(self.before, self.names)

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take in a quick further edit of the same field."""
        assert isinstance(other, Edit)
        mine, others = self.occasion, other.occasion
        if (mine.kind, mine.spell) != (others.kind, others.spell):
            return False
        if others.seconds - mine.seconds > MERGE_SECONDS:
            return False
        both = self.names | other.names
        self.after, self.occasion = other.after, others
        self.names = both & changed_fields(self.before, self.after)
        self.setObsolete(not self.names)
        return True


def edit_text(fields: Iterable[str]) -> str:
    """Say what an edit of fields is an edit of, for the names of undo and redo."""
    names = {
        "model": translate("Edits", "Model"),
        "seed": translate("Edits", "Seed"),
        "noise": translate("Edits", "Seed"),
        "origin": translate("Edits", "Seed"),
        "lock": translate("Edits", "Lock of the seed"),
        "after": translate("Edits", "Seed after each run"),
        "count": translate("Edits", "Number of pictures"),
        "forever": translate("Edits", "Number of pictures"),
        "steps": translate("Edits", "Steps"),
        "sampler": translate("Edits", "Sampler"),
        "convention": translate("Edits", "Convention"),
        "eta": translate("Edits", "Eta"),
        "width": translate("Edits", "Size"),
        "height": translate("Edits", "Size"),
        "precision": translate("Edits", "Precision"),
    }
    return ", ".join(dict.fromkeys(names[field] for field in fields))

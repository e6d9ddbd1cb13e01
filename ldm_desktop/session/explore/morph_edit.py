"""One undoable edit of a path; quick edits of the same kind become one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from ldm_desktop.session.edits import MERGE_SECONDS
from ldm_desktop.session.explore.morph_route import Route


class Edit(QUndoCommand):
    """From one path to another."""

    def __init__(
        self,
        text: str,
        before: Route,
        after: Route,
        kind: str,
        seconds: float,
        put: Callable[[Route], None],
    ) -> None:
        """`kind` and the time in `seconds` say what may be merged; an empty kind never is."""
        super().__init__(text)
        self.before = before
        self.after = after
        self.kind = kind
        self.seconds = seconds
        self._put = put

    def id(self) -> int:
        """Let Qt offer the next edit for merging."""
        return 1 if self.kind else -1

    def redo(self) -> None:
        """Put the later path."""
        self._put(self.after)

    def undo(self) -> None:
        """Put the earlier path."""
        self._put(self.before)

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take in a quick further edit of the same kind."""
        assert isinstance(other, Edit)
        if other.kind != self.kind or other.seconds - self.seconds > MERGE_SECONDS:
            return False
        self.after, self.seconds = other.after, other.seconds
        self.setObsolete(self.after == self.before)
        return True

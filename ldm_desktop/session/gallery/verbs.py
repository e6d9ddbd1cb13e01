"""What a person does to pictures: each verb one undoable step, however many there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery.records import Change, Flag, Label
from ldm_desktop.session.gallery import changes, wording
from ldm_desktop.session.gallery.access import Books
from ldm_desktop.session.gallery.changes import Annotate, Doing, Done, Told
from ldm_desktop.session.gallery.chosen import Chosen
from ldm_desktop.session.gallery.librarian import Librarian
from ldm_desktop.session.gallery.model import GalleryModel
from ldm_desktop.session.gallery.values import Changed

MOST_STEPS = 200
"""Undoable steps that are kept: one may remember 100,000 annotations."""


class Edit(QUndoCommand):
    """One step: done and undone by the writer, in the order in which it was asked."""

    def __init__(self, text: str, doing: Doing, verbs: Verbs) -> None:
        super().__init__(text)
        self._doing = doing
        self._verbs = verbs
        self.failed = False

    def redo(self) -> None:
        """Ask for it."""
        self._verbs.carry_out(self._doing.do, self)

    def undo(self) -> None:
        """Ask for what was before; what never came about goes without a word."""
        if self.failed:
            self.setObsolete(True)
        else:
            self._verbs.carry_out(self._doing.undo)


class Verbs(Chosen):
    """Verbs are for `targets` unless pictures are named by their numbers."""

    notice = Signal(str)

    def __init__(
        self, librarian: Librarian, model: GalleryModel, parent: QObject | None = None
    ) -> None:
        super().__init__(model, parent)
        self._librarian = librarian
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(MOST_STEPS)

    def rate(self, stars: int, numbers: Sequence[int] | None = None) -> None:
        """Give 0 to 5 stars."""
        one, many = self.tr("Rate picture"), self.tr("Rate {count} pictures")
        self._annotate(Change(rating=stars), numbers, one, many)

    def flag(self, flag: Flag, numbers: Sequence[int] | None = None) -> None:
        """Pick, reject, or neither."""
        one, many = self.tr("Flag picture"), self.tr("Flag {count} pictures")
        self._annotate(Change(flag=flag), numbers, one, many)

    def label(self, label: Label, numbers: Sequence[int] | None = None) -> None:
        """Give a colour, or none."""
        one, many = self.tr("Label picture"), self.tr("Label {count} pictures")
        self._annotate(Change(label=label), numbers, one, many)

    def add_tags(self, tags: Sequence[str], numbers: Sequence[int] | None = None) -> None:
        """Add tags to those that are there."""
        one, many = self.tr("Tag picture"), self.tr("Tag {count} pictures")
        self._annotate(Change(add_tags=tuple(tags)), numbers, one, many)

    def remove_tags(self, tags: Sequence[str], numbers: Sequence[int] | None = None) -> None:
        """Take tags away."""
        one, many = self.tr("Remove tag"), self.tr("Remove tag of {count} pictures")
        self._annotate(Change(remove_tags=tuple(tags)), numbers, one, many)

    def set_note(self, note: str, numbers: Sequence[int] | None = None) -> None:
        """Write a note in place of the one that is there."""
        one, many = self.tr("Note"), self.tr("Note on {count} pictures")
        self._annotate(Change(note=note), numbers, one, many)

    def add_to_album(self, album: str, numbers: Sequence[int] | None = None) -> None:
        """Put pictures into an album; it is made if there is none of the name."""
        one, many = self.tr("Add to album"), self.tr("Add {count} pictures to album")
        self._annotate(Change(add_albums=(album,)), numbers, one, many)

    def remove_from_album(self, album: str, numbers: Sequence[int] | None = None) -> None:
        """Take pictures out of an album."""
        one, many = self.tr("Remove from album"), self.tr("Remove {count} pictures from album")
        self._annotate(Change(remove_albums=(album,)), numbers, one, many)

    def new_album(self, name: str, numbers: Sequence[int] = ()) -> None:
        """Make an album, empty or with pictures."""
        self._push(self.tr("New album"), changes.NewAlbum(name, numbers=tuple(numbers)))

    def save_smart_album(self, name: str, query: str) -> None:
        """Keep a query as an album."""
        self._push(self.tr("New smart album"), changes.NewAlbum(name, query))

    def rename_album(self, old: str, new: str) -> None:
        """Give an album another name."""
        self._push(self.tr("Rename album"), changes.RenameAlbum(old, new))

    def remove_album(self, name: str) -> None:
        """Remove an album; its pictures stay."""
        self._push(self.tr("Remove album"), changes.RemoveAlbum(name))

    def trash(self, numbers: Sequence[int] | None = None) -> None:
        """Move pictures to the system's trash."""
        if pictures := self._meant(numbers):
            one, many = self.tr("Move to trash"), self.tr("Move {count} pictures to trash")
            self._push(wording.edit(one, many, len(pictures)), changes.Trash(pictures))

    def put_back(self, numbers: Sequence[int] | None = None) -> None:
        """Move pictures out of the trash to where they were."""
        if pictures := self._meant(numbers):
            one, many = self.tr("Put back"), self.tr("Put {count} pictures back")
            self._push(wording.edit(one, many, len(pictures)), changes.PutBack(pictures))

    # How it is done.

    def carry_out(self, work: Callable[[Books], Done], edit: Edit | None = None) -> None:
        """Have the writer do one step; `edit` is told if it could not be done."""
        shown = (*self._model.numbers(self._model.visible), self.current_number)
        self._librarian.write(partial(changes.told, work, shown), partial(self._take_told, edit))

    def _annotate(self, change: Change, numbers: Sequence[int] | None, one: str, many: str) -> None:
        if pictures := self._meant(numbers):
            self._push(wording.edit(one, many, len(pictures)), Annotate(pictures, change))

    def _meant(self, numbers: Sequence[int] | None) -> tuple[int, ...]:
        return self.targets if numbers is None else tuple(numbers)

    def _push(self, text: str, doing: Doing) -> None:
        self.undo_stack.push(Edit(text, doing, self))

    def _take_told(self, edit: Edit | None, told: Told | KnownError) -> None:
        if isinstance(told, KnownError):
            self.notice.emit(str(told))
            self._drop(edit)
            return
        for sentence in told.done.sentences:
            self.notice.emit(sentence)
        if told.done.numbers:
            self._librarian.announce(Changed(told.done.numbers, told.entries))

    def _drop(self, edit: Edit | None) -> None:
        """Let go of a step that never came about, at once if it is the last."""
        if edit is None:
            return
        edit.failed = True
        last = self.undo_stack.index() - 1
        if last >= 0 and self.undo_stack.command(last) is edit:
            self.undo_stack.undo()

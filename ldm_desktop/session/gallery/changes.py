"""A person's changes, done and undone in the writer's thread; each is committed on return."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery.records import Annotation, Change, Entry
from ldm_desktop.session.gallery.access import Books


@dataclass(frozen=True)
class Done:
    """What was changed, `numbers`, and what there is to say about it."""

    numbers: tuple[int, ...] = ()
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True)
class Told:
    """A change that is committed, and how the pictures on screen are after it."""

    done: Done
    entries: dict[int, Entry]


class Doing(Protocol):
    """A change that remembers what was before, so that it can be undone."""

    def do(self, books: Books) -> Done:
        """Do it, for the first time or again."""

    def undo(self, books: Books) -> Done:
        """Make it as it was."""


@dataclass
class Annotate:
    """Says something of pictures."""

    numbers: tuple[int, ...]
    change: Change
    before: tuple[tuple[UUID, Annotation], ...] = ()

    def do(self, books: Books) -> Done:
        """Change what is said of the pictures that are still there."""
        self.before = books.store.annotate(ids(books, self.numbers), self.change)
        return Done(self.numbers)

    def undo(self, books: Books) -> Done:
        """Say again what was said, but for what others have said since."""
        books.store.take_back(self.change, self.before)
        return Done(self.numbers)


@dataclass
class Trash:
    """Moves pictures into the system's trash."""

    numbers: tuple[int, ...]
    trashed: tuple[UUID, ...] = ()

    def do(self, books: Books) -> Done:
        """Move them, as far as it goes."""
        from ldm_desktop.gallery.index import bin as trash
        from ldm_desktop.session.gallery.bin import move_to_trash

        done = trash.trash(books.store, ids(books, self.numbers), move_to_trash)
        self.trashed = tuple(done.ids)
        if done.problems and not done.ids:
            # There is nothing to undo; why stands in the first of them.
            raise KnownError(done.problems[0])
        return Done(self.numbers, tuple(done.problems))

    def undo(self, books: Books) -> Done:
        """Move them back to where they were."""
        from ldm_desktop.gallery.index import bin as trash

        back = trash.put_back(books.store, self.trashed)
        return Done(self.numbers, tuple(back.problems))


@dataclass
class PutBack:
    """Moves pictures out of the trash to where they were."""

    numbers: tuple[int, ...]

    def do(self, books: Books) -> Done:
        """Move them back."""
        from ldm_desktop.gallery.index import bin as trash

        back = trash.put_back(books.store, ids(books, self.numbers))
        return Done(self.numbers, tuple(back.problems))

    def undo(self, books: Books) -> Done:
        """Move them into the trash again."""
        return Trash(self.numbers).do(books)


@dataclass
class NewAlbum:
    """Makes an album: with pictures in it, or a smart one with its query."""

    name: str
    query: str | None = None
    numbers: tuple[int, ...] = ()

    def do(self, books: Books) -> Done:
        """Make it and put the pictures in."""
        books.store.make_album(self.name, self.query)
        if self.numbers:
            books.store.annotate(ids(books, self.numbers), Change(add_albums=(self.name,)))
        return Done(self.numbers)

    def undo(self, books: Books) -> Done:
        """Remove it; the pictures stay."""
        books.store.remove_album(self.name)
        return Done(self.numbers)


@dataclass
class RenameAlbum:
    """Gives an album another name."""

    old: str
    new: str

    def do(self, books: Books) -> Done:
        """Give it the new name."""
        books.store.rename_album(self.old, self.new)
        return Done()

    def undo(self, books: Books) -> Done:
        """Give it the old name again."""
        books.store.rename_album(self.new, self.old)
        return Done()


@dataclass
class RemoveAlbum:
    """Removes an album, not its pictures."""

    name: str
    query: str | None = None
    numbers: tuple[int, ...] = ()

    def do(self, books: Books) -> Done:
        """Remove it, and remember what was in it."""
        albums = {album.name: album.query for album in books.store.albums()}
        self.query = albums.get(self.name)
        members = books.store.remove_album(self.name)
        self.numbers = tuple(books.store.numbers(members).values())
        return Done(self.numbers)

    def undo(self, books: Books) -> Done:
        """Make it again, with what was in it."""
        return NewAlbum(self.name, self.query, self.numbers).do(books)


def ids(books: Books, numbers: Iterable[int]) -> tuple[UUID, ...]:
    """Give the ids of the pictures that are still there."""
    return tuple(books.store.ids(numbers).values())


def told(work: Callable[[Books], Done], shown: Sequence[int], books: Books) -> Told:
    """Do something and read what is on screen of it again."""
    done = work(books)
    wanted = set(done.numbers).intersection(shown)
    return Told(done, books.store.entries(tuple(wanted)))

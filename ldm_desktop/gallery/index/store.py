"""The gallery's rows: added when files come in, annotated by people, read by everything that shows.

A store has one connection, which belongs to one thread. Every change is one transaction, durable
when the method returns; trouble with the disk is a `sql.DatabaseError`, changes nothing, and
leaves the store as usable as before.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from uuid import UUID

from ldm_desktop.core import codec
from ldm_desktop.gallery.index import store_albums, store_annotations, store_rows
from ldm_desktop.gallery.index.sql import transaction
from ldm_desktop.gallery.index.store_reads import NotHereError, Reader
from ldm_desktop.gallery.index.store_values import Album, Place
from ldm_desktop.gallery.records import Annotation, Change, Facts, State, readable, short

ADVANCE = "UPDATE pictures SET revision = revision + 1 WHERE number = ?"
SET_STATE = "UPDATE pictures SET state = ?, trashed = ? WHERE number = ?"
SAW_STATE = "UPDATE pictures SET state = ? WHERE number = ? AND state != 'trashed'"


class Store(Reader):
    """The rows of one library's pictures, to be read and changed."""

    # Pictures come in and go.

    def add(self, facts: Facts, file: Path, annotation: Annotation | None = None) -> int:
        """Add a picture's row, or bring the row of its id up to date; gives its number.

        Without an annotation it keeps the row's, or what is remembered of it. The row of another
        picture at this file goes, as the file is no longer that picture's.
        """
        with transaction(self.connection):
            number = self._add(facts, file, annotation)
            store_annotations.index_words(self.connection, [number])
        return number

    def add_many(self, items: Iterable[tuple[Facts, Path, Annotation | None]]) -> None:
        """Add or bring up to date many pictures, all or none; `items` are asked for within that."""
        with transaction(self.connection):
            numbers = [self._add(facts, file, said) for facts, file, said in items]
            store_annotations.index_words(self.connection, numbers)

    def _add(self, facts: Facts, file: Path, said: Annotation | None) -> int:
        self._make_room(file, facts.id)
        is_new = self.number(facts.id) is None
        number: int = self._all(store_rows.PUT, *store_rows.row_of(facts, file))[0][0]
        self._set_parents(number, facts.made.parents)
        if is_new and said is None:
            said = store_annotations.recall(self.connection, facts)
            if said:
                self._advance([number])  # Its sidecar may have gone with it.
        if said is not None:
            store_annotations.write(self.connection, {number: said})
        if is_new:
            store_annotations.let_go(self.connection, facts.id)
        return number

    def _set_parents(self, number: int, parents: Sequence[UUID]) -> None:
        self.connection.execute("DELETE FROM parents WHERE child = ?", (number,))
        self.connection.executemany(
            "INSERT INTO parents VALUES (?, ?, ?)",
            ((number, place, str(parent)) for place, parent in enumerate(parents)),
        )

    def _make_room(self, file: Path, picture: UUID) -> None:
        """Let go of what else stood at a file; what is in the trash can still be put back."""
        blob = store_rows.file_to_blob(file)
        self.connection.execute("DELETE FROM others WHERE file = ?", (blob,))
        for number, state in self._all(
            "SELECT number, state FROM pictures WHERE file = ? AND id != ?", blob, str(picture)
        ):
            if state == State.TRASHED:
                self._set_file(number, self._unused(file))
            else:
                self._forget(number)

    def _unused(self, file: Path) -> Path:
        names = (file.with_stem(f"{file.stem} ({number})") for number in itertools.count(2))
        return next(name for name in names if self.at(name) is None)

    def _set_file(self, number: int, file: Path) -> None:
        blob = store_rows.file_to_blob(file)
        self.connection.execute("UPDATE pictures SET file = ? WHERE number = ?", (blob, number))
        store_annotations.index_words(self.connection, [number])

    def move(self, number: int, file: Path) -> None:
        """Note that a picture's file is somewhere else in the library now."""
        with transaction(self.connection):
            self._make_room(file, self._id(number))
            self._set_file(number, file)

    def forget(self, number: int) -> None:
        """Remove a row; what a person said is remembered, should the picture come back."""
        with transaction(self.connection):
            self._forget(number)

    def _forget(self, number: int) -> None:
        said = store_annotations.read(self.connection, [number])
        if number in said:
            store_annotations.remember(self.connection, number, said[number])
        for table, column in (("words", "rowid"), ("pictures", "number")):
            self.connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (number,))  # noqa: S608

    def _id(self, number: int) -> UUID:
        return self.entry(number).id

    # What people say

    def annotate(
        self, pictures: Sequence[UUID], change: Change
    ) -> tuple[tuple[UUID, Annotation], ...]:
        """Change what is said of pictures; gives what was said of those that changed.

        KnownError, and nothing changed, if one is not in the gallery.
        """
        with transaction(self.connection):
            rows = self.numbers(pictures)
            if missing := [picture for picture in pictures if picture not in rows]:
                raise NotHereError(short(missing[0]))
            store_albums.refuse_smart(self.connection, change.add_albums)
            said = store_annotations.read(self.connection, rows.values())
            return self._replace(rows, said, {row: change.apply(a) for row, a in said.items()})

    def take_back(self, change: Change, before: Sequence[tuple[UUID, Annotation]]) -> None:
        """Undo a change, by what `annotate` gave; those that are no longer here stay remembered."""
        with transaction(self.connection):
            rows = self.numbers(picture for picture, _ in before)
            said = store_annotations.read(self.connection, rows.values())
            again = {
                row: change.taken_back(was, said[row])
                for picture, was in before
                if (row := rows.get(picture)) is not None
            }
            self._replace(rows, said, again)

    def _replace(
        self, rows: Mapping[UUID, int], old: Mapping[int, Annotation], new: Mapping[int, Annotation]
    ) -> tuple[tuple[UUID, Annotation], ...]:
        changed = {number: said for number, said in new.items() if said != old[number]}
        store_annotations.write(self.connection, changed)
        self._advance(changed)
        worded = [n for n in changed if _wording(old[n]) != _wording(new[n])]
        store_annotations.index_words(self.connection, worded)
        return tuple((picture, old[n]) for picture, n in rows.items() if n in changed)

    def touch(self, pictures: Iterable[UUID]) -> None:
        """Have the sidecars of pictures written again."""
        with transaction(self.connection):
            self._advance(self.numbers(pictures).values())

    def _advance(self, numbers: Iterable[int]) -> None:
        self.connection.executemany(ADVANCE, ((number,) for number in numbers))

    def wrote(self, number: int, revision: int, sidecar_hash: str) -> None:
        """Note that the sidecar has the annotation as of a revision; later ones stay unwritten."""
        with transaction(self.connection):
            self.connection.execute(
                "UPDATE pictures SET written = ?, sidecar_hash = ? WHERE number = ?",
                (revision, sidecar_hash, number),
            )

    # How files are

    def set_state(self, number: int, state: State, place: Place | None = None) -> None:
        """Note how a picture's file is; of one in the trash, where there."""
        self.set_states([(number, state, place)])

    def set_states(self, states: Iterable[tuple[int, State, Place | None]]) -> None:
        """Note how the files of many pictures are, all or none."""
        with transaction(self.connection):
            self.connection.executemany(
                SET_STATE,
                (
                    (state.value, codec.canonical(place) if place else "", number)
                    for number, state, place in states
                ),
            )

    def saw_states(self, states: Iterable[tuple[int, State]]) -> None:
        """Note how a look has found files; what went to the trash meanwhile stays there."""
        with transaction(self.connection):
            self.connection.executemany(
                SAW_STATE, ((state.value, number) for number, state in states)
            )

    def note_other(
        self, file: Path, size: int, mtime_ns: int, picture: int | None, reason: str
    ) -> None:
        """Note a file that gets no row: a copy of the picture in a row, or one that is refused."""
        with transaction(self.connection):
            self.connection.execute(
                "INSERT OR REPLACE INTO others VALUES (?, ?, ?, ?, ?)",
                (store_rows.file_to_blob(file), size, mtime_ns, picture, readable(reason)),
            )

    def drop_other(self, file: Path) -> None:
        """Forget a file that has no row."""
        with transaction(self.connection):
            blob = store_rows.file_to_blob(file)
            self.connection.execute("DELETE FROM others WHERE file = ?", (blob,))

    def set_meta(self, name: str, value: str) -> None:
        """Keep a remark on the gallery as a whole."""
        with transaction(self.connection):
            self.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    # Albums

    def make_album(self, name: str, query: str | None = None) -> None:
        """Make an album, a smart one if it has a query; KnownError if the name is taken."""
        with transaction(self.connection):
            store_albums.make(self.connection, name, query)

    def add_albums(self, albums: Iterable[Album]) -> None:
        """Make the albums that are not there yet, as when they are read from the library."""
        with transaction(self.connection):
            store_albums.add_albums(self.connection, albums)

    def rename_album(self, name: str, new: str) -> None:
        """Give an album another name, in what its pictures say, too."""
        with transaction(self.connection):
            self._reworded(store_albums.rename(self.connection, name, new))

    def remove_album(self, name: str) -> tuple[UUID, ...]:
        """Remove an album, not its pictures; gives them, so that it can be undone."""
        with transaction(self.connection):
            numbers = store_albums.remove(self.connection, name)
            self._reworded(numbers)
            return tuple(self.ids(numbers).values())

    def _reworded(self, numbers: Sequence[int]) -> None:
        self._advance(numbers)
        store_annotations.index_words(self.connection, numbers)

    def wrote_albums(self, revision: int) -> None:
        """Note that `albums.json` has the albums as of a revision."""
        self.set_meta(store_albums.WRITTEN, str(revision))


def _wording(said: Annotation) -> tuple[object, ...]:
    """Give the part of an annotation that is found by its words."""
    return said.tags, said.albums, said.note

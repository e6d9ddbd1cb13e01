"""What the gallery's reader thread answers: listings, pages, details, counts."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from ldm_desktop.gallery.finding.query import parse
from ldm_desktop.gallery.finding.query_text import quote
from ldm_desktop.gallery.records import Details, Entry
from ldm_desktop.session.gallery.access import Books
from ldm_desktop.session.gallery.steps import RESET, Step, step
from ldm_desktop.session.gallery.values import (
    Counts,
    Lineage,
    Listing,
    Question,
    Shelf,
    Summary,
)

if TYPE_CHECKING:
    from ldm_desktop.gallery.finding.complete import Completion

FIRST_ROWS = 120
"""Entries that come with a listing, so that its first painting is whole."""
MOST_RELATED = 200


@dataclass(frozen=True)
class Page:
    """What was read of what was asked; what is not in `entries` has no row any more."""

    asked: tuple[int, ...]
    entries: dict[int, Entry]


@dataclass(frozen=True)
class Answer:
    """A listing, and the step to it from the one that was shown when the question was asked."""

    listing: Listing
    base: Listing
    step: Step

    def step_from(self, shown: Listing) -> Step:
        """Give the step from the listing that is shown now."""
        return self.step if shown is self.base else RESET


def answer(question: Question, shown: Listing, keep: int, books: Books) -> Answer:
    """List what is asked for, with the entries around what is current, `keep`, or the first."""
    found = books.search.numbers(parse(question.text), question.order)
    numbers, groups = books.search.groups(found, question.grouping)
    places = places_of(numbers)
    row = places[keep] if 0 <= keep < len(places) else 0
    first = max(row - FIRST_ROWS // 2, 0)
    entries = books.store.entries(numbers[first : first + FIRST_ROWS])
    listing = Listing(numbers, places, groups, entries, question)
    return Answer(listing, shown, step(shown.numbers, numbers))


def places_of(numbers: array[int]) -> array[int]:
    """Give the row of each number, NOT_LISTED (-1) for those that have none."""
    import numpy as np

    if not numbers:
        return array("i")
    listed = np.frombuffer(numbers, dtype=np.int64)
    places = np.full(int(listed.max()) + 1, -1, dtype=np.int32)
    places[listed] = np.arange(len(listed), dtype=np.int32)
    found = array("i")
    found.frombytes(places.tobytes())
    return found


def page(numbers: tuple[int, ...], books: Books) -> Page:
    """Read the entries of rows."""
    return Page(numbers, books.store.entries(numbers))


def details(picture: UUID, books: Books) -> Details:
    """Read all of a picture."""
    return books.store.details(picture)


def summary(numbers: tuple[int, ...], books: Books) -> Summary:
    """Read what many pictures have in common."""
    return Summary(numbers, books.store.common(numbers))


def lineage(picture: UUID, books: Books) -> Lineage:
    """Read a picture's parents, siblings and children."""
    store = books.store
    parents, children = store.parents(picture), store.children(picture)
    siblings = [each for parent in parents for each in store.children(parent) if each != picture]
    found = _entries((picture, *parents), books)
    return Lineage(
        picture=store.entry(store.row(picture)),
        parents=tuple(found[each] for each in parents if each in found),
        siblings=tuple(_entries(siblings[:MOST_RELATED], books).values()),
        children=tuple(_entries(children[:MOST_RELATED], books).values()),
        unknown=tuple(each for each in parents if each not in found),
    )


def _entries(pictures: Sequence[UUID], books: Books) -> dict[UUID, Entry]:
    numbers = books.store.numbers(pictures)
    found = books.store.entries(numbers.values())
    wanted = ((picture, numbers.get(picture)) for picture in dict.fromkeys(pictures))
    return {picture: found[number] for picture, number in wanted if number in found}


def entry(picture: UUID, books: Books) -> Entry:
    """Read the entry of a picture."""
    return books.store.entry(books.store.row(picture))


def albums(books: Books) -> Counts:
    """Read the albums and tags; of smart albums how many pictures they have comes later."""
    found = books.store.albums()
    filled = [album for album in found if album.query is None]
    smart = [album for album in found if album.query is not None]
    tags = sorted(books.store.tags(), key=lambda tag: -tag[1])
    return Counts(
        albums=tuple(
            Shelf(album.name, f"album:{quote(album.name)}", album.count, album.name)
            for album in filled
        ),
        smart=tuple(
            Shelf(album.name, album.query or "", None, album.name, smart=True) for album in smart
        ),
        tags=tuple(tags),
    )


def complete(text: str, cursor: int, books: Books) -> tuple[Completion, ...]:
    """Find what could stand at the cursor."""
    from ldm_desktop.gallery.finding import complete as gallery

    return tuple(gallery.complete(books.connection, text, cursor))


def count(query: str, books: Books) -> int:
    """Count what a query finds."""
    return books.search.count(parse(query))

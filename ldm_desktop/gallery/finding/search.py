"""Answers to queries: pictures' numbers in order, in groups, and how many there are.

A `Search` has one connection, which belongs to one thread. Each answer is of one moment of the
database; what was read for it is kept until the database has changed.
"""

from __future__ import annotations

import contextlib
import functools
from array import array
from collections.abc import Iterator

import apsw
import numpy as np

from ldm_desktop.gallery.finding import alike, grouping, smart
from ldm_desktop.gallery.finding.ordering import Orderings
from ldm_desktop.gallery.finding.query import Group, Grouping, Order, Query, SortField
from ldm_desktop.gallery.finding.query_terms import (
    All,
    Either,
    Everything,
    Leaf,
    Node,
    Not,
    Related,
)
from ldm_desktop.gallery.finding.snapshot import Mask, Numbers, Snapshot
from ldm_desktop.gallery.index import sql

__all__ = ["Group", "Grouping", "Order", "Search", "SortField"]

NEWEST_FIRST = Order()
HEAD = 4096
"""Of so many of the newest, a first page is made if it can be."""


class Search:
    """Asks the gallery's database."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._version: tuple[int, int] | None = None
        self._snapshot: Snapshot
        self._orderings: Orderings

    def numbers(
        self, query: Query, order: Order = NEWEST_FIRST, limit: int | None = None
    ) -> array[int]:
        """Give the numbers of the pictures that a query asks for, all or the first, in order."""
        with self._reading():
            return _array(self._numbers(query, order, limit))

    def count(self, query: Query) -> int:
        """Count the pictures that a query asks for."""
        with self._reading():
            return len(self._numbers(query, NEWEST_FIRST, None))

    def groups(
        self, numbers: array[int], by: Grouping, distance: int = alike.NEAR
    ) -> tuple[array[int], tuple[Group, ...]]:
        """Put the pictures of a listing together: the listing in its new order, and its groups.

        A group stands where its first picture stood; pictures without a group come last.
        """
        if by is Grouping.NONE or not numbers:
            return numbers, ()
        with self._reading():
            # What was listed of an earlier moment may have gone.
            given = np.array(numbers, dtype=np.int64)
            here = given[given < self._snapshot.size]
            arranged, groups = grouping.groups(self._snapshot, here, by, distance)
            return _array(arranged), groups

    @contextlib.contextmanager
    def _reading(self) -> Iterator[None]:
        """Read one moment of the database."""
        inside = self._connection.in_transaction
        if not inside:
            sql.rows(self._connection, "BEGIN")
        try:
            self._look()
            yield
        finally:
            self._end(inside)

    def _end(self, inside: bool) -> None:
        if inside:
            self._version = None  # What the caller has not committed may never be.
        elif self._connection.in_transaction:
            sql.rows(self._connection, "COMMIT")

    def _look(self) -> None:
        """Forget what was read if the database is another since."""
        by_others = sql.rows(self._connection, "PRAGMA data_version")[0][0]
        version = by_others, self._connection.total_changes()
        if version != self._version:
            self._snapshot = Snapshot(self._connection)
            self._orderings = Orderings(self._snapshot)
            self._version = version

    def _numbers(self, query: Query, order: Order, limit: int | None) -> Numbers:
        node = self._resolved(query.node)
        trash = smart.asks_for_trash(node)
        mask = None if isinstance(node, Everything) else self._mask(node)
        if limit is not None and order == NEWEST_FIRST:
            page = self._first(mask, trash, limit)
            if page is not None:
                return page
        listed = self._orderings.all(order, trash=trash)
        return (listed if mask is None else listed[mask[listed]])[:limit]

    def _first(self, mask: Mask | None, trash: bool, limit: int) -> Numbers | None:
        """Give the first page from the newest pictures alone, if they fill it."""
        size = limit if mask is None else HEAD
        newest = self._snapshot.newest(size, trash=trash)
        page = newest if mask is None else newest[mask[newest]]
        return page[:limit] if mask is None or len(page) >= limit else None

    def _resolved(self, node: Node) -> Node:
        found = self._snapshot.rows("SELECT name, query FROM albums WHERE query IS NOT NULL")
        return smart.Lookup(self._snapshot.names, dict(found)).resolve(node)

    def _mask(self, node: Node) -> Mask:
        match node:
            case Not():
                return np.logical_not(self._mask(node.node))
            case All():
                return functools.reduce(np.logical_and, map(self._mask, node.nodes))
            case Either():
                return functools.reduce(np.logical_or, map(self._mask, node.nodes))
            case _:
                return self._leaf(node)

    def _leaf(self, leaf: Leaf) -> Mask:
        if isinstance(leaf, Related) and leaf.relation == "like":
            models = self._snapshot.mask(Related("id", leaf.digits))
            looks = self._snapshot.looks()
            return alike.like(looks.values, looks.known, models)
        return self._snapshot.mask(leaf)


def _array(numbers: Numbers) -> array[int]:
    found = array("q")
    found.frombytes(np.ascontiguousarray(numbers, dtype=np.int64).tobytes())
    return found

"""Pictures in the order of a field, each put into order once for a version of the database."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from ldm_desktop.gallery.finding.query import Order, SortField
from ldm_desktop.gallery.finding.snapshot import Column, Numbers, Snapshot

Read: TypeAlias = Callable[[Snapshot], Column]


def _measure(expression: str) -> Read:
    return lambda snapshot: snapshot.measure(expression)


def _ranks(column: str) -> Read:
    return lambda snapshot: snapshot.ranks(column)


COLUMNS: dict[SortField, Read] = {
    SortField.ADDED: _measure("number"),
    SortField.NAME: lambda snapshot: snapshot.file_names(),
    SortField.MODEL: _ranks("model"),
    SortField.SEED: lambda snapshot: snapshot.seeds(),
    SortField.SAMPLER: _ranks("sampler"),
    SortField.STEPS: _measure("steps"),
    SortField.ETA: _measure("eta"),
    SortField.PRECISION: _ranks("precision"),
    SortField.NOISE: _ranks("noise"),
    SortField.PIXELS: _measure("width * height"),
    SortField.WIDTH: _measure("width"),
    SortField.HEIGHT: _measure("height"),
    SortField.SIZE: _measure("size"),
    SortField.SECONDS: _measure("CAST(seconds * 1000 AS INTEGER)"),
    SortField.RATING: _measure("rating"),
    SortField.FLAG: _measure("flag"),
    SortField.LABEL: _ranks("label"),
    SortField.ORIGIN: _ranks("origin"),
    SortField.STATE: _ranks("state"),
}


class Orderings:
    """The orders of one snapshot that were asked for."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._ascending: dict[tuple[SortField, bool], tuple[Numbers, Numbers]] = {}

    def all(self, order: Order, *, trash: bool) -> Numbers:
        """Give all pictures in an order, those in the trash only if asked."""
        known, unknown = self._sorted(order.field, trash)
        if order.descending:
            known, unknown = known[::-1], unknown[::-1]
        return np.concatenate([known, unknown]) if len(unknown) else known

    def _sorted(self, field: SortField, trash: bool) -> tuple[Numbers, Numbers]:
        key = field, trash
        if key not in self._ascending:
            created = self._snapshot.created(trash=trash)
            self._ascending[key] = self._by_column(field, created)
        return self._ascending[key]

    def _by_column(self, field: SortField, created: Numbers) -> tuple[Numbers, Numbers]:
        """Sort by a column; those without a value by themselves, both oldest first."""
        if field is SortField.CREATED:
            return created, created[:0]
        column = COLUMNS[field](self._snapshot)
        has_one = column.known[created]
        known = created[has_one]
        places = np.argsort(column.values[known], kind="stable")
        return known[places], created[~has_one]

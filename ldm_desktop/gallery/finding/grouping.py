"""Listings in groups: by seed, by recipe but for the seed, by day, by how pictures look."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from ldm_desktop.gallery.finding import alike
from ldm_desktop.gallery.finding.query import Group, Grouping, GroupValue
from ldm_desktop.gallery.finding.snapshot import Column, Keys, Mask, Numbers, Snapshot

Titles: TypeAlias = Callable[[Snapshot, Numbers], list[GroupValue]]

LONELY = (Grouping.DUPLICATES, Grouping.NEAR)
"""Here one picture alone is no group."""


def groups(
    snapshot: Snapshot, numbers: Numbers, by: Grouping, distance: int
) -> tuple[Numbers, tuple[Group, ...]]:
    """Put the pictures of a listing together, each group where its first picture stood."""
    keys, known = _keys(snapshot, numbers, by, distance)
    if by in LONELY:
        known = known & ~_alone(keys)
    places, counts = _together(keys, known)
    arranged = numbers[places]
    starts = np.cumsum(counts) - counts
    values = TITLES[by](snapshot, arranged[starts])
    found = [Group(*each) for each in zip(values, starts.tolist(), counts.tolist(), strict=True)]
    if rest := len(numbers) - int(counts.sum()):
        found.append(Group(None, len(numbers) - rest, rest))
    return arranged, tuple(found)


def _keys(snapshot: Snapshot, numbers: Numbers, by: Grouping, distance: int) -> tuple[Keys, Mask]:
    """Give a key for each picture, equal within a group, and who has one."""
    if by is Grouping.NEAR:
        looks = _listed(snapshot.looks(), numbers)
        return alike.near(looks[0], distance), looks[1]
    columns: dict[Grouping, Callable[[], Column]] = {
        Grouping.SEED: snapshot.seeds,
        Grouping.DAY: snapshot.days,
        Grouping.LIKENESS: snapshot.likenesses,
        Grouping.DUPLICATES: snapshot.duplicates,
    }
    return _listed(columns[by](), numbers)


def _listed(column: Column, numbers: Numbers) -> tuple[Keys, Mask]:
    return column.values[numbers], column.known[numbers]


def _alone(keys: Keys) -> Mask:
    """Say which keys there are but once."""
    _, of, counts = np.unique(keys, return_inverse=True, return_counts=True)
    alone: Mask = counts[of] == 1
    return alone


def _together(keys: Keys, known: Mask) -> tuple[Numbers, Numbers]:
    """Give the places in their new order, and the sizes of the groups; who has no key is last."""
    places = np.flatnonzero(known)
    _, first, of, counts = np.unique(
        keys[places], return_index=True, return_inverse=True, return_counts=True
    )
    by_first = np.argsort(first)
    ranks = np.empty_like(by_first)
    ranks[by_first] = np.arange(len(by_first))
    grouped = places[np.argsort(ranks[of], kind="stable")]
    return np.concatenate([grouped, np.flatnonzero(~known)]), counts[by_first]


def _seeds(snapshot: Snapshot, firsts: Numbers) -> list[GroupValue]:
    return list(snapshot.seeds().values[firsts].tolist())


def _days(snapshot: Snapshot, firsts: Numbers) -> list[GroupValue]:
    days = snapshot.days().values[firsts].astype(np.int64).tolist()
    return [f"{day // 10000:04}-{day // 100 % 100:02}-{day % 100:02}" for day in days]


def _recipes(snapshot: Snapshot, firsts: Numbers) -> list[GroupValue]:
    titles, of = snapshot.recipe_titles()
    return [titles[place] for place in of[firsts].tolist()]


def _firsts(snapshot: Snapshot, firsts: Numbers) -> list[GroupValue]:  # noqa: ARG001 - as others
    return list(firsts.tolist())


TITLES: dict[Grouping, Titles] = {
    Grouping.SEED: _seeds,
    Grouping.DAY: _days,
    Grouping.LIKENESS: _recipes,
    Grouping.DUPLICATES: _firsts,
    Grouping.NEAR: _firsts,
}

"""Sheets, tiles and stores of seeds, to test what is remembered."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from samples import recipe_of

from ldm_desktop.core.recipe import ModelRef, Recipe
from ldm_desktop.gallery.seeds import database, previews
from ldm_desktop.gallery.seeds.records import SeedKey, SheetPlan, TileRow, Verdict
from ldm_desktop.gallery.seeds.store import Store

CREATED = "2026-11-23T06:30:00+00:00"
FACES = ModelRef("a" * 64, "faces", "")


def plan_of(number: int = 1, count: int = 8, **changes: Any) -> SheetPlan:
    """Give the plan of a sheet of seeds from 0."""
    entries: dict[str, Any] = {
        "id": UUID(int=number << 96, version=4),
        "name": f"Sweep {number}",
        "created": CREATED,
        "recipe": recipe_of(0),
        "model_folder": "models/landscapes",
        "count": count,
    }
    return SheetPlan(**entries | changes)


def tile_of(place: int, verdict: Verdict = Verdict.OPEN, **changes: Any) -> TileRow:
    """Give a tile that has formed to a quarter."""
    entries: dict[str, Any] = {"done": 5, "total": 20, "preview": b"picture %d" % place}
    return TileRow(place, verdict, **entries | changes)


def faces_recipe(seed: int = 0) -> Recipe:
    """Give a recipe of another model."""
    return recipe_of(seed, model=FACES, steps=50)


def keys_of(*seeds: int) -> tuple[SeedKey, ...]:
    """Give the keys of seeds."""
    return tuple(map(SeedKey, seeds))


@contextlib.contextmanager
def opened(data: Path) -> Iterator[Store]:
    """Open the store in a folder."""
    connection = database.open_database(database.file_in(data)).connection
    kept = previews.Previews(data / previews.FILE)
    try:
        yield Store(connection, kept)
    finally:
        kept.close()
        connection.close()


def found(store: Store, query: str) -> list[int]:
    """Give the seeds that answer a query, sorted."""
    return sorted(row.key.seed for row in store.list_seeds(query, 10_000))


def fill(store: Store, tiles: Sequence[TileRow], plan: SheetPlan | None = None) -> SheetPlan:
    """Note tiles of a sheet."""
    plan = plan or plan_of()
    store.keep_sheet(plan)
    store.note_tiles([(plan, tiles)])
    return plan

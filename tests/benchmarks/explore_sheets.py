"""The sheets of `explore.py`: their plans, and what earlier days have left of them on the disk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ldm_desktop.core import statefile
from ldm_desktop.core.frame import Frame
from ldm_desktop.core.model import ModelCard
from ldm_desktop.core.recipe import Precision, Recipe
from ldm_desktop.gallery.seeds import database, previews
from ldm_desktop.gallery.seeds.records import SheetPlan, TileRow
from ldm_desktop.gallery.seeds.store import Store
from ldm_desktop.session import choices_file
from ldm_desktop.session.choices import Choices, fitted_to, recipe_of
from ldm_desktop.session.explore import sheet_plans
from ldm_desktop.session.explore.sheet_images import encoded
from ldm_desktop.session.explore.sheet_plans import Source
from ldm_desktop.session.explore.sheet_tiles import rest_of
from ldm_desktop.session.shown import image_of

FEW_NAME, KEPT_NAME, FRESH_NAME = "few", "kept", "fresh"
FEW = 10
LONG = 500
"""Steps of the few tiles, so that the engine works on them for as long as they are looked at."""
OPEN = 8
"""Of so many tiles of the kept sheet one is still to form, so that the engine works there, too."""
AT_ONCE = 2000


def source_of(card: ModelCard, precision: Precision = Precision.BALANCED) -> Source:
    """Give the settings that the studio begins with."""
    choices = fitted_to(Choices(model=card.folder), card, None)
    return Source(recipe_of(choices, card, precision), card.folder)


def recipes(plan: SheetPlan) -> list[Recipe]:
    """Give the recipes that a sheet's tiles form by."""
    return [plan.tile_recipe(place) for place in range(plan.count)]


def rest(plan: SheetPlan) -> int:
    """Give the evaluations after which a sheet's tiles rest."""
    return rest_of(plan, plan.tile_recipe(0).evaluations)


def fill(data: Path, card: ModelCard, count: int, frames: Sequence[Frame]) -> None:
    """Make the application's folder: its model chosen, and three sheets, one of them fresh."""
    data.mkdir(parents=True)
    chosen = choices_file.Kept(Choices(model=card.folder))
    statefile.save(data / "choices.json", choices_file.VERSION, chosen)
    connection = database.open_database(database.file_in(data)).connection
    store = Store(connection, previews.Previews(data / previews.FILE))
    images = [*encoded(dict(enumerate(map(image_of, frames)))).values()]
    for plan, rows in _sheets(source_of(card), count, images):
        store.keep_sheet(plan)
        for first in range(0, len(rows), AT_ONCE):
            store.note_tiles([(plan, rows[first : first + AT_ONCE])])
    store.previews.close()
    connection.close()


def _sheets(
    source: Source, count: int, images: Sequence[bytes]
) -> Iterator[tuple[SheetPlan, list[TileRow]]]:
    long = replace(source, recipe=replace(source.recipe, steps=LONG))
    few = sheet_plans.in_order(long, 0, FEW, share=1.0, name=FEW_NAME)
    # A single evaluation is done, of which the images are; the others are still to come.
    yield few, [*_rows(few, 1, images, range(FEW))]
    kept = sheet_plans.in_order(source, 1_000_000, count, name=KEPT_NAME)
    formed = [place for place in range(count) if place % OPEN]
    yield kept, [*_rows(kept, rest(kept), images, formed)]
    yield sheet_plans.in_order(source, 2_000_000, count, name=FRESH_NAME), []


def _rows(
    plan: SheetPlan, done: int, images: Sequence[bytes], places: Sequence[int]
) -> Iterator[TileRow]:
    total = plan.tile_recipe(0).evaluations
    for place in places:
        yield TileRow(place, done=done, total=total, preview=images[place % len(images)])

"""What is remembered of seeds: noted as sheets form and pictures are saved, said by people.

A store has one connection, which belongs to one thread. Every change is one transaction, durable
when the method returns; trouble with the disk is a `sql.DatabaseError` and changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from ldm_desktop.core.noise import Seed
from ldm_desktop.gallery.index.sql import transaction
from ldm_desktop.gallery.records import readable
from ldm_desktop.gallery.seeds import previews
from ldm_desktop.gallery.seeds.reads import Reader
from ldm_desktop.gallery.seeds.records import (
    Finished,
    SeedChange,
    SeedKey,
    SeedNote,
    SheetPlan,
    TileRow,
)
from ldm_desktop.gallery.seeds.rows import (
    KNOW,
    MEET,
    Template,
    bound,
    numbers_of,
    plan_to_text,
    put_template,
)

LONGEST_NAME = 200
PUT_SHEET = """
    INSERT INTO sheets (id, name, opened, recipe, plan) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET opened = excluded.opened, plan = excluded.plan
"""
PUT_TILE = """
    INSERT INTO trials (seed, recipe, met, done, total, verdict, sheet, place, picture)
    SELECT number, ?, ?, ?, ?, ?, ?, ?, ? FROM seeds WHERE seed = ? AND generator = ?
    ON CONFLICT (sheet, place) WHERE sheet IS NOT NULL DO UPDATE SET
        met = excluded.met, done = excluded.done, total = excluded.total,
        verdict = excluded.verdict, picture = coalesce(excluded.picture, picture)
"""
FOUND = """
    UPDATE trials SET picture = ? WHERE seed = (SELECT number FROM seeds WHERE seed = ?
        AND generator = ?) AND (recipe = ? OR sheet IN (SELECT number FROM sheets WHERE recipe = ?))
    RETURNING recipe
"""
FINISHED = """
    INSERT INTO trials (seed, recipe, met, done, total, picture)
    SELECT number, ?, ?, ?, ?, ? FROM seeds WHERE seed = ? AND generator = ?
"""
MADE = """
    SELECT seeds.seed FROM json_each(?) JOIN seeds ON seeds.seed = unhex(value)
    JOIN trials ON trials.seed = seeds.number AND recipe = ? WHERE picture IS NOT NULL
"""
SAY = "UPDATE seeds SET star = ?, name = ?, note = ? WHERE number = ?"
FORGET_SEEDS = """
    DELETE FROM seeds WHERE number IN (SELECT value FROM json_each(?))
        AND NOT star AND name = '' AND note = ''
        AND NOT EXISTS (SELECT 1 FROM trials WHERE seed = seeds.number)
"""


def now() -> str:
    """Give the time as it is kept: to the second, in UTC, so that text sorts as time."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Store(Reader):
    """The seeds and the contact sheets, to be read and changed."""

    # Sheets

    def keep_sheet(self, plan: SheetPlan) -> None:
        """Remember a sheet, or that it was opened again; it keeps the name it was given since."""
        with transaction(self.connection):
            self._sheet(plan)

    def _sheet(self, plan: SheetPlan) -> int:
        recipe = put_template(self.connection, Template.of(plan.recipe))
        entries = str(plan.id), _title(plan.name), now(), recipe, plan_to_text(plan)
        self.connection.execute(PUT_SHEET, entries)
        return self.sheet_number(plan.id)

    def rename_sheet(self, sheet: UUID, name: str) -> None:
        """Give a sheet another name."""
        with transaction(self.connection):
            number = self.sheet_number(sheet)
            update = "UPDATE sheets SET name = ? WHERE number = ?"
            self.connection.execute(update, (_title(name), number))

    def remove_sheet(self, sheet: UUID) -> None:
        """Remove a sheet; of its seeds, those judged, noted or finished stay remembered."""
        with transaction(self.connection):
            number = self.sheet_number(sheet)
            seeds = self.one("SELECT json_group_array(seed) FROM trials WHERE sheet = ?", number)
            self.connection.execute(
                "DELETE FROM trials WHERE sheet = ? AND verdict = 0 AND picture IS NULL", (number,)
            )
            self.connection.execute(
                "UPDATE trials SET sheet = NULL, place = NULL WHERE sheet = ?", (number,)
            )
            self.connection.execute("DELETE FROM sheets WHERE number = ?", (number,))
            self.connection.execute(FORGET_SEEDS, (seeds,))

    # Trials

    def note_tiles(self, notes: Iterable[tuple[SheetPlan, Sequence[TileRow]]]) -> None:
        """Note how tiles of sheets are, all or none; without a preview the old one stays."""
        images: dict[bytes, bytes] = {}
        with transaction(self.connection):
            for plan, tiles in notes:
                images |= self._note(plan, tiles)
        self.previews.put(images)

    def _note(self, plan: SheetPlan, tiles: Sequence[TileRow]) -> dict[bytes, bytes]:
        template = Template.of(plan.tile_recipe(0))
        recipe = put_template(self.connection, template)
        sheet = self.known_sheet(plan.id) or self._sheet(plan)
        met = now()
        keys = [SeedKey(plan.seed(tile.place)) for tile in tiles]
        self.connection.executemany(MEET, ((*bound(key), met) for key in keys))
        self.connection.executemany(PUT_TILE, _tiles(recipe, met, sheet, tiles, keys))
        images = {key: tile for key, tile in zip(keys, tiles, strict=True) if tile.preview}
        # Where there is a picture, what forms does not stand for it.
        forming = [key for key, tile in images.items() if not tile.picture]
        made = self._made(recipe, forming)
        return {
            previews.key_of(key, template.likeness): tile.preview
            for key, tile in images.items()
            if key not in made
        }

    def _made(self, recipe: int, keys: Sequence[SeedKey]) -> set[SeedKey]:
        """Give those seeds of which there is a picture by a recipe."""
        wanted = json.dumps([bound(key)[0].hex() for key in keys])
        found = {seed for (seed,) in self.connection.execute(MADE, (wanted, recipe))}
        return {key for key in keys if bound(key)[0] in found}

    def saw(self, pictures: Iterable[Finished]) -> None:
        """Note saved pictures on the trials they finish, or as trials of their own."""
        images: dict[bytes, bytes] = {}
        with transaction(self.connection):
            for picture in pictures:
                if picture.is_of_a_seed:
                    images |= self._saw(picture)
        self.previews.put(images)

    def _saw(self, picture: Finished) -> dict[bytes, bytes]:
        noise, template = picture.recipe.noise, Template.of(picture.recipe)
        assert isinstance(noise, Seed)
        key, recipe = SeedKey(noise.seed, noise.generator), put_template(self.connection, template)
        self.connection.execute(MEET, (*bound(key), picture.created))
        name = str(picture.picture)
        found = self.connection.execute(FOUND, (name, *bound(key), recipe, recipe)).fetchall()
        if (recipe,) not in found:
            done = picture.recipe.evaluations
            entries = recipe, picture.created, done, done, name, *bound(key)
            self.connection.execute(FINISHED, entries)
        return {previews.key_of(key, template.likeness): picture.preview} if picture.preview else {}

    # What people say

    def note(
        self, keys: Sequence[SeedKey], change: SeedChange
    ) -> tuple[tuple[SeedKey, SeedNote], ...]:
        """Change what is said of seeds, met or not; gives what was said of those that changed."""
        change = _readable(change)
        with transaction(self.connection):
            self.connection.executemany(KNOW, ((*bound(key), now()) for key in keys))
            known = numbers_of(self.connection, keys)
            before = {key: known[key][1] for key in keys}
            after = {key: change.apply(said) for key, said in before.items()}
            return self._say(known, after)

    def take_back(
        self, change: SeedChange, before: Sequence[tuple[SeedKey, SeedNote]]
    ) -> tuple[tuple[SeedKey, SeedNote], ...]:
        """Undo a change, by what `note` gave, but for what was said since."""
        change, was = _readable(change), dict(before)
        with transaction(self.connection):
            known = numbers_of(self.connection, tuple(was))
            again = {key: change.taken_back(was[key], said) for key, (_, said) in known.items()}
            return self._say(known, again)

    def _say(
        self, known: dict[SeedKey, tuple[int, SeedNote]], after: dict[SeedKey, SeedNote]
    ) -> tuple[tuple[SeedKey, SeedNote], ...]:
        changed = {key: said for key, said in after.items() if said != known[key][1]}
        self.connection.executemany(
            SAY,
            ((said.star, said.name, said.note, known[key][0]) for key, said in changed.items()),
        )
        return tuple((key, known[key][1]) for key in changed)


def _tiles(
    recipe: int, met: str, sheet: int, tiles: Sequence[TileRow], keys: Sequence[SeedKey]
) -> Iterator[tuple[Any, ...]]:
    for tile, key in zip(tiles, keys, strict=True):
        picture = str(tile.picture) if tile.picture else None
        progress = tile.done, tile.total, int(tile.verdict)
        yield (recipe, met, *progress, sheet, tile.place, picture, *bound(key))


def _title(name: str) -> str:
    return readable(name)[:LONGEST_NAME]


def _readable(change: SeedChange) -> SeedChange:
    name = None if change.name is None else _title(change.name)
    note = None if change.note is None else readable(change.note, breaks=True)
    return replace(change, name=name, note=note)

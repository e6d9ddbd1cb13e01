"""Seeds, recipes and sheets to and from their rows in the seeds' database."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

import apsw

from ldm_desktop.core import codec, recipe
from ldm_desktop.core.noise import Generator, Seed
from ldm_desktop.core.recipe import Recipe, with_noise
from ldm_desktop.gallery.index import sql
from ldm_desktop.gallery.seeds.records import SeedKey, SeedNote, SheetPlan

ADD_RECIPE = """
    INSERT INTO recipes (likeness, fingerprint, model, sampler, steps, width, height, template)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (likeness) DO UPDATE SET model = excluded.model
    RETURNING number
"""
OF_KEYS = """
    SELECT number, seed, generator, star, name, note FROM seeds WHERE (seed, generator) IN
        (SELECT unhex(value ->> 0), value ->> 1 FROM json_each(?))
"""
MEET = """
    INSERT INTO seeds (seed, generator, met) VALUES (?, ?, ?)
    ON CONFLICT (seed, generator) DO UPDATE SET met = max(met, excluded.met)
"""
KNOW = """
    INSERT INTO seeds (seed, generator, met) VALUES (?, ?, ?) ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True)
class Template:
    """A recipe without its seed: equal `likeness` for recipes that differ in their seed alone."""

    recipe: Recipe

    @classmethod
    def of(cls, recipe: Recipe) -> Template:
        """Leave the seed of a recipe out."""
        return cls(with_noise(recipe, Seed(0)))

    @cached_property
    def likeness(self) -> str:
        """SHA-256, hex."""
        return self.recipe.id

    def with_seed(self, key: SeedKey) -> Recipe:
        """Give the whole recipe of a seed."""
        return with_noise(self.recipe, Seed(key.seed, key.generator))


def blob_of(seed: int) -> bytes:
    """Write a seed so that it sorts as a number."""
    return seed.to_bytes(8, "big")


def bound(key: SeedKey) -> tuple[bytes, str]:
    """Write a key as its columns."""
    return blob_of(key.seed), key.generator.value


def key_of(blob: bytes, generator: str) -> SeedKey:
    """Read a key from its columns."""
    return SeedKey(int.from_bytes(blob, "big"), Generator(generator))


def listed(keys: Iterable[SeedKey]) -> str:
    """Write keys as `OF_KEYS` takes them."""
    return json.dumps([[blob_of(key.seed).hex(), key.generator.value] for key in keys])


def note_of(star: int, name: str, note: str) -> SeedNote:
    """Read what is said of a seed."""
    return SeedNote(bool(star), name, note)


def numbers_of(
    connection: apsw.Connection, keys: Sequence[SeedKey]
) -> dict[SeedKey, tuple[int, SeedNote]]:
    """Give the rows of seeds that have one, and what is said of them."""
    rows = sql.rows(connection, OF_KEYS, (listed(keys),))
    return {
        key_of(blob, generator): (number, note_of(*said)) for number, blob, generator, *said in rows
    }


def put_template(connection: apsw.Connection, template: Template) -> int:
    """Give the row of a recipe, which is made if there is none."""
    of = template.recipe
    entries = (
        *(template.likeness, of.model.fingerprint, of.model.name, str(of.sampler.name)),
        *(of.steps, *of.size, codec.canonical(of)),
    )
    ((number,),) = sql.rows(connection, ADD_RECIPE, entries)
    return int(number)


def read_template(text: str) -> Template:
    """Read a recipe's row."""
    return Template(recipe.read(codec.parse(text, "A recipe among the seeds")))


def plan_to_text(plan: SheetPlan) -> str:
    """Write a sheet's plan; its name stands beside it."""
    return codec.canonical(dataclasses.replace(plan, name=""))


def plan_of(text: str, name: str) -> SheetPlan:
    """Read a sheet's plan."""
    data: dict[str, Any] = codec.parse(text, "A contact sheet's plan")
    return dataclasses.replace(codec.from_json(SheetPlan, data), name=name)


def picture_of(text: str | None) -> UUID | None:
    """Read a picture's id, if there is one."""
    return UUID(text) if text else None

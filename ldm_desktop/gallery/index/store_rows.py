"""A picture's values to and from its row in the database."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import os
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from ldm_desktop.core import codec, recipe
from ldm_desktop.core.noise import Mix, Noise, Region, Rotate, Seed, Slerp, Walk, first_seed
from ldm_desktop.core.picture import Environment
from ldm_desktop.core.recipe import Recipe
from ldm_desktop.gallery.index.store_values import Known
from ldm_desktop.gallery.records import Entry, Facts, Flag, Label, Made, Origin, State, readable

SEEDS = 2**64
WHOLE = 2**63
SEED_IN_TEXT = re.compile(r"(seed\W{0,4})\d+", re.IGNORECASE)
ENTRY = (
    "number, id, file, state, created, width, height, pixels, seed, model, rating, flag, label, "
    "note != '', recipe_id != ''"
)
KNOWN = "number, id, file, size, mtime_ns, state, bytes, pixels, sidecar_hash, revision != written"
MADE = "origin, created, recipe, environment, seconds, seed, model, sampler, steps, settings"
FACTS = (
    "id", "file", "size", "mtime_ns", "bytes", "pixels", "look", "state", "width", "height",
    "origin", "created", "day", "seconds", "seed", "model", "fingerprint", "sampler", "steps",
    "eta", "precision", "noise", "step", "recipe_id", "likeness", "recipe", "environment",
    "settings",
)  # fmt: skip
PUT = f"""
    INSERT INTO pictures ({", ".join(FACTS)}) VALUES ({", ".join("?" * len(FACTS))})
    ON CONFLICT (id) DO UPDATE SET trashed = '', {", ".join(f"{n} = excluded.{n}" for n in FACTS)}
    RETURNING number
"""  # noqa: S608 - of the names above


def file_to_blob(file: Path) -> bytes:
    """Write a path in the library as it is kept: bytes, with slashes."""
    return os.fsencode(file.as_posix())


def file_of(blob: bytes) -> Path:
    """Read a path in the library."""
    return Path(os.fsdecode(blob))


def seed_to_blob(seed: int | None) -> bytes | None:
    """Write a seed so that it sorts as a number; what has more than 64 bits is none."""
    return seed.to_bytes(8, "big") if seed is not None and 0 <= seed < SEEDS else None


def seed_of(blob: bytes | None) -> int | None:
    """Read a seed."""
    return None if blob is None else int.from_bytes(blob, "big")


def entry_of(row: tuple[Any, ...]) -> Entry:
    """Read a row of the columns `ENTRY`."""
    number, key, file, state, created, width, height, pixels, seed, model, *rest = row
    rating, flag, label, has_note, has_recipe = rest
    return Entry(
        number=number,
        id=UUID(key),
        file=file_of(file),
        state=State(state),
        created=created,
        width=width,
        height=height,
        pixels=pixels,
        seed=seed_of(seed),
        model=model,
        rating=rating,
        flag=Flag(flag),
        label=Label(label),
        has_note=bool(has_note),
        has_recipe=bool(has_recipe),
    )


def known_of(row: tuple[Any, ...]) -> Known:
    """Read a row of the columns `KNOWN`."""
    number, key, file, size, mtime_ns, state, digest, pixels, sidecar_hash, dirty = row
    return Known(
        number, UUID(key), file_of(file), size, mtime_ns, State(state), digest, pixels,
        sidecar_hash, bool(dirty),
    )  # fmt: skip


def made_of(row: tuple[Any, ...], parents: Iterable[UUID]) -> Made:
    """Read a row of the columns `MADE`."""
    origin, created, text, environment, seconds, seed, model, sampler, steps, settings = row
    return Made(
        Origin(origin),
        created,
        recipe=recipe.read(codec.parse(text, "The recipe")) if text else None,
        environment=_environment(environment) if environment else None,
        parents=tuple(parents),
        seconds=seconds,
        seed=seed_of(seed),
        model=model,
        sampler=sampler,
        steps=steps,
        settings=settings,
    )


def _environment(text: str) -> Environment:
    return codec.from_json(Environment, codec.parse(text, "The environment"))


def row_of(facts: Facts, file: Path) -> tuple[Any, ...]:
    """Give the values of the columns `FACTS`."""
    made = facts.made
    created, day = times(made.created)
    look = facts.look - SEEDS if facts.look >= WHOLE else facts.look
    return (
        str(facts.id), file_to_blob(file), facts.size, facts.mtime_ns, facts.bytes, facts.pixels,
        look, facts.state.value, facts.width, facts.height, made.origin.value, created, day,
        made.seconds, *(_own(made.recipe) if made.recipe else _foreign(facts)),
        _environment_text(made.environment) if made.environment else "",
        readable(made.settings, breaks=True),
    )  # fmt: skip


@functools.lru_cache(64)
def _environment_text(environment: Environment) -> str:
    return codec.canonical(environment)


def _own(made: Recipe) -> tuple[Any, ...]:
    """Give seed … recipe of a picture whose recipe is known."""
    return (
        seed_to_blob(first_seed(made.noise).seed), readable(made.model.name),
        made.model.fingerprint, made.sampler.name.value, made.steps, float(made.eta),
        made.precision.value, made.noise.kind, made.branch.step if made.branch else None,
        made.id, likeness(made), codec.canonical(made),
    )  # fmt: skip


def _foreign(facts: Facts) -> tuple[Any, ...]:
    """Give seed … recipe of a picture of which only a few settings are known."""
    made = facts.made
    steps = made.steps if made.steps is not None and abs(made.steps) < WHOLE else None
    return (
        seed_to_blob(made.seed), readable(made.model), "", readable(made.sampler), steps, None,
        "", "", None, "", foreign_likeness(facts), "",
    )  # fmt: skip


def times(created: str) -> tuple[str, str]:
    """Give a moment in UTC, as text that sorts as time, and its day here."""
    moment = datetime.fromisoformat(created)
    try:
        return moment.astimezone(UTC).isoformat(), moment.astimezone().date().isoformat()
    except (OverflowError, OSError, ValueError):
        # At the ends of the calendar, which only made-up dates reach.
        return moment.replace(tzinfo=UTC).isoformat(), moment.date().isoformat()


def likeness(made: Recipe) -> str:
    """Hash a recipe as if its first seed were 0: equal for those that differ in that alone."""
    return _seedless(made).id


def _seedless(made: Recipe) -> Recipe:
    branch = made.branch
    if branch:
        branch = dataclasses.replace(branch, parent=_seedless(branch.parent))
    return dataclasses.replace(made, noise=_unseeded(made.noise), branch=branch)


def _unseeded(noise: Noise) -> Noise:
    """Put 0 for the seed that `first_seed` gives."""
    if isinstance(noise, Seed):
        return dataclasses.replace(noise, seed=0)
    if isinstance(noise, Rotate | Walk):
        return dataclasses.replace(noise, base=_unseeded(noise.base))
    if isinstance(noise, Slerp):
        if noise.share <= 0.5:
            return dataclasses.replace(noise, start=_unseeded(noise.start))
        return dataclasses.replace(noise, end=_unseeded(noise.end))
    if isinstance(noise, Region):
        return dataclasses.replace(noise, outside=_unseeded(noise.outside))
    heaviest = max(noise.parents, key=lambda parent: abs(parent.weight))
    changed = dataclasses.replace(heaviest, noise=_unseeded(heaviest.noise))
    return Mix(tuple(changed if each is heaviest else each for each in noise.parents))


def foreign_likeness(facts: Facts) -> str:
    """Hash what another program says but for the seed; of nothing said, the pixels."""
    made = facts.made
    if not (made.model or made.sampler or made.settings):
        return facts.pixels
    said = (
        made.model, made.sampler, made.steps, facts.width, facts.height,
        SEED_IN_TEXT.sub(r"\1", made.settings),
    )  # fmt: skip
    return hashlib.sha256(codec.canonical(said).encode()).hexdigest()

"""What can be asked of the memory for seeds: sheets and their tiles, seeds and their trials."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import apsw

from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery.index import sql
from ldm_desktop.gallery.seeds import previews
from ldm_desktop.gallery.seeds.previews import Previews
from ldm_desktop.gallery.seeds.query import parse
from ldm_desktop.gallery.seeds.records import (
    SeedKey,
    SeedNote,
    SeedRow,
    SheetRow,
    TileRow,
    Trial,
    Verdict,
)
from ldm_desktop.gallery.seeds.rows import (
    Template,
    key_of,
    note_of,
    numbers_of,
    picture_of,
    plan_of,
    read_template,
)
from ldm_desktop.gallery.seeds.search import find

MOST_TRIALS = 500
SHEETS = """
    SELECT plan, name, opened,
        (SELECT count(*) FROM trials WHERE sheet = sheets.number AND done > 0),
        (SELECT count(*) FROM trials WHERE sheet = sheets.number AND verdict = 1),
        (SELECT count(*) FROM trials WHERE sheet = sheets.number AND verdict = -1),
        (SELECT count(picture) FROM trials WHERE sheet = sheets.number)
    FROM sheets ORDER BY opened DESC, number DESC
"""
TILES = """
    SELECT place, verdict, done, total, picture FROM trials
    WHERE sheet = (SELECT number FROM sheets WHERE id = ?) ORDER BY place
"""
OF_PLACES = """
    SELECT place, seeds.seed, generator, likeness FROM trials
    JOIN seeds ON seeds.number = trials.seed JOIN recipes ON recipes.number = recipe
    WHERE sheet = (SELECT number FROM sheets WHERE id = ?)
        AND place IN (SELECT value FROM json_each(?))
"""
SEEDS = """
    SELECT number, seed, generator, star, name, note, met FROM seeds
    WHERE number IN (SELECT value FROM json_each(?))
"""
KEYS = """
    SELECT number, seed, generator FROM seeds WHERE number IN (SELECT value FROM json_each(?))
"""
OF_SEEDS = """
    SELECT trials.seed, model, likeness, verdict, picture, done * 1.0 / max(total, 1)
    FROM trials JOIN recipes ON recipes.number = recipe
    WHERE trials.seed IN (SELECT value FROM json_each(?)) ORDER BY trials.number
"""
TRIALS = """
    SELECT trials.recipe, met, done, total, verdict, sheets.id, picture FROM trials
    LEFT JOIN sheets ON sheets.number = sheet
    WHERE trials.seed = ? ORDER BY met DESC, trials.number DESC LIMIT ?
"""
NOTED = """
    SELECT seed, generator, star, name, note FROM seeds WHERE star OR name != '' OR note != ''
"""
LIKED = """
    SELECT seed, generator FROM seeds WHERE (star OR number IN
        (SELECT seed FROM trials WHERE verdict = 1 AND {model}))
    AND (?1 = '' OR number IN (SELECT seed FROM trials WHERE {model})) ORDER BY met DESC, number
"""
OF_MODEL = "(?1 = '' OR recipe IN (SELECT number FROM recipes WHERE fingerprint = ?1))"


class Reader:
    """Answers questions through one connection; small pictures come from `previews`."""

    def __init__(self, connection: apsw.Connection, kept: Previews) -> None:
        self.connection = connection
        self.previews = kept
        self._templates: dict[int, Template] = {}

    # Sheets

    def sheets(self) -> tuple[SheetRow, ...]:
        """Give all sheets, those opened last first."""
        return tuple(
            SheetRow(plan_of(plan, name), opened, *counts)
            for plan, name, opened, *counts in self.all(SHEETS)
        )

    def sheet_names(self) -> dict[UUID, str]:
        """Give the names of all sheets."""
        return {UUID(sheet): name for sheet, name in self.all("SELECT id, name FROM sheets")}

    def tiles(self, sheet: UUID) -> tuple[TileRow, ...]:
        """Give the tiles of a sheet of which anything is known, without their previews."""
        return tuple(
            TileRow(place, Verdict(verdict), done, total, picture=picture_of(picture))
            for place, verdict, done, total, picture in self.all(TILES, str(sheet))
        )

    def tile_previews(self, sheet: UUID, places: Iterable[int]) -> dict[int, bytes]:
        """Give the previews of tiles, as far as they are kept."""
        found = self.all(OF_PLACES, str(sheet), json.dumps(list(places)))
        keys = {
            place: previews.key_of(key_of(seed, generator), likeness)
            for place, seed, generator, likeness in found
        }
        images = self.previews.get(keys.values())
        return {place: images[key] for place, key in keys.items() if key in images}

    def known_sheet(self, sheet: UUID) -> int | None:
        """Give the row of a sheet, if it is remembered."""
        found = self.all("SELECT number FROM sheets WHERE id = ?", str(sheet))
        return found[0][0] if found else None

    def sheet_number(self, sheet: UUID) -> int:
        """Give the row of a sheet."""
        number = self.known_sheet(sheet)
        if number is None:
            raise KnownError("This contact sheet is not remembered any more: open another one.")
        return number

    # Seeds

    def numbers(self, text: str = "") -> array[int]:
        """Give the rows of the seeds that answer a query, those met last first."""
        return find(self.connection, parse(text).node)

    def rows(self, numbers: Sequence[int]) -> dict[int, SeedRow]:
        """Give rows of seeds by their numbers; those that are gone are left out."""
        chosen = json.dumps(list(numbers))
        tried: dict[int, list[tuple[Any, ...]]] = {}
        for seed, *trial in self.all(OF_SEEDS, chosen):
            tried.setdefault(seed, []).append(tuple(trial))
        seeds = self.all(SEEDS, chosen)
        best = {
            number: previews.key_of(key_of(seed, generator), max(tried[number], key=_rank)[1])
            for number, seed, generator, *_ in seeds
            if number in tried
        }
        images = self.previews.get(best.values())
        return {
            row[0]: _seed_row(row, tried.get(row[0], []), images.get(best.get(row[0], b""), b""))
            for row in seeds
        }

    def number_of(self, key: SeedKey) -> int | None:
        """Give the row of a seed, if it was met or noted."""
        known = numbers_of(self.connection, (key,))
        return known[key][0] if key in known else None

    def keys(self, numbers: Sequence[int]) -> tuple[SeedKey, ...]:
        """Give the seeds of rows, in their order; those that are gone are left out."""
        found = {row[0]: key_of(*row[1:]) for row in self.all(KEYS, json.dumps(list(numbers)))}
        return tuple(found[number] for number in numbers if number in found)

    def list_seeds(self, text: str, limit: int) -> tuple[SeedRow, ...]:
        """Give the seeds that answer a query, those met last first."""
        numbers = self.numbers(text)[:limit]
        rows = self.rows(numbers)
        return tuple(rows[number] for number in numbers if number in rows)

    def trials(self, key: SeedKey) -> tuple[Trial, ...]:
        """Give how a seed was tried, the latest first."""
        known = numbers_of(self.connection, (key,))
        if key not in known:
            return ()
        found = self.all(TRIALS, known[key][0], MOST_TRIALS)
        templates = [self._template(row[0]) for row in found]
        keys = [previews.key_of(key, template.likeness) for template in templates]
        images = self.previews.get(keys)
        return tuple(
            _trial(key, template, row, images.get(name, b""))
            for row, template, name in zip(found, templates, keys, strict=True)
        )

    def noted(self) -> dict[SeedKey, SeedNote]:
        """Give what is said of seeds, of all of which anything is."""
        rows = self.all(NOTED)
        return {key_of(seed, generator): note_of(*said) for seed, generator, *said in rows}

    def notes(self, keys: Sequence[SeedKey]) -> dict[SeedKey, SeedNote]:
        """Give what is said of these seeds."""
        known = numbers_of(self.connection, keys)
        return {key: known[key][1] if key in known else SeedNote() for key in keys}

    def liked(self, fingerprint: str | None = None) -> tuple[SeedKey, ...]:
        """Give the seeds that are starred or were kept on a sheet, perhaps of one model only."""
        rows = self.all(LIKED.format(model=OF_MODEL), fingerprint or "")
        return tuple(key_of(seed, generator) for seed, generator in rows)

    def data_version(self) -> int:
        """Give a number that is another one once somebody else has changed the database."""
        return int(self.one("PRAGMA data_version"))

    # How it is asked.

    def all(self, statement: str, *bindings: Any) -> list[tuple[Any, ...]]:
        """Give all rows of a query."""
        return sql.rows(self.connection, statement, bindings)

    def one(self, statement: str, *bindings: Any) -> Any:
        """Give the only value of a query."""
        return self.all(statement, *bindings)[0][0]

    def _template(self, number: int) -> Template:
        if number not in self._templates:
            text = self.one("SELECT template FROM recipes WHERE number = ?", number)
            self._templates[number] = read_template(text)
        return self._templates[number]


def _trial(key: SeedKey, template: Template, row: tuple[Any, ...], preview: bytes) -> Trial:
    _, when, done, total, verdict, sheet, picture = row
    return Trial(
        key,
        template.with_seed(key),
        when,
        done,
        total,
        Verdict(verdict),
        picture_of(sheet),
        picture_of(picture),
        preview,
    )


def _rank(trial: tuple[Any, ...]) -> tuple[bool, float]:
    """Prefer the picture, then what came furthest; of equals `max` takes the first."""
    *_, picture, share = trial
    return picture is not None, share


def _seed_row(row: tuple[Any, ...], tried: list[tuple[Any, ...]], preview: bytes) -> SeedRow:
    _, seed, generator, star, name, note, met = row
    verdicts = [trial[2] for trial in tried]
    return SeedRow(
        key_of(seed, generator),
        note_of(star, name, note),
        met,
        models=tuple(dict.fromkeys(trial[0] for trial in reversed(tried))),
        trials=len(tried),
        pictures=len({trial[3] for trial in tried} - {None}),
        kept=verdicts.count(Verdict.KEPT),
        culled=verdicts.count(Verdict.CULLED),
        preview=preview,
    )

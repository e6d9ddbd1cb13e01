"""Recipes as tables: a JSON array for programs, and CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from ldm_desktop.core import codec
from ldm_desktop.core.errors import BadArgumentError
from ldm_desktop.gallery.export import export_place
from ldm_desktop.gallery.records import Details

COLUMNS = (
    "id", "file", "created", "origin", "model", "fingerprint", "noise", "seed", "sampler",
    "convention", "steps", "eta", "precision", "width", "height", "rating", "flag", "label",
    "tags", "albums", "note", "parents", "pixels_sha256", "recipe", "settings",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""With which a cell begins that spreadsheets would compute, at worst running a program."""
BOM = "\ufeff"
"""By which spreadsheets know that a table is in UTF-8."""


def write_table(
    pictures: Iterable[Details], library: Path, file: Path, progress: Callable[[int], None]
) -> Path:
    """Write what is known of pictures as JSON or CSV, as the name ends; durable on return.

    `progress` hears the number of pictures done; what it raises ends the work, and nothing is kept.
    """
    forms = {".json": json_pieces, ".csv": csv_pieces}
    form = forms.get(file.suffix.lower())
    if form is None:
        raise BadArgumentError(f"A table is JSON or CSV: call it {file.stem}.json or .csv.")

    def write(part: Path) -> None:
        with part.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
            for number, piece in enumerate(form(pictures, library)):
                stream.write(piece)
                progress(number)

    return export_place.keep_as(file, write)


def described(details: Details, library: Path) -> dict[str, Any]:
    """Give all that is known of a picture as JSON; its recipe can be opened from there."""
    entry, made, said = details.entry, details.made, details.annotation
    return {
        "id": str(entry.id),
        "file": str(library / entry.file),
        "created": made.created,
        "origin": str(made.origin),
        "seed": None if entry.seed is None else str(entry.seed),
        "model": entry.model,
        "sampler": made.sampler,
        "steps": made.steps,
        "width": entry.width,
        "height": entry.height,
        "seconds": made.seconds,
        "rating": said.rating,
        "flag": said.flag.name.lower(),
        "label": str(said.label),
        "tags": list(said.tags),
        "albums": list(said.albums),
        "note": said.note,
        "parents": [str(parent) for parent in made.parents],
        "pixels_sha256": entry.pixels,
        "recipe": codec.to_json(made.recipe) if made.recipe else None,
        "environment": codec.to_json(made.environment) if made.environment else None,
        "settings": made.settings,
    }


def json_pieces(pictures: Iterable[Details], library: Path) -> Iterator[str]:
    """Give a JSON array in pieces, the first for its beginning and one for each picture."""
    yield "["
    last = None
    for details in pictures:
        if last is not None:
            yield f"\n{last},"
        last = json.dumps(described(details, library))
    yield f"\n{last}\n]\n" if last is not None else "]\n"


def csv_pieces(pictures: Iterable[Details], library: Path) -> Iterator[str]:
    """Give a table in pieces: its head, and a row for each picture.

    All text stands in quotation marks, seeds too. Spreadsheets must not take a cell for a formula:
    such ones begin with an apostrophe.
    """
    yield BOM + _row(COLUMNS)
    for details in pictures:
        yield _row(_cells(details, library))


def _cells(details: Details, library: Path) -> Iterator[Any]:
    told = described(details, library)
    recipe = details.made.recipe
    told |= {
        "fingerprint": recipe.model.fingerprint if recipe else "",
        "noise": recipe.noise.kind if recipe else "",
        "sampler": str(recipe.sampler.name) if recipe else told["sampler"],
        "convention": str(recipe.sampler.convention) if recipe else "",
        "steps": recipe.steps if recipe else told["steps"],
        "eta": recipe.eta if recipe else "",
        "precision": str(recipe.precision) if recipe else "",
        "recipe": codec.canonical(recipe) if recipe else "",
    }
    for column in COLUMNS:
        value = told[column]
        yield _safe("\n".join(value) if isinstance(value, list) else value)


def _safe(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _row(cells: Iterable[Any]) -> str:
    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_NONNUMERIC).writerow(
        "" if cell is None else cell for cell in cells
    )
    return stream.getvalue()

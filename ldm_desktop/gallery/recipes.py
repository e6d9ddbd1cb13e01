"""A recipe out of a file: of a picture we have saved, or from JSON."""

from __future__ import annotations

from pathlib import Path

from ldm_desktop.core import codec, recipe
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.recipe import Recipe
from ldm_desktop.gallery import files

LARGEST_RECIPE = 16 << 20


def recipe_in_text(text: str | bytes, what: str) -> Recipe:
    """Read a recipe from its JSON, or from JSON it stands in: a record, or what `--json` prints."""
    data = codec.parse(text, what)
    for name in ("record", "recipe"):
        inner = data.get(name) if isinstance(data, dict) else None
        data = inner if isinstance(inner, dict) else data
    return recipe.read(data)


def recipe_in(file: Path) -> Recipe:
    """Read a recipe from a PNG that we have saved, or from JSON."""
    if file.suffix.lower() == ".png":
        return files.read_record(file).recipe
    try:
        if file.stat().st_size > LARGEST_RECIPE:
            raise KnownError(f"{file} is too large for a recipe.")
        return recipe_in_text(file.read_bytes(), str(file))
    except OSError as error:
        raise KnownError(f"{file} cannot be read: {error.strerror}.") from error

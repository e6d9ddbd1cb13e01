"""Settings out of what was dropped, opened or pasted: a picture, a recipe, or a seed."""

from __future__ import annotations

import reprlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QUrl

from ldm_desktop.core import seeds
from ldm_desktop.core.errors import BadArgumentError, KnownError
from ldm_desktop.core.recipe import ModelRef, Recipe
from ldm_desktop.session.models import ModelShelf
from ldm_desktop.session.wanted import Wanted, wanted_by

MOST_TRIED = 20
"""Of so many files dropped at once the first readable one is looked for."""
PICTURES = (".png",)
RECIPES = (".json", ".txt")

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Recalled:
    """A recipe and the folder of its model (None: not here), or else a seed or range as text.

    `file` is where it came from; `sentence` is what there is to say about it, or "". `wanted`
    says where the model can be had, if it is not here.
    """

    recipe: Recipe | None
    model_folder: str | None = None
    sentence: str = ""
    seed: str = ""
    file: Path | None = None
    wanted: Wanted | None = None


def recall(source: str | Sequence[Path], shelf: ModelShelf) -> Recalled:
    """Read a pasted text, or the first of some files that can be read; KnownError says why not."""
    if isinstance(source, str):
        return _from_text(source.strip(), shelf)
    return _from_files(source, shelf)


def _from_text(text: str, shelf: ModelShelf) -> Recalled:
    if files := _named_files(text):
        return _from_files(files, shelf)
    if text.startswith("{"):
        return recalled(_read_text(text), shelf)
    try:
        seeds.parse(text)
    except BadArgumentError as error:
        sentence = translate(
            "Recall",
            "{text} is neither a recipe nor a seed: paste a picture, a recipe, "
            "a number from 0, or a range 0:16.",
        )
        raise KnownError(sentence.format(text=reprlib.repr(text))) from error
    return Recalled(None, seed=text)


def _read_text(text: str) -> Recipe:
    # Pillow takes a tenth of a second to import, and the window starts without it.
    from ldm_desktop.gallery.recipes import LARGEST_RECIPE, recipe_in_text

    if len(text) > LARGEST_RECIPE:
        raise KnownError(translate("Recall", "This text is too long for a recipe."))
    return recipe_in_text(text, translate("Recall", "The pasted text"))


def _named_files(text: str) -> list[Path]:
    """Give the files that a text names, as file managers copy them; none if it is another text."""
    urls = [QUrl(line.strip()) for line in text[: 1 << 16].splitlines()]
    if not urls or not all(url.isLocalFile() for url in urls):
        return []
    return [Path(url.toLocalFile()) for url in urls]


def _from_files(files: Sequence[Path], shelf: ModelShelf) -> Recalled:
    trouble: KnownError | None = None
    for file in files[:MOST_TRIED]:
        try:
            found = recalled(_read(file), shelf, file)
        except KnownError as error:
            trouble = trouble or error
        else:
            return found if len(files) == 1 else _with_the_others(found, len(files), file)
    if trouble:
        raise trouble
    raise KnownError(translate("Recall", "There is no file in this."))


def _with_the_others(found: Recalled, count: int, file: Path) -> Recalled:
    text = translate("Recall", "Of {count} files only {name} was used, as settings are of one.")
    others = text.format(count=count, name=file.name)
    return replace(found, sentence=f"{others} {found.sentence}".strip(), file=file)


def _read(file: Path) -> Recipe:
    from ldm_desktop.gallery.recipes import recipe_in

    suffix = file.suffix.lower()
    # Asked first, as a pipe under this name would never end.
    if suffix not in (*PICTURES, *RECIPES) or (file.exists() and not file.is_file()):
        text = translate(
            "Recall", "{name} is neither a PNG that LDM Desktop has saved nor a recipe in JSON."
        )
        raise KnownError(text.format(name=file.name))
    return recipe_in(file)


def recalled(found: Recipe, shelf: ModelShelf, file: Path | None = None) -> Recalled:
    """Find a recipe's model, or say that it is not here and where it can be had."""
    if folder := shelf.find(found.model):
        return Recalled(found, folder, file=file)
    wanted = wanted_by(found)
    return Recalled(found, None, _missing(found.model, shelf, wanted), file=file, wanted=wanted)


def _missing(model: ModelRef, shelf: ModelShelf, wanted: Wanted | None) -> str:
    if wanted:
        text = translate(
            "Recall",
            "This picture was made by {name} ({fingerprint}…), which is not here: it can be had "
            "from {repository}. The settings were restored all the same.",
        )
    else:
        text = translate(
            "Recall",
            "This picture was made by {name} ({fingerprint}…), which is not here: put its folder "
            "into {folder}. The settings were restored all the same.",
        )
    name = model.name or translate("Recall", "a model without a name")
    return text.format(
        name=name,
        fingerprint=model.fingerprint[:8],
        folder=shelf.folder,
        repository=wanted.repository if wanted else "",
    )

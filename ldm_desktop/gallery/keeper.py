"""Where the worker's finished pictures go: the library, by way of `files`.

That is imported where it is used: Pillow takes 25 ms, for which the first paint would wait.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from uuid import UUID

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.picture import Picture
from ldm_desktop.core.recipe import Precision, Recipe, in_precision


class LibraryKeeper:
    """`worker.work.Keeper` for a folder; `library` may be another one from now on."""

    def __init__(self, library: Path) -> None:
        self.library = library
        self._listed: Path | None = None
        self._by_hash: dict[str, list[Path]] = {}

    def save(self, picture: Picture) -> Path:
        """Make a picture durable; KnownError if that cannot be done now."""
        from ldm_desktop.gallery import files

        return files.save_in_library(picture, self.library)

    def find(self, recipe: Recipe, picture: UUID) -> Path | None:
        """Give the intact file of a picture that an earlier run has saved.

        It is known by its id, as there may be others of the same recipe. The library is listed
        once: what this run saves, it need not look for.
        """
        if self._listed != self.library:
            self._listed, self._by_hash = self.library, _by_hash(self.library)
        # What went out of range in `fast` was made in `balanced`.
        also = [in_precision(recipe, Precision.BALANCED)] * (recipe.precision is Precision.FAST)
        candidates = [
            file for wanted in [recipe, *also] for file in self._by_hash.get(wanted.id[:8], [])
        ]
        return next((file for file in candidates if _is(file, picture)), None)


def _by_hash(library: Path) -> dict[str, list[Path]]:
    """List the pictures in the folders of the days by the recipe hash in their names."""
    from ldm_desktop.gallery import files

    found: defaultdict[str, list[Path]] = defaultdict(list)
    try:
        # Without its disk it has nothing, which says nothing about what is in it.
        library.stat()
        for day in sorted(library.glob(files.DAYS)):
            for file in sorted(day.iterdir()) if day.is_dir() else ():
                if match := files.HASH_IN_NAME.search(file.name):
                    found[match[1].lower()].append(file)
    except OSError as error:
        reason = files.TROUBLE.get(error.errno or 0, error.strerror)
        raise KnownError(f"{library} cannot be listed: {reason}.") from error
    return found


def _is(file: Path, picture: UUID) -> bool:
    from ldm_desktop.gallery import files

    try:
        found = files.read(file)
    except KnownError:
        return False
    return found.record.id == picture and files.is_intact(found)

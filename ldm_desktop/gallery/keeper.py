"""Where the worker's finished pictures go: the library, by way of `files`, and then the gallery.

Those are imported where they are used: Pillow takes 25 ms, for which the first paint would wait.
"""

from __future__ import annotations

import contextlib
import logging
import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from ldm_desktop.core import paths
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.picture import Picture
from ldm_desktop.core.recipe import Precision, Recipe, in_precision

if TYPE_CHECKING:
    from ldm_desktop.gallery.index.store import Store

_log = logging.getLogger(__name__)


class LibraryKeeper:
    """`worker.work.Keeper` for a folder; `library` may be another one from now on.

    With a `data` folder, what is saved has its row at once. The gallery's trouble is no reason
    not to save, as the row comes when the library is looked through: `trouble` is told once,
    until it has gone.
    """

    def __init__(
        self, library: Path, data: Path | None = None, trouble: Callable[[str], None] = _log.warning
    ) -> None:
        self.library = library
        self.trouble = trouble
        self._data = data
        self._store: Store | None = None
        self._told = False
        self._listed: Path | None = None
        self._by_hash: dict[str, list[Path]] = {}

    def save(self, picture: Picture) -> Path:
        """Make a picture durable; KnownError if that cannot be done now."""
        from ldm_desktop.gallery import files

        library = self.library  # Which another thread may change meanwhile.
        if self._data and _is_empty(library):
            self._doubt(paths.gallery_database(self._data, library), library)
        file = files.save_in_library(picture, library)
        if self._data:
            self._note(picture, file, paths.gallery_database(self._data, library), library)
        return file

    def _doubt(self, database: Path, library: Path) -> None:
        """UnreachableError if the library had pictures: what is there may be its disk's place."""
        from ldm_desktop.gallery.care import ledger
        from ldm_desktop.gallery.index.sql import DatabaseError

        # In its trouble the database knows nothing, and is told of when the picture is saved.
        with contextlib.suppress(DatabaseError):
            ledger.reach(self._opened(database, library))

    def _note(self, picture: Picture, file: Path, database: Path, library: Path) -> None:
        """Add a picture's row; whatever goes wrong, the picture is saved and must not be again."""
        try:
            self._add(picture, file, database, library)
        except KnownError as error:
            self._tell(f"{file.name} is saved, but not in the gallery yet. {error}")
        except Exception:  # noqa: BLE001 - a bug here is reported, and the picture is safe
            sys.excepthook(*sys.exc_info())
        else:
            self._told = False

    def _add(self, picture: Picture, file: Path, database: Path, library: Path) -> None:
        from ldm_desktop.gallery import inspect

        facts = inspect.facts_of_saved(picture, file)
        try:
            self._opened(database, library).add(facts, file.relative_to(library))
        except KnownError:
            self.close()  # As nobody can set a damaged one aside that is open here.
            raise

    def _opened(self, database: Path, library: Path) -> Store:
        """Give the library's rows, through a connection of the thread that saves."""
        from ldm_desktop.gallery.index.database import open_database
        from ldm_desktop.gallery.index.store import Store

        if self._store is None or self._store.library != library:
            self.close()
            opened = open_database(database)
            self._store = Store(opened.connection, library)
            for notice in opened.notices:
                self.trouble(notice)
        return self._store

    def _tell(self, sentence: str) -> None:
        if not self._told:
            self._told = True
            self.trouble(sentence)

    def close(self) -> None:
        """Let go of the gallery's database, if it was opened; the next save opens it again."""
        store, self._store = self._store, None
        if store:
            store.connection.close()

    def find(self, recipe: Recipe, picture: UUID) -> Path | None:
        """Give the intact file of a picture that an earlier run has saved.

        It is known by its id, as there may be others of the same recipe. The library is listed
        once: what this run saves, it need not look for.
        """
        if self._listed != self.library:
            self._listed, self._by_hash = self.library, _by_hash(self.library)
        candidates = [
            file for made in _made_as(recipe) for file in self._by_hash.get(made.id[:8], [])
        ]
        return next((file for file in candidates if _is(file, picture)), None)

    def save_frame(self, picture: Picture, folder: Path) -> Path:
        """Make a frame durable under its recipe's name, over a damaged one; it gets no row."""
        from ldm_desktop.gallery import files

        file = _frame_file(picture.record.recipe, folder)
        with files.explained(folder, "be written to"):
            files.make_folder(folder)
            paths.replace_durably(file, files.encode(picture))
        return file

    def find_frame(self, recipe: Recipe, folder: Path) -> Path | None:
        """Give the intact frame of a recipe, whichever animation it was made for."""
        from ldm_desktop.gallery import files

        candidates = ((made, _frame_file(made, folder)) for made in _made_as(recipe))
        return next((file for made, file in candidates if files.holds(file, made)), None)


def _made_as(recipe: Recipe) -> list[Recipe]:
    """Give what may come of a recipe: what went out of range in `fast` was made in `balanced`."""
    also = [in_precision(recipe, Precision.BALANCED)] * (recipe.precision is Precision.FAST)
    return [recipe, *also]


def _frame_file(recipe: Recipe, folder: Path) -> Path:
    return folder / f"{recipe.id}.png"


def _is_empty(library: Path) -> bool:
    try:
        return next(library.iterdir(), None) is None
    except OSError:
        return False  # Saving says why.


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

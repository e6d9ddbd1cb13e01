"""The thread's own side of the memory for seeds: its store, opened there, backed up and closed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QCoreApplication

from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery.seeds.records import SeedKey, SeedNote

if TYPE_CHECKING:
    from ldm_desktop.gallery.seeds.store import Store

T = TypeVar("T")
translate = QCoreApplication.translate
_log = logging.getLogger(__name__)


class DamagedError(KnownError):
    """The database is damaged: opening it anew sets it aside and takes its backup."""


@dataclass(frozen=True)
class OpenedSeeds:
    """What there is to say after the opening, and what is said of seeds."""

    file: Path
    notices: tuple[str, ...]
    notes: dict[SeedKey, SeedNote]
    version: int


class Access:
    """The store, once it is open; until then every question is answered by why it is not."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._store: Store | None = None
        self._changes = 0

    def open(self) -> OpenedSeeds:
        """Check the database and open it, or put its backup in its place."""
        from ldm_desktop.gallery.seeds import database, previews
        from ldm_desktop.gallery.seeds.store import Store

        self._let_go()
        file = database.file_in(self._data)
        opened = database.open_database(file)
        kept = previews.Previews(self._data / previews.FILE)
        self._store = store = Store(opened.connection, kept)
        self._changes = opened.connection.total_changes()
        return OpenedSeeds(file, opened.notices, store.noted(), store.data_version())

    def run(self, work: Callable[[Store], T]) -> T:
        """Do something with the store; KnownError if that cannot be done now."""
        from ldm_desktop.gallery.index import sql

        if self._store is None:
            raise KnownError(translate("Seeds", "What is remembered of seeds is out of reach."))
        try:
            return work(self._store)
        except sql.DamagedError as error:
            raise DamagedError(str(error)) from error

    def close(self) -> None:
        """Back up what was changed, and let go of the database."""
        from ldm_desktop.gallery.seeds import database

        try:
            if self._store and self._store.connection.total_changes() != self._changes:
                database.back_up(self._store.connection)
        except KnownError as error:
            # Nobody reads sentences any more; the database itself is safe without a newer backup.
            _log.warning("The memory for seeds was not backed up: %s", error)
        self._let_go()

    def _let_go(self) -> None:
        if self._store:
            self._store.previews.close()
            self._store.connection.close()
        self._store = None

"""The rows and the library's folder side by side: one SELECT and one listing, nothing opened."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from ldm_desktop.gallery import files
from ldm_desktop.gallery.care import scan
from ldm_desktop.gallery.care.scan import Listing, Seen
from ldm_desktop.gallery.index import sql
from ldm_desktop.gallery.index.store import Store
from ldm_desktop.gallery.index.store_rows import file_to_blob
from ldm_desktop.gallery.index.store_values import Other
from ldm_desktop.gallery.records import State

SELECT = "SELECT file, size, mtime_ns, state, bytes, sidecar_hash FROM pictures"
HELD = frozenset((State.PRESENT, State.CHANGED))


class Row(NamedTuple):
    """A picture's file as it was last seen; plainer than `Known`, as there are 100,000 of them."""

    file: bytes
    size: int
    mtime_ns: int
    state: str
    bytes: str
    sidecar_hash: str

    @property
    def path(self) -> Path:
        """Its path, relative to the library."""
        return Path(os.fsdecode(self.file))

    def is_as(self, seen: Seen) -> bool:
        """Say whether a file is there as it was."""
        return self.mtime_ns == seen.mtime_ns and self.size == seen.size and self.state in HELD


class Ledger(NamedTuple):
    """All rows, by file, and all files."""

    rows: dict[bytes, Row]
    listing: Listing

    def news(self, others: Iterable[Other]) -> list[Seen]:
        """Give the files that are not as they were last seen."""
        noted = {file_to_blob(each.file): (each.size, each.mtime_ns) for each in others}
        return [
            seen
            for file, seen in self.listing.pictures.items()
            if not ((row := self.rows.get(file)) and row.is_as(seen))
            and noted.get(file) != (seen.size, seen.mtime_ns)
        ]

    def seem_bare(self) -> list[Row]:
        """Give the pictures that are there, but not the sidecars they had."""
        pictures, sidecars = self.listing.pictures, self.listing.sidecars
        return [
            row
            for file, row in self.rows.items()
            if row.sidecar_hash and file in pictures and file + scan.SIDECAR not in sidecars
        ]


def open_ledger(store: Store) -> Ledger:
    """Read rows and folder; UnreachableError if the library's disk seems to be out."""
    found = sql.rows(store.connection, SELECT)
    listing = scan.list_library(store.library)
    if listing.is_empty:
        reach(store)
    return Ledger({row[0]: Row(*row) for row in found}, listing)


def reach(store: Store) -> None:
    """UnreachableError if the library is not there, or is empty although it had pictures.

    A place where disks are put in is an empty folder as long as the disk is out; what the gallery
    itself keeps there says nothing.
    """
    with files.explained(store.library, "be reached"), os.scandir(store.library) as entries:
        is_empty = all(os.fsencode(entry.name).startswith(scan.KEPT_HERE) for entry in entries)
    if is_empty and any(store.count(state) for state in HELD):
        raise files.UnreachableError(
            f"{store.library} is empty, though it had pictures: perhaps its disk was taken out. If "
            "the pictures are gone for good, make a folder in it, and look again."
        )

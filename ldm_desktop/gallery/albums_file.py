"""The library's albums, also empty and smart ones, in `albums.json` beside the days' folders.

{"format": 1, "albums": [{"name": "Blue hour"}, {"name": "Best", "query": "rating:>=4"}]}. Which
pictures are in one that is filled by hand, their sidecars say.
"""

from __future__ import annotations

import json
import reprlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ldm_desktop.core import codec
from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery import beside
from ldm_desktop.gallery.index.store_values import Album
from ldm_desktop.gallery.records import readable

NAME = "albums.json"
FORMAT = 1


class NewerAlbumsError(KnownError):
    """A newer LDM Desktop wrote the file; it is left as it is."""


def read(library: Path) -> tuple[Album, ...]:
    """Read the albums, without counts; none if there is no file, KnownError if it is damaged."""
    path = library / NAME
    data = beside.read(path)
    if data is None:
        return ()
    try:
        content: Any = codec.parse(data, "It")
    except KnownError as error:
        raise beside.damaged(path, str(error)) from error
    return tuple(_albums(path, content))


def write(library: Path, albums: Iterable[Album]) -> None:
    """Write the albums, durably; a damaged file is kept aside, a newer one is refused."""
    path = library / NAME
    try:
        read(library)
    except beside.DamagedError:
        beside.set_aside(path)
    content = {"format": FORMAT, "albums": [_entry(album) for album in albums]}
    beside.write(path, json.dumps(content, indent=1, ensure_ascii=False).encode())


def _entry(album: Album) -> dict[str, str]:
    query = {} if album.query is None else {"query": album.query}
    return {"name": album.name} | query


def _albums(path: Path, content: Any) -> list[Album]:
    form = content.get("format") if isinstance(content, dict) else None
    if isinstance(form, int) and form > FORMAT:
        raise NewerAlbumsError(
            f"{path} is of format {reprlib.repr(form)}, and this program knows format {FORMAT}: "
            "update LDM Desktop."
        )
    entries = content.get("albums") if form == FORMAT else None
    if not isinstance(entries, list):
        raise beside.damaged(path, "it holds no albums")
    named: dict[str, Album] = {}
    for album in (_album(path, each) for each in entries):
        named.setdefault(album.name, album)
    return list(named.values())


def _album(path: Path, entry: Any) -> Album:
    name = entry.get("name") if isinstance(entry, dict) else None
    query = entry.get("query") if isinstance(entry, dict) else None
    if not isinstance(name, str) or not readable(name) or not isinstance(query, str | None):
        raise beside.damaged(path, f"the album {reprlib.repr(entry)} has no name, or a wrong query")
    return Album(readable(name), query)

"""What is said of many pictures at once: the tags, albums and note that they have in common."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import apsw

from ldm_desktop.gallery.index.sql import rows
from ldm_desktop.gallery.index.store_values import Common

FEW = 2000
"""Pictures up to which their rows are looked up; of more, whole tables are read faster."""
OF_FEW = """
    WITH chosen AS NOT MATERIALIZED (SELECT value FROM json_each(?1))
    SELECT 'pictures', min(note), max(note), count(*) FROM pictures WHERE number IN chosen
    UNION ALL SELECT 'tag', tag, '', count(*) FROM tags WHERE picture IN chosen GROUP BY tag
    UNION ALL SELECT 'album', album, '', count(*) FROM album_pictures WHERE picture IN chosen
        GROUP BY album
"""
# One text of numbers for each name, as in `finding.snapshot`: of it numpy makes an array at once.
# Of notes those are read that are like the first picture's; if it has none, all that there are.
OF_MANY = """
    SELECT 'pictures', coalesce((SELECT note FROM pictures WHERE number = ?1), ''),
        group_concat(number) FROM pictures
    UNION ALL SELECT 'note', '', group_concat(number) FROM pictures WHERE note != ''
        AND coalesce((SELECT note FROM pictures WHERE number = ?1), '') IN (note, '')
    UNION ALL SELECT 'tag', tag, group_concat(picture) FROM tags GROUP BY tag
    UNION ALL SELECT 'album', album, group_concat(picture) FROM album_pictures GROUP BY album
"""


def common(connection: apsw.Connection, numbers: Sequence[int]) -> Common:
    """Give what pictures share and what only some have; those without rows do not count."""
    if len(numbers) <= FEW:
        return _of_few(connection, numbers)
    return _of_many(connection, numbers)


def _of_few(connection: apsw.Connection, numbers: Sequence[int]) -> Common:
    (_, least, most, total), *found = rows(connection, OF_FEW, (json.dumps(list(numbers)),))
    note = (least or "") if least == most else None
    return _put_together(total, note, ((kind, name, count) for kind, name, _, count in found))


def _of_many(connection: apsw.Connection, numbers: Sequence[int]) -> Common:
    import numpy as np

    (_, first, there), (*_, noted), *found = rows(connection, OF_MANY, (numbers[0],))
    pictures = _integers(there)
    chosen = np.zeros(int(pictures.max(initial=0)) + 1, dtype=np.bool_)
    wanted = np.asarray(numbers, dtype=np.int64)
    chosen[wanted[wanted < len(chosen)]] = True
    total = int(chosen[pictures].sum())
    alike = int(chosen[_integers(noted)].sum())
    note = first if alike == (total if first else 0) else None
    return _put_together(
        total,
        note,
        ((kind, name, int(chosen[_integers(text)].sum())) for kind, name, text in found),
    )


def _integers(text: str | None) -> Any:
    import numpy as np

    return np.fromstring(text, dtype=np.int64, sep=",") if text else np.empty(0, dtype=np.int64)


def _put_together(total: int, note: str | None, found: Iterable[tuple[str, str, int]]) -> Common:
    everywhere: dict[str, list[str]] = {"tag": [], "album": []}
    somewhere: dict[str, list[tuple[str, int]]] = {"tag": [], "album": []}
    for kind, name, count in found:
        if count == total:
            everywhere[kind].append(name)
        elif count:
            somewhere[kind].append((name, count))
    return Common(
        total,
        tuple(sorted(everywhere["tag"])),
        _most_first(somewhere["tag"]),
        tuple(sorted(everywhere["album"])),
        _most_first(somewhere["album"]),
        note,
    )


def _most_first(counted: list[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counted, key=lambda each: (-each[1], each[0])))

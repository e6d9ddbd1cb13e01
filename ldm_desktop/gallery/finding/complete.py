"""What may come next in a query: keys, then their values with the number of pictures each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import apsw

from ldm_desktop.gallery.finding import conditions, query_dates, query_keys, query_text
from ldm_desktop.gallery.finding.query_keys import Key, Kind
from ldm_desktop.gallery.finding.query_terms import folded
from ldm_desktop.gallery.finding.query_text import Term
from ldm_desktop.gallery.index import sql

MOST = 12
SHORTEST_WORD = 2
STARS = ("5", ">=4", ">=3", ">=2", ">=1", "0")
HERE = "FROM pictures WHERE state != 'trashed'"
# Few are in the trash; to look up each picture's state takes 300 ms for 100,000.
TRASH = "(SELECT number FROM pictures WHERE state = 'trashed')"
COUNTED = {
    "tag": f"SELECT tag, count(*) FROM tags WHERE picture NOT IN {TRASH} GROUP BY tag",  # noqa: S608 - constants
    "album": f"SELECT name, CASE WHEN query IS NULL THEN count(picture) END FROM albums "  # noqa: S608
    f"LEFT JOIN album_pictures ON album = name AND picture NOT IN {TRASH} GROUP BY name",
    "state": "SELECT state, count(*) FROM pictures GROUP BY state",
    "seed": f"SELECT hex(seed), count(*) AS n FROM pictures WHERE seed IS NOT NULL "  # noqa: S608
    f"AND number NOT IN {TRASH} GROUP BY seed ORDER BY n DESC, seed LIMIT 1000",
    "day": f"SELECT substr(day, 1, 7), count(*) {HERE} GROUP BY 1 ORDER BY 1 DESC",
}
PICTURES = "SELECT id, day FROM pictures WHERE id >= ? AND id < ? ORDER BY id LIMIT ?"


@dataclass(frozen=True)
class Completion:
    """`text` may stand instead of what is from `start` to `end`; `detail` says more of it.

    `count` is the number of pictures, None where it is not known.
    """

    text: str
    start: int
    end: int
    detail: str = ""
    count: int | None = None


def complete(connection: apsw.Connection, text: str, cursor: int) -> list[Completion]:
    """Give what may stand at the cursor, the likeliest first."""
    term = _term_at(text, cursor)
    if term is None:
        return _keys("", cursor, cursor)
    if not term.key:
        return _unkeyed(connection, text, term, cursor)
    key = query_keys.find(term.key)
    if key is None or cursor < term.value or key.kind is Kind.WORDS:
        return []
    start = _start_of_value(text, term, cursor)
    return _values(connection, key, _typed(text[start:cursor]), start, term.end)


def _term_at(text: str, cursor: int) -> Term | None:
    for token in query_text.scan(text):
        if isinstance(token, Term) and token.start < cursor <= token.end:
            return token
    return None


def _start_of_value(text: str, term: Term, cursor: int) -> int:
    """Give where the value under the cursor starts: after the last comma that is not quoted."""
    start, quoted = term.value, False
    for place in range(term.value, cursor):
        quoted ^= text[place] in query_text.QUOTES and text[place - 1] != "\\"
        if text[place] == "," and not quoted:
            start = place + 1
    return start


def _typed(text: str) -> str:
    return text.strip("".join(query_text.QUOTES)).removesuffix("*").replace("\\", "")


def _keys(typed: str, start: int, end: int) -> list[Completion]:
    """Give the keys whose names begin so, then those of which another name does."""
    low = typed.lower()
    named = [key for key in query_keys.KEYS if key.name.startswith(low)]
    also = [key for key in query_keys.KEYS if any(name.startswith(low) for name in key.also)]
    found = [*named, *(key for key in also if key not in named)]
    return [Completion(f"{key.name}:", start, end, key.example) for key in found]


def _unkeyed(connection: apsw.Connection, text: str, term: Term, cursor: int) -> list[Completion]:
    """Complete a bare word to keys, and to tags and albums, which a word may be meant for."""
    typed = text[term.start : cursor]
    if typed[0] in query_text.QUOTES:
        return []
    found = _keys(typed, term.start, term.end)
    if typed.startswith("#"):
        return _pictures(connection, typed, term.start, term.end)
    if len(typed) < SHORTEST_WORD:
        return found
    for key in (query_keys.BY_NAME["tag"], query_keys.BY_NAME["album"]):
        for each in _named(connection, key, typed, term.start, term.end):
            found.append(
                Completion(f"{key.name}:{each.text}", each.start, each.end, "", each.count)
            )
    return found[:MOST]


def _values(
    connection: apsw.Connection, key: Key, typed: str, start: int, end: int
) -> list[Completion]:
    match key.kind:
        case Kind.NAME:
            return _named(connection, key, typed, start, end)
        case Kind.CHOICE:
            return _chosen(connection, key, typed, start, end)
        case Kind.BEING:
            return _texts(_beginning(key.choices, typed), start, end)
        case Kind.DATE:
            words = _texts(_beginning(query_dates.WORDS, typed), start, end)
            return [*words, *_named(connection, key, typed, start, end)][:MOST]
        case Kind.PICTURE:
            return _pictures(connection, typed, start, end)
        case Kind.SIZE:
            return _counted(_sizes(connection), typed, start, end)
        case _ if key.column == "rating":
            return _texts(_beginning(STARS, typed), start, end)
        case _:
            return _counted(_numbers(connection, key), typed, start, end)


def _beginning(names: Iterable[str], typed: str) -> list[str]:
    return [name for name in names if name.startswith(typed.lower())]


def _texts(texts: list[str], start: int, end: int) -> list[Completion]:
    return [Completion(text, start, end) for text in texts]


def _named(
    connection: apsw.Connection, key: Key, typed: str, start: int, end: int
) -> list[Completion]:
    """Give names: those that begin so, then those of which a word does, the most used first."""
    low = folded(typed)
    ranked = [
        (not folded(name).startswith(low), -(count or 0), name, count)
        for name, count in _counts(connection, key.column)
        if name and f" {low}" in f" {folded(name)}"
    ]
    return [
        Completion(query_text.quote(name), start, end, "", count)
        for _, _, name, count in sorted(ranked)[:MOST]
    ]


def _chosen(
    connection: apsw.Connection, key: Key, typed: str, start: int, end: int
) -> list[Completion]:
    counts = dict(_counts(connection, key.column))
    first: dict[str | int, str] = {}
    for name, value in key.choices.items():
        if name.startswith(typed.lower()):
            first.setdefault(value, name)
    return [
        Completion(name, start, end, "", counts.get(str(value)) or 0)
        for value, name in first.items()
    ]


def _counted(counts: list[tuple[str, int]], typed: str, start: int, end: int) -> list[Completion]:
    sign = typed[: len(typed) - len(typed.lstrip("<>=≥≤"))]
    fitting = [each for each in counts if each[0].startswith(typed[len(sign) :])]
    fitting.sort(key=lambda each: -each[1])
    return [Completion(sign + text, start, end, "", count) for text, count in fitting[:MOST]]


def _counts(connection: apsw.Connection, column: str) -> list[tuple[str, int | None]]:
    """Give the values of a column, or all tags or albums, with their numbers of pictures."""
    counted = COUNTED.get(column) or (
        f"SELECT CAST({column} AS TEXT), count(*) {HERE} AND {column} IS NOT NULL GROUP BY {column}"
    )
    return [(name, count) for name, count in sql.rows(connection, counted)]


def _numbers(connection: apsw.Connection, key: Key) -> list[tuple[str, int]]:
    counts = [(text, count or 0) for text, count in _counts(connection, key.column)]
    if key.column == "seed":
        return [(str(int(digits, 16)), count) for digits, count in counts]
    return counts


def _sizes(connection: apsw.Connection) -> list[tuple[str, int]]:
    found = sql.rows(connection, f"SELECT width, height, count(*) {HERE} GROUP BY width, height")
    return [(f"{width}x{height}", count) for width, height, count in found]


def _pictures(connection: apsw.Connection, typed: str, start: int, end: int) -> list[Completion]:
    digits = typed.removeprefix("#").replace("-", "").lower()
    if not digits or set(digits) - set("0123456789abcdef"):
        return []
    first = conditions.dashed(digits)
    found = sql.rows(connection, PICTURES, (first, f"{first}g", MOST))
    return [Completion(f"#{id_[:8]}", start, end, day) for id_, day in found]

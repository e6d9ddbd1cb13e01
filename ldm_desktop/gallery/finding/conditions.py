"""Conditions of a query as SQL: each gives the numbers of the pictures that it holds for.

What a person typed is only ever bound to a statement, never a part of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ldm_desktop.gallery.finding.query_terms import (
    Being,
    Called,
    Chosen,
    Holding,
    Leaf,
    Measured,
    Pattern,
    Related,
    Value,
    Words,
)
from ldm_desktop.gallery.records import Origin, State

Names: TypeAlias = Callable[[str], Sequence[str]]
Tokens: TypeAlias = Callable[[str], Sequence[str]]

# Scripts that are written without spaces: their words stand inside of longer runs.
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u303f\u3040-\u31ff\u3400-\u9fff"
    "\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)
WORD_PLACES = ("note", "tags", "albums", "file", "model")
NAMED_PLACES = {"tags": "tag", "albums": "album", "model": "model"}
TEXTS = {"note": "note", "file": "CAST(file AS TEXT)", "settings": "settings"}
TABLES = {"tag": "picture FROM tags", "album": "picture FROM album_pictures"}
LISTED = "IN (SELECT value FROM json_each(?))"
TWICE = """
    SELECT pixels FROM pictures WHERE state != 'trashed' AND pixels IN
        (SELECT pixels FROM pictures GROUP BY pixels HAVING count(*) > 1)
    GROUP BY pixels HAVING count(*) > 1
"""
BEING = {
    "is:picked": "flag = 1 AND flag != 0",
    "is:rejected": "flag = -1 AND flag != 0",
    "is:duplicate": f"pixels IN ({TWICE})",
    "is:branch": "step IS NOT NULL",
    "is:imported": f"origin != '{Origin.OWN.value}'",
    "is:portrait": "height > width",
    "is:landscape": "width > height",
    "is:square": "width = height",
    **{f"is:{state.value}": f"state = '{state.value}'" for state in State},
    "has:recipe": "precision != ''",
    "has:seed": "seed IS NOT NULL",
    "has:note": "note != ''",
    "has:children": "id IN (SELECT parent FROM parents)",
    "has:rating": "rating > 0",
    "has:flag": "flag != 0",
    "has:label": "label != ''",
    "has:settings": "settings != ''",
}
HAVING = {
    "has:parents": "SELECT child FROM parents",
    "has:tags": "SELECT DISTINCT picture FROM tags",
    "has:albums": "SELECT DISTINCT picture FROM album_pictures",
}
RELATED = {
    "id": "SELECT number FROM pictures WHERE id >= ? AND id < ?",
    "parent": "SELECT child FROM parents WHERE parent >= ? AND parent < ?",
    "child": """
        SELECT number FROM pictures WHERE id IN (SELECT parent FROM parents WHERE child IN
            (SELECT number FROM pictures WHERE id >= ? AND id < ?))
    """,
}


@dataclass(frozen=True)
class Statement:
    """A SELECT of one column of numbers, with what is bound to it."""

    text: str
    bindings: tuple[Value | bytes, ...] = ()


def statement(leaf: Leaf, names: Names, tokens: Tokens) -> Statement:
    """Give the statement of a condition.

    `names` gives the values of a column or the names of all tags or albums; `tokens` cuts a text
    into words as the database's index of words does.
    """
    match leaf:
        case Words():
            return _words(leaf, names, tokens)
        case Holding():
            return _holding(leaf, names)
        case Called():
            return _called(leaf.column, leaf.names)
        case Chosen():
            return _of_pictures(f"{leaf.column} = ?{_partial(leaf)}", leaf.value)
        case Measured():
            return _measured(leaf)
        case Related():
            first = dashed(leaf.digits)
            return Statement(RELATED[leaf.relation], (first, f"{first}g"))
        case Being():
            select = HAVING.get(leaf.name)
            return Statement(select) if select else _of_pictures(BEING[leaf.name])
        case _:
            return Statement("SELECT number FROM pictures")


def dashed(digits: str) -> str:
    """Write the beginning of an id as ids are kept."""
    ends = (8, 12, 16, 20, 32)
    parts = [digits[start:end] for start, end in zip((0, *ends), ends, strict=False)]
    return "-".join(part for part in parts if part)


def _of_pictures(condition: str, *bindings: Value | bytes) -> Statement:
    return Statement(f"SELECT number FROM pictures WHERE {condition}", bindings)  # noqa: S608


def _partial(leaf: Chosen) -> str:
    """Name the condition of the index of flagged pictures, without which it is not used."""
    return " AND flag != 0" if leaf.column == "flag" and leaf.value else ""


def _measured(leaf: Measured) -> Statement:
    values = [value for _, value in leaf.bounds]
    condition = " AND ".join(f"{leaf.column} {sign} ?" for sign, _ in leaf.bounds)
    if leaf.column == "rating" and any(s in (">", ">=") and v != 0 for s, v in leaf.bounds):
        condition += " AND rating > 0"  # So that the index of rated pictures is used.
    if leaf.column == "seed":
        return _of_pictures(condition, *(int(value).to_bytes(8, "big") for value in values))
    return _of_pictures(condition, *values)


def _called(column: str, names: Sequence[str]) -> Statement:
    table = TABLES.get(column, "number FROM pictures")
    return Statement(f"SELECT {table} WHERE {column} {LISTED}", (json.dumps(names),))


def _words(leaf: Words, names: Names, tokens: Tokens) -> Statement:
    if UNSPACED.search(leaf.text) or not tokens(leaf.text):
        return _holding(Holding(Pattern((leaf.text,)), leaf.places), names)
    quoted = '"{}"'.format(leaf.text.replace('"', '""'))
    places = f"{{{' '.join(leaf.places)}}} : " if leaf.places else ""
    matched = f"{places}{quoted}" + ("" if leaf.exact else " *")
    return Statement("SELECT rowid FROM words WHERE words MATCH ?", (matched,))


def _holding(leaf: Holding, names: Names) -> Statement:
    """Look through names and texts themselves; what a pattern leaves open is anything."""
    parts = [_place(place, leaf.pattern, names) for place in leaf.places or WORD_PLACES]
    text = " UNION ALL ".join(part.text for part in parts)
    return Statement(text, tuple(value for part in parts for value in part.bindings))


def _place(place: str, pattern: Pattern, names: Names) -> Statement:
    if column := NAMED_PLACES.get(place):
        inside = Pattern(("", *pattern.pieces, ""))
        return _called(column, [name for name in names(column) if inside.matches(name)])
    pieces = (re.sub(r"([\\%_])", r"\\\1", piece) for piece in pattern.pieces)
    condition = f"{TEXTS[place]} LIKE ? ESCAPE '\\' AND {TEXTS[place]} != ''"
    return _of_pictures(condition, f"%{'%'.join(pieces)}%")

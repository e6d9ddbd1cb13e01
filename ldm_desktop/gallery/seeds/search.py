"""Which seeds answer a query: each condition becomes a mask over the rows, put together by numpy.

SQLite takes ten times as long to join sets of 100,000. What was typed is only ever bound to a
statement, never a part of it.
"""

from __future__ import annotations

import functools
import json
import re
from array import array
from typing import Any, TypeAlias

import apsw
import numpy as np
from numpy.typing import NDArray

from ldm_desktop.gallery.finding.conditions import UNSPACED
from ldm_desktop.gallery.finding.query_terms import (
    All,
    Being,
    Chosen,
    Either,
    Everything,
    Holding,
    Leaf,
    Measured,
    Named,
    Node,
    Not,
    Pattern,
    Words,
)
from ldm_desktop.gallery.index import sql
from ldm_desktop.gallery.seeds.rows import blob_of

Condition: TypeAlias = tuple[str, tuple[Any, ...]]
Numbers: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]

# Of each kind of condition, the statement that gives the seeds' numbers.
SAID = "SELECT number FROM seeds WHERE {}"
TRIED = "SELECT seed FROM trials WHERE {}"
OF_RECIPES = TRIED.format("recipe IN (SELECT number FROM recipes WHERE {})")
OF_SHEETS = TRIED.format("sheet IN (SELECT number FROM sheets WHERE {})")
LISTED = "IN (SELECT value FROM json_each(?))"
NAMES = {
    "model": ("SELECT DISTINCT model FROM recipes", OF_RECIPES.format(f"model {LISTED}")),
    "sampler": ("SELECT DISTINCT sampler FROM recipes", OF_RECIPES.format(f"sampler {LISTED}")),
    "sheet": ("SELECT DISTINCT name FROM sheets", OF_SHEETS.format(f"name {LISTED}")),
}
BEING = {
    "name": SAID.format("name != ''"),
    "note": SAID.format("note != ''"),
    "picture": TRIED.format("picture IS NOT NULL"),
}
WORDED = (
    "SELECT rowid FROM seed_words WHERE seed_words MATCH ?",
    TRIED.format("recipe IN (SELECT rowid FROM recipe_words WHERE recipe_words MATCH ?)"),
    TRIED.format("sheet IN (SELECT rowid FROM sheet_words WHERE sheet_words MATCH ?)"),
)
LIKE = "LIKE ? ESCAPE '\\'"
HELD = {
    "name": SAID.format(f"name {LIKE}"),
    "note": SAID.format(f"note {LIKE}"),
    "model": OF_RECIPES.format(f"model {LIKE}"),
    "sheet": OF_SHEETS.format(f"name {LIKE}"),
}
LATEST_FIRST = "SELECT number FROM seeds ORDER BY met DESC, number DESC"


def find(connection: apsw.Connection, node: Node) -> array[int]:
    """Give the rows of the seeds that a query holds for, those met last first."""
    listed = _numbers(connection, LATEST_FIRST)
    if not isinstance(node, Everything):
        rows = int(listed.max(initial=-1)) + 1
        listed = listed[_mask(connection, node, rows)[listed]]
    found = array("q")
    found.frombytes(np.ascontiguousarray(listed, dtype=np.int64).tobytes())
    return found


def _mask(connection: apsw.Connection, node: Node, rows: int) -> Mask:
    match node:
        case Not():
            return np.logical_not(_mask(connection, node.node, rows))
        case All():
            masks = (_mask(connection, each, rows) for each in node.nodes)
            return functools.reduce(np.logical_and, masks)
        case Either():
            masks = (_mask(connection, each, rows) for each in node.nodes)
            return functools.reduce(np.logical_or, masks)
        case _:
            mask = np.zeros(rows, dtype=np.bool_)
            for statement, bindings in _conditions(connection, node):
                numbers = _numbers(connection, statement, *bindings)
                # What another process has added meanwhile is not listed yet.
                mask[numbers[numbers < rows]] = True
            return mask


def _numbers(connection: apsw.Connection, statement: str, *bindings: Any) -> Numbers:
    # One text of numbers, of which numpy makes an array at once.
    first = statement.split()[1]
    whole = f"SELECT group_concat({first}) FROM ({statement})"  # noqa: S608 - one of those above
    text = sql.rows(connection, whole, bindings)[0][0]
    return np.fromstring(text, dtype=np.int64, sep=",") if text else np.empty(0, dtype=np.int64)


def _conditions(connection: apsw.Connection, leaf: Leaf) -> list[Condition]:
    """Give statements of which any may hold."""
    match leaf:
        case Words():
            return _words(leaf)
        case Holding():
            return _holding(leaf.pattern, leaf.places)
        case Named():
            statement, condition = NAMES[leaf.column]
            names = [name for (name,) in sql.rows(connection, statement)]
            return [(condition, (json.dumps(list(filter(leaf.pattern.matches, names))),))]
        case Measured():
            return [_measured(leaf)]
        case Chosen(column="star"):
            return [(SAID.format("star = ?"), (leaf.value,))]
        case Chosen():
            # Who saved a picture without a sheet was never asked for a verdict.
            asked = "verdict = ? AND (verdict != 0 OR sheet IS NOT NULL)"
            return [(TRIED.format(asked), (leaf.value,))]
        case Being():
            return [(BEING[leaf.name], ())]
        case _:
            return [(LATEST_FIRST, ())]


def _measured(leaf: Measured) -> Condition:
    condition = " AND ".join(f"{leaf.column} {sign} ?" for sign, _ in leaf.bounds)
    values = tuple(value for _, value in leaf.bounds)
    if leaf.column == "seed":
        return SAID.format(condition), tuple(blob_of(int(value)) for value in values)
    return OF_RECIPES.format(condition), values


def _words(leaf: Words) -> list[Condition]:
    if UNSPACED.search(leaf.text):
        return _holding(Pattern((leaf.text,)), leaf.places)
    quoted = '"{}"'.format(leaf.text.replace('"', '""')) + ("" if leaf.exact else " *")
    if leaf.places:
        return [(WORDED[0], (f"{{{' '.join(leaf.places)}}} : {quoted}",))]
    return [(statement, (quoted,)) for statement in WORDED]


def _holding(pattern: Pattern, places: tuple[str, ...]) -> list[Condition]:
    """Look through the texts themselves; what a pattern leaves open is anything."""
    pieces = (re.sub(r"([\\%_])", r"\\\1", piece) for piece in pattern.pieces)
    like = f"%{'%'.join(pieces)}%"
    return [(HELD[place], (like,)) for place in places or HELD]

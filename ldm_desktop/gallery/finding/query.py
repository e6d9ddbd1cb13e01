"""What is asked of the gallery: a query as people type it, an order, a grouping.

    word "a phrase" -not    a word or its beginning; words in a row; nothing with it
    a b   a OR b   (…)      both; one of them; spaces bind tighter than OR
    key:value               seed:3  model:land*  tag:"blue hour"  rating:4,5  has:note
    key:>value key:a..b     rating:>=4  steps:50..200  date:2026-11  date:>=2026-11-01
    #5f3a                   a picture by its id; parent:#5f3a has it as a parent

Keys stand in `query_keys`. A term that is not finished is left out until it is, so that results
stay while one types. Nothing here knows of a database.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto
from typing import NamedTuple, TypeAlias

from ldm_desktop.gallery.finding import query_dates, query_keys, query_text, query_values
from ldm_desktop.gallery.finding.query_terms import (
    Everything,
    Node,
    Not,
    QueryError,
    Related,
    either,
    together,
)
from ldm_desktop.gallery.finding.query_text import Mark, Sign, Term

__all__ = ["Group", "GroupValue", "Grouping", "Order", "Query", "QueryError", "SortField", "parse"]

LONGEST = 4000
MOST_TERMS = 200
DEEPEST = 20
_SHORT_ID = re.compile(r"#([0-9a-f]{2,32})", re.IGNORECASE)

EVERYTHING = Everything()

Span: TypeAlias = tuple[int, int]
GroupValue: TypeAlias = int | str | tuple[str, str, int] | None


class SortField(StrEnum):
    """What a listing can be sorted by."""

    CREATED = auto()
    ADDED = auto()
    NAME = auto()
    MODEL = auto()
    SEED = auto()
    SAMPLER = auto()
    STEPS = auto()
    ETA = auto()
    PRECISION = auto()
    NOISE = auto()
    PIXELS = auto()
    WIDTH = auto()
    HEIGHT = auto()
    SIZE = auto()  # Of the file.
    SECONDS = auto()
    RATING = auto()
    FLAG = auto()
    LABEL = auto()
    ORIGIN = auto()
    STATE = auto()


@dataclass(frozen=True)
class Order:
    """How a listing is sorted; equals by when they were made, those without a value last."""

    field: SortField = SortField.CREATED
    descending: bool = True


class Grouping(StrEnum):
    """What the pictures of a listing are put together by."""

    NONE = auto()
    SEED = auto()
    LIKENESS = auto()  # Recipes that differ in their seed alone.
    DAY = auto()
    DUPLICATES = auto()  # Equal pixels.
    NEAR = auto()  # They look alike.


class Group(NamedTuple):
    """`count` rows of a listing from `start`; `value` is what they have in common.

    A seed, a day (2026-11-23), or a title as (model, sampler, steps; 0 if unknown); for
    duplicates and near ones the number of the first picture. None: those without such a value.
    It is a tuple because a listing may have 100,000, of which each must cost next to nothing.
    """

    value: GroupValue
    start: int
    count: int  # type: ignore[assignment]  # Of rows; no one counts values in a group.


@dataclass(frozen=True)
class Query:
    """A query that was understood; `unfinished` says which parts of its text were left out."""

    text: str
    node: Node = EVERYTHING
    unfinished: tuple[Span, ...] = ()

    def finished(self) -> Query:
        """Give the query if nobody goes on typing; QueryError if a part was left out."""
        if not self.unfinished:
            return self
        start, end = self.unfinished[0]
        raise QueryError(
            f"The part “{self.text[start:end]}” of the query is not finished: "
            "complete it, or leave it out.",
            start,
            end,
        )


def parse(text: str, cursor: int | None = None, today: date | None = None) -> Query:
    """Understand a query, or raise a QueryError that says where it cannot be understood.

    The term that the cursor is behind (None: behind the text) may be on the way yet.
    """
    if len(text) > LONGEST:
        raise QueryError(
            f"This query has {len(text)} characters, and at most {LONGEST} are read: shorten it.",
            LONGEST,
            len(text),
        )
    tokens = query_text.scan(text)
    if len(tokens) > MOST_TERMS:
        cut = tokens[MOST_TERMS].start
        raise QueryError(
            f"This query has {len(tokens)} parts, and at most {MOST_TERMS} are read: shorten it, "
            "or put a part of it into a smart album.",
            cut,
            len(text),
        )
    place = len(text) if cursor is None else cursor
    return _Parser(text, tokens, place, today or query_dates.today()).query()


class _Parser:
    """Puts terms together, by one function for each way of binding them."""

    def __init__(self, text: str, tokens: list[Mark | Term], cursor: int, today: date) -> None:
        self._text = text
        self._tokens = tokens
        self._next = 0
        self._cursor = cursor
        self._today = today
        self._depth = 0
        self._unfinished: list[Span] = []

    def query(self) -> Query:
        """Read the whole text."""
        node = self._either() or Everything()
        return Query(self._text, node, tuple(sorted(self._unfinished)))

    def _either(self) -> Node | None:
        nodes: list[Node] = []
        bar: Mark | None = None
        while True:
            node = self._together()
            if bar and not (node and nodes):
                self._leave(bar)
            nodes += [node] if node else []
            bar = self._take(Sign.OR)
            if not bar:
                return either(nodes) if nodes else None

    def _together(self) -> Node | None:
        nodes: list[Node] = []
        while self._more():
            node = self._negated()
            nodes += [node] if node else []
        return together(nodes) if nodes else None

    def _more(self) -> bool:
        if self._next == len(self._tokens):
            return False
        token = self._tokens[self._next]
        return isinstance(token, Term) or token.sign not in (Sign.OR, Sign.CLOSE)

    def _negated(self) -> Node | None:
        negative = False
        while mark := self._take(Sign.NOT, Sign.AND, Sign.NOTHING):
            negative ^= mark.sign is Sign.NOT
            if mark.sign is Sign.NOTHING or not self._more():
                self._leave(mark)
        node = self._one() if self._more() else None
        return Not(node) if node and negative else node

    def _one(self) -> Node | None:
        token = self._tokens[self._next]
        self._next += 1
        return self._term(token) if isinstance(token, Term) else self._inside(token)

    def _inside(self, bracket: Mark) -> Node | None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise QueryError(
                f"Brackets can stand in brackets {DEEPEST} deep, and no deeper: leave some out.",
                bracket.start,
                bracket.end,
            )
        node = self._either()
        self._depth -= 1
        if not self._take(Sign.CLOSE) or not node:
            self._leave(bracket)
        return node

    def _term(self, term: Term) -> Node | None:
        node = None if term.open else self._read(term)
        if node is None:
            self._leave(term)
        return node

    def _read(self, term: Term) -> Node | None:
        if not term.key:
            return self._words(term)
        key = query_keys.find(term.key)
        if not key:
            raise _unknown(term, self._text)
        typing = term.end == self._cursor
        return query_values.read(term, key, typing=typing, today=self._today)

    @staticmethod
    def _words(term: Term) -> Node | None:
        id_ = _SHORT_ID.fullmatch(term.pieces[0].text)
        if id_ and not term.pieces[0].quoted:
            return Related("id", id_[1].lower())
        return query_values.words(term.pieces)

    def _take(self, *signs: Sign) -> Mark | None:
        if self._next == len(self._tokens):
            return None
        token = self._tokens[self._next]
        if not isinstance(token, Mark) or token.sign not in signs:
            return None
        self._next += 1
        return token

    def _leave(self, token: Mark | Term) -> None:
        self._unfinished.append((token.start, token.end))


def _unknown(term: Term, text: str) -> QueryError:
    nearest = query_keys.nearest(term.key)
    instead = " or ".join(f"{name}:" for name in nearest) or "seed:, model:, tag: or another key"
    whole = text[term.start : term.end].replace('"', "")
    return QueryError(
        f'There is no key “{term.key}”: write {instead}, or "{whole}" in quotes to look for '
        "it as text.",
        term.start,
        term.end,
    )

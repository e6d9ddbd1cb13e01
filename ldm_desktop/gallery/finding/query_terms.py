"""What a query is made of, once it is understood; `query` reads it, `conditions` asks it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from ldm_desktop.core.errors import KnownError

Value: TypeAlias = int | float | str


class QueryError(KnownError):
    """A query that cannot be understood; `start` and `end` say where in its text."""

    def __init__(self, sentence: str, start: int = 0, end: int = 0) -> None:
        super().__init__(sentence)
        self.start = start
        self.end = end


def folded(text: str) -> str:
    """Give a text without the case and the accents of its letters."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    # Marks of other scripts make other letters: が is not か.
    bare = "".join(char for char in apart if not "\u0300" <= char <= "\u036f")
    return unicodedata.normalize("NFKC", bare)


@dataclass(frozen=True)
class Words:
    """Words that stand together somewhere in what is written of a picture.

    `places` are columns of the database's table `words`; none means all of them. The last word
    may be the beginning of one, unless the words were quoted (`exact`).
    """

    text: str
    places: tuple[str, ...] = ()
    exact: bool = False


@dataclass(frozen=True)
class Pattern:
    """A name as it was asked for: literal pieces, with anything between one and the next."""

    pieces: tuple[str, ...]

    @property
    def name(self) -> str | None:
        """The whole name, if it leaves nothing open."""
        return self.pieces[0] if len(self.pieces) == 1 else None

    def matches(self, name: str) -> bool:
        """Whether a whole name is what was asked for, but for case and accents."""
        expression = ".*".join(re.escape(folded(piece)) for piece in self.pieces)
        return bool(re.fullmatch(expression, folded(name), re.DOTALL))


@dataclass(frozen=True)
class Holding:
    """A text with a pattern somewhere in it: what `Words` cannot find, because `*` leads."""

    pattern: Pattern
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class Named:
    """A whole name in one column: of a model, a sampler, a tag or an album."""

    column: str
    pattern: Pattern


@dataclass(frozen=True)
class Called:
    """One of several names in one column: what is left of `Named` once names are looked up."""

    column: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Chosen:
    """One of few values that a column can have."""

    column: str
    value: str | int


@dataclass(frozen=True)
class Measured:
    """A number or a day within bounds, as ((">=", 3), ("<=", 5))."""

    column: str
    bounds: tuple[tuple[str, Value], ...]


@dataclass(frozen=True)
class Related:
    """Pictures by an id's first digits: themselves, their children, parents or lookalikes.

    `relation` is id, parent (has it as one), child (is a parent of it) or like.
    """

    relation: str
    digits: str


@dataclass(frozen=True)
class Being:
    """A property with a name of its own, as `is:duplicate` and `has:note` ask for it."""

    name: str


@dataclass(frozen=True)
class Everything:
    """No condition at all."""


@dataclass(frozen=True)
class Not:
    """What a condition does not hold for."""

    node: Node


@dataclass(frozen=True)
class All:
    """What all of several conditions hold for."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True)
class Either:
    """What at least one of several conditions holds for."""

    nodes: tuple[Node, ...]


Leaf: TypeAlias = (
    Words | Holding | Named | Called | Chosen | Measured | Related | Being | Everything
)
Node: TypeAlias = Leaf | Not | All | Either


def leaves(node: Node) -> Iterator[Leaf]:
    """Give every condition of a tree."""
    match node:
        case Not():
            yield from leaves(node.node)
        case All() | Either():
            for each in node.nodes:
                yield from leaves(each)
        case _:
            yield node


def together(nodes: list[Node]) -> Node:
    """Join conditions that must all hold."""
    return _joined(All, nodes)


def either(nodes: list[Node]) -> Node:
    """Join conditions of which one must hold."""
    return _joined(Either, nodes)


def _joined(kind: type[All] | type[Either], nodes: list[Node]) -> Node:
    if not nodes:
        return Everything()
    return nodes[0] if len(nodes) == 1 else kind(tuple(nodes))

"""A query's names looked up: albums that are queries themselves take their names' place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ldm_desktop.gallery.finding.conditions import Names
from ldm_desktop.gallery.finding.query import DEEPEST, parse
from ldm_desktop.gallery.finding.query_terms import (
    All,
    Being,
    Called,
    Chosen,
    Either,
    Named,
    Node,
    Not,
    QueryError,
    either,
    leaves,
)
from ldm_desktop.gallery.records import State

MOST_LEAVES = 2000


class Lookup:
    """Looks up names; `smart` gives the smart albums' queries by their names."""

    def __init__(self, names: Names, smart: Mapping[str, str]) -> None:
        self._names = names
        self._smart = smart
        self._leaves = 0

    def resolve(self, node: Node, within: tuple[str, ...] = ()) -> Node:
        """Put what they stand for in the place of all names; `within` are albums on the way."""
        match node:
            case Not():
                return Not(self.resolve(node.node, within))
            case All() | Either():
                return type(node)(tuple(self.resolve(each, within) for each in node.nodes))
            case Named():
                return self._named(node, within)
            case _:
                self._count()
                return node

    def _count(self) -> None:
        self._leaves += 1
        if self._leaves > MOST_LEAVES:
            raise QueryError(
                f"This query and its smart albums have more than {MOST_LEAVES} conditions: "
                "leave some albums out."
            )

    def _named(self, leaf: Named, within: tuple[str, ...]) -> Node:
        self._count()
        found = Called(leaf.column, tuple(_matching(leaf, self._names(leaf.column))))
        if leaf.column != "album":
            return found
        # Who writes `album:b*` into an album “Best” means the others.
        passed = within if leaf.pattern.name is None else ()
        others = [name for name in self._smart if name not in passed]
        smart = [self._expanded(name, within) for name in _matching(leaf, others)]
        return either([found, *smart] if found.names or not smart else smart)

    def _expanded(self, name: str, within: tuple[str, ...]) -> Node:
        if name in within:
            way = " → ".join(f"“{each}”" for each in (*within[within.index(name) :], name))
            raise QueryError(
                f"The smart album “{name}” asks for itself ({way}): change one of their queries."
            )
        if len(within) == DEEPEST:
            raise QueryError(
                f"Smart albums can ask for others {DEEPEST} deep, and “{name}” is deeper: "
                "change its query."
            )
        try:
            node = parse(self._smart[name]).node
        except QueryError as error:
            raise QueryError(f"The smart album “{name}” cannot be listed: {error}") from error
        return self.resolve(node, (*within, name))


def _matching(leaf: Named, names: Sequence[str]) -> list[str]:
    """Give the names asked for; what is written exactly so goes before other cases and accents."""
    whole = leaf.pattern.name
    if whole is not None and whole in names:
        return [whole]
    return [name for name in names if leaf.pattern.matches(name)]


def asks_for_trash(node: Node) -> bool:
    """Whether pictures in the trash are spoken of; otherwise they are left out."""
    trash = Chosen("state", State.TRASHED.value), Being(f"is:{State.TRASHED.value}")
    return any(leaf in trash for leaf in leaves(node))

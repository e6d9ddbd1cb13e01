"""What `gallery.search` must find, said once more and slowly: by one picture after another."""

from __future__ import annotations

import dataclasses
import itertools
import random
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from rows import facts_of, id_of, made_of
from samples import recipe_of

from ldm_desktop.core.noise import Seed
from ldm_desktop.core.recipe import ModelRef, Precision, Stop, fork
from ldm_desktop.gallery.finding.query import Order, SortField
from ldm_desktop.gallery.finding.query_terms import (
    All,
    Being,
    Chosen,
    Either,
    Everything,
    Holding,
    Measured,
    Named,
    Node,
    Not,
    Related,
    Words,
    leaves,
)
from ldm_desktop.gallery.index.store import Store
from ldm_desktop.gallery.records import Annotation, Facts, Flag, Label, Origin, State

UNSPACED = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
}


@dataclass(frozen=True)
class Row:
    """A picture as it was put into the store."""

    number: int
    facts: Facts
    file: Path
    said: Annotation
    state: State

    def value(self, column: str) -> Any:
        """Give what the database must have in a column; None for nothing."""
        made, facts, said = self.facts.made, self.facts, self.said
        own = made.recipe
        return {
            "number": self.number,
            "seed": made.seed,
            "model": made.model,
            "sampler": made.sampler,
            "steps": made.steps,
            "eta": own.eta if own else None,
            "precision": own.precision.value if own else "",
            "noise": own.noise.kind if own else "",
            "step": own.branch.step if own and own.branch else None,
            "seconds": made.seconds,
            "width": facts.width,
            "height": facts.height,
            "size": facts.size,
            "origin": made.origin.value,
            "state": self.state.value,
            "rating": said.rating,
            "flag": int(said.flag),
            "label": said.label.value,
            "day": datetime.fromisoformat(made.created).astimezone().date().isoformat(),
        }[column]

    def texts(self, place: str) -> list[str]:
        """Give what is written of it in a place."""
        return {
            "note": [self.said.note],
            "tags": list(self.said.tags),
            "albums": list(self.said.albums),
            "file": [self.file.as_posix()],
            "model": [self.facts.made.model],
            "sampler": [self.facts.made.sampler],
            "settings": [self.facts.made.settings],
        }[place]


class Reference:
    """Answers as `Search` must."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows

    def numbers(self, node: Node, order: Order | None = None) -> list[int]:
        """Give the pictures that a query asks for, in order."""
        trash = any(
            leaf in (Chosen("state", "trashed"), Being("is:trashed")) for leaf in leaves(node)
        )
        found = [
            row
            for row in self.rows
            if (trash or row.state is not State.TRASHED) and self.holds(node, row)
        ]
        return [row.number for row in in_order(found, order or Order())]

    def holds(self, node: Node, row: Row) -> bool:
        """Whether a condition holds for a picture."""
        match node:
            case Everything():
                return True
            case Not():
                return not self.holds(node.node, row)
            case All():
                return all(self.holds(each, row) for each in node.nodes)
            case Either():
                return any(self.holds(each, row) for each in node.nodes)
            case Words():
                return _worded(node, row)
            case Holding():
                return _holding(node.pattern.pieces, node.places, row)
            case Chosen():
                return bool(row.value(node.column) == node.value)
            case Measured():
                value = row.value(node.column)
                return value is not None and all(
                    COMPARED[sign](value, bound) for sign, bound in node.bounds
                )
            case Named():
                return any(node.pattern.matches(name) for name in _names(node.column, row) if name)
            case Related():
                return self._related(node, row)
            case Being():
                return self._being(node.name, row)
            case _:
                raise AssertionError(node)

    def _related(self, node: Related, row: Row) -> bool:
        begin = [each for each in self.rows if each.facts.id.hex.startswith(node.digits)]
        match node.relation:
            case "id":
                return row in begin
            case "parent":
                return any(parent.hex.startswith(node.digits) for parent in row.facts.made.parents)
            case "child":
                return any(row.facts.id in child.facts.made.parents for child in begin)
            case _:
                looks = [each.facts.look for each in begin]
                return any((row.facts.look ^ look).bit_count() <= 10 for look in looks)

    def _being(self, name: str, row: Row) -> bool:
        facts, said = row.facts, row.said
        same = [
            each
            for each in self.rows
            if each.facts.pixels == facts.pixels and each.state is not State.TRASHED
        ]
        children = any(facts.id in each.facts.made.parents for each in self.rows)
        states = {f"is:{state.value}": row.state is state for state in State}
        return {
            **states,
            "is:picked": said.flag is Flag.PICKED,
            "is:rejected": said.flag is Flag.REJECTED,
            "is:duplicate": len(same) > 1,
            "is:branch": row.value("step") is not None,
            "is:imported": facts.made.origin is not Origin.OWN,
            "is:portrait": facts.height > facts.width,
            "is:landscape": facts.height < facts.width,
            "is:square": facts.height == facts.width,
            "has:recipe": facts.made.recipe is not None,
            "has:seed": facts.made.seed is not None,
            "has:note": bool(said.note),
            "has:parents": bool(facts.made.parents),
            "has:children": children,
            "has:tags": bool(said.tags),
            "has:albums": bool(said.albums),
            "has:rating": bool(said.rating),
            "has:flag": bool(said.flag),
            "has:label": bool(said.label),
            "has:settings": bool(facts.made.settings),
        }[name]


def _names(column: str, row: Row) -> Sequence[str]:
    named = {"tag": row.said.tags, "album": row.said.albums}
    return named[column] if column in named else [row.value(column)]


def tokens(text: str) -> list[str]:
    """Cut a text into words as the index of words does, for the letters that tests use."""
    return re.findall(r"[^\W_]+", bare(text))


def bare(text: str) -> str:
    """Give a text without case and accents."""
    apart = unicodedata.normalize("NFD", text.lower())
    return "".join(char for char in apart if not unicodedata.combining(char))


def _worded(words: Words, row: Row) -> bool:
    wanted = tokens(words.text)
    if not wanted or UNSPACED.search(words.text):
        return _holding((words.text,), words.places, row)
    places = words.places or ("file", "model", "sampler", "tags", "albums", "note", "settings")
    return any(
        _in_a_row(wanted, tokens("\n".join(row.texts(each))), words.exact) for each in places
    )


def _in_a_row(wanted: list[str], there: list[str], exact: bool) -> bool:
    for start in range(len(there) - len(wanted) + 1):
        part = there[start : start + len(wanted)]
        ends = part[-1] == wanted[-1] or (not exact and part[-1].startswith(wanted[-1]))
        if part[:-1] == wanted[:-1] and ends:
            return True
    return False


def _holding(pieces: Sequence[str], places: Sequence[str], row: Row) -> bool:
    return any(
        _in_text(pieces, row, place)
        for place in places or ("note", "tags", "albums", "file", "model")
    )


def _in_text(pieces: Sequence[str], row: Row, place: str) -> bool:
    """Look into names without regard to accents, and into longer texts as they are."""
    form = bare if place in ("tags", "albums", "model") else str.lower
    expression = re.compile(".*".join(re.escape(form(piece)) for piece in pieces), re.DOTALL)
    return any(expression.search(form(text)) for text in row.texts(place) if text)


def in_order(rows: Sequence[Row], order: Order) -> list[Row]:
    """Sort pictures; those without a value are last."""
    oldest_first = sorted(
        rows, key=lambda row: (datetime.fromisoformat(row.facts.made.created), row.number)
    )
    known = [row for row in oldest_first if _key(row, order.field) not in (None, "")]
    unknown = [row for row in oldest_first if _key(row, order.field) in (None, "")]
    known.sort(key=lambda row: _key(row, order.field))
    if order.descending:
        known, unknown = known[::-1], unknown[::-1]
    return [*known, *unknown]


def _key(row: Row, field: SortField) -> Any:
    match field:
        case SortField.CREATED:
            return datetime.fromisoformat(row.facts.made.created)
        case SortField.ADDED:
            return row.number
        case SortField.NAME:
            return row.file.name.lower()
        case SortField.PIXELS:
            return row.facts.width * row.facts.height
        case SortField.MODEL | SortField.SAMPLER:
            return row.value(field.value).casefold()
        case _:
            return row.value(field.value)


NOTES = (
    "",
    "",
    "Fog over the sea",
    "the sea in fog",
    "夜の青い海",
    "🌅 so warm",
    "100% café_x",
    "A:)",
)
TAGS = ("blue hour", "sea", "seaside", "Café", "夜景", "t_1", "🌅", 'a "b"')
ALBUMS = ("For the show", "best", "空")
MODELS = ("landscapes", "Landmarks v2", "faces")


def fill(store: Store, seed: int, count: int) -> Reference:
    """Put pictures by chance into a store, with much in common."""
    chance = random.Random(seed)
    return Reference([_added(store, chance, number) for number in range(1, count + 1)])


def _added(store: Store, chance: random.Random, number: int) -> Row:
    facts = _facts(chance, number)
    file = Path(facts.made.created[:10], f"{chance.choice('ABab')} seed {number} 夜.png")
    said = Annotation(
        chance.choice([0, 0, 3, 4, 5]),
        chance.choice(list(Flag)),
        chance.choice(list(Label)),
        tuple(chance.sample(TAGS, chance.choice([0, 1, 3]))),
        tuple(chance.sample(ALBUMS, chance.choice([0, 1]))),
        chance.choice(NOTES),
    )
    row = store.add(facts, file, said)
    state = chance.choice([State.PRESENT, State.PRESENT, *State])
    store.set_state(row, state)
    return Row(row, facts, file, said, state)


def _facts(chance: random.Random, number: int) -> Facts:
    created = datetime(2026, 10, 1, 12, tzinfo=UTC) + timedelta(hours=chance.randrange(2000))
    seed = chance.choice([3, 7, 2**32 - 1, chance.randrange(2**32)])
    recipe = recipe_of(
        seed,
        noise=Seed(seed),
        model=ModelRef("5f3a9c21" * 8, chance.choice(MODELS)),
        steps=chance.choice([20, 50, 200]),
        eta=chance.choice([0.0, 0.5]),
        precision=chance.choice(list(Precision)),
        size=chance.choice([(16, 8), (8, 16), (16, 16)]),
    )
    if chance.random() < 0.2:
        recipe = fork(recipe, chance.choice([5, 10]), Stop())
    parents = tuple({id_of(chance.randrange(1, 40)) for _ in range(chance.choice([0, 0, 1, 2]))})
    changes: dict[str, Any] = {
        "recipe": recipe,
        "seed": seed,
        "model": recipe.model.name,
        "steps": recipe.steps,
        "created": created.isoformat(),
        "parents": parents,
        "seconds": chance.choice([1.5, 60.25]),
    }
    if chance.random() < 0.3:
        changes |= _foreign(chance)
    width, height = recipe.size
    alike = chance.choice([number, number, number // 3])
    return facts_of(
        number,
        dataclasses.replace(made_of(), **changes),
        width=width,
        height=height,
        pixels=f"{alike:064x}",
        look=chance.choice([alike, 2**64 - 1 - alike, chance.getrandbits(64)]),
    )


def _foreign(chance: random.Random) -> dict[str, Any]:
    return {
        "origin": chance.choice([Origin.A1111, Origin.COMFYUI]),
        "recipe": None,
        "environment": None,
        "seed": chance.choice([None, 3, 2**64 - 1]),
        "model": chance.choice(["", "Landmarks v2"]),
        "sampler": chance.choice(["", "Euler a"]),
        "steps": chance.choice([None, 20]),
        "settings": chance.choice(["", "a castle by the sea, seed: 3"]),
    }


def grouped(rows: Sequence[Row], key: Callable[[Row], Any]) -> list[list[int]]:
    """Give groups where their first picture stands, and who has no key (None) at the end."""
    keyed = {row.number: key(row) for row in rows}
    firsts = list(dict.fromkeys(each for each in keyed.values() if each is not None))
    firsts += [None] * (None in keyed.values())
    return [[row.number for row in rows if keyed[row.number] == first] for first in firsts]


def pairs(looks: Sequence[int], distance: int) -> list[tuple[int, int]]:
    """Give the places of all looks that are near each other."""
    return [
        (one, other)
        for one, other in itertools.combinations(range(len(looks)), 2)
        if (looks[one] ^ looks[other]).bit_count() <= distance
    ]

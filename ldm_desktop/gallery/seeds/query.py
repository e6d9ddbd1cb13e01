"""What is asked of the seeds, in the gallery's language as far as it fits.

    word "a phrase" -not        in names, notes, the models' names, the sheets' names
    a b   a OR b                both; one of them; spaces bind tighter
    star:  seed:100..200  model:land*  sheet:"first sweep"  verdict:kept  steps:>50  has:note

A term that is not finished is left out until it is, so that results stay while one types.
Nothing here knows of a database; `search` asks it.
"""

from __future__ import annotations

from dataclasses import dataclass

from ldm_desktop.core.seeds import WIDE_SEEDS
from ldm_desktop.gallery.finding import query_dates, query_text, query_values
from ldm_desktop.gallery.finding.query_keys import Key, Kind
from ldm_desktop.gallery.finding.query_terms import (
    Chosen,
    Everything,
    Measured,
    Node,
    Not,
    QueryError,
    either,
    together,
)
from ldm_desktop.gallery.finding.query_text import Mark, Sign, Term
from ldm_desktop.gallery.seeds.records import Verdict

EVERYTHING = Everything()
LONGEST = 4000
MOST_TERMS = 200

KEYS = (
    Key("star", Kind.CHOICE, "star", "star:", choices={"yes": 1, "no": 0}, also=("starred",)),
    Key("seed", Kind.WHOLE, "seed", "seed:100..200", most=WIDE_SEEDS - 1, also=("seeds",)),
    Key("model", Kind.NAME, "model", "model:land*", also=("models",)),
    Key("sheet", Kind.NAME, "sheet", 'sheet:"first sweep"', also=("sheets",)),
    Key(
        "verdict",
        Kind.CHOICE,
        "verdict",
        "verdict:kept",
        choices={each.name.lower(): each.value for each in reversed(Verdict)},
    ),
    Key("sampler", Kind.NAME, "sampler", "sampler:ddim"),
    Key("steps", Kind.WHOLE, "steps", "steps:>50"),
    Key("name", Kind.WORDS, "name", "name:fox"),
    Key("note", Kind.WORDS, "note", "note:fog", also=("notes",)),
    Key("has", Kind.BEING, "", "has:note", choices={x: x for x in ("name", "note", "picture")}),
)
BY_NAME = {name: key for key in KEYS for name in (key.name, *key.also)}


@dataclass(frozen=True)
class Question:
    """A query that was understood; `unfinished` says which part of its text was left out."""

    node: Node = EVERYTHING
    unfinished: str = ""


def parse(text: str) -> Question:
    """Understand a query, or raise QueryError with a sentence."""
    tokens = query_text.scan(text) if len(text) <= LONGEST else []
    if len(text) > LONGEST or len(tokens) > MOST_TERMS:
        raise QueryError(
            f"This query is longer than {LONGEST} characters or {MOST_TERMS} parts: shorten it."
        )
    groups: list[list[Node]] = [[]]
    unfinished, negative = "", False
    for token in tokens:
        if isinstance(token, Mark):
            _check(token)
            negative ^= token.sign is Sign.NOT
            groups += [[]] if token.sign is Sign.OR else []
            continue
        node = _read(token)
        if node is None:
            unfinished = text[token.start : token.end]
        else:
            groups[-1].append(Not(node) if negative else node)
        negative = False
    nodes = [together(group) for group in groups if group]
    return Question(either(nodes), unfinished)


def _check(mark: Mark) -> None:
    if mark.sign in (Sign.OPEN, Sign.CLOSE):
        raise QueryError(
            "Brackets have no meaning here: write what all belongs together between two ORs.",
            mark.start,
            mark.end,
        )


def _read(term: Term) -> Node | None:
    if term.open:
        return None
    if not term.key:
        return _plain(term)
    key = BY_NAME.get(term.key.lower())
    if not key:
        raise QueryError(
            f"There is no key “{term.key}” for seeds: write one of "
            f"{', '.join(f'{each.name}:' for each in KEYS)}, or put it in quotes to look for it "
            "as text.",
            term.start,
            term.end,
        )
    if key.name == "star" and not term.pieces:
        return Chosen("star", 1)
    return query_values.read(term, key, typing=True, today=query_dates.today())


def _plain(term: Term) -> Node | None:
    """Read words; a number may be the seed itself."""
    words, text = query_values.words(term.pieces), term.pieces[0].text
    if words and len(term.pieces) == 1 and text.isascii() and text.isdigit() and len(text) <= 19:
        return either([words, Measured("seed", (("=", int(text)),))])
    return words

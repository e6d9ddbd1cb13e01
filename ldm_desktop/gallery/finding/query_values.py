"""What stands after the key of a term, read as the key asks for."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Callable
from datetime import date
from typing import TypeAlias

from ldm_desktop.gallery.finding import query_dates, query_keys
from ldm_desktop.gallery.finding.query_keys import Key, Kind
from ldm_desktop.gallery.finding.query_terms import (
    Being,
    Chosen,
    Holding,
    Measured,
    Named,
    Node,
    Not,
    Pattern,
    QueryError,
    Related,
    Value,
    Words,
    either,
    together,
)
from ldm_desktop.gallery.finding.query_text import Piece, Term
from ldm_desktop.gallery.records import readable

Pieces: TypeAlias = tuple[Piece, ...]
Span: TypeAlias = tuple[Value, Value]
Reader: TypeAlias = Callable[[str], "Span | None"]

_SIGN = re.compile(r"(>=|<=|=>|=<|≥|≤|>|<|=)?(.*)", re.DOTALL)
_SIGNS = {"=>": ">=", "≥": ">=", "=<": "<=", "≤": "<=", "=": "", None: ""}
_RANGE = re.compile(r"\.{2,3}|…")
_DECIMAL = re.compile(r"[0-9]{1,40}(?:\.[0-9]{1,40})?|\.[0-9]{1,40}")
_NUMBER_BEGUN = re.compile(r"[0-9]{0,40}\.?[0-9]{0,40}")
_SIZE = re.compile(r"([0-9]+)(?:[x×*]([0-9]+))?", re.IGNORECASE)
_SIZE_BEGUN = re.compile(r"[0-9]+[x×*]", re.IGNORECASE)
_ID = re.compile(r"#?([0-9a-f]{1,32})", re.IGNORECASE)
_TAKES = {
    Kind.DECIMAL: "a number",
    Kind.SIZE: "a width and a height in pixels",
    Kind.DATE: "a day, a month or a year",
    Kind.PICTURE: "the first digits of a picture's id",
}


def read(term: Term, key: Key, *, typing: bool, today: date) -> Node | None:
    """Read a term's value; None while there is nothing, or (`typing`) not all of it, to read."""
    parts = _parts(term.pieces) if key.kind not in (Kind.WORDS, Kind.DATE) else [term.pieces]
    read_one = _One(term, key, today)
    nodes: list[Node] = []
    for place, part in enumerate(parts):
        try:
            node = read_one(part)
        except QueryError:
            if typing and place == len(parts) - 1 and _begun(key, part):
                continue
            raise
        nodes += [node] if node else []
    return either(nodes) if nodes else None


def pattern(pieces: Pieces) -> Pattern:
    """Read a name; `*` stands for anything, unless it is quoted."""
    found = [""]
    for piece in pieces:
        first, *rest = [piece.text] if piece.quoted else piece.text.split("*")
        found[-1] += first
        found += rest
    return Pattern(tuple(readable(each, breaks=True) for each in found))


def words(pieces: Pieces, places: tuple[str, ...] = ()) -> Node | None:
    """Read what is looked for in texts; None for nothing."""
    asked = pattern(pieces)
    while len(asked.pieces) > 1 and not asked.pieces[-1]:
        asked = Pattern(asked.pieces[:-1])  # Words may go on anyway.
    if not any(piece.strip() for piece in asked.pieces):
        return None
    if asked.name is None:
        return Holding(asked, places)
    return Words(asked.name.strip(), places, exact=pieces[-1].quoted)


def _parts(pieces: Pieces) -> list[Pieces]:
    """Cut a value at its commas; quoted ones are text."""
    parts: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.quoted:
            parts[-1].append(piece)
            continue
        first, *rest = piece.text.split(",")
        parts[-1] += [Piece(first, quoted=False)] if first else []
        parts += [[Piece(text, quoted=False)] if text else [] for text in rest]
    return [tuple(part) for part in parts]


def _text(pieces: Pieces) -> str:
    return "".join(piece.text for piece in pieces)


class _One:
    """Reads one of the values that commas divide."""

    def __init__(self, term: Term, key: Key, today: date) -> None:
        self._term = term
        self._key = key
        self._today = today

    def __call__(self, pieces: Pieces) -> Node | None:
        if pieces and not pieces[0].quoted and self._key.kind in (Kind.NAME, Kind.CHOICE):
            pieces = (Piece(pieces[0].text.removeprefix("="), quoted=False), *pieces[1:])
        text = _text(pieces).strip()
        if not text:
            return None
        match self._key.kind:
            case Kind.WORDS:
                return words(pieces, (self._key.column,))
            case Kind.NAME:
                return Named(self._key.column, pattern(pieces))
            case Kind.CHOICE | Kind.BEING:
                return self._choice(pieces)
            case Kind.PICTURE:
                return self._picture(text)
            case Kind.SIZE:
                return self._size(text)
            case _:
                return self._measured(text)

    def _choice(self, pieces: Pieces) -> Node:
        asked = pattern(pieces)
        chosen = {value: None for name, value in self._key.choices.items() if asked.matches(name)}
        if not chosen:
            raise self._refused(_text(pieces))
        if self._key.kind is Kind.BEING:
            return either([_being(str(value)) for value in chosen])
        return either([Chosen(self._key.column, value) for value in chosen])

    def _picture(self, text: str) -> Node | None:
        if text == "#":
            return None
        digits = _ID.fullmatch(text.replace("-", ""))
        if not digits:
            raise self._refused(text)
        return Related(self._key.column, digits[1].lower())

    def _measured(self, text: str) -> Node | None:
        reader = {Kind.WHOLE: self._whole, Kind.DECIMAL: self._decimal, Kind.DATE: self._date}
        bounds = self._bounds(text, reader[self._key.kind])
        return Measured(self._key.column, bounds) if bounds else None

    def _size(self, text: str) -> Node | None:
        """Read 512x768, or one number for both sides; each side is compared by itself."""
        sides: list[Node] = []
        for column, side in (("width", 1), ("height", 2)):
            bounds = self._bounds(text, functools.partial(self._side, side))
            sides += [Measured(column, bounds)] if bounds else []
        return together(sides) if sides else None

    def _bounds(self, text: str, read: Reader) -> tuple[tuple[str, Value], ...]:
        """Read `3`, `>=3`, `3..5`, `3..` or `..5`; nothing while there is no number."""
        signed = _SIGN.fullmatch(text)
        assert signed
        sign, rest = _SIGNS.get(signed[1], signed[1] or ""), signed[2].strip()
        ends = _RANGE.split(rest)
        if len(ends) > 2 or (sign and len(ends) > 1):
            raise self._refused(text)
        spans = [self._span(end.strip(), read) if end.strip() else None for end in ends]
        if len(spans) == 2:
            return _between(*spans)
        return _compared(sign, spans[0]) if spans[0] else ()

    def _span(self, text: str, read: Reader) -> Span:
        span = read(text)
        if span is None:
            raise self._refused(text)
        return span

    def _whole(self, text: str) -> Span | None:
        if not (text.isascii() and text.isdigit() and len(text) <= 40):
            return None
        number = int(text)
        return (number, number) if self._key.least <= number <= self._key.most else None

    @staticmethod
    def _decimal(text: str) -> Span | None:
        if not _DECIMAL.fullmatch(text):
            return None
        number = float(text)
        return (number, number) if math.isfinite(number) else None

    def _date(self, text: str) -> Span | None:
        days = query_dates.read(text, self._today)
        return (days[0].isoformat(), days[1].isoformat()) if days else None

    def _side(self, side: int, text: str) -> Span | None:
        sides = _SIZE.fullmatch(text)
        return self._whole(sides[side] or sides[1]) if sides else None

    def _refused(self, text: str) -> QueryError:
        key = self._key
        takes = _TAKES.get(key.kind) or "whole numbers"
        if key.choices:
            takes = f"one of {', '.join(_said_once(key))}"
        elif key.kind is Kind.WHOLE and key.most != query_keys.LARGEST:
            takes = f"whole numbers from {key.least} to {key.most}"
        ranges = ", or a range as 3..5" if key.kind is Kind.WHOLE and key.most > 5 else ""
        sentence = f"“{key.name}” takes {takes}, not “{text}”: write {key.example}{ranges}."
        return QueryError(sentence, self._term.start, self._term.end)


def _being(name: str) -> Node:
    return Not(Being(name[1:])) if name.startswith("-") else Being(name)


def _said_once(key: Key) -> list[str]:
    """Give the names of a key's choices without other names for the same."""
    first: dict[str | int, str] = {}
    for name, value in key.choices.items():
        first.setdefault(value, name)
    return list(first.values())


def _between(low: Span | None, high: Span | None) -> tuple[tuple[str, Value], ...]:
    """Bound by a range; who writes the larger end first means the same."""
    if low and high and _later(low, high):
        low, high = high, low
    first = ((">=", low[0]),) if low else ()
    last = (("<=", high[1]),) if high else ()
    return (*first, *last)


def _later(one: Span, other: Span) -> bool:
    return bool(one[0] > other[0])  # type: ignore[operator]  # Both are of the key's kind.


def _compared(sign: str, span: Span) -> tuple[tuple[str, Value], ...]:
    low, high = span
    if not sign:
        return ((">=", low), ("<=", high))
    # A month is earlier than what comes after its first day, and later than its last.
    return ((sign, low if sign in (">=", "<") else high),)


def _begun(key: Key, pieces: Pieces) -> bool:
    """Whether what does not make a value may be the beginning of one."""
    text = _text(pieces).strip()
    match key.kind:
        case Kind.CHOICE | Kind.BEING:
            return any(name.startswith(text.lower()) for name in key.choices)
        case _:
            signed = _SIGN.fullmatch(text)
            assert signed
            return _last_begun(key, _RANGE.split(signed[2].strip())[-1])


def _last_begun(key: Key, text: str) -> bool:
    match key.kind:
        case Kind.DATE:
            return query_dates.begun(text.rstrip("."))
        case Kind.SIZE:
            return bool(_SIZE_BEGUN.fullmatch(text))
        case Kind.WHOLE:
            # The first of the two points of a range.
            return text.endswith(".") and text[:-1].isdigit()
        case Kind.DECIMAL:
            return bool(_NUMBER_BEGUN.fullmatch(text))
        case _:
            return False

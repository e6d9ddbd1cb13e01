"""A query's text, cut into terms and the marks between them; `query` puts them together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from ldm_desktop.gallery.finding import query_keys

QUOTES = '"“”„'
"""Writing programs on some systems turn straight quotes into curly ones."""
_KEY = re.compile(r"([^\W\d_][\w-]*)(?::(?!//)|(?=[<>=≥≤]))")
_OPERATORS = {"OR": "OR", "|": "OR", "AND": "AND", "NOT": "NOT"}


class Sign(Enum):
    """A mark between terms."""

    OPEN = auto()
    CLOSE = auto()
    OR = auto()
    AND = auto()
    NOT = auto()
    NOTHING = auto()


@dataclass(frozen=True)
class Mark:
    """A sign and where it stands."""

    sign: Sign
    start: int
    end: int


@dataclass(frozen=True)
class Piece:
    """Some text that was quoted, or was not."""

    text: str
    quoted: bool


@dataclass(frozen=True)
class Term:
    """A word, a phrase, or a key with its value; `open` says that a quote is not closed.

    `value` is where the value starts: `start`, if there is no key.
    """

    start: int
    end: int
    value: int
    key: str
    pieces: tuple[Piece, ...]
    open: bool


def scan(text: str) -> list[Mark | Term]:
    """Cut a query's text; every text can be cut."""
    found: list[Mark | Term] = []
    place = depth = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        token = _mark(text, place, depth) or _term(text, place, depth)
        if isinstance(token, Mark):
            depth += (token.sign is Sign.OPEN) - (token.sign is Sign.CLOSE)
        found.append(token)
        place = token.end
    return found


def _mark(text: str, place: int, depth: int) -> Mark | None:
    char = text[place]
    if char == "(":
        return Mark(Sign.OPEN, place, place + 1)
    if char == ")" and depth:
        return Mark(Sign.CLOSE, place, place + 1)
    word = re.compile(r"[^\s()]*").match(text, place)
    assert word
    if operator := _OPERATORS.get(word[0]):
        return Mark(Sign[operator], place, word.end())
    if char == "-":
        alone = not text[place + 1 : place + 2].strip()
        return Mark(Sign.NOTHING if alone else Sign.NOT, place, place + 1)
    return None


def _term(text: str, start: int, depth: int) -> Term:
    if text[start] in QUOTES:
        piece, end, is_open = _quoted(text, start)
        return Term(start, end, start, "", (piece,), is_open)
    match = _KEY.match(text, start)
    if match and (match[0].endswith(":") or query_keys.find(match[1])):
        pieces, end, is_open = _pieces(text, match.end(), depth, QUOTES)
        return Term(start, end, match.end(), match[1], pieces, is_open)
    pieces, end, _ = _pieces(text, start, depth, "")
    return Term(start, end, start, "", pieces, open=False)


def _pieces(text: str, place: int, depth: int, quotes: str) -> tuple[tuple[Piece, ...], int, bool]:
    """Read up to a space, or to a bracket that closes one from before."""
    pieces: list[Piece] = []
    start, inside = place, 0
    while place < len(text) and not text[place].isspace():
        char = text[place]
        if char in quotes:
            pieces.append(Piece(text[start:place], quoted=False))
            piece, place, is_open = _quoted(text, place)
            pieces.append(piece)
            start = place
            if is_open:
                return _filled(pieces), place, True
            continue
        if char == ")" and depth and not inside:
            break
        inside += (char == "(") - (char == ")" and inside > 0)
        place += 1
    pieces.append(Piece(text[start:place], quoted=False))
    return _filled(pieces), place, False


def _filled(pieces: list[Piece]) -> tuple[Piece, ...]:
    return tuple(piece for piece in pieces if piece.text or piece.quoted)


def _quoted(text: str, start: int) -> tuple[Piece, int, bool]:
    """Read from a quote to the next; a backslash before a quote or another makes it text."""
    kept: list[str] = []
    place = start + 1
    while place < len(text):
        char = text[place]
        if char in QUOTES:
            return Piece("".join(kept), quoted=True), place + 1, False
        if char == "\\" and text[place + 1 : place + 2] in (*QUOTES, "\\"):
            place += 1
        kept.append(text[place])
        place += 1
    return Piece("".join(kept), quoted=True), place, True


def quote(value: str) -> str:
    """Write a value so that it is read as it is: in quotes, if it has to be."""
    plain = re.fullmatch(r"[^\s\"“”„*,()\\<>=≥≤|]+", value)
    if plain:
        return value
    return '"' + re.sub(r'(["“”„\\])', r"\\\1", value) + '"'

"""What exported pictures are called: a template that a person writes, filled for each of them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from ldm_desktop.core.errors import BadArgumentError
from ldm_desktop.gallery.records import SHORT_ID, Details

FIELDS = ("name", "seed", "model", "date", "id", "rating", "n")
NUMBERS = ("seed", "rating", "n")
FIELD = re.compile(r"\{([^{}:]*)(?::([^{}]*))?\}")
WIDTH = re.compile(r"0?[1-9][0-9]?")
LONGEST_NAME = 180
"""Bytes; most disks take 255, and ` (2)` and the ending come to it."""
FORBIDDEN = '<>:"/\\|?*'
WINDOWS_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|(com|lpt)[0-9¹²³])(?=\.|$)")


@dataclass(frozen=True)
class Words:
    """What a name can be made of; `name` is the file's without its ending, `n` counts from 1."""

    name: str
    id: UUID
    seed: int | None = None
    model: str = ""
    date: str = ""
    rating: int = 0
    n: int = 1


def words_of(details: Details, n: int = 1) -> Words:
    """Give the words for a picture of the gallery, the n-th of those that are exported."""
    entry = details.entry
    day = datetime.fromisoformat(entry.created).astimezone().date().isoformat()
    rating = details.annotation.rating
    return Words(entry.file.stem, entry.id, entry.seed, entry.model, day, rating, n)


def words_of_file(file: Path, picture: UUID, n: int = 1) -> Words:
    """Give the words for a file of which nothing more is known."""
    return Words(file.stem, picture, n=n)


def check(template: str) -> None:
    """Refuse a template that makes no names, and say what it can be made of."""
    for name, width in FIELD.findall(template):
        if name not in FIELDS:
            known = ", ".join(f"{{{field}}}" for field in FIELDS)
            raise BadArgumentError(f"{{{name[:40]}}} is not known in a name: use {known}.")
        if width and (name not in NUMBERS or not WIDTH.fullmatch(width)):
            raise BadArgumentError(
                f"{{{name}:{width[:40]}}} cannot be written so: only {{seed}}, {{rating}} and "
                "{n} take a width, as in {n:03}."
            )
    rest = FIELD.sub("x", template)
    if "{" in rest or "}" in rest:
        raise BadArgumentError("A brace is left open in the name: write it as in {name} {seed}.")
    if "/" in rest or "\\" in rest:
        raise BadArgumentError("A name has no slashes in it: choose the folder apart from it.")
    if not plain(rest):
        raise BadArgumentError("The name is empty: write it as in {name} {seed}.")


def fill(template: str, words: Words) -> str:
    """Give the name, without ending, that a checked template makes; never an empty one."""

    def value(match: re.Match[str]) -> str:
        return _value(words, match[1]).zfill(int(match[2] or 0))

    return plain(FIELD.sub(value, template)) or words.id.hex[:SHORT_ID]


def _value(words: Words, name: str) -> str:
    if name == "id":
        return words.id.hex[:SHORT_ID]
    found = getattr(words, name)
    return "" if found is None else str(found)


def plain(text: str) -> str:
    """Keep of a name what Linux, macOS and Windows all can have."""
    kept = [_allowed(character) for character in unicodedata.normalize("NFC", text)]
    words = " ".join("".join(kept).split()).encode()[:LONGEST_NAME].decode(errors="ignore")
    return WINDOWS_DEVICES.sub(r"\1_", words.strip(" .~"), count=1)


def _allowed(character: str) -> str:
    if character in FORBIDDEN:
        return "_"
    # Control and format characters, lone surrogates, and spaces of all kinds.
    return " " if unicodedata.category(character)[0] in "CZ" else character

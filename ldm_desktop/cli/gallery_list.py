"""`gallery list`, `search` and `show`: pictures as lines, for people or for programs."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from ldm_desktop.cli import output
from ldm_desktop.cli.gallery_place import Visit, visit
from ldm_desktop.core.errors import BadArgumentError
from ldm_desktop.gallery.export.tables import described
from ldm_desktop.gallery.finding.query import Order, Query, QueryError, SortField, parse
from ldm_desktop.gallery.index import store_annotations
from ldm_desktop.gallery.index.store import Store
from ldm_desktop.gallery.records import Annotation, Details, Entry, Flag, short

PAGE = 500


def add_order(parser: argparse.ArgumentParser) -> None:
    """Let a listing be sorted and cut short."""
    parser.add_argument("--sort", choices=[str(field) for field in SortField], metavar="FIELD",
                        default=str(SortField.CREATED),
                        help=f"{', '.join(SortField)} (default: created)")  # fmt: skip
    parser.add_argument("--ascending", action="store_true",
                        help="smallest or oldest first (default: last)")  # fmt: skip
    parser.add_argument("--limit", type=_count, metavar="N", help="at most so many")


def _count(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 1 <= len(text) <= 9):
        raise argparse.ArgumentTypeError(f"{text[:20]} is no number of pictures")
    return int(text)


@dataclass(frozen=True)
class Listed:
    """A picture as a line tells of it."""

    entry: Entry
    said: Annotation
    parents: tuple[UUID, ...]


def listing(options: argparse.Namespace) -> int:
    """Print the pictures that answer a query, all of them without one."""
    query = understood(" ".join(options.query))
    with visit(options) as stay:
        for listed in _listed(stay.store, numbers_of(stay.store, query, options)):
            output.line(_line(listed, stay.store.library, as_json=options.json))
            stay.stop.check()
    return 0


def understood(text: str) -> Query:
    """Understand a query to its end."""
    try:
        query = parse(text)
    except QueryError as error:
        raise BadArgumentError(str(error)) from error
    if query.unfinished:
        start, end = query.unfinished[0]
        raise BadArgumentError(
            f"The query is not finished at {text[start:end][:40]!r}: write the rest, or put it in "
            "quotation marks."
        )
    return query


def numbers_of(store: Store, query: Query, options: argparse.Namespace) -> Sequence[int]:
    """Give the rows of the pictures that answer a query, in the order that the options name."""
    # With numpy, which the other commands do without.
    from ldm_desktop.gallery.finding.search import Search

    order = Order(SortField(options.sort), descending=not options.ascending)
    return Search(store.connection).numbers(query, order, options.limit)


def _listed(store: Store, numbers: Sequence[int]) -> Iterator[Listed]:
    """Give pictures page by page, as they are when their turn comes; some may be gone by then."""
    for start in range(0, len(numbers), PAGE):
        page = numbers[start : start + PAGE]
        entries = store.entries(page)
        said = store_annotations.read(store.connection, page)
        for number in page:
            if number in entries and number in said:
                entry = entries[number]
                yield Listed(entry, said[number], store.parents(entry.id))


def told(listed: Listed, library: Path) -> dict[str, Any]:
    """Give what `--json` says of a picture of the gallery."""
    entry, said = listed.entry, listed.said
    return {
        "id": str(entry.id),
        "file": str(library / entry.file),
        "seed": None if entry.seed is None else str(entry.seed),
        "model": entry.model,
        "rating": said.rating,
        "flag": said.flag.name.lower(),
        "tags": list(said.tags),
        "albums": list(said.albums),
        "note": said.note,
        "created": entry.created,
        "parents": [str(parent) for parent in listed.parents],
        "pixels_sha256": entry.pixels,
    }


def _line(listed: Listed, library: Path, *, as_json: bool) -> str:
    """Give a picture's line."""
    if as_json:
        return json.dumps(told(listed, library))
    entry, said = listed.entry, listed.said
    flag = {Flag.PICKED: "+", Flag.REJECTED: "x", Flag.NONE: " "}[said.flag]
    seed = "" if entry.seed is None else entry.seed
    return (
        f"{short(entry.id)}  {'*' * said.rating:<5} {flag}  {seed:>10}  {entry.model:<20}  "
        f"{library / entry.file}"
    )


def print_pictures(stay: Visit, pictures: Iterable[UUID], *, as_json: bool) -> None:
    """Print pictures as they are now."""
    numbers = list(stay.store.numbers(pictures).values())
    for listed in _listed(stay.store, numbers):
        output.line(_line(listed, stay.store.library, as_json=as_json))


def pictures_of(store: Store, texts: Iterable[str]) -> tuple[UUID, ...]:
    """Read ids: whole or their beginnings, with # or without, several with commas between."""
    words = [word for text in texts for word in text.split(",")]
    return tuple(dict.fromkeys(_picture(store, word.strip()) for word in words))


def _picture(store: Store, text: str) -> UUID:
    matches = store.find(text)
    if not matches:
        raise BadArgumentError(
            f"There is no picture {text[:40]!r} in the gallery: `gallery list` shows the ids."
        )
    if len(matches) > 1:
        raise BadArgumentError(
            f"{text[:40]!r} could be {len(matches)} pictures, as {short(matches[0])} or "
            f"{short(matches[1])}: write more of the id."
        )
    return matches[0]


def show(options: argparse.Namespace) -> int:
    """Print all that is known of pictures."""
    with visit(options) as stay:
        for picture in pictures_of(stay.store, options.ids):
            details = stay.store.details(picture)
            facts = described(details, stay.store.library) | _more(details)
            if options.json:
                output.line(json.dumps(facts))
            else:
                _print(facts)
    return 0


def _more(details: Details) -> dict[str, Any]:
    return {
        "state": str(details.entry.state),
        "children": [str(child) for child in details.children],
    }


def _print(facts: dict[str, Any]) -> None:
    for name, value in facts.items():
        if value in (None, "", []):
            continue
        text = json.dumps(value) if isinstance(value, dict) else value
        output.line(f"{name:<14}{', '.join(text) if isinstance(text, list) else text}")

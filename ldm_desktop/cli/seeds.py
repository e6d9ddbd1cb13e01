"""`ldm-desktop seeds`: what is remembered of seeds, safe while the window is open."""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from ldm_desktop.cli import output
from ldm_desktop.cli.parser import Parser
from ldm_desktop.core import paths, seeds
from ldm_desktop.core.errors import BadArgumentError
from ldm_desktop.gallery.finding.query_terms import QueryError
from ldm_desktop.gallery.seeds import database, query
from ldm_desktop.gallery.seeds.previews import NOWHERE, Previews
from ldm_desktop.gallery.seeds.records import SeedChange, SeedKey, SeedRow
from ldm_desktop.gallery.seeds.store import Store

PAGE = 500
QUERY = """queries:
  word  "a phrase"  -word  a OR b   words in names, notes, the names of models and of sheets
  star:  seed:100..200  model:land*  sheet:"first sweep"  verdict:kept  steps:>50  has:note
A query that begins with a minus sign comes after `--`.
"""
JSON = (
    "one JSON object a line: seed, generator, star, name, note, models, trials, pictures, kept, "
    "culled, met"
)
SEEDS = "one seed, a range without its end (0:16), or a list (3,7,11)"


def add_seeds(parser: Parser) -> None:
    """Add the commands of `seeds`."""
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def add(
        name: str, words: str, run: Callable[[argparse.Namespace], int], epilog: str = ""
    ) -> argparse.ArgumentParser:
        command: argparse.ArgumentParser = commands.add_parser(
            name, help=words, description=f"{words[0].upper()}{words[1:]}.", epilog=epilog,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )  # fmt: skip
        command.add_argument("--json", action="store_true", help=JSON)
        command.add_argument("--data-dir", type=Path, metavar="DIR",
                             help="keep everything under DIR")  # fmt: skip
        command.set_defaults(run=run)
        return command

    listing = add("list", "list the seeds that were met or noted, the latest first", _list, QUERY)
    listing.add_argument("query", metavar="QUERY", nargs="*")
    star = add("star", "star seeds", _star)
    star.add_argument("seeds", metavar="N", help=SEEDS)
    star.add_argument("--remove", action="store_true", help="take their stars away")
    name = add("name", "give a seed a name; an empty one removes it", _name)
    note = add("note", "write a note on a seed; an empty one removes it", _note)
    for command in (name, note):
        command.add_argument("seeds", metavar="N", help=SEEDS)
        command.add_argument("text", metavar="TEXT")


def _list(options: argparse.Namespace) -> int:
    text = " ".join(options.query)
    _check(text)
    with _opened(options) as store:
        numbers = store.numbers(text)
        for start in range(0, len(numbers), PAGE):
            page = numbers[start : start + PAGE]
            rows = store.rows(page)
            _print((rows[number] for number in page if number in rows), as_json=options.json)
    return 0


def _check(text: str) -> None:
    try:
        unfinished = query.parse(text).unfinished
    except QueryError as error:
        raise BadArgumentError(str(error)) from error
    if unfinished:
        raise BadArgumentError(
            f"The query is not finished at {unfinished[:40]!r}: write the rest, or put it in "
            "quotation marks."
        )


def _star(options: argparse.Namespace) -> int:
    return _change(options, SeedChange(star=not options.remove))


def _name(options: argparse.Namespace) -> int:
    return _change(options, SeedChange(name=options.text))


def _note(options: argparse.Namespace) -> int:
    return _change(options, SeedChange(note=options.text))


def _change(options: argparse.Namespace, change: SeedChange) -> int:
    found, notice = seeds.parse(options.seeds)
    if notice:
        _say(notice)
    keys = tuple(dict.fromkeys(SeedKey(seed) for seed in found))
    with _opened(options) as store:
        store.note(keys, change)
        numbers = [number for key in keys if (number := store.number_of(key)) is not None]
        rows = store.rows(numbers)
        _print((rows[number] for number in numbers), as_json=options.json)
    return 0


@contextlib.contextmanager
def _opened(options: argparse.Namespace) -> Iterator[Store]:
    opened = database.open_database(database.file_in(paths.folders(options.data_dir).data))
    with contextlib.closing(opened.connection):
        for notice in opened.notices:
            _say(notice)
        # Pictures are not shown here.
        with contextlib.closing(Previews(Path(NOWHERE))) as nothing:
            yield Store(opened.connection, nothing)


def _say(sentence: str) -> None:
    print(f"ldm-desktop: {sentence}", file=sys.stderr)


def _print(rows: Iterable[SeedRow], *, as_json: bool) -> None:
    for row in rows:
        output.line(json.dumps(_told(row)) if as_json else _line(row))


def _told(row: SeedRow) -> dict[str, Any]:
    return {
        "seed": str(row.key.seed),
        "generator": str(row.key.generator),
        "star": row.note.star,
        "name": row.note.name,
        "note": row.note.note,
        "models": list(row.models),
        "trials": row.trials,
        "pictures": row.pictures,
        "kept": row.kept,
        "culled": row.culled,
        "met": row.when,
    }


def _line(row: SeedRow) -> str:
    star = "*" if row.note.star else " "
    said = ", ".join(filter(None, [row.note.name, " ".join(row.note.note.split())]))
    counts = f"{row.kept} kept  {row.culled} culled  {row.pictures} pictures"
    return f"{row.key.seed:>20} {star}  {counts}  {', '.join(row.models):<20}  {said}".rstrip()

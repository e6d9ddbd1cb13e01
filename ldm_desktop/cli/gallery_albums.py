"""`gallery album`: albums made, filled, renamed and removed; their pictures stay where they are."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable

from ldm_desktop.cli import output
from ldm_desktop.cli.gallery_list import pictures_of, print_pictures, understood
from ldm_desktop.cli.gallery_place import add_arguments, interruptible, visit
from ldm_desktop.cli.parser import Parser
from ldm_desktop.core.errors import BadArgumentError
from ldm_desktop.gallery.records import Change

ALBUM_JSON = "one JSON object an album: name, query, count"
PICTURE_JSON = "one JSON object a picture, as of `gallery list`"


def add_albums(parser: Parser) -> None:
    """Add the commands of `gallery album`."""
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def add(name: str, words: str, run: Callable[[argparse.Namespace], int], told: str) -> Parser:
        command: Parser = commands.add_parser(name, help=words, description=words)
        add_arguments(command, told)
        command.set_defaults(run=interruptible(run))
        return command

    add("list", "the albums, with their number of pictures or their search", show, ALBUM_JSON)
    making = add("make", "make an album", make, ALBUM_JSON)
    making.add_argument("name", metavar="NAME")
    making.add_argument("--query", help="make a smart one, which holds what answers this query")
    renaming = add("rename", "give an album another name", rename, ALBUM_JSON)
    renaming.add_argument("name", metavar="NAME")
    renaming.add_argument("new", metavar="NEW")
    removing = add("remove", "remove an album, not its pictures", remove, ALBUM_JSON)
    removing.add_argument("name", metavar="NAME")
    filling = add("add", "put pictures into an album", fill, PICTURE_JSON)
    filling.add_argument("name", metavar="NAME")
    filling.add_argument("ids", metavar="ID", nargs="+")
    taking = add("take", "take pictures out of an album", take, PICTURE_JSON)
    taking.add_argument("name", metavar="NAME")
    taking.add_argument("ids", metavar="ID", nargs="+")


def show(options: argparse.Namespace) -> int:
    """List the albums."""
    with visit(options) as stay:
        for album in stay.store.albums():
            if options.json:
                output.line(json.dumps(vars(album)))
            else:
                output.line(
                    f"{album.name:<30}{album.count if album.query is None else album.query}"
                )
    return 0


def make(options: argparse.Namespace) -> int:
    """Make an album."""
    if options.query is not None:
        understood(options.query)
    with visit(options) as stay:
        stay.store.make_album(options.name, options.query)
        stay.flush()
    return 0


def rename(options: argparse.Namespace) -> int:
    """Give an album another name."""
    with visit(options) as stay:
        stay.store.rename_album(options.name, options.new)
        stay.flush()
    return 0


def remove(options: argparse.Namespace) -> int:
    """Remove an album, not its pictures."""
    with visit(options) as stay:
        stay.store.remove_album(options.name)
        stay.flush()
    return 0


def fill(options: argparse.Namespace) -> int:
    """Put pictures into an album."""
    return _change(options, Change(add_albums=(options.name,)))


def take(options: argparse.Namespace) -> int:
    """Take pictures out of an album."""
    return _change(options, Change(remove_albums=(options.name,)))


def _change(options: argparse.Namespace, change: Change) -> int:
    with visit(options) as stay:
        if options.name not in {album.name for album in stay.store.albums()}:
            raise BadArgumentError(
                f"There is no album {options.name!r}: make it with `gallery album make`."
            )
        pictures = pictures_of(stay.store, options.ids)
        stay.store.annotate(pictures, change)
        stay.flush()
        print_pictures(stay, pictures, as_json=options.json)
    return 0

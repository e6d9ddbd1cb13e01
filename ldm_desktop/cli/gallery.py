"""`ldm-desktop gallery`: the window's gallery from the command line, safe while that is open."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from ldm_desktop.cli import (
    gallery_albums,
    gallery_care,
    gallery_export,
    gallery_list,
    gallery_place,
    gallery_say,
)
from ldm_desktop.cli.parser import Parser
from ldm_desktop.gallery.records import Flag, Label

IDS = "An ID is whole or its beginning, with # or without; several may have commas between them."
QUERY = """queries:
  word  "a phrase"  -word  a OR b  (a b)   words in names, models, tags, albums, notes, settings
  seed:3  model:land*  sampler:ddim  steps:50..200  rating:>=4  tag:"blue hour"  album:best
  flag:picked  label:red  date:2026-11  date:>=2026-11-01  parent:#5f3a  has:note  state:missing
A query that begins with a minus sign comes after `--`.
"""
PICTURE_JSON = (
    "one JSON object a line: id, file, seed, model, rating, flag, tags, albums, note, created, "
    "parents, pixels_sha256"
)
LABELS = [str(label) or gallery_say.NO_LABEL for label in Label]
Run = Callable[[argparse.Namespace], int]


def add_gallery(parser: Parser) -> None:
    """Add the commands of `gallery`."""
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def add(
        name: str, words: str, run: Run, told: str = PICTURE_JSON, epilog: str = ""
    ) -> argparse.ArgumentParser:
        command: argparse.ArgumentParser = commands.add_parser(
            name, help=words, description=f"{words[0].upper()}{words[1:]}.", epilog=epilog,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )  # fmt: skip
        gallery_place.add_arguments(command, told)
        command.set_defaults(run=gallery_place.interruptible(run))
        return command

    listing = add("list", "list the pictures, newest first", gallery_list.listing)
    listing.set_defaults(query=())
    gallery_list.add_order(listing)
    search = add("search", "list the pictures that answer a query", gallery_list.listing,
                 epilog=QUERY)  # fmt: skip
    search.add_argument("query", metavar="QUERY", nargs="+")
    gallery_list.add_order(search)
    show = add("show", "all that is known of pictures", gallery_list.show,
               "one JSON object a picture, with its recipe and environment", IDS)  # fmt: skip
    show.add_argument("ids", metavar="ID", nargs="+")
    _add_care(add)
    _add_saying(add)
    albums = commands.add_parser("album", help="make, fill, rename and remove albums")
    gallery_albums.add_albums(albums)


def _add_care(add: Callable[..., argparse.ArgumentParser]) -> None:
    verify = add("verify", "see whether pictures, sidecars and database agree",
                 gallery_care.verify,
                 "one JSON object a finding: kind, file, picture, sentence, repaired",
                 "Ends with 1 if something is not in order.")  # fmt: skip
    verify.add_argument("--repair", action="store_true", help="mend what can be mended")
    add("rebuild", "make the database again from the pictures and their sidecars",
        gallery_care.rebuild, "the numbers as a JSON object")  # fmt: skip
    bring = add("import", "copy pictures of any program into the library", gallery_care.bring_in,
                epilog="Folders come with all that is in them; links are not followed. What is "
                "no picture is named, and the\ncommand ends with 1.")  # fmt: skip
    bring.add_argument("paths", metavar="PATH", nargs="+", type=Path)
    export = add("export", "export pictures, a contact sheet, or a table of recipes",
                 gallery_export.export, "one JSON object a file",
                 "Nothing is ever replaced, and each file is read back before it gets its "
                 f"name.\n{IDS}")  # fmt: skip
    gallery_export.add_arguments(export)
    delete = add("delete", "move pictures to the system's trash", gallery_care.delete, epilog=IDS)
    delete.add_argument("ids", metavar="ID", nargs="+")
    restore = add("restore", "move pictures from the trash to where they were",
                  gallery_care.restore, epilog=IDS)  # fmt: skip
    restore.add_argument("ids", metavar="ID", nargs="+")


def _add_saying(add: Callable[..., argparse.ArgumentParser]) -> None:
    rate = add("rate", "give pictures stars", gallery_say.rate, epilog=IDS)
    rate.add_argument("ids", metavar="ID", nargs="+")
    rate.add_argument("stars", metavar="N", type=gallery_say.rating, help="0 (none) to 5")
    flag = add("flag", "pick or reject pictures", gallery_say.flag, epilog=IDS)
    flag.add_argument("ids", metavar="ID", nargs="+")
    flag.add_argument("flag", choices=[flag.name.lower() for flag in Flag])
    label = add("label", "give pictures a colour", gallery_say.label, epilog=IDS)
    label.add_argument("ids", metavar="ID", nargs="+")
    label.add_argument("label", choices=LABELS)
    tag = add("tag", "add tags to a picture, or remove them", gallery_say.tag, epilog=IDS)
    tag.add_argument("ids", metavar="ID")
    tag.add_argument("tags", metavar="TAG", nargs="+")
    tag.add_argument("--remove", action="store_true", help="take these tags away")
    note = add("note", "write a note on a picture; an empty one removes it", gallery_say.note,
               epilog=IDS)  # fmt: skip
    note.add_argument("ids", metavar="ID")
    note.add_argument("text", metavar="TEXT")

"""`gallery rate`, `flag`, `label`, `tag` and `note`: what a person says of pictures."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from ldm_desktop.cli.gallery_list import pictures_of, print_pictures
from ldm_desktop.cli.gallery_place import visit
from ldm_desktop.gallery.records import MOST_STARS, Change, Flag, Label

NO_LABEL = "none"


def rating(text: str) -> int:
    """Read a number of stars."""
    if not (text.isascii() and text.isdecimal() and int(text[:3]) <= MOST_STARS):
        raise argparse.ArgumentTypeError(f"{text[:20]} is no rating from 0 to {MOST_STARS}")
    return int(text)


def rate(options: argparse.Namespace) -> int:
    """Give pictures their stars."""
    return _change(options, Change(rating=options.stars))


def flag(options: argparse.Namespace) -> int:
    """Pick or reject pictures."""
    return _change(options, Change(flag=Flag[options.flag.upper()]))


def label(options: argparse.Namespace) -> int:
    """Give pictures a colour."""
    colour = "" if options.label == NO_LABEL else options.label
    return _change(options, Change(label=Label(colour)))


def tag(options: argparse.Namespace) -> int:
    """Add tags to pictures, or remove them."""
    tags = tuple(options.tags)
    return _change(options, Change(remove_tags=tags) if options.remove else Change(add_tags=tags))


def note(options: argparse.Namespace) -> int:
    """Write a note on pictures."""
    return _change(options, Change(note=options.text))


def _change(options: argparse.Namespace, change: Change) -> int:
    ids: Sequence[str] = [options.ids] if isinstance(options.ids, str) else options.ids
    with visit(options) as stay:
        pictures = pictures_of(stay.store, ids)
        stay.store.annotate(pictures, change)
        stay.flush()
        print_pictures(stay, pictures, as_json=options.json)
    return 0

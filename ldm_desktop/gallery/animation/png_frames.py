"""The frames of a morph as numbered PNG files in a folder, as editors of films read them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4

from ldm_desktop.core import codec, paths
from ldm_desktop.core.errors import BadArgumentError
from ldm_desktop.core.morph import ENDING
from ldm_desktop.gallery import files
from ldm_desktop.gallery.animation import embed
from ldm_desktop.gallery.animation.film import Film
from ldm_desktop.gallery.animation.timing import Slot


def check(target: Path) -> None:
    """Refuse a folder that has something in it."""
    with files.explained(target, "be written to"):
        taken = os.path.lexists(target) and not (target.is_dir() and not any(target.iterdir()))
    if taken:
        raise BadArgumentError(f"{target} is not empty: choose another folder for the frames.")


def write(target: Path, film: Film, found: Iterable[Slot]) -> None:
    """Write the frames, each as often as it is shown, and the path; durable on return.

    The folder gets its name when everything is in it.
    """
    part = target.with_name(f".{uuid4().hex}.part")
    try:
        with files.explained(target, "be written to"):
            part.mkdir()
            _fill(part, film, found)
            path = part / f"{target.name}{ENDING}"
            paths.write_durably(path, codec.canonical(film.morph).encode())
            paths.sync_folder(part)
            check(target)
            part.rename(target)
            _settle(target)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _settle(target: Path) -> None:
    """Make the folder's name durable, or take it back, as who hears of trouble tries again."""
    try:
        paths.sync_folder(target.parent)
    except OSError:
        shutil.rmtree(target, ignore_errors=True)
        raise


def _fill(folder: Path, film: Film, found: Iterable[Slot]) -> None:
    shown = 0
    for slot in found:
        film.image(slot.number)  # Which says what is wrong with a damaged one.
        data = embed.with_path(film.file(slot.number).read_bytes(), film.morph)
        for _ in range(slot.units):
            shown += 1
            paths.write_durably(folder / f"frame {shown:05}.png", data)

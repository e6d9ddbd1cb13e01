"""`ldm-desktop morph`: from a path, or seeds in an order, to an animation.

The frames lie where the window keeps them, by the path's id, until the animation is whole. So the
same command goes on where it was stopped, and the window goes on with what was begun here.
"""

from __future__ import annotations

import argparse
import shutil
import sys

from ldm_desktop.cli import output
from ldm_desktop.cli.gallery_progress import Count
from ldm_desktop.cli.morph_frames import Frames
from ldm_desktop.cli.morph_path import Opening
from ldm_desktop.cli.session import Interrupted, Stop, engine
from ldm_desktop.core import paths
from ldm_desktop.core.errors import BadArgumentError
from ldm_desktop.gallery.animation import assemble
from ldm_desktop.gallery.animation.film import Film
from ldm_desktop.gallery.animation.options import AnimationOptions, format_of
from ldm_desktop.gallery.animation.reading import read_path

KEPT = "export.json"
"""The window's note beside frames: those are the window's to remove."""


def run(options: argparse.Namespace) -> int:
    """Make the frames that are missing, and the animation of them."""
    if bool(options.path) == bool(options.seeds):
        raise BadArgumentError("Name a path, or pictures by --seeds.")
    wish = AnimationOptions(
        options.out.absolute(),
        format_of(options.out),
        options.quality,
        options.lossless,
        options.replace,
    )
    assemble.check(wish)
    folders = paths.folders(options.data_dir)
    given = read_path(options.path) if options.path else None
    with Stop() as stop, engine(options, folders.cache) as (link, hello):
        try:
            path = Opening(options, folders, link, hello, stop).path(given)
            film = Film(path, folders.data / "morphs" / path.id)
            Frames(link, film, options.batch, stop).make()
            return _finish(film, wish, stop)
        except Interrupted as end:
            sentence = "Stopped. The same command goes on where it was."
            print(sentence, file=sys.stderr, flush=True)
            return end.code


def _finish(film: Film, wish: AnimationOptions, stop: Stop) -> int:
    count = Count()
    told = count.told("putting it together")

    def tell(done: int, total: int) -> None:
        stop.check()
        told(done, total)

    try:
        made = assemble.assemble(film, wish, tell, lambda: False)
    finally:
        count.clear()
    if not (film.folder / KEPT).exists():
        shutil.rmtree(film.folder, ignore_errors=True)
    output.line(str(made))
    return 0

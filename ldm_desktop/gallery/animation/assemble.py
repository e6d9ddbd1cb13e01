"""From frames to what was asked for: whole and durable, or not there at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from uuid import uuid4

from ldm_desktop.core import paths
from ldm_desktop.core.errors import BadArgumentError
from ldm_desktop.gallery import files
from ldm_desktop.gallery.animation import embed, gif, mp4, png_frames, webp
from ldm_desktop.gallery.animation.film import Cancelled, CancelledError, Film, Told, watched
from ldm_desktop.gallery.animation.options import AnimationFormat, AnimationOptions, has_video
from ldm_desktop.gallery.animation.timing import Slot


def check(options: AnimationOptions) -> None:
    """Refuse before hours of work what could not be written after them."""
    target = options.target
    if options.format is AnimationFormat.PNG:
        png_frames.check(target)
    elif options.format is AnimationFormat.MP4 and not has_video():
        raise BadArgumentError(
            "MP4 needs PyAV, which is not installed: run `pip install 'ldm-desktop[video]'`, or "
            "choose WebP."
        )
    else:
        _check_file(options)
    files.prepare(target.parent)


def _check_file(options: AnimationOptions) -> None:
    target = options.target
    if target.suffix.lower() != options.format.ending:
        raise BadArgumentError(f"Call the file {target.stem}{options.format.ending}.")
    with files.explained(target, "be written"):
        if target.is_dir() or (os.path.lexists(target) and not options.replace):
            raise _exists(target)


def _exists(target: Path) -> BadArgumentError:
    return BadArgumentError(f"{target} exists and is not replaced: choose another name.")


def assemble(
    film: Film, options: AnimationOptions, told: Told, cancelled: Cancelled
) -> Path | None:
    """Make the animation of a film whose frames are all there; None if it was cancelled."""
    check(options)
    found = watched(_slots(film, options.format), told, cancelled)
    try:
        if options.format is AnimationFormat.PNG:
            png_frames.write(options.target, film, found)
        else:
            _write_file(film, options, found)
    except CancelledError:
        return None
    return options.target


def _slots(film: Film, form: AnimationFormat) -> tuple[Slot, ...]:
    if form is AnimationFormat.WEBP:
        return film.slots(webp.UNIT)
    if form is AnimationFormat.GIF:
        return film.slots(gif.UNIT, gif.LEAST)
    return film.slots(1 / film.morph.fps)


def _write_file(film: Film, options: AnimationOptions, found: Iterator[Slot]) -> None:
    target = options.target
    with (
        files.explained(target, "be written"),
        paths.part_file(target.parent / uuid4().hex) as part,
    ):
        with part.open("wb") as stream:
            _write(stream, film, options, found)
            stream.flush()
            os.fsync(stream.fileno())
        _place(part, options)


def _write(stream: IO[bytes], film: Film, options: AnimationOptions, found: Iterator[Slot]) -> None:
    text = embed.text_of(film.morph)
    if options.format is AnimationFormat.WEBP:
        webp.write(stream, film, found, options, embed.xmp_of(film.morph))
    elif options.format is AnimationFormat.GIF:
        gif.write(stream, film, found, text, embed.xmp_of(film.morph))
    else:
        mp4.write(stream, film, found, options, text)


def _place(part: Path, options: AnimationOptions) -> None:
    target = options.target
    if options.replace:
        part.replace(target)
        paths.sync_folder(target.parent)
        return
    try:
        final = files.place_first_free(part, target.parent, iter([target.name]))
    except FileExistsError as error:
        raise _exists(target) from error
    files.settle(final)

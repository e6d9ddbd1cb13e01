"""Exports of morphs as they lie on the disk: what is wished for, and the frames beside it.

All of this reads or writes, and is done beside the GUI thread.
"""

from __future__ import annotations

import dataclasses
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import UUID

from ldm_desktop.core import codec, statefile
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.morph import Morph
from ldm_desktop.gallery.animation.options import AnimationFormat, AnimationOptions

NAME = "export.json"
VERSION = 1


@dataclass(frozen=True)
class KeptExport:
    """What is written of an export; `job` makes its frames."""

    morph: Morph
    target: str
    format: AnimationFormat
    quality: int
    lossless: bool
    replace: bool
    model_folder: str
    job: UUID
    created: str
    done: bool = False

    @property
    def options(self) -> AnimationOptions:
        """How the frames are put together."""
        return AnimationOptions(
            Path(self.target), self.format, self.quality, self.lossless, self.replace
        )


def begin(folder: Path, kept: KeptExport) -> int:
    """Note what is wished for, after seeing that it can be; count the frames to make."""
    from ldm_desktop.gallery.animation.assemble import check
    from ldm_desktop.gallery.animation.film import Film

    check(kept.options)
    place = folder / kept.morph.id
    statefile.save(place / NAME, VERSION, kept)
    return Film(kept.morph, place).missing()


def put_together(
    folder: Path, kept: KeptExport, told: Callable[[int, int], None], enough: threading.Event
) -> Path | None:
    """Make what was wished for of the frames, and tidy up; None if it was cancelled."""
    from ldm_desktop.gallery.animation.assemble import assemble
    from ldm_desktop.gallery.animation.film import Film

    film = Film(kept.morph, folder / kept.morph.id)
    made = assemble(film, kept.options, told, enough.is_set)
    if made:
        statefile.save(film.folder / NAME, VERSION, dataclasses.replace(kept, done=True))
        for other, _ in _kept_in(folder):
            if other.done and other.morph.id != kept.morph.id:
                remove(folder / other.morph.id)
    return made


def find(folder: Path) -> tuple[tuple[KeptExport, int], ...]:
    """Give the exports that have not come to their end, with the frames they lack."""
    from ldm_desktop.gallery.animation.film import Film

    found = [(kept, place) for kept, place in _kept_in(folder) if not kept.done]
    return tuple((kept, Film(kept.morph, place).missing()) for kept, place in found)


def _kept_in(folder: Path) -> list[tuple[KeptExport, Path]]:
    """Read what is written of exports; what is damaged is set aside."""
    found = []
    for file in sorted(folder.glob(f"*/{NAME}")):
        kept, _ = statefile.load(file, VERSION, partial(codec.from_json, KeptExport))
        if kept and file.parent.name == kept.morph.id:
            found.append((kept, file.parent))
    return found


def remove(folder: Path) -> None:
    """Remove a folder; it may have gone already."""
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        raise KnownError(f"{folder} cannot be removed: {error.strerror}.") from error

"""The keyframes of pictures on the disk, so that going back or on from them costs few steps.

One file a recipe, `<recipe id>.safetensors`: of a finished picture the states spread over its way,
of one that was only drafted the last. It is a cache: whatever is wrong with it costs time and no
picture, and of other engines that write there nothing is known until the next start.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from torch import Tensor

from ldm_desktop.core import codec, recipe
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.paths import part_file
from ldm_desktop.core.picture import Environment
from ldm_desktop.core.recipe import Recipe
from ldm_desktop.engine import stored
from ldm_desktop.engine.noise import Shape
from ldm_desktop.engine.trajectory import Keyframe, Trajectory, whole

SUFFIX = ".safetensors"
STALE_SECONDS = 3600.0
"""Nobody writes on a file for so long: what is still called .part then was left by a kill."""


@dataclass(frozen=True)
class Kept:
    """The keyframes of one recipe as they lie on the disk; `finished` if it was a picture once."""

    recipe: Recipe
    environment: Environment
    frames: tuple[Keyframe, ...]
    finished: bool

    def usable(self, environment: Environment) -> bool:
        """Whether going on from these frames gives what the recipe's precision promises."""
        return not self.environment.obstacles(environment, self.recipe.precision)


class Keyframes:
    """Keeps keyframes in at most `most` bytes (0: not at all), the longest unused out first."""

    def __init__(self, folder: Path, most: int, say: Callable[[str], None]) -> None:
        """`say` is told once if nothing can be kept."""
        self._folder = folder
        self._most = most
        self._say = say
        self._sizes: OrderedDict[str, int] | None = None
        self._total = 0
        self._last: Kept | None = None
        self._told = False

    def find(self, made: Recipe) -> Kept | None:
        """Give what is kept of the way that a recipe is on; what is damaged is removed."""
        made, name = whole(made), whole(made).id + SUFFIX
        path = self._folder / name
        if not self._most:
            return None
        if self._last is None or self._last.recipe != made:
            if not path.exists():
                return None
            try:
                self._last = _read(path, made)
            except KnownError:
                self._remove(name)
                return None
        self._touch(name)
        return self._last

    def finished(self, made: Recipe) -> bool:
        """Whether what is kept is of a finished picture."""
        kept = self.find(made)
        return kept is not None and kept.finished

    def frames(self, made: Recipe, environment: Environment, shape: Shape) -> list[Keyframe]:
        """Give the frames from which the way of a recipe can be gone on here."""
        kept = self.find(made)
        if not kept or not kept.usable(environment):
            return []
        return [frame for frame in kept.frames if frame.fits(shape)]

    def keep(
        self,
        way: Trajectory,
        frames: Iterable[Keyframe],
        environment: Environment,
        *,
        finished: bool,
    ) -> None:
        """Add frames of a picture's way to what is kept of it: those on its grid, and the last."""
        if not self._most:
            return
        try:
            self._add(way, frames, environment, finished)
        except Exception as error:  # noqa: BLE001 - a cache must never cost a picture
            reason = error.strerror if isinstance(error, OSError) else error
            self._tell(
                f"The steps of finished pictures cannot be kept in {self._folder} ({reason}); "
                "going back in them takes longer."
            )

    def _add(
        self, way: Trajectory, frames: Iterable[Keyframe], environment: Environment, finished: bool
    ) -> None:
        made = whole(way.recipe)
        kept = self.find(made)
        if kept and not kept.usable(environment):
            kept = None
        older = kept.frames if kept else ()
        together = {frame.done: frame for frame in (*older, *frames)}
        last = max(together, default=0)
        chosen = [done for done in sorted(together) if done == last or not done % way.spacing]
        finished = finished or bool(kept and kept.finished)
        if kept and kept.finished == finished and chosen == [frame.done for frame in older]:
            return
        if chosen:
            wanted = Kept(made, environment, tuple(together[done] for done in chosen), finished)
            self._write(made, _to_bytes(wanted))

    def _write(self, made: Recipe, data: bytes) -> None:
        if len(data) > self._most:
            return
        name = made.id + SUFFIX
        self._folder.mkdir(parents=True, exist_ok=True)
        sizes = self._index()
        self._total -= sizes.pop(name, 0)
        self._make_room(len(data))
        # Not flushed to the disk: a file that a power cut damages is recognised and removed.
        with part_file(self._folder / name) as part:
            part.write_bytes(data)
            part.replace(self._folder / name)
        sizes[name] = len(data)
        self._total += len(data)
        self._last = None

    def _make_room(self, wanted: int) -> None:
        sizes = self._index()
        while sizes and self._total + wanted > self._most:
            name, size = sizes.popitem(last=False)
            (self._folder / name).unlink(missing_ok=True)
            self._total -= size

    def _index(self) -> OrderedDict[str, int]:
        """Give the sizes of the files, the longest unused first; read once."""
        if self._sizes is None:
            files = _files(self._folder)
            self._sizes = OrderedDict((name, size) for _, name, size in sorted(files))
            self._total = sum(self._sizes.values())
        return self._sizes

    def _touch(self, name: str) -> None:
        # Where the order cannot be noted, only the order is lost.
        with contextlib.suppress(OSError):
            os.utime(self._folder / name)
        if self._sizes and name in self._sizes:
            self._sizes.move_to_end(name)

    def _remove(self, name: str) -> None:
        if self._sizes:
            self._total -= self._sizes.pop(name, 0)
        # What cannot be removed is written over, or refused again.
        with contextlib.suppress(OSError):
            (self._folder / name).unlink(missing_ok=True)

    def _tell(self, sentence: str) -> None:
        if not self._told:
            self._told = True
            self._say(sentence)


def nearest(frames: Iterable[Keyframe], step: int, end: int) -> Keyframe | None:
    """Give the keyframe with an x̂₀ that is nearest to a step, and not after the end."""
    seen = [frame for frame in frames if frame.x0 is not None and frame.done <= end]
    return min(seen, key=lambda frame: abs(frame.done - step), default=None)


def _files(folder: Path) -> list[tuple[float, str, int]]:
    """Give time, name and size of each file, and remove what kills have left."""
    found, now = [], time.time()
    with os.scandir(folder) as entries:
        for entry in entries:
            try:
                facts = entry.stat()
                if entry.name.endswith(".part") and facts.st_mtime < now - STALE_SECONDS:
                    Path(entry).unlink()
            except FileNotFoundError:
                # Another engine has removed it in the meantime.
                continue
            if entry.name.endswith(SUFFIX):
                found.append((facts.st_mtime, entry.name, facts.st_size))
    return found


def _to_bytes(kept: Kept) -> bytes:
    tensors: dict[str, Tensor] = {}
    heads = [stored.pack(frame, tensors, f"{frame.done}.") for frame in kept.frames]
    head = {
        "recipe": codec.to_json(kept.recipe),
        "environment": codec.to_json(kept.environment),
        "frames": heads,
        "finished": kept.finished,
    }
    return stored.to_bytes(head, tensors)


def _read(path: Path, made: Recipe) -> Kept:
    head, tensors = stored.read(path)
    with stored.explained(path):
        kept = _kept(head, tensors)
    if kept.recipe != made:
        raise KnownError(f"{path.name} belongs to another recipe.")
    return kept


def _kept(head: dict[str, Any], tensors: dict[str, Tensor]) -> Kept:
    frames = [stored.unpack(each, tensors, f"{int(each['done'])}.") for each in head["frames"]]
    environment = codec.from_json(Environment, head["environment"])
    # Before there were drafts, only finished pictures and looks back in them were kept.
    finished = bool(head.get("finished", True))
    return Kept(recipe.read(head["recipe"]), environment, tuple(frames), finished)

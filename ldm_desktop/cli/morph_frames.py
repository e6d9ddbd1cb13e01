"""The frames of a morph made by an engine, one after the other, each durable at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

from ldm_desktop.cli.progress import Progress
from ldm_desktop.cli.session import Stop
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.events import Event, Failed, Finished, Log, Stepped
from ldm_desktop.core.job import Job, Order, Submit
from ldm_desktop.core.morph import moments
from ldm_desktop.core.picture import Picture, PictureRecord
from ldm_desktop.core.previews import PreviewKind, PreviewPolicy
from ldm_desktop.core.protocols import EngineLink
from ldm_desktop.core.recipe import Recipe
from ldm_desktop.gallery import files
from ldm_desktop.gallery.animation.film import Film, frame_file

NO_PREVIEW = PreviewPolicy(PreviewKind.OFF)


class Frames:
    """Keeps the engine supplied with the frames that are missing, and saves what comes back."""

    def __init__(self, link: EngineLink, film: Film, batch: int, stop: Stop) -> None:
        self._link = link
        self._film = film
        self._batch = batch
        self._stop = stop
        self._job = uuid4()
        self._waiting: set[UUID] = set()
        self._progress = Progress(film.missing())

    def make(self) -> None:
        """Make what is missing; KnownError as soon as a frame cannot be made."""
        files.prepare(self._film.folder)
        files.sweep(self._film.folder)
        recipes = self._missing()
        try:
            self._fill(recipes)
            while self._waiting:
                self._take(self._receive())
                self._fill(recipes)
        finally:
            self._progress.clear()

    def _missing(self) -> Iterator[Recipe]:
        """Give the frames to make, each once, though the path may pass it twice."""
        asked: set[Path] = set()
        for number in range(len(moments(self._film.morph))):
            file = self._film.file(number)
            if file not in asked and not file.exists():
                asked.add(file)
                yield self._film.recipe(number)

    def _fill(self, recipes: Iterator[Recipe]) -> None:
        self._stop.check()
        while len(self._waiting) < 2 * self._batch and (found := next(recipes, None)):
            order = Order(uuid4(), found)
            self._waiting.add(order.picture)
            self._link.send(Submit(Job(self._job, (order,), self._batch, preview=NO_PREVIEW)))

    def _receive(self) -> Event:
        try:
            return self._link.receive()
        except KnownError:
            # Whoever ends the program may have ended its engine along with it.
            self._stop.check()
            raise

    def _take(self, event: Event) -> None:
        if isinstance(event, Stepped):
            self._progress.stepped(event)
        elif isinstance(event, Finished):
            self._save(event)
        elif isinstance(event, Failed):
            raise KnownError(event.sentence)
        elif isinstance(event, Log):
            self._progress.say(event.sentence)

    def _save(self, event: Finished) -> None:
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        record = PictureRecord(
            event.picture,
            event.recipe,
            event.environment,
            event.frame.sha256,
            now,
            round(event.seconds, 3),
        )
        self._waiting.discard(event.picture)
        files.save_as(Picture(record, event.frame), frame_file(self._film.folder, event.recipe))
        self._progress.finished(event.picture)

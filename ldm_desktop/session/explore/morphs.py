"""A morph as it is edited, looked at and exported: the path, its drafts, the place on it."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QUndoStack

from ldm_desktop.core import codec, statefile
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.job import INTERACTIVE_PRIORITY
from ldm_desktop.core.morph import ENDING, MOST_WAYPOINTS, Morph, moments
from ldm_desktop.session.background import Background
from ldm_desktop.session.cost import UNKNOWN, Cost, cost_of
from ldm_desktop.session.explore import morph_route
from ldm_desktop.session.explore.morph_angles import Angles
from ldm_desktop.session.explore.morph_drafts import MorphDrafts
from ldm_desktop.session.explore.morph_edit import Edit
from ldm_desktop.session.explore.morph_export import Exports
from ldm_desktop.session.explore.morph_player import Player
from ldm_desktop.session.explore.morph_route import KeptRoute, Route, Station
from ldm_desktop.session.explore.subject import Subject
from ldm_desktop.session.models import ModelShelf
from ldm_desktop.session.orders import Orders, not_here
from ldm_desktop.session.state_file import StateFile
from ldm_desktop.session.thumbnails import Thumbnails
from ldm_desktop.worker.work import Pace, QueueView, Request

if TYPE_CHECKING:
    from ldm_desktop.worker.thread import Worker

VERSION = 1
SIDE = 256


class Morphs(QObject):
    """The path being edited; it comes back at the next start.

    `changed`: the path, its angles or what is in its way; `images_changed`: there is more to see.
    """

    changed = Signal()
    images_changed = Signal()
    notice = Signal(str)

    def __init__(
        self,
        worker: Worker,
        orders: Orders,
        shelf: ModelShelf,
        data: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._orders = orders
        self._route = Route()
        self._path: Morph | None = None
        self._obstacle = self._route.problem()
        self._paces: tuple[Pace, ...] = ()
        self._queue_paused = False
        self._images: dict[Path, QImage] = {}
        self.undo_stack = QUndoStack(self)
        self.player = Player(self)
        self.drafts = MorphDrafts(worker, orders, self)
        self.exports = Exports(worker, orders, data, self)
        self._angles = Angles(worker, orders, self)
        self._thumbnails = Thumbnails(SIDE, self)
        self._background = Background(1, self)
        self._file = StateFile(data / "morph.json", VERSION, self)
        self._listen(shelf)
        self._background.run(partial(_load, data / "morph.json"), self._take_kept)

    def _listen(self, shelf: ModelShelf) -> None:
        self._worker.paces_changed.connect(self.set_paces)
        self._worker.queue_changed.connect(self.take_queue)
        self._angles.changed.connect(self._settle)
        # The signal brings the entries, which nobody wants here.
        shelf.entries_changed.connect(lambda _: self._settle())
        self.drafts.changed.connect(self._show_images)
        self.player.moved.connect(self._follow)
        self.player.playing_changed.connect(self._follow)
        self._thumbnails.loaded.connect(self._take_thumbnail)
        for part in (self.exports.notice, self._file.trouble):
            part.connect(self.notice)

    # The path.

    @property
    def route(self) -> Route:
        """The path as it is edited."""
        return self._route

    @property
    def waypoints(self) -> tuple[Station, ...]:
        """The pictures on the path, in their order."""
        return self._route.stations

    @property
    def path(self) -> Morph | None:
        """The path, if it is possible and measured."""
        return self._path

    @property
    def obstacle(self) -> str:
        """Why there is no path; nothing if there is one, or while it is measured."""
        return self._obstacle

    @property
    def measuring(self) -> bool:
        """Whether the angles are on their way."""
        return not self._path and not self._obstacle

    @property
    def angles(self) -> tuple[float | None, ...]:
        """The degrees between neighbours, as far as they are known."""
        return self._angles.of(self._route)

    def add(self, subjects: Sequence[Subject]) -> None:
        """Put pictures at the end of the path; one that stands there already is not put twice."""
        stations = self._route.stations
        for subject in subjects:
            if stations and stations[-1].subject.recipe.noise == subject.recipe.noise:
                self.notice.emit(self.tr("This picture is the last of the path already."))
            else:
                stations = (*stations, Station(subject))
        if len(stations) > MOST_WAYPOINTS:
            text = self.tr("A path goes through {most} pictures at most.")
            self.notice.emit(text.format(most=MOST_WAYPOINTS))
            stations = stations[:MOST_WAYPOINTS]
        self.edit(self.tr("Add to the path"), stations=stations)

    def remove(self, numbers: Iterable[int]) -> None:
        """Take pictures out of the path."""
        route = self._route.without(frozenset(numbers))
        self.edit(self.tr("Take out of the path"), stations=route.stations)

    def move(self, number: int, before: int) -> None:
        """Put a picture before another one; the number of pictures means the end."""
        if before not in (number, number + 1):
            route = self._route.moved(number, before)
            self.edit(self.tr("Move on the path"), stations=route.stations)

    def clear(self) -> None:
        """Begin with an empty path."""
        self.edit(self.tr("Empty the path"), stations=())

    def rest(self, number: int, seconds: float) -> None:
        """Let the path rest at a picture."""
        station = dataclasses.replace(self._route.stations[number], hold=seconds)
        route = self._route.with_station(number, station)
        self.edit(self.tr("Rest at a picture"), f"rest {number}", stations=route.stations)

    def edit(self, words: str, kind: str = "", **fields: Any) -> None:
        """Change fields of the path, undoably; quick edits of one `kind` become one."""
        route = dataclasses.replace(self._route, **fields)
        if route != self._route:
            self.undo_stack.push(Edit(words, self._route, route, kind, time.monotonic(), self._put))

    def _put(self, route: Route) -> None:
        self._route = route
        self._file.keep(morph_route.kept(route))
        for station in route.stations:
            self._ask_for_image(station.subject)
        self._angles.trouble = ""
        self._settle()

    def _settle(self) -> None:
        """See what path has come of the pictures."""
        self._obstacle = self._route.problem()
        self._path = None
        if not self._obstacle:
            self._measure()
        self.player.set_morph(self._path)
        self.drafts.show(self._path)
        self.changed.emit()

    def _measure(self) -> None:
        recipe = self._route.recipe
        assert recipe
        angles = self._angles.of(self._route)
        known = tuple(angle for angle in angles if angle is not None)
        if not self._orders.folder_of(recipe):
            self._obstacle = not_here(recipe.model)
        elif len(known) < len(angles):
            if not self._angles.trouble:
                self._angles.want(self._route)
            self._obstacle = self._angles.trouble
        elif not (problem := self._route.problem_of_angles(known)):
            self._make_path(known)
        else:
            self._obstacle = problem

    def _make_path(self, angles: tuple[float, ...]) -> None:
        try:
            self._path = self._route.morph(angles)
        except KnownError as error:
            self._obstacle = str(error)

    # Looking at it.

    def frame(self) -> tuple[QImage, bool]:
        """Give what is seen at the place one is at, and whether it is of this very place."""
        image, exact = self.drafts.image_at(self.player.share)
        return (self._nearest_picture(), False) if image.isNull() else (image, exact)

    def image_of(self, number: int) -> QImage:
        """Give a picture of the path, or a null image until there is one."""
        subject = self._route.stations[number].subject
        if not subject.image.isNull():
            return subject.image
        kept = self._images.get(subject.file, QImage()) if subject.file else QImage()
        if kept.isNull() and self._path:
            return self.drafts.waypoint_image(number)
        return kept

    @property
    def here(self) -> Subject | None:
        """What is at the place one is at, as a picture to explore or keep."""
        if not self._path:
            return None
        found = morph_route.between(self._route, self._path, self.player.degrees)
        image = self.frame()[0]
        return found if not found.image.isNull() else dataclasses.replace(found, image=image)

    @property
    def paused(self) -> bool:
        """Whether drafts stand still, because the person has paused the queue."""
        return self._queue_paused

    def keep_here(self) -> Request | None:
        """Make what is at this place in all its steps, and keep it; give what was submitted."""
        if not (subject := self.here):
            return None
        request = Request(
            id=uuid4(),
            recipe=subject.recipe,
            model_folder=self._orders.folder_of(subject.recipe),
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            priority=INTERACTIVE_PRIORITY,
            # A picture of the path is made again, and is no child of itself.
            parents=subject.parents,
        )
        self._worker.submit(request)
        self.notice.emit(self.tr("This in-between is being made, and will be in the library."))
        return request

    def _nearest_picture(self) -> QImage:
        """Give the picture of the path that is next, while there is no draft at all."""
        count = len(self._route.stations)
        if not count:
            return QImage()
        number = round(self.player.share * len(self._route.pairs)) % count
        return self.image_of(number)

    def _follow(self) -> None:
        self.drafts.look_at(self.player.share, travelling=self.player.playing)
        self._show_images()

    def _show_images(self) -> None:
        self.images_changed.emit()

    def _ask_for_image(self, subject: Subject) -> None:
        file = subject.file
        if file and subject.image.isNull() and file not in self._images:
            self._thumbnails.ask(file)

    def _take_thumbnail(self, file: Path, image: QImage) -> None:
        self._images[file] = image
        self.images_changed.emit()

    # Files and the queue.

    def save(self, file: Path) -> None:
        """Write the path to a file, over whatever stood there."""
        if self._path:
            name = file if file.name.endswith(ENDING) else file.with_name(file.name + ENDING)
            text = codec.canonical(self._path).encode()
            self._background.run(partial(_write, name, text), self._take_saved)

    def open(self, file: Path) -> None:
        """Read a path from its file, an exported animation or a frame of one."""
        self._background.run(partial(_read, file), self._take_opened)

    def cost(self) -> Cost:
        """Say what the frames of the path cost, as far as that is known."""
        if not self._path:
            return UNKNOWN
        return cost_of(self._path.recipe, len(moments(self._path)), self._paces)

    def set_paces(self, paces: Sequence[Pace]) -> None:
        """Hear what pictures have cost on this machine."""
        self._paces = tuple(paces)

    def close(self) -> None:
        """Write what has not been written, and end what runs beside the GUI thread."""
        self.player.pause()
        self.drafts.close()
        self.exports.close()
        self._thumbnails.close()
        self._background.close()
        self._file.finish()

    def take_queue(self, queue: QueueView) -> None:
        paused = queue.paused and not queue.reason
        if paused != self._queue_paused:
            self._queue_paused = paused
            self.images_changed.emit()

    def _take_saved(self, outcome: Path | KnownError) -> None:
        saved = self.tr("The path is saved as {file}.")
        self.notice.emit(
            str(outcome) if isinstance(outcome, KnownError) else saved.format(file=outcome)
        )

    def _take_opened(self, outcome: Morph | KnownError) -> None:
        if isinstance(outcome, KnownError):
            self.notice.emit(str(outcome))
            return
        route = morph_route.route_of(outcome)
        self.edit(self.tr("Open a path"), **vars(route))

    def _take_kept(self, found: tuple[KeptRoute | None, str] | KnownError) -> None:
        """Go on with the path of the last time; what was added meanwhile comes after it."""
        assert not isinstance(found, KnownError)
        kept, sentence = found
        if sentence:
            self.notice.emit(sentence)
        if kept:
            route = morph_route.restored(kept)
            added = self._route.stations
            self._put(dataclasses.replace(route, stations=(*route.stations, *added)))
            self.undo_stack.clear()


def _load(file: Path) -> tuple[KeptRoute | None, str]:
    return statefile.load(file, VERSION, partial(codec.from_json, KeptRoute))


def _write(file: Path, text: bytes) -> Path:
    statefile.write(file, text)
    return file


def _read(file: Path) -> Morph:
    from ldm_desktop.gallery.animation.reading import read_path

    return read_path(file)

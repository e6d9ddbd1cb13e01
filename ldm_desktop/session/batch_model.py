"""All pictures of one job as a list for views, each with its latest image."""

from __future__ import annotations

import bisect
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias
from uuid import UUID, uuid4

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QImage

from ldm_desktop.core.events import Stepped
from ldm_desktop.core.noise import first_seed
from ldm_desktop.session import export
from ldm_desktop.session.shown import Shown, image_of
from ldm_desktop.session.stage import Stage
from ldm_desktop.session.thumbnails import ImageCache, Thumbnails, small
from ldm_desktop.worker.work import JobView, PictureState, PictureView, Purpose, Saved

if TYPE_CHECKING:
    from ldm_desktop.worker.thread import Worker

Index: TypeAlias = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
MOST = 1000
SIDE = 512
CACHE = 256 << 20
AHEAD = 48
"""Places that are kept for pictures that have not come into being yet."""


class Role(IntEnum):
    """What a view can ask of a picture of the batch."""

    VIEW = Qt.ItemDataRole.UserRole + 1
    IMAGE = Qt.ItemDataRole.UserRole + 2
    SEED = Qt.ItemDataRole.UserRole + 3
    STATE = Qt.ItemDataRole.UserRole + 4
    DONE = Qt.ItemDataRole.UserRole + 5
    TOTAL = Qt.ItemDataRole.UserRole + 6
    ETA = Qt.ItemDataRole.UserRole + 7
    FILE = Qt.ItemDataRole.UserRole + 8
    SENTENCE = Qt.ItemDataRole.UserRole + 9


class BatchModel(QAbstractListModel):
    """The pictures of the job on stage, by their number; of very many the newest 1,000.

    A picture that will be made but is not known yet has a place, as if it were waiting.
    """

    job_changed = Signal(object)  # UUID | None

    NAMES: ClassVar[dict[int, bytes]] = {role: role.name.lower().encode() for role in Role}

    def __init__(self, worker: Worker, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._stage = stage
        self._job: UUID | None = None
        self._views: list[PictureView] = []
        self._rows: dict[UUID, int] = {}
        self._jobs: dict[UUID, JobView] = {}
        self._expected: set[UUID] = set()
        self._followed: UUID | None = None
        self._images: ImageCache[UUID] = ImageCache(CACHE)
        self._broken: set[UUID] = set()
        self._reading: dict[Path, UUID] = {}
        self._thumbnails = Thumbnails(SIDE, self)
        self._thumbnails.loaded.connect(self._take_image)
        worker.job_changed.connect(self._take_job)
        worker.job_removed.connect(self._drop_job)
        worker.picture_changed.connect(self._take_picture)
        worker.previewed.connect(self._take_preview)
        worker.saved.connect(self._take_saved)
        stage.shown_changed.connect(self._follow)

    @property
    def job(self) -> UUID | None:
        """The job whose pictures these are."""
        return self._job

    def set_job(self, job: UUID | None) -> None:
        """Show the pictures of another job."""
        if job == self._job:
            return
        self.beginResetModel()
        self._job = job
        self._views.clear()
        self._rows.clear()
        self._expected.clear()
        self._images.clear()
        self._broken.clear()
        self._reading.clear()
        self._thumbnails.forget()
        self.endResetModel()
        if job:
            self._expect()
            self._worker.list_pictures(job)
        self.job_changed.emit(job)

    def index_of(self, picture: UUID) -> QModelIndex:
        """Give a picture's place, or an invalid index."""
        return self.index(self._rows[picture]) if picture in self._rows else QModelIndex()

    def close(self) -> None:
        """End what runs beside the GUI thread."""
        self._thumbnails.close()

    # What Qt asks of a model.

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Give how many pictures there are."""
        return 0 if parent.isValid() else len(self._views)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give what is known of a picture; an image that was let go is read again."""
        if not (index.isValid() and index.row() < len(self._views)):
            return None
        view = self._views[index.row()]
        if role == Role.IMAGE:
            return self._image(view)
        if role == Qt.ItemDataRole.DisplayRole:
            return str(first_seed(view.recipe.noise).seed)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._said(view)
        found = {
            Role.VIEW: view,
            Role.SEED: first_seed(view.recipe.noise).seed,
            Role.STATE: view.state,
            Role.DONE: view.done,
            Role.TOTAL: view.total,
            Role.ETA: view.eta,
            Role.FILE: view.file,
            Role.SENTENCE: view.sentence,
        }
        return found.get(Role(role)) if role in self.NAMES else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let what there is be chosen, and what is saved be dragged out."""
        usual = super().flags(index)
        if not index.isValid():
            return usual
        view = self._views[index.row()]
        if view.id in self._expected:
            # The stage has no such picture, so that what is done to it would hit another.
            return Qt.ItemFlag.NoItemFlags
        return usual | Qt.ItemFlag.ItemIsDragEnabled if view.file else usual

    def mimeData(self, indexes: list[QModelIndex]) -> QMimeData:  # type: ignore[override]
        """Give saved pictures as files; PySide's stub asks for more than Qt ever gives."""
        files = [self._views[index.row()].file for index in indexes]
        return export.files_data([file for file in files if file])

    def roleNames(self) -> dict[int, bytes]:  # type: ignore[override]
        """Name the roles; PySide's stub has QByteArray where it takes and gives bytes."""
        return self.NAMES

    def _said(self, view: PictureView) -> str:
        seed = first_seed(view.recipe.noise).seed
        text = {
            PictureState.WAITING: self.tr("Seed {seed}, waiting"),
            PictureState.RUNNING: self.tr("Seed {seed}, step {done} of {total}"),
            PictureState.SAVED: self.tr("Seed {seed}, finished"),
            PictureState.FAILED: self.tr("Seed {seed}, failed: {sentence}"),
            PictureState.CANCELLED: self.tr("Seed {seed}, cancelled"),
        }[view.state]
        return text.format(
            seed=seed, done=view.done, total=view.total, sentence=view.sentence
        ).strip()

    def _image(self, view: PictureView) -> QImage:
        if view.id in self._images:
            return self._images[view.id]
        if view.file and view.id not in self._broken:
            self._reading[view.file] = view.id
            self._thumbnails.ask(view.file)
        return QImage()

    # What comes in.

    def _follow(self, shown: Shown | None) -> None:
        # Only when it goes to another job, or what was chosen in the queue would not stay.
        if shown and shown.job and shown.job != self._followed:
            self._followed = shown.job
            self.set_job(shown.job)

    def _take_job(self, view: JobView) -> None:
        self._jobs[view.id] = view
        if view.id == self._job:
            self._expect()

    def _drop_job(self, job: UUID) -> None:
        self._jobs.pop(job, None)
        if job == self._job:
            self._expect()

    def _take_picture(self, view: PictureView) -> None:
        if view.job != self._job:
            return
        if view.id in self._rows:
            row = self._rows[view.id]
            if view.file and not self._views[row].file and not self._is_kept():
                # No news of a frame has its pixels: its last preview gives way to the file.
                self._images.drop(view.id)
            self._views[row] = view
            self._tell(view.id)
        elif not (len(self._views) >= MOST and view.number < self._views[0].number):
            self._welcome(view)
            self._expect()

    def _is_kept(self) -> bool:
        job = self._jobs.get(self._job) if self._job else None
        return job is None or job.request.purpose is Purpose.KEEP

    def _welcome(self, view: PictureView) -> None:
        """Take in a picture that was not known; it may have been expected."""
        preview = self._stage.preview_of(view.id)
        if not preview.isNull():
            self._images[view.id] = preview
        row = bisect.bisect_left(self._views, view.number, key=lambda each: each.number)
        held = self._views[row] if row < len(self._views) else None
        if held and held.number == view.number and held.id in self._expected:
            self._expected.remove(held.id)
            del self._rows[held.id]
            self._views[row], self._rows[view.id] = view, row
            self._tell(view.id)
        else:
            self._insert(row, view)

    def _expect(self) -> None:
        """Keep places for the pictures to come, after the last one that is known."""
        known = (view for view in reversed(self._views) if view.id not in self._expected)
        last = next(known, None)
        first = last.number + 1 if last else 0
        numbers = self._numbers_from(first)
        stale = [self._rows[each] for each in self._expected]
        for row in sorted(stale, reverse=True):
            if self._views[row].number not in numbers:
                self._remove(row)
        for number in numbers:
            if not self._views or self._views[-1].number < number:
                self._insert(len(self._views), self._place(number))

    def _numbers_from(self, first: int) -> range:
        job = self._jobs.get(self._job) if self._job else None
        if job is None or job.state.ended or job.total is None:
            return range(0)
        return range(first, min(job.total, first + AHEAD))

    def _place(self, number: int) -> PictureView:
        assert self._job
        recipe = self._jobs[self._job].request.recipe_at(number)
        view = PictureView(
            uuid4(), self._job, number, recipe, PictureState.WAITING, 0, recipe.evaluations
        )
        self._expected.add(view.id)
        return view

    def _insert(self, row: int, view: PictureView) -> None:
        self.beginInsertRows(QModelIndex(), row, row)
        self._views.insert(row, view)
        self._count_from(row)
        self.endInsertRows()
        if len(self._views) > MOST:
            self._remove(0)

    def _remove(self, row: int) -> None:
        self.beginRemoveRows(QModelIndex(), row, row)
        gone = self._views.pop(row).id
        del self._rows[gone]
        self._expected.discard(gone)
        self._images.drop(gone)
        self._count_from(row)
        self.endRemoveRows()

    def _count_from(self, row: int) -> None:
        for each in range(row, len(self._views)):
            self._rows[self._views[each].id] = each

    def _take_preview(self, stepped: Stepped) -> None:
        if stepped.preview and stepped.picture in self._rows:
            self._put(stepped.picture, image_of(stepped.preview))

    def _take_saved(self, saved: Saved) -> None:
        if saved.record.id in self._rows:
            self._put(saved.record.id, image_of(saved.frame))

    def _take_image(self, file: Path, image: QImage) -> None:
        picture = self._reading.pop(file, None)
        if picture is None or picture not in self._rows:
            return
        if image.isNull():
            self._broken.add(picture)
        else:
            self._put(picture, image)

    def _put(self, picture: UUID, image: QImage) -> None:
        self._images[picture] = small(image, SIDE)
        self._tell(picture, [Role.IMAGE])

    def _tell(self, picture: UUID, roles: list[int] | None = None) -> None:
        index = self.index_of(picture)
        self.dataChanged.emit(index, index, roles or [])

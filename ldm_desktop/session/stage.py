"""What is on screen: follows the worker's pictures, or stays with the one a person chose."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QImage

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.events import Stepped
from ldm_desktop.session import export
from ldm_desktop.session.background import Background
from ldm_desktop.session.following import Following
from ldm_desktop.session.shown import FORMING, Shown, View, image_of, read, shown_of_record
from ldm_desktop.worker.work import JobView, PictureState, PictureView, Saved

if TYPE_CHECKING:
    from ldm_desktop.worker.thread import Worker

UNPAINTED = 100
"""Milliseconds after which a preview that nobody paints makes room for the next."""
MOST_PICTURES = 4096


class Stage(QObject):
    """The picture on screen, `shown`, and how it is looked at, `view`.

    A picture and what is said of it are exchanged in one piece: a new one comes on with its
    first preview, and until then the last one stays with its own seed.
    """

    shown_changed = Signal(object)  # Shown | None: anything but the pixels
    image_changed = Signal(object)  # QImage
    pinned_changed = Signal(bool)
    marked_changed = Signal(object)  # Shown | None
    view_changed = Signal(object)  # View
    grid_changed = Signal(bool)
    trouble = Signal(str)
    copied = Signal(object)  # Path of a copy that was saved

    def __init__(self, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self.files: Callable[[], tuple[Path, ...]] = tuple
        """The saved pictures in the order in which to go through them; the session sets it."""
        self._shown: Shown | None = None
        self._marked: Shown | None = None
        self._pinned = False
        self._view = View.SINGLE
        self._following = Following()
        self._views: dict[UUID, PictureView] = {}
        self._previews: dict[UUID, QImage] = {}
        self._wanted: Path | None = None
        self._background = Background(1, self)
        self._unseen: set[UUID] = set()
        self._unpainted = QTimer(self)
        self._unpainted.setSingleShot(True)
        self._unpainted.setInterval(UNPAINTED)
        self._unpainted.timeout.connect(self.painted)
        worker.job_changed.connect(self._take_job)
        worker.job_removed.connect(self._drop_job)
        worker.picture_changed.connect(self._take_picture)
        worker.previewed.connect(self._take_preview)
        worker.saved.connect(self._take_saved)

    # What is on screen.

    @property
    def shown(self) -> Shown | None:
        """The picture on screen with everything said of it; None before the first one."""
        return self._shown

    @property
    def image(self) -> QImage:
        """Its pixels; null if there are none yet."""
        return self._shown.image if self._shown else QImage()

    @property
    def pinned(self) -> bool:
        """Whether a person chose the picture, so that new ones do not take its place."""
        return self._pinned

    @property
    def marked(self) -> Shown | None:
        """The picture to compare with, as it was when it was marked."""
        return self._marked

    @property
    def view(self) -> View:
        """How the stage is looked at."""
        return self._view

    @property
    def grid(self) -> bool:
        """Whether the whole batch is shown rather than one picture."""
        return self._view is View.GRID

    @property
    def job(self) -> JobView | None:
        """The job of the picture on screen, as far as it is known."""
        return self._following.job(self._shown.job) if self._shown else None

    def preview_of(self, picture: UUID) -> QImage:
        """Give the latest preview of a picture that is forming; null if there is none."""
        return self._previews.get(picture, QImage())

    def knows(self, picture: UUID) -> bool:
        """Whether a picture of the queue can be shown."""
        return picture in self._views

    # What a person asks for.

    def show_picture(self, picture: UUID) -> None:
        """Show a picture of the queue and stay with it."""
        if not (view := self._views.get(picture)):
            return
        self.pin()
        if self._shown and self._shown.picture == picture:
            self._wanted = None
        elif view.file:
            self._open(view.file, view.job)
        else:
            self._wanted = None
            self._show(self._shown_of(view))

    def show_file(self, file: Path) -> None:
        """Show a saved picture, once it has been read, and stay with it."""
        self.pin()
        self._open(file, None)

    def show_neighbour(self, offset: int) -> None:
        """Show the saved picture so many places on in the filmstrip."""
        files = self.files()
        here = self._shown.file if self._shown else None
        place = files.index(here) + offset if here in files else 0
        if 0 <= place < len(files):
            self.show_file(files[place])

    def show_next(self) -> None:
        """Show the next picture in the filmstrip."""
        self.show_neighbour(1)

    def show_previous(self) -> None:
        """Show the previous picture in the filmstrip."""
        self.show_neighbour(-1)

    def pin(self) -> None:
        """Stay with the picture on screen."""
        self._set_pinned(True)

    def unpin(self) -> None:
        """Let the next new picture take the screen; until then nothing changes."""
        self._wanted = None
        self._set_pinned(False)

    def follow(self) -> None:
        """Show what is forming now, the most wanted first, and go with the times again."""
        self.unpin()
        forming = [
            view
            for view in self._views.values()
            if view.state is PictureState.RUNNING and self._following.is_kept(view.job)
        ]
        if forming and not (self._shown and self._shown.live):
            self._show(self._shown_of(max(forming, key=self._following.rank)))

    def mark(self) -> None:
        """Take the picture on screen as the one to compare with, as it is now."""
        if self._shown and not self._shown.image.isNull():
            self._marked = self._shown
            self.marked_changed.emit(self._marked)

    def show_as(self, view: View) -> None:
        """Look at the stage in another way."""
        if view is self._view:
            return
        was_grid, self._view = self.grid, view
        self.view_changed.emit(view)
        if was_grid != self.grid:
            self.grid_changed.emit(self.grid)

    def set_grid(self, on: bool) -> None:
        """Show the whole batch, or one picture."""
        if on != self.grid:
            self.show_as(View.GRID if on else View.SINGLE)

    def copy_picture(self) -> None:
        """Put the pixels on the clipboard, and the file if there is one."""
        if self._shown and not self._shown.image.isNull():
            data = export.picture_data(self._shown.image, self._shown.file)
            QGuiApplication.clipboard().setMimeData(data)

    def copy_seed(self) -> None:
        """Put the seed of the picture on screen on the clipboard."""
        if self._shown:
            QGuiApplication.clipboard().setText(str(self._shown.seed))

    def copy_recipe(self) -> None:
        """Put the recipe of the picture on screen on the clipboard, as text."""
        if self._shown:
            QGuiApplication.clipboard().setText(export.recipe_text(self._shown.recipe))

    def save_as(self, file: Path) -> None:
        """Save a copy of the picture's file under a name that is free."""
        if not self._shown:
            return
        if not self._shown.file:
            self.trouble.emit(
                self.tr(
                    "This picture has no file to copy yet: wait until it is finished, or use "
                    "Stop here to keep it as it is now."
                )
            )
            return
        self._background.run(partial(export.copy_file, self._shown.file, file), self._take_copy)

    def painted(self) -> None:
        """Say that the latest previews were painted or will not be: the next may come."""
        self._unpainted.stop()
        unseen, self._unseen = self._unseen, set()
        for picture in unseen:
            self._worker.seen(picture)

    def close(self) -> None:
        """End what runs beside the GUI thread."""
        self._unpainted.stop()
        self._background.close()

    # What the worker tells.

    def _take_job(self, view: JobView) -> None:
        self._following.take(view)
        if self._shown and self._shown.job == view.id and self._shown.live:
            self._show(self._shown.beside(view))

    def _drop_job(self, job: UUID) -> None:
        self._following.drop(job)
        gone = [each.id for each in self._views.values() if each.job == job]
        for picture in gone:
            del self._views[picture]
            self._previews.pop(picture, None)

    def _take_picture(self, view: PictureView) -> None:
        self._views[view.id] = view
        if view.state not in FORMING:
            self._previews.pop(view.id, None)
            self._forget_the_oldest()
        shown = self._shown
        if shown and shown.picture == view.id:
            # What is finished needs no more news.
            if shown.record is None:
                self._show(shown.after(view).beside(self.job))
        elif view.state is PictureState.RUNNING and self._comes_without_preview(view):
            self._show(self._shown_of(view))

    def _take_preview(self, stepped: Stepped) -> None:
        if stepped.preview is None:
            return
        self._unseen.add(stepped.picture)
        if not self._unpainted.isActive():
            self._unpainted.start()
        first = stepped.picture not in self._previews
        image = self._previews[stepped.picture] = image_of(stepped.preview)
        view = self._views.get(stepped.picture)
        if self._shown and self._shown.picture == stepped.picture:
            if self._shown.live:
                fresh = dataclasses.replace(
                    self._shown, image=image, done=stepped.done, total=stepped.total
                )
                self._show(fresh)
        elif view and view.state in FORMING and self._may_show(view.job, first):
            self._show(self._shown_of(view))

    def _take_saved(self, saved: Saved) -> None:
        record, first = saved.record, saved.record.id not in self._previews
        self._previews.pop(record.id, None)
        is_shown = self._shown is not None and self._shown.picture == record.id
        if is_shown or self._may_show(saved.job, first):
            image = image_of(saved.frame)
            self._show(shown_of_record(record, image, saved.file, saved.job))

    # Which picture takes the screen.

    def _may_show(self, job: UUID, first: bool) -> bool:
        return not self._pinned and self._following.may_show(job, self._shown, first)

    def _comes_without_preview(self, view: PictureView) -> bool:
        """Whether it comes on as an empty place: there is nothing else to see, or will ever be."""
        if self._shown and not (self._following.is_blind(view.job) and view.done == 0):
            return False
        return self._may_show(view.job, first=True)

    # Putting it on.

    def _shown_of(self, view: PictureView) -> Shown:
        image = self.preview_of(view.id)
        shown = Shown(view.id, view.recipe, view.state, image).after(view)
        return shown.beside(self._following.job(view.job))

    def _show(self, shown: Shown) -> None:
        old, self._shown = self._shown, shown
        if shown != old:
            self.shown_changed.emit(shown)
        if old is None or shown.image.cacheKey() != old.image.cacheKey():
            self.image_changed.emit(shown.image)

    def _set_pinned(self, pinned: bool) -> None:
        if pinned != self._pinned:
            self._pinned = pinned
            self.pinned_changed.emit(pinned)

    def _open(self, file: Path, job: UUID | None) -> None:
        self._wanted = file
        self._background.run(partial(read, file, job), partial(self._take_file, file))

    def _take_file(self, file: Path, opened: Shown | KnownError) -> None:
        if self._wanted != file:
            return
        self._wanted = None
        if isinstance(opened, KnownError):
            self.trouble.emit(str(opened))
        else:
            self._show(opened)

    def _take_copy(self, copy: Path | KnownError) -> None:
        if isinstance(copy, KnownError):
            self.trouble.emit(str(copy))
        else:
            self.copied.emit(copy)

    def _forget_the_oldest(self) -> None:
        while len(self._views) > MOST_PICTURES:
            del self._views[next(iter(self._views))]

"""Everything between the worker and the views, put together, and the few wires across."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ldm_desktop.core import paths
from ldm_desktop.core.model import ModelCard
from ldm_desktop.core.paths import Folders
from ldm_desktop.core.previews import PreviewPolicy
from ldm_desktop.core.settings import Settings, with_settings
from ldm_desktop.session.arrivals import Arrivals
from ldm_desktop.session.batch_model import BatchModel
from ldm_desktop.session.controls import Controls
from ldm_desktop.session.explore.desk import ExploreDesk
from ldm_desktop.session.filmstrip import FilmstripModel
from ldm_desktop.session.gallery.desk import GalleryDesk
from ldm_desktop.session.gallery.librarian import Librarian
from ldm_desktop.session.gallery.reproduction import Reproducer
from ldm_desktop.session.model_list import ModelList
from ldm_desktop.session.model_tasks import ModelTasks, models_command
from ldm_desktop.session.models import ModelShelf
from ldm_desktop.session.orders import Orders, preview_of
from ldm_desktop.session.queue_model import QueueModel
from ldm_desktop.session.restoring import Restoring
from ldm_desktop.session.scrubber import Scrubber
from ldm_desktop.session.settings_store import SettingsStore
from ldm_desktop.session.stage import Stage
from ldm_desktop.worker.work import EngineOptions, EngineState, EngineStatus

if TYPE_CHECKING:
    from ldm_desktop.worker.thread import Worker


class Session(QObject):
    """Holds the parts and connects them; `notice` is whatever any of them has to say.

    `folders` are the system's; a person's settings go before them.
    """

    notice = Signal(str)
    status_changed = Signal(object)

    def __init__(
        self,
        worker: Worker,
        settings: SettingsStore,
        folders: Folders,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.worker = worker
        self.settings = settings
        self.usual_folders = folders
        self.status = EngineStatus(EngineState.STARTING)
        here = with_settings(folders, settings.settings)
        self.shelf = ModelShelf(here, self)
        self.controls = Controls(folders.data / "choices.json", self.shelf.usual, parent=self)
        self.stage = Stage(worker, self)
        self.batch = BatchModel(worker, self.stage, self)
        self.filmstrip = FilmstripModel(worker, self)
        self.scrubber = Scrubber(worker, self.stage, self)
        self.queue = QueueModel(worker, self)
        self.orders = Orders(
            worker, settings, self.controls, self.shelf, self.stage, self.queue, self
        )
        self.restoring = Restoring(self.controls, self.shelf, self.stage, self)
        self.tasks = ModelTasks(lambda words: models_command(self._place(), words), self)
        self.models = ModelList(self.shelf, self.tasks, self)
        self.arrivals = Arrivals(self.tasks, self.shelf, self.controls, self.restoring, self)
        self.librarian = Librarian(folders.data, self)
        self.gallery = GalleryDesk(
            self.librarian,
            folders.cache / "thumbnails",
            self.restoring,
            self._reproducer(),
            folders.data / "gallery.json",
            self,
        )
        self.explore = ExploreDesk(self)
        self.stage.files = self.filmstrip.files
        self.scrubber.find_folder = self.orders.folder_of
        self.scrubber.preview = preview_of(settings.settings)
        self._listen()

    def start(self) -> None:
        """Open the chosen model, look at the library, and say what there is to say."""
        self.filmstrip.set_library(self._here().library)
        self.librarian.set_library(self._here().library)
        self._open_model(self.controls.choices.model)
        self.explore.start()
        for sentence in (self.settings.opening_notice, self.controls.opening_notice):
            if sentence:
                self.notice.emit(sentence)

    def shut_down(self) -> None:
        """End everything; whoever owns the worker waits for it."""
        self.worker.shut_down()
        self.tasks.close()
        self.controls.save()
        self.settings.save()
        for part in (self.stage, self.batch, self.filmstrip, self.restoring):
            part.close()
        self.explore.close()
        self.gallery.close()

    def _listen(self) -> None:
        worker, controls = self.worker, self.controls
        worker.model_ready.connect(self._take_card)
        worker.model_refused.connect(controls.set_refused)
        worker.paces_changed.connect(controls.set_paces)
        worker.paces_changed.connect(self.models.set_paces)
        worker.status_changed.connect(self._take_status)
        controls.model_changed.connect(self._open_model)
        self.orders.batch_begun.connect(self.batch.set_job)
        self.settings.changed.connect(self._take_settings)
        # Not signal to signal: PySide corrupts memory where the second has fewer values.
        self.shelf.entries_changed.connect(lambda _: self.scrubber.changed.emit())
        for part in (worker, controls, self.orders, self.scrubber, self.restoring, self.arrivals):
            part.notice.connect(self.notice)
        for desk in (self.gallery, self.explore):
            desk.notice.connect(self.notice)
        for other in (self.stage, self.settings):
            other.trouble.connect(self.notice)

    def _open_model(self, folder: str) -> None:
        if folder:
            precision = self.controls.choices.precision or self.controls.auto
            self.worker.open_model(folder, precision)

    def _take_card(self, card: ModelCard) -> None:
        self.shelf.set_card(card)
        self.controls.set_card(card)

    def _take_status(self, status: EngineStatus) -> None:
        self.status = status
        # Before that the engine has not said what pays on this machine.
        if status.state in (EngineState.READY, EngineState.BUSY):
            self.controls.set_auto(status.auto)
        self.status_changed.emit(status)

    def _take_settings(self, new: Settings, old: Settings) -> None:
        self.scrubber.preview = preview_of(new)
        if engine_options(new, self.usual_folders) != engine_options(old, self.usual_folders):
            self.worker.configure(engine_options(new, self.usual_folders))
        here = self._here()
        if new.library != old.library:
            self.filmstrip.set_library(here.library)
            self.librarian.set_library(here.library)
        if new.models != old.models:
            self.shelf.look(here)
            if not self.controls.choices.model and self.shelf.usual:
                self.controls.change(model=self.shelf.usual)

    def _reproducer(self) -> Reproducer:
        def preview() -> PreviewPolicy:
            return preview_of(self.settings.settings)

        return Reproducer(self.worker, self.orders.folder_of, preview, self)

    def _place(self) -> list[str]:
        """Say where models are, in options of the `models` commands."""
        usual, models = self.usual_folders, self.settings.settings.models
        place = [] if usual == paths.folders() else ["--data-dir", str(usual.data)]
        return [*place, "--models", models] if models else place

    def _here(self) -> Folders:
        return with_settings(self.usual_folders, self.settings.settings)


def engine_options(settings: Settings, folders: Folders) -> EngineOptions:
    """Say how an engine is started."""
    return EngineOptions(settings.device, settings.threads, folders.cache, settings.keyframe_bytes)

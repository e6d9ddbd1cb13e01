"""The batch has a row a picture, in order, and tells only of the row that changed."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from fakes import (
    FakeWorker,
    frame_of,
    frames_of,
    job_of,
    morph_of,
    picture_view_of,
    request_of,
    saved_of,
)
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot
from samples import picture_of

from ldm_desktop.core.events import Stepped
from ldm_desktop.core.noise import Seed
from ldm_desktop.gallery import files
from ldm_desktop.session.batch_model import AHEAD, MOST, BatchModel, Role
from ldm_desktop.session.shown import image_of
from ldm_desktop.session.stage import Stage
from ldm_desktop.worker.work import JobState, PictureState, PictureView, Request


class Scene:
    """A worker with a stage and its batch."""

    def __init__(self) -> None:
        self.worker = FakeWorker()
        self.stage = Stage(self.worker)  # type: ignore[arg-type]
        self.model = BatchModel(self.worker, self.stage)  # type: ignore[arg-type]
        self.tester = QAbstractItemModelTester(
            self.model, QAbstractItemModelTester.FailureReportingMode.Fatal
        )
        self.told: list[tuple[int, int]] = []
        self.model.dataChanged.connect(
            lambda first, last: self.told.append((first.row(), last.row()))
        )

    def queue(self, count: int | None, **changes: object) -> Request:
        """Tell of a job and show its pictures."""
        request = request_of(100, count)
        self.worker.job_changed.emit(job_of(request, **changes))
        self.model.set_job(request.id)
        return request

    def picture(self, request: Request, number: int, **changes: object) -> PictureView:
        """Tell of a picture."""
        view = picture_view_of(request, number, **changes)
        self.worker.picture_changed.emit(view)
        return view

    def column(self, role: int) -> list[object]:
        """Give what all rows say of one thing."""
        rows = range(self.model.rowCount())
        return [self.model.index(row).data(role) for row in rows]


@pytest.fixture
def scene(qtbot: QtBot) -> Scene:
    """Give an empty batch."""
    made = Scene()
    yield made
    made.model.close()
    made.stage.close()


def test_every_picture_has_a_place_before_it_is_begun(scene: Scene) -> None:
    request = scene.queue(5)
    assert scene.column(Role.SEED) == [100, 101, 102, 103, 104]
    assert set(scene.column(Role.STATE)) == {PictureState.WAITING}
    view = scene.picture(request, 0)
    assert scene.model.index_of(view.id).row() == 0
    assert scene.column(Role.SEED) == [100, 101, 102, 103, 104]


def test_a_place_cannot_be_chosen_until_its_picture_is_there(scene: Scene) -> None:
    request = scene.queue(2)
    scene.picture(request, 0, state=PictureState.WAITING)
    assert scene.model.flags(scene.model.index(1)) == Qt.ItemFlag.NoItemFlags
    usual = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
    assert scene.model.flags(scene.model.index(0)) & usual == usual
    scene.picture(request, 1)
    assert scene.model.flags(scene.model.index(1)) & usual == usual


def test_places_are_given_up_when_the_job_ends(scene: Scene) -> None:
    request = scene.queue(5)
    scene.picture(request, 0)
    scene.worker.job_changed.emit(job_of(request, JobState.CANCELLED))
    assert scene.column(Role.SEED) == [100]


def test_the_job_on_stage_is_the_one_and_its_pictures_are_asked_for(scene: Scene) -> None:
    request = request_of(7, 2)
    scene.worker.job_changed.emit(job_of(request))
    scene.picture(request, 0)
    assert scene.model.job == request.id
    assert scene.worker.called("list_pictures") == [(request.id,)]


def test_a_job_chosen_in_the_queue_stays_while_the_stage_goes_on(scene: Scene) -> None:
    running = request_of(7, 2)
    scene.worker.job_changed.emit(job_of(running))
    view = scene.picture(running, 0)
    chosen = scene.queue(3)
    scene.worker.picture_changed.emit(dataclasses.replace(view, done=9))
    assert scene.model.job == chosen.id


def test_a_preview_changes_one_row(scene: Scene) -> None:
    request = scene.queue(3)
    views = [scene.picture(request, number) for number in range(3)]
    scene.told.clear()
    frame = frame_of(1, (32, 32))
    scene.worker.previewed.emit(Stepped(request.id, views[1].id, 6, 20, frame))
    assert scene.told == [(1, 1)]
    assert scene.column(Role.IMAGE)[1] == image_of(frame)


def test_finished_pixels_are_kept_small(scene: Scene) -> None:
    request = scene.queue(1)
    view = scene.picture(request, 0)
    recipe = dataclasses.replace(view.recipe, size=(1024, 512))
    scene.worker.saved.emit(saved_of(request.id, recipe, Path("a.png"), view.id))
    image = scene.column(Role.IMAGE)[0]
    assert (image.width(), image.height()) == (512, 256)


def test_an_image_that_was_not_seen_forming_is_read_from_its_file(
    scene: Scene, qtbot: QtBot, tmp_path: Path
) -> None:
    picture = picture_of()
    file = files.save(picture, tmp_path)
    request = scene.queue(1)
    scene.picture(request, 0, state=PictureState.SAVED, file=file)
    assert scene.column(Role.IMAGE)[0].isNull()
    qtbot.waitUntil(lambda: not scene.column(Role.IMAGE)[0].isNull())
    assert scene.column(Role.IMAGE)[0].convertToFormat(image_of(picture.frame).format()) == (
        image_of(picture.frame)
    )


def test_a_job_without_end_keeps_the_newest_thousand(scene: Scene) -> None:
    # The tester looks at every row each time, which takes many seconds with so many.
    scene.tester.deleteLater()
    QCoreApplication.sendPostedEvents(scene.tester, QEvent.Type.DeferredDelete)
    request = scene.queue(None)
    for number in range(MOST + 3):
        scene.picture(request, number)
    assert scene.model.rowCount() == MOST
    assert scene.column(Role.VIEW)[0].number == 3
    last = scene.column(Role.VIEW)[-1]
    assert scene.model.index_of(last.id).row() == MOST - 1


def test_places_run_ahead_of_a_long_job_but_not_to_its_end(scene: Scene) -> None:
    request = scene.queue(500)
    assert scene.model.rowCount() == AHEAD
    scene.picture(request, 0)
    assert scene.model.rowCount() == AHEAD + 1


def test_a_screen_reader_hears_seed_and_state(scene: Scene) -> None:
    request = scene.queue(2)
    scene.picture(request, 0, state=PictureState.FAILED, sentence="It is full.")
    spoken = scene.model.index(0).data(11)
    assert spoken == "Seed 100, failed: It is full."
    assert scene.model.index(1).data(11) == "Seed 101, waiting"


def test_only_saved_pictures_can_be_dragged(scene: Scene, tmp_path: Path) -> None:
    request = scene.queue(2)
    scene.picture(request, 0, state=PictureState.SAVED, file=tmp_path / "a.png")
    scene.picture(request, 1)
    indexes = [scene.model.index(row) for row in range(2)]
    urls = scene.model.mimeData(indexes).urls()
    assert [url.toLocalFile() for url in urls] == [str(tmp_path / "a.png")]


def test_a_frames_last_preview_gives_way_to_its_file(
    scene: Scene, qtbot: QtBot, tmp_path: Path
) -> None:
    request = frames_of(morph_of(Seed(1), Seed(2)))
    scene.worker.job_changed.emit(job_of(request))
    scene.model.set_job(request.id)
    view = scene.picture(request, 0)
    preview = Stepped(request.id, view.id, 1, view.total, frame_of(1, (32, 32)))
    scene.worker.previewed.emit(preview)
    file = files.save(picture_of(), tmp_path)
    done = dataclasses.replace(view, state=PictureState.SAVED, file=file)
    scene.worker.picture_changed.emit(done)
    width = picture_of().frame.width
    qtbot.waitUntil(lambda: scene.model.index(0).data(Role.IMAGE).width() == width)

"""The stage shows one picture with its own seed, and knows whose turn it is."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from uuid import UUID

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
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot
from samples import picture_of, recipe_of

from ldm_desktop.core import codec
from ldm_desktop.core.events import Stepped
from ldm_desktop.core.job import INTERACTIVE_PRIORITY
from ldm_desktop.core.noise import Seed
from ldm_desktop.core.previews import PreviewKind, PreviewPolicy
from ldm_desktop.gallery import files
from ldm_desktop.session.shown import Shown, View, image_of
from ldm_desktop.session.stage import Stage
from ldm_desktop.worker.work import JobState, PictureState, PictureView, Purpose, Request


class Scene:
    """A worker, the stage before it, and what the stage has told."""

    def __init__(self) -> None:
        self.worker = FakeWorker()
        self.stage = Stage(self.worker)  # type: ignore[arg-type]
        self.seeds: list[tuple[int, bool]] = []
        self.troubles: list[str] = []
        self.stage.image_changed.connect(self._note)
        self.stage.trouble.connect(self.troubles.append)

    def _note(self, image: QImage) -> None:
        assert self.stage.shown is not None
        self.seeds.append((self.stage.shown.seed, image.isNull()))

    def begin(self, seed: int, number: int = 0, **changes: object) -> PictureView:
        """Tell of a job of one picture, which runs."""
        created = f"2026-11-23T06:{30 + number:02}:00+00:00"
        request = request_of(seed, **{"created": created} | changes)
        self.worker.job_changed.emit(job_of(request))
        return self.run(request)

    def run(self, request: Request, number: int = 0) -> PictureView:
        """Tell that a picture of a job runs."""
        view = picture_view_of(request, number, done=0)
        self.worker.picture_changed.emit(view)
        return view

    def preview(self, view: PictureView, done: int = 1) -> None:
        """Tell of a preview."""
        frame = frame_of(done, (32, 32))
        self.worker.previewed.emit(Stepped(view.job, view.id, done, 20, frame))

    def finish(self, view: PictureView, file: str = "a.png") -> None:
        """Tell that a picture is saved."""
        self.worker.saved.emit(saved_of(view.job, view.recipe, Path(file), view.id))

    @property
    def picture(self) -> UUID | None:
        """What is on screen."""
        return self.stage.shown.picture if self.stage.shown else None


@pytest.fixture
def scene(qtbot: QtBot) -> Scene:
    """Give an empty stage."""
    made = Scene()
    yield made
    made.stage.close()


def test_the_first_picture_has_its_place_before_it_has_pixels(scene: Scene) -> None:
    view = scene.begin(7)
    assert scene.picture == view.id
    assert scene.stage.image.isNull()


def test_a_picture_stays_with_its_own_seed_until_the_next_has_something_to_show(
    scene: Scene,
) -> None:
    first = scene.begin(7)
    scene.preview(first)
    scene.finish(first)
    second = scene.begin(8, 1)
    assert (scene.stage.shown.seed, scene.stage.shown.state) == (7, PictureState.SAVED)
    scene.preview(second)
    assert (scene.stage.shown.seed, scene.stage.shown.live) == (8, True)
    # Pixels and seed were never exchanged one without the other.
    assert scene.seeds == [(7, True), (7, False), (7, False), (8, False)]


def test_each_preview_and_step_is_shown(scene: Scene) -> None:
    view = scene.begin(7)
    scene.preview(view, 3)
    scene.worker.picture_changed.emit(dataclasses.replace(view, done=4, eta=2.5))
    assert scene.stage.image == image_of(frame_of(3, (32, 32)))
    assert (scene.stage.shown.done, scene.stage.shown.eta) == (4, 2.5)


def test_a_preview_is_acknowledged_once_it_was_painted(scene: Scene) -> None:
    view = scene.begin(7)
    scene.preview(view)
    assert scene.worker.called("seen") == []
    scene.stage.painted()
    scene.stage.painted()
    assert scene.worker.called("seen") == [(view.id,)]


def test_previews_that_nobody_paints_are_acknowledged_as_well(scene: Scene, qtbot: QtBot) -> None:
    shown, hidden = scene.begin(7), scene.begin(8, 1)
    scene.preview(shown)
    scene.preview(hidden)
    qtbot.waitUntil(lambda: len(scene.worker.called("seen")) == 2)
    assert set(scene.worker.called("seen")) == {(shown.id,), (hidden.id,)}


def test_what_a_person_asks_for_takes_the_screen_from_a_batch_and_keeps_it(scene: Scene) -> None:
    batch = scene.begin(7)
    scene.preview(batch)
    asked = scene.begin(8, 1, priority=INTERACTIVE_PRIORITY)
    scene.preview(asked)
    assert scene.picture == asked.id
    scene.preview(batch, 2)
    assert scene.picture == asked.id
    scene.finish(asked)
    scene.preview(batch, 3)
    assert scene.picture == asked.id


def test_a_batch_that_was_added_later_goes_on_after_the_finished_picture(scene: Scene) -> None:
    asked = scene.begin(8, 0, priority=INTERACTIVE_PRIORITY)
    scene.preview(asked)
    batch = scene.begin(7, 1)
    scene.preview(batch)
    assert scene.picture == asked.id
    scene.finish(asked)
    scene.preview(batch, 2)
    assert scene.picture == batch.id


def test_the_next_picture_of_a_batch_follows_but_not_one_that_ran_beside_it(scene: Scene) -> None:
    request = request_of(7, 4)
    scene.worker.job_changed.emit(job_of(request))
    first, beside = scene.run(request), scene.run(request, 1)
    scene.preview(first)
    scene.preview(beside)
    scene.finish(first)
    scene.preview(beside, 2)
    assert scene.picture == first.id
    after = scene.run(request, 2)
    scene.preview(after)
    assert scene.picture == after.id


def test_a_chosen_picture_stays_until_the_person_follows_again(scene: Scene) -> None:
    first = scene.begin(7)
    scene.preview(first)
    scene.stage.show_picture(first.id)
    second = scene.begin(8, 1, priority=INTERACTIVE_PRIORITY)
    scene.preview(second)
    assert scene.picture == first.id
    assert scene.stage.pinned
    scene.worker.picture_changed.emit(
        dataclasses.replace(first, state=PictureState.CANCELLED, done=3)
    )
    scene.stage.follow()
    assert (scene.picture, scene.stage.pinned) == (second.id, False)


def test_what_is_only_looked_at_never_takes_the_screen(scene: Scene) -> None:
    look = scene.begin(7, purpose=Purpose.LOOK)
    scene.preview(look)
    assert scene.stage.shown is None


def test_the_frames_of_a_morph_never_take_the_screen(scene: Scene) -> None:
    request = frames_of(morph_of(Seed(1), Seed(2)))
    scene.worker.job_changed.emit(job_of(request))
    scene.preview(scene.run(request))
    scene.stage.follow()
    assert scene.stage.shown is None
    picture = scene.begin(8)
    scene.stage.follow()
    assert scene.picture == picture.id


def test_without_previews_a_picture_comes_on_when_it_begins(scene: Scene) -> None:
    first = scene.begin(7)
    scene.finish(first)
    blind = scene.begin(8, 1, preview=PreviewPolicy(PreviewKind.OFF))
    assert (scene.picture, scene.stage.image.isNull()) == (blind.id, True)


def test_a_failure_is_told_in_its_place(scene: Scene) -> None:
    view = scene.begin(7)
    scene.worker.picture_changed.emit(
        dataclasses.replace(view, state=PictureState.FAILED, sentence="No.", report="Trace")
    )
    shown = scene.stage.shown
    assert (shown.state, shown.sentence, shown.report) == (PictureState.FAILED, "No.", "Trace")


def test_the_pace_and_a_pause_come_from_the_job(scene: Scene) -> None:
    request = request_of(7)
    scene.worker.job_changed.emit(job_of(request))
    scene.run(request)
    scene.worker.job_changed.emit(job_of(request, JobState.PAUSED, steps_per_second=2.0))
    assert (scene.stage.shown.steps_per_second, scene.stage.shown.paused) == (2.0, True)


def test_a_file_is_read_and_shown_and_a_broken_one_explained(
    scene: Scene, qtbot: QtBot, tmp_path: Path
) -> None:
    picture = picture_of()
    file = files.save(picture, tmp_path)
    scene.stage.show_file(file)
    qtbot.waitUntil(lambda: scene.stage.shown is not None)
    assert scene.stage.shown == Shown(
        picture.record.id,
        picture.record.recipe,
        PictureState.SAVED,
        done=20,
        total=20,
        file=file,
        record=picture.record,
    )
    assert scene.stage.image == image_of(picture.frame)
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"nothing")
    scene.stage.show_file(broken)
    qtbot.waitUntil(lambda: bool(scene.troubles))
    assert "broken.png" in scene.troubles[0]
    assert scene.picture == picture.record.id


def test_one_goes_through_the_files_of_the_filmstrip(
    scene: Scene, qtbot: QtBot, tmp_path: Path
) -> None:
    strip = tuple(files.save(picture_of(seed=seed), tmp_path) for seed in (3, 4))
    scene.stage.files = lambda: strip
    scene.stage.show_file(strip[0])
    qtbot.waitUntil(lambda: scene.stage.shown is not None and scene.stage.shown.file == strip[0])
    scene.stage.show_next()
    qtbot.waitUntil(lambda: scene.stage.shown.file == strip[1])
    scene.stage.show_next()
    scene.stage.show_previous()
    qtbot.waitUntil(lambda: scene.stage.shown.file == strip[0])


def test_picture_seed_and_recipe_are_copied(scene: Scene) -> None:
    view = scene.begin(4294967295)
    scene.finish(view, "/tmp/a picture.png")
    clipboard = QGuiApplication.clipboard()
    scene.stage.copy_seed()
    assert clipboard.text() == "4294967295"
    scene.stage.copy_recipe()
    assert clipboard.text() == codec.canonical(view.recipe)
    scene.stage.copy_picture()
    data = clipboard.mimeData()
    assert data.hasImage()
    assert [url.toLocalFile() for url in data.urls()] == ["/tmp/a picture.png"]


def test_a_copy_is_saved_to_the_byte_and_replaces_nothing(
    scene: Scene, qtbot: QtBot, tmp_path: Path
) -> None:
    file = files.save(picture_of(), tmp_path)
    scene.stage.show_file(file)
    qtbot.waitUntil(lambda: scene.stage.shown is not None)
    copy = tmp_path / "copy.png"
    with qtbot.waitSignal(scene.stage.copied):
        scene.stage.save_as(copy)
    assert copy.read_bytes() == file.read_bytes()
    copy.write_bytes(b"mine")
    with qtbot.waitSignal(scene.stage.trouble) as told:
        scene.stage.save_as(copy)
    assert "exists" in told.args[0]
    assert copy.read_bytes() == b"mine"
    assert len(list(tmp_path.iterdir())) == 2


def test_a_picture_that_forms_has_no_copy_and_says_why(scene: Scene, tmp_path: Path) -> None:
    scene.begin(7)
    scene.stage.save_as(tmp_path / "a.png")
    assert "Stop here" in scene.troubles[0]


def test_a_mark_stays_as_it_was(scene: Scene) -> None:
    first = scene.begin(7)
    scene.preview(first)
    scene.stage.mark()
    scene.preview(first, 2)
    assert scene.stage.marked.image == image_of(frame_of(1, (32, 32)))


def test_the_grid_is_one_of_the_ways_to_look(scene: Scene) -> None:
    told: list[bool] = []
    scene.stage.grid_changed.connect(told.append)
    scene.stage.set_grid(True)
    scene.stage.show_as(View.WIPE)
    scene.stage.show_as(View.SINGLE)
    assert told == [True, False]


def test_pictures_of_a_removed_job_are_forgotten(scene: Scene) -> None:
    first = scene.begin(7)
    scene.preview(first)
    second = scene.begin(8, 1, recipe=recipe_of(8, size=(128, 128)))
    scene.worker.job_removed.emit(second.job)
    assert scene.stage.knows(first.id)
    assert not scene.stage.knows(second.id)

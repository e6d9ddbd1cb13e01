"""An export goes by way of the queue, can be stopped and gone on with, and makes nothing twice."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import job_of
from morph_scenes import MorphScene, film_of, path_of
from pytestqt.qtbot import QtBot

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.job import BATCH_PRIORITY
from ldm_desktop.core.morph import Morph, moments
from ldm_desktop.gallery.animation.options import AnimationFormat, AnimationOptions
from ldm_desktop.gallery.animation.reading import read_path
from ldm_desktop.session.explore.morph_export import Exports, ExportStage, ExportView
from ldm_desktop.worker.work import JobState, Purpose

PATH = path_of(1, 2)
FRAMES = len(moments(PATH))
STAGE = ExportStage


class Office(MorphScene):
    """A morph's exports, and a worker that makes frames when it is told to."""

    def __init__(self, data: Path, qtbot: QtBot) -> None:
        super().__init__(data)
        self.qtbot = qtbot
        self.exports: Exports = self.morphs.exports
        self.wait(lambda: True)

    def wait(self, until: object) -> None:
        """Wait until what runs beside the GUI thread is done, and something holds."""
        done: list[object] = []
        self.exports._background.run(lambda: None, done.append)
        self.qtbot.waitUntil(lambda: bool(done))
        self.qtbot.waitUntil(until)

    def options(self, name: str = "a.webp", **changes: object) -> AnimationOptions:
        """Wish for a file beside the data."""
        form = AnimationFormat(name.rpartition(".")[2])
        return AnimationOptions(self.data / name, form, **changes)

    def start(self, path: Morph = PATH, name: str = "a.webp") -> None:
        """Begin an export, and wait until its job is in the queue or it has ended."""
        before = len(self.worker.called("submit"))
        self.exports.start(path, self.options(name))
        self.wait(
            lambda: (
                len(self.worker.called("submit")) > before
                or self.view(path).stage is not STAGE.MAKING
            )
        )

    def view(self, path: Morph = PATH) -> ExportView:
        """Give the export of a path."""
        return next(view for view in self.exports.views if view.id == path.id)

    def make(self, count: int | None = None) -> None:
        """Make so many frames of the job that was submitted last; all, if nothing is said."""
        request = self.submitted()
        assert request.morph
        film_of(request.morph, Path(request.folder), made=count)

    def frames(self, path: Morph = PATH) -> int:
        """Count the frames that are kept of a path."""
        return len(list((self.data / "morphs" / path.id).glob("*.png")))

    def finish(self, path: Morph = PATH) -> None:
        """Make all frames, tell of it, and wait for the end."""
        self.make()
        self.tell(JobState.FINISHED, len(moments(path)))
        self.wait(lambda: self.view(path).stage in (STAGE.DONE, STAGE.STOPPED))


@pytest.fixture
def office(tmp_path: Path, qtbot: QtBot) -> Iterator[Office]:
    """Give exports, of which there are none."""
    made = Office(tmp_path, qtbot)
    yield made
    made.close()


def test_its_frames_are_a_job_of_the_queue_with_a_folder_of_its_own(office: Office) -> None:
    office.start()
    request = office.submitted()
    assert (request.purpose, request.morph, request.count) == (Purpose.FRAME, PATH, FRAMES)
    assert Path(request.folder) == office.data / "morphs" / PATH.id
    assert request.priority == BATCH_PRIORITY
    assert (office.data / "morphs" / PATH.id / "export.json").is_file()


def test_it_says_how_far_it_is(office: Office) -> None:
    office.start()
    office.tell(JobState.RUNNING, 3, eta=9.0)
    view = office.view()
    assert (view.stage, view.done, view.total, view.eta) == (STAGE.MAKING, 3, FRAMES, 9.0)
    office.tell(JobState.PAUSED, 3)
    assert office.view().stage is STAGE.PAUSED


def test_when_all_frames_are_there_they_become_the_file(office: Office) -> None:
    office.start()
    office.finish()
    assert office.view().stage is STAGE.DONE
    assert read_path(office.data / "a.webp") == PATH
    assert "a.webp" in office.notices[-1]


def test_a_stopped_export_is_gone_on_with_and_no_frame_is_made_twice(office: Office) -> None:
    office.start()
    first = office.submitted()
    office.make(4)
    office.exports.cancel(PATH.id)
    assert office.worker.called("cancel") == [(first.id,)]
    office.tell(JobState.CANCELLED, 4)
    (view,) = office.exports.resumable
    assert (view.stage, view.done) == (STAGE.STOPPED, 4)
    kept = {file: file.stat().st_mtime_ns for file in Path(first.folder).glob("*.png")}
    office.exports.go_on(PATH.id)
    office.wait(lambda: len(office.worker.called("submit")) == 2)
    assert office.submitted().folder == first.folder
    assert office.submitted().id != first.id
    office.finish()
    assert office.view().stage is STAGE.DONE
    assert {file: file.stat().st_mtime_ns for file in kept} == kept


def test_an_export_that_a_restart_has_ended_is_offered_again(tmp_path: Path, qtbot: QtBot) -> None:
    first = Office(tmp_path, qtbot)
    first.start()
    first.make(3)
    first.close()
    second = Office(tmp_path, qtbot)
    second.wait(lambda: bool(second.exports.resumable))
    (view,) = second.exports.resumable
    assert (view.done, view.total) == (3, FRAMES)
    assert view.kept.options == first.options()
    second.exports.go_on(view.id)
    second.wait(lambda: bool(second.worker.called("submit")))
    second.finish()
    assert read_path(tmp_path / "a.webp") == PATH
    second.close()


def test_a_job_that_goes_on_by_itself_after_a_restart_is_followed_to_its_end(
    tmp_path: Path, qtbot: QtBot
) -> None:
    first = Office(tmp_path, qtbot)
    first.start()
    request = first.submitted()
    first.make(3)
    first.close()
    second = Office(tmp_path, qtbot)
    second.wait(lambda: bool(second.exports.views))
    second.worker.job_changed.emit(job_of(request, JobState.RUNNING, saved=4))
    assert second.view().stage is STAGE.MAKING
    film_of(PATH, Path(request.folder))
    second.worker.job_changed.emit(job_of(request, JobState.FINISHED, saved=FRAMES))
    second.wait(lambda: second.view().stage is STAGE.DONE)
    second.close()


def test_frames_that_are_there_need_no_queue(office: Office) -> None:
    film_of(PATH, office.data / "morphs" / PATH.id)
    office.start()
    office.wait(lambda: office.view().stage is STAGE.DONE)
    assert office.worker.called("submit") == []


def test_another_format_of_the_same_path_makes_no_frame_again(office: Office) -> None:
    office.start()
    office.finish()
    office.start(name="b.gif")
    office.wait(lambda: (office.data / "b.gif").exists())
    assert len(office.worker.called("submit")) == 1


def test_frames_of_a_path_exported_before_go_when_another_is_done(office: Office) -> None:
    other = path_of(3, 4)
    office.start()
    office.finish()
    assert office.frames() == FRAMES
    office.start(other, "b.webp")
    office.finish(other)
    assert (office.frames(), office.frames(other)) == (0, FRAMES)


def test_frames_of_an_export_that_is_not_finished_stay(office: Office) -> None:
    other = path_of(3, 4)
    office.start()
    office.make(2)
    office.exports.cancel(PATH.id)
    office.start(other, "b.webp")
    office.finish(other)
    assert office.frames() == 2


def test_cancelling_before_the_job_is_in_the_queue_keeps_it_out(office: Office) -> None:
    office.exports.start(PATH, office.options())
    office.exports.cancel(PATH.id)
    office.wait(lambda: True)
    assert office.worker.called("submit") == []
    assert office.view().stage is STAGE.STOPPED


def test_putting_together_can_be_stopped_and_gone_on_with(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ldm_desktop.gallery.animation import assemble

    begun, real = threading.Event(), assemble.assemble

    def slow(film: object, options: object, told: object, cancelled: object) -> object:
        begun.set()
        while not cancelled():
            pass
        return real(film, options, told, cancelled)

    monkeypatch.setattr(assemble, "assemble", slow)
    office.start()
    office.make()
    office.tell(JobState.FINISHED, FRAMES)
    office.qtbot.waitUntil(begun.is_set)
    assert office.view().stage is STAGE.ASSEMBLING
    office.exports.cancel(PATH.id)
    office.wait(lambda: office.view().stage is STAGE.STOPPED)
    assert not (office.data / "a.webp").exists()
    monkeypatch.undo()
    office.exports.go_on(PATH.id)
    office.wait(lambda: office.view().stage is STAGE.DONE)
    assert len(office.worker.called("submit")) == 1


def test_giving_up_removes_the_frames(office: Office) -> None:
    office.start()
    office.make(3)
    office.exports.discard(PATH.id)
    office.wait(lambda: not (office.data / "morphs" / PATH.id).exists())
    assert office.exports.views == ()
    assert office.worker.called("cancel")


def test_a_taken_name_costs_no_frame_and_is_said(office: Office) -> None:
    (office.data / "a.webp").write_text("mine")
    office.start()
    view = office.view()
    assert (view.stage, office.worker.called("submit")) == (STAGE.STOPPED, [])
    assert "not replaced" in view.sentence
    assert (office.data / "a.webp").read_text() == "mine"


def test_a_disk_that_is_full_at_the_end_is_said_and_can_be_gone_on_with(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ldm_desktop.gallery.animation import webp

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    office.start()
    monkeypatch.setattr(webp, "write", full)
    office.finish()
    assert office.view().stage is STAGE.STOPPED
    assert "full" in office.view().sentence
    assert office.frames() == FRAMES
    monkeypatch.undo()
    office.exports.go_on(PATH.id)
    office.wait(lambda: office.view().stage is STAGE.DONE)


def test_a_damaged_frame_is_made_again(office: Office) -> None:
    office.start()
    office.make()
    frame = next((office.data / "morphs" / PATH.id).glob("*.png"))
    frame.write_bytes(b"broken")
    office.finish()
    assert "made again" in office.view().sentence
    office.exports.go_on(PATH.id)
    office.wait(lambda: len(office.worker.called("submit")) == 2)
    office.finish()
    assert office.view().stage is STAGE.DONE


@pytest.mark.parametrize("state", [JobState.FAILED, JobState.SET_ASIDE, JobState.CANCELLED])
def test_a_job_that_ends_otherwise_stops_the_export(office: Office, state: JobState) -> None:
    office.start()
    office.tell(state, 2, sentence="It does not fit.")
    assert (office.view().stage, office.view().sentence) == (STAGE.STOPPED, "It does not fit.")


def test_a_job_that_is_removed_stops_the_export(office: Office) -> None:
    office.start()
    office.worker.job_removed.emit(office.submitted().id)
    assert office.view().stage is STAGE.STOPPED


def test_without_its_model_nothing_begins(office: Office) -> None:
    office.orders.folder = ""
    office.exports.start(PATH, office.options())
    assert office.exports.views == ()
    assert "not here" in office.notices[-1]


def test_a_damaged_note_of_an_export_is_set_aside(tmp_path: Path, qtbot: QtBot) -> None:
    place = tmp_path / "morphs" / PATH.id
    place.mkdir(parents=True)
    (place / "export.json").write_text("{")
    office = Office(tmp_path, qtbot)
    assert office.exports.views == ()
    assert list(place.glob("export.json.damaged-*"))
    office.close()


def test_what_is_done_can_be_shown_no_longer(office: Office) -> None:
    office.start()
    office.exports.dismiss(PATH.id)
    assert len(office.exports.views) == 1
    office.finish()
    office.exports.dismiss(PATH.id)
    assert office.exports.views == ()


def test_frames_that_cannot_be_removed_are_told_of(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ldm_desktop.session.explore import morph_export_files

    def stuck(_: Path) -> None:
        raise KnownError("They cannot be removed.")

    office.start()
    monkeypatch.setattr(morph_export_files, "remove", stuck)
    office.exports.discard(PATH.id)
    office.wait(lambda: "They cannot be removed." in office.notices)

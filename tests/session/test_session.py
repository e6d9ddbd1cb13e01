"""The session: what is wired to what, and what becomes of wishes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import job_of, request_of
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot
from windows import make_session, open_model, saved_file, show_live, submitted, worker_of

from ldm_desktop.core.job import BATCH_PRIORITY, INTERACTIVE_PRIORITY
from ldm_desktop.core.noise import Seed
from ldm_desktop.core.previews import PreviewKind
from ldm_desktop.core.recipe import Precision, in_precision
from ldm_desktop.session.choices import AfterRun
from ldm_desktop.session.session import Session
from ldm_desktop.worker.work import EngineState, EngineStatus, JobState


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path) -> Iterator[Session]:
    session = make_session(tmp_path)
    session.start()
    yield session
    session.shut_down()


def test_the_starter_is_opened_at_the_first_start(session: Session) -> None:
    [(folder, precision)] = worker_of(session).called("open_model")
    assert Path(folder).name == "landscapes"
    assert precision is Precision.BALANCED


def test_a_model_that_is_ready_becomes_the_card_of_the_controls(session: Session) -> None:
    card = open_model(session)
    assert session.controls.card == card
    assert session.shelf.find(card.ref) == card.folder


def test_another_model_is_opened_when_it_is_chosen(session: Session, tmp_path: Path) -> None:
    session.controls.change(model=str(tmp_path / "other"))
    assert worker_of(session).called("open_model")[-1][0] == str(tmp_path / "other")


def test_a_refused_model_is_explained_in_the_controls(session: Session) -> None:
    worker_of(session).model_refused.emit(session.controls.choices.model, "It is broken.")
    assert session.controls.problems() == {"model": "It is broken."}


def test_a_refused_model_is_opened_anew_when_it_is_chosen_anew(session: Session) -> None:
    folder = session.controls.choices.model
    worker_of(session).model_refused.emit(folder, "It is broken.")
    session.controls.change(model=folder)
    assert [call[0] for call in worker_of(session).called("open_model")] == [folder] * 2


def test_what_can_be_done_at_a_step_is_seen_again_when_a_model_comes(
    qtbot: QtBot, session: Session
) -> None:
    folder = Path(session.shelf.folder, "mine")
    folder.mkdir(parents=True)
    (folder / "model_index.json").write_text("{}")
    with qtbot.waitSignal(session.scrubber.changed):
        session.shelf.look()


def test_what_auto_means_is_heard_once_the_engine_knows(session: Session) -> None:
    starting = EngineStatus(EngineState.STARTING, auto=Precision.EXACT)
    worker_of(session).status_changed.emit(starting)
    assert session.controls.auto is Precision.BALANCED
    ready = EngineStatus(EngineState.READY, auto=Precision.FAST)
    worker_of(session).status_changed.emit(ready)
    assert session.controls.auto is Precision.FAST
    assert session.status == ready


def test_one_picture_is_generated_ahead_of_batches(session: Session) -> None:
    open_model(session)
    session.orders.generate()
    [request] = submitted(session)
    assert request.priority == INTERACTIVE_PRIORITY
    assert (request.count, request.batch) == (1, 1)
    assert worker_of(session).called("move") == []
    assert not session.stage.grid


def test_a_batch_is_generated_ahead_of_what_waits_and_shown_as_a_grid(session: Session) -> None:
    open_model(session)
    waits = job_of(request_of(5, 9), JobState.WAITING)
    worker_of(session).job_changed.emit(waits)
    session.controls.change(count=24)
    session.orders.generate()
    [request] = submitted(session)
    assert (request.count, request.batch, request.priority) == (24, 4, BATCH_PRIORITY)
    assert worker_of(session).called("move") == [(request.id, waits.id)]
    assert session.stage.grid


def test_a_batch_is_seen_before_its_first_picture_begins(session: Session) -> None:
    open_model(session)
    session.controls.change(count=6)
    session.orders.generate()
    [request] = submitted(session)
    worker_of(session).job_changed.emit(job_of(request, JobState.WAITING))
    assert session.batch.job == request.id
    assert session.batch.rowCount() == 6


def test_what_is_added_to_the_queue_waits_and_leaves_the_screen_alone(session: Session) -> None:
    open_model(session)
    session.stage.pin()
    session.orders.add_to_queue()
    [request] = submitted(session)
    assert request.priority == BATCH_PRIORITY
    assert session.stage.pinned


def test_generating_lets_the_new_picture_take_the_screen(session: Session) -> None:
    open_model(session)
    session.stage.pin()
    session.orders.generate()
    assert not session.stage.pinned


def test_what_is_asked_for_before_the_model_is_open_begins_as_soon_as_it_is(
    session: Session,
) -> None:
    said: list[bool] = []
    session.orders.waits.connect(said.append)
    session.orders.generate()
    assert (submitted(session), said) == ([], [True])
    open_model(session)
    assert (len(submitted(session)), said) == (1, [True, False])
    session.controls.set_paces(())
    assert len(submitted(session)) == 1


def test_what_is_impossible_is_said_and_not_submitted(qtbot: QtBot, session: Session) -> None:
    open_model(session)
    session.controls.change(width=33)
    with qtbot.waitSignal(session.notice) as said:
        session.orders.generate()
    assert "multiple of 32" in said.args[0]
    assert submitted(session) == []


def test_settings_decide_how_a_job_is_made(session: Session) -> None:
    open_model(session)
    session.settings.change(at_a_time=8, preview=PreviewKind.FULL, preview_share=0.1)
    session.controls.change(forever=True)
    session.orders.generate()
    [request] = submitted(session)
    assert request.batch == 8
    assert (request.preview.show, request.preview.share) == (PreviewKind.FULL, 0.1)
    assert session.scrubber.preview == request.preview


def test_the_seed_goes_on_only_when_something_is_asked_for_again(session: Session) -> None:
    open_model(session)
    session.controls.change(seed=10, after=AfterRun.NEXT)
    session.orders.generate()
    assert session.controls.choices.seed == 10
    session.orders.generate()
    assert [request.recipe.noise for request in submitted(session)] == [Seed(10), Seed(11)]


def test_only_settings_of_the_engine_restart_it(session: Session) -> None:
    session.settings.change(at_a_time=2)
    assert worker_of(session).called("configure") == []
    session.settings.change(threads=3)
    [(options,)] = worker_of(session).called("configure")
    assert options.threads == 3
    assert options.cache == session.usual_folders.cache


def test_another_library_is_shown_at_once(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    other = tmp_path / "other"
    file = saved_file(other / "2026-11-23")
    session.settings.change(library=str(other))
    qtbot.waitUntil(lambda: session.filmstrip.files() == (file,))


def test_what_is_on_screen_is_stopped_or_cancelled(session: Session) -> None:
    view = show_live(session, request_of(4))
    session.orders.stop_here()
    session.orders.cancel()
    assert worker_of(session).called("stop_here") == [(view.id,)]
    assert worker_of(session).called("cancel") == [(view.job,)]


def test_without_a_picture_there_is_nothing_to_stop(session: Session) -> None:
    for wish in (session.orders.stop_here, session.orders.cancel, session.orders.render_exact):
        wish()
    session.restoring.use_settings()
    assert [worker_of(session).called(name) for name in ("stop_here", "cancel", "submit")] == [
        []
    ] * 3


def test_a_picture_is_made_again_exactly(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    card = open_model(session)
    session.stage.show_file(saved_file(tmp_path / "pictures"))
    qtbot.waitUntil(lambda: session.stage.shown is not None)
    shown = session.stage.shown
    assert shown
    session.orders.render_exact()
    [request] = submitted(session)
    assert request.recipe == in_precision(shown.recipe, Precision.EXACT)
    assert request.parents == (shown.picture,)
    assert request.model_folder == card.folder
    assert request.priority == INTERACTIVE_PRIORITY


def test_what_is_exact_already_is_not_made_again(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    open_model(session)
    session.stage.show_file(saved_file(tmp_path / "pictures", precision=Precision.EXACT))
    qtbot.waitUntil(lambda: session.stage.shown is not None)
    session.orders.render_exact()
    assert submitted(session) == []


def test_settings_come_from_the_picture_on_screen(session: Session) -> None:
    open_model(session)
    request = replace(request_of(4), model_folder=session.controls.choices.model)
    show_live(session, request)
    session.restoring.use_settings()
    assert session.controls.choices.seed == 4
    assert session.controls.choices.steps == request.recipe.steps


def test_a_dropped_picture_restores_its_settings_and_is_shown(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    open_model(session)
    file = saved_file(tmp_path / "pictures")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    with qtbot.waitSignal(session.restoring.restored) as said:
        session.restoring.restore_data(data)
    assert "Seed 7" in said.args[0]
    assert session.controls.choices.seed == 7
    qtbot.waitUntil(lambda: session.stage.shown is not None and session.stage.shown.file == file)
    session.controls.undo_stack.undo()
    assert session.controls.choices.seed != 7


def test_a_pasted_seed_is_chosen_and_a_large_one_explained(qtbot: QtBot, session: Session) -> None:
    data = QMimeData()
    data.setText("4294967299")
    with qtbot.waitSignal(session.notice) as said:
        session.restoring.restore_data(data)
    assert "reduced to 3" in said.args[0]
    assert session.controls.choices.seed == 3


def test_what_cannot_be_pasted_is_explained(qtbot: QtBot, session: Session) -> None:
    words, pixels = QMimeData(), QMimeData()
    words.setText("hello")
    pixels.setImageData(QImage(2, 2, QImage.Format.Format_RGB32))
    for data in (words, pixels, QMimeData()):
        with qtbot.waitSignal(session.notice):
            session.restoring.restore_data(data)


def test_whatever_any_part_has_to_say_is_said(qtbot: QtBot, session: Session) -> None:
    for signal in (
        worker_of(session).notice,
        session.controls.notice,
        session.stage.trouble,
        session.settings.trouble,
        session.scrubber.notice,
    ):
        with qtbot.waitSignal(session.notice) as said:
            signal.emit("Something.")
        assert said.args == ["Something."]


def test_damaged_settings_are_told_of_at_the_start(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text("{")
    session = make_session(tmp_path)
    with qtbot.waitSignal(session.notice) as said:
        session.start()
    assert "settings" in said.args[0]
    session.shut_down()


def test_shutting_down_ends_the_worker_and_keeps_choices_and_settings(
    qtbot: QtBot, tmp_path: Path
) -> None:
    session = make_session(tmp_path)
    session.controls.change(seed=77)
    session.settings.change(at_a_time=9)
    session.shut_down()
    assert worker_of(session).called("shut_down") == [()]
    again = make_session(tmp_path)
    assert again.controls.choices.seed == 77
    assert again.settings.settings.at_a_time == 9
    again.shut_down()

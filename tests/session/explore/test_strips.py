"""Strips fill with what is at hand, then with a draft; one cursor goes through all of them."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from uuid import uuid4

import pytest
from fakes import frame_of
from pytestqt.qtbot import QtBot
from samples import picture_of, recipe_of
from strip_scenes import StripScene, draft_subject, saved_subject

from ldm_desktop.core.frame import Frame
from ldm_desktop.core.job import DRAFT_PRIORITY
from ldm_desktop.core.noise import Seed
from ldm_desktop.core.recipe import Renoise, Stop, fork
from ldm_desktop.gallery import files
from ldm_desktop.session.explore.strip_feed import SHARP_PRIORITY
from ldm_desktop.session.explore.strip_way import WayState
from ldm_desktop.session.explore.subject import Subject
from ldm_desktop.session.shown import image_of
from ldm_desktop.worker.draft import DraftState
from ldm_desktop.worker.work import QueueView


@pytest.fixture
def scene(qtbot: QtBot) -> StripScene:
    """Give strips without rows."""
    made = StripScene()
    yield made
    made.strips.close()


# Frames.


def test_keyframes_at_hand_are_cut_into_the_strip(scene: StripScene) -> None:
    scene.strips.show((saved_subject(),))
    (way,) = scene.rows
    assert scene.worker.called("strip") == [(way.id, way.recipe)]
    scene.answer(way, 5, 10, 15, 20)
    assert way.state is WayState.WHOLE
    assert way.look(11).image == image_of(frame_of(10, (8, 8)))
    assert scene.wanted() == {}


def test_without_keyframes_a_draft_of_the_whole_way_fills_the_strip_live(
    scene: StripScene,
) -> None:
    scene.strips.show((draft_subject(),))
    (way,) = scene.rows
    scene.answer(way)
    (draft,) = scene.wanted().values()
    assert (draft.recipe, draft.until, draft.level) == (way.recipe, 20, DRAFT_PRIORITY)
    assert draft.sharp
    (asked,) = scene.worker.called("draft")[-1]
    assert asked.folder == scene.folder
    assert asked.preview.seconds == 0
    changed: list[object] = []
    scene.strips.row_changed.connect(changed.append)
    scene.drafted(draft.id, 3)
    scene.drafted(draft.id, 4)
    assert changed == [way, way]
    assert scene.worker.called("seen") == [(draft.id,), (draft.id,)]
    assert way.look(4).image == image_of(frame_of(4, (8, 8)))
    assert (way.state, way.done) == (WayState.FORMING, 4)


def test_a_draft_that_rests_is_the_end_and_what_was_missed_is_asked_for(
    scene: StripScene,
) -> None:
    scene.strips.show((draft_subject(),))
    (way,) = scene.rows
    scene.answer(way)
    scene.drafted(way.id, 20, DraftState.RESTING, sharp=True)
    assert way.state is WayState.WHOLE
    assert scene.strips.image(way.id, 20).exact
    assert scene.wanted() == {}
    assert len(scene.worker.called("strip")) == 2
    scene.answer(way, 6, 12)
    assert way.look(6).image == image_of(frame_of(6, (8, 8)))
    # That answer begins no other draft.
    assert scene.wanted() == {}


def test_a_way_that_rested_early_goes_on_to_its_end(scene: StripScene) -> None:
    scene.strips.show((draft_subject(),))
    (way,) = scene.rows
    scene.answer(way, 1, 2, 3)
    assert way.state is WayState.FORMING
    assert [draft.until for draft in scene.wanted().values()] == [20]


def test_a_picture_whose_end_is_known_needs_no_decoding(scene: StripScene) -> None:
    scene.strips.show((saved_subject(),))
    (way,) = scene.rows
    scene.answer(way)
    assert not scene.wanted()[way.id].sharp
    assert scene.strips.image(way.id).exact


def test_the_end_of_a_saved_picture_is_read_from_its_file(
    scene: StripScene, qtbot: QtBot, tmp_path: Path
) -> None:
    picture = picture_of(recipe_of(3))
    file = files.save(picture, tmp_path)
    scene.strips.show((Subject(picture.record.recipe, picture.record.id, file=file),))
    qtbot.waitUntil(lambda: scene.strips.image(scene.rows[0].id).exact)
    assert scene.rows[0].final == image_of(picture.frame)


def test_a_file_that_is_gone_is_made_again_by_the_draft(
    scene: StripScene, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(scene.strips._feed._files._done):
        scene.strips.show((Subject(recipe_of(3), uuid4(), file=tmp_path / "gone.png"),))
    (way,) = scene.rows
    scene.answer(way)
    assert scene.wanted()[way.id].sharp
    assert scene.said == []


def test_a_model_that_is_not_here_is_said_in_the_row(scene: StripScene) -> None:
    scene.folder = ""
    scene.strips.show((saved_subject(),))
    (way,) = scene.rows
    scene.answer(way)
    assert way.state is WayState.FAILED
    assert way.sentence == "The model of this picture, landscapes, is not here."
    assert scene.worker.called("draft") == []


def test_a_draft_that_fails_says_why(scene: StripScene) -> None:
    scene.strips.show((draft_subject(),))
    (way,) = scene.rows
    scene.answer(way)
    scene.drafted(way.id, 4, DraftState.FAILED, sentence="It takes too much memory.")
    assert (way.state, way.sentence) == (WayState.FAILED, "It takes too much memory.")
    assert scene.wanted() == {}


def test_rows_of_two_models_are_wanted_by_an_owner_each(scene: StripScene) -> None:
    scene.strips.show((draft_subject(3), draft_subject(4)))
    first, second = scene.rows
    scene.answer(first)
    scene.folder = "models/faces"
    scene.answer(second)
    asked = {call[0].folder: call[0] for call in scene.worker.called("draft")}
    assert asked.keys() == {"models/landscapes", "models/faces"}
    assert len({drafts.owner for drafts in asked.values()}) == 2
    scene.strips.close()
    assert scene.wanted() == {}


# Looking sharply.


def test_after_a_rest_the_step_is_decoded_in_every_row_and_kept(
    scene: StripScene, qtbot: QtBot
) -> None:
    scene.strips.show((saved_subject(3), saved_subject(4, steps=40)))
    for way in scene.rows:
        scene.fill(way)
    scene.strips.set_step(9)
    assert scene.wanted() == {}
    qtbot.waitUntil(lambda: len(scene.wanted()) == 2)
    drafts = tuple(scene.wanted().values())
    assert {(draft.recipe, draft.until) for draft in drafts} == {
        (scene.rows[0].recipe, 9),
        (scene.rows[1].recipe, 18),
    }
    assert all(draft.sharp and draft.level == SHARP_PRIORITY for draft in drafts)
    first, second = scene.rows
    assert not scene.strips.image(first.id).exact
    for draft in drafts:
        scene.drafted(draft.id, draft.until, DraftState.RESTING, sharp=True)
    assert scene.strips.image(first.id).image == image_of(frame_of(9))
    assert scene.strips.image(second.id).image == image_of(frame_of(18))
    assert scene.wanted() == {}
    # Coming back costs nothing.
    scene.strips.set_step(20)
    scene.strips.set_step(9)
    assert scene.strips.image(first.id).exact


def test_a_step_that_is_left_is_wanted_no_more(scene: StripScene, qtbot: QtBot) -> None:
    scene.strips.show((saved_subject(),))
    scene.fill(scene.rows[0])
    scene.strips.set_step(9)
    qtbot.waitUntil(lambda: len(scene.wanted()) == 1)
    (nine,) = scene.wanted().values()
    scene.strips.set_step(10)
    assert scene.wanted() == {}
    scene.drafted(nine.id, 9, DraftState.RESTING, sharp=True)
    assert not scene.rows[0].look(9).exact
    qtbot.waitUntil(lambda: [draft.until for draft in scene.wanted().values()] == [10])


def test_a_strip_that_fills_is_not_decoded_beside_it(scene: StripScene, qtbot: QtBot) -> None:
    scene.strips.show((draft_subject(3), saved_subject(4)))
    first, second = scene.rows
    scene.answer(first)
    scene.fill(second)
    scene.strips.set_step(9)
    qtbot.waitUntil(lambda: len(scene.wanted()) == 2)
    assert {draft.recipe for draft in scene.wanted().values() if draft.until == 9} == {
        second.recipe
    }
    scene.drafted(first.id, 20, DraftState.RESTING, sharp=True)
    qtbot.waitUntil(lambda: first.recipe in {each.recipe for each in scene.wanted().values()})


def test_a_branch_is_decoded_on_its_parents_way_before_it_left(
    scene: StripScene, qtbot: QtBot
) -> None:
    root = recipe_of(3, size=(128, 128))
    branch = fork(root, 8, Renoise(Seed(5), 30.0))
    scene.strips.show((Subject(branch),))
    scene.fill(scene.rows[0])
    scene.strips.set_step(4)
    qtbot.waitUntil(lambda: [each.recipe for each in scene.wanted().values()] == [root])
    scene.strips.set_step(8)
    qtbot.waitUntil(lambda: [each.recipe for each in scene.wanted().values()] == [branch])


# The cursor.


def test_one_cursor_goes_through_rows_of_different_totals(scene: StripScene) -> None:
    scene.strips.show((saved_subject(3, steps=20), saved_subject(4, steps=200)))
    first, second = scene.rows
    scene.strips.set_step(5)
    assert (first.seen_step(scene.strips.share), second.seen_step(scene.strips.share)) == (5, 50)
    scene.strips.step_by(1)
    assert second.seen_step(scene.strips.share) == 60
    # Counted in the row with the focus.
    scene.strips.focus_on(second.id)
    assert (scene.strips.step, scene.strips.total) == (60, 200)
    scene.strips.step_by(1)
    assert (first.seen_step(scene.strips.share), scene.strips.step) == (6, 61)


def test_the_cursor_stays_on_the_way(scene: StripScene) -> None:
    scene.strips.show((saved_subject(),))
    assert scene.strips.step == 20
    scene.strips.step_by(1)
    assert scene.strips.step == 20
    scene.strips.set_step(-4)
    assert scene.strips.step == 1
    scene.strips.step_by(-1)
    assert scene.strips.step == 1


def test_a_share_goes_to_the_nearest_step_of_the_finest_row(scene: StripScene) -> None:
    scene.strips.show((saved_subject(3, steps=20), saved_subject(4, steps=200)))
    scene.strips.set_share(0.5034)
    assert scene.strips.share == pytest.approx(101 / 200)
    scene.strips.set_share(-1)
    assert scene.strips.share == pytest.approx(1 / 200)


# Rows.


def test_at_most_eight_rows_are_shown_and_it_is_said(scene: StripScene) -> None:
    scene.strips.show(tuple(saved_subject(seed) for seed in range(10)))
    assert [way.subject.seed for way in scene.rows] == list(range(8))
    assert scene.said == ["8 trajectories at most fit side by side: these are the first."]


def test_coming_back_with_nothing_or_with_what_is_there_leaves_it_as_it_was(
    scene: StripScene,
) -> None:
    subjects = (saved_subject(3), saved_subject(4))
    scene.strips.show(subjects)
    rows = scene.rows
    scene.strips.set_step(7)
    scene.strips.show(())
    assert (scene.rows, scene.strips.focus) == (rows, rows[0])
    scene.strips.show(subjects[1:])
    assert (scene.rows, scene.strips.focus) == (rows, rows[1])
    assert scene.strips.step == 7
    assert len(scene.worker.called("strip")) == 2


def test_a_draft_that_was_saved_meanwhile_is_known_as_the_picture(scene: StripScene) -> None:
    draft = draft_subject()
    scene.strips.show((draft,))
    scene.strips.show((dataclasses.replace(draft, picture=uuid4()),))
    assert scene.strips.subject().picture


def test_other_pictures_take_the_place_of_the_rows_and_their_drafts_end(
    scene: StripScene,
) -> None:
    kept = saved_subject(4)
    scene.strips.show((draft_subject(3), kept))
    gone, stays = scene.rows
    scene.answer(gone)
    assert gone.id in scene.wanted()
    scene.strips.show((kept, saved_subject(5)))
    assert scene.rows[0] is stays
    assert [way.subject.seed for way in scene.rows] == [4, 5]
    assert scene.wanted() == {}


def test_a_row_that_is_taken_off_hands_the_focus_on(scene: StripScene) -> None:
    scene.strips.show(tuple(saved_subject(seed) for seed in (3, 4, 5)))
    first, second, third = scene.rows
    scene.strips.remove(third.id)
    assert scene.strips.focus is first
    scene.strips.remove(first.id)
    assert (scene.rows, scene.strips.focus) == ((second,), second)
    scene.strips.remove(second.id)
    assert (scene.rows, scene.strips.focus, scene.strips.subject()) == ((), None, None)
    assert (scene.strips.step, scene.strips.total) == (0, 0)


def test_the_subject_is_the_picture_of_the_row_with_its_pixels(scene: StripScene) -> None:
    scene.strips.show((draft_subject(),))
    (way,) = scene.rows
    scene.answer(way)
    scene.drafted(way.id, 20, DraftState.RESTING, sharp=True)
    assert scene.strips.subject().image == image_of(frame_of(20))


def test_a_stopped_picture_is_filled_to_where_it_was_stopped(scene: StripScene) -> None:
    scene.strips.show((Subject(fork(recipe_of(3), 12, Stop())),))
    (way,) = scene.rows
    scene.answer(way)
    assert scene.wanted()[way.id].until == 12
    scene.drafted(way.id, 12, DraftState.RESTING, sharp=True, frame=Frame(16, 8, bytes(384)))
    assert scene.strips.image(way.id).exact


def test_a_queue_paused_by_the_person_is_told(scene: StripScene) -> None:
    told: list[bool] = []
    scene.strips.paused_changed.connect(told.append)
    scene.worker.queue_changed.emit(QueueView(True, 3, 0.1))
    scene.worker.queue_changed.emit(QueueView(True, 3, 0.2))
    assert scene.strips.paused
    scene.worker.queue_changed.emit(QueueView(True, 3, 0.2, reason="The disk is full."))
    assert told == [True, False]

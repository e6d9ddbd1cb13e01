"""The path that is edited: what is on it, what is in its way, what one sees, and what is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import CARD
from morph_scenes import ANGLE, MorphScene
from pytestqt.qtbot import QtBot
from samples import recipe_of

from ldm_desktop.core.events import Measured
from ldm_desktop.core.job import INTERACTIVE_PRIORITY
from ldm_desktop.core.morph import Easing, moments
from ldm_desktop.core.noise import Seed, Slerp
from ldm_desktop.core.recipe import ModelRef, Stop, fork
from ldm_desktop.session.explore.morphs import Morphs
from ldm_desktop.session.explore.subject import Subject
from ldm_desktop.worker.work import EngineState, EngineStatus, Pace, QueueView


@pytest.fixture
def scene(tmp_path: Path, qtbot: QtBot) -> Iterator[MorphScene]:
    """Give a morph with nothing on its path."""
    made = MorphScene(tmp_path)
    settle(made, qtbot)
    yield made
    made.close()


def settle(scene: MorphScene, qtbot: QtBot) -> None:
    """Wait until what was kept has been looked for."""
    done: list[object] = []
    scene.morphs._background.run(lambda: None, done.append)
    qtbot.waitUntil(lambda: bool(done))


def seeds(morphs: Morphs) -> list[int]:
    return [station.subject.seed for station in morphs.waypoints]


# The path


def test_a_path_comes_of_pictures_once_the_angles_are_measured(scene: MorphScene) -> None:
    scene.add(1, 2, 3)
    assert (scene.morphs.path, scene.morphs.measuring) == (None, True)
    scene.open_model()
    (_, shape, noises) = scene.worker.called("measure")[-1]
    assert (shape, noises) == ((3, 32, 32), (Seed(1), Seed(2), Seed(3)))
    scene.measure()
    path = scene.morphs.path
    assert path is not None
    assert [each.noise for each in path.waypoints] == [Seed(1), Seed(2), Seed(3)]
    assert path.angles == scene.morphs.angles == (ANGLE, ANGLE)


def test_a_model_that_nobody_has_opened_is_opened_to_learn_the_shape(scene: MorphScene) -> None:
    scene.add(1, 2)
    ((folder, precision),) = scene.worker.called("open_model")
    assert (folder, precision) == (CARD.folder, recipe_of().precision)
    assert scene.worker.called("measure") == []


def test_only_what_is_not_known_is_measured(scene: MorphScene) -> None:
    scene.travel(1, 2, 3)
    before = len(scene.worker.called("measure"))
    scene.morphs.remove([2])
    assert scene.morphs.path is not None
    scene.morphs.undo_stack.undo()
    assert scene.morphs.path is not None
    assert len(scene.worker.called("measure")) == before


def test_an_engine_that_is_lost_while_it_measures_is_asked_again(scene: MorphScene) -> None:
    scene.add(1, 2)
    scene.open_model()
    scene.worker.status_changed.emit(EngineStatus(EngineState.RESTARTING))
    scene.worker.status_changed.emit(EngineStatus(EngineState.READY))
    assert len(scene.worker.called("measure")) == 2
    scene.measure()
    assert scene.morphs.path is not None


def test_an_answer_to_an_older_question_is_no_answer(scene: MorphScene) -> None:
    scene.add(1, 2)
    scene.open_model()
    old = scene.worker.called("measure")[-1][0]
    scene.add(3)
    scene.worker.measured.emit(Measured(old, (10.0,)))
    assert scene.morphs.path is None
    scene.measure()
    assert scene.morphs.angles == (ANGLE, ANGLE)


def test_pictures_are_added_taken_out_and_moved_and_all_of_it_undone(scene: MorphScene) -> None:
    morphs, undo = scene.morphs, scene.morphs.undo_stack
    scene.add(1, 2, 3)
    morphs.move(2, 0)
    assert seeds(morphs) == [3, 1, 2]
    morphs.move(0, 2)
    assert seeds(morphs) == [1, 3, 2]
    morphs.remove([1])
    assert seeds(morphs) == [1, 2]
    morphs.clear()
    assert seeds(morphs) == []
    for expected in ([1, 2], [1, 3, 2], [3, 1, 2], [1, 2, 3], [1, 2], [1], []):
        undo.undo()
        assert seeds(morphs) == expected
    for _ in range(7):
        undo.redo()
    assert seeds(morphs) == []


def test_a_move_to_where_a_picture_stands_is_none(scene: MorphScene) -> None:
    scene.add(1, 2)
    before = scene.morphs.undo_stack.count()
    scene.morphs.move(0, 0)
    scene.morphs.move(0, 1)
    assert scene.morphs.undo_stack.count() == before


def test_quick_edits_of_one_field_are_one(scene: MorphScene) -> None:
    scene.add(1, 2)
    before = scene.morphs.undo_stack.count()
    for seconds in (7.0, 8.0, 9.0):
        scene.morphs.edit("Length", "seconds", seconds=seconds)
    scene.morphs.rest(0, 0.5)
    scene.morphs.rest(0, 1.0)
    assert scene.morphs.undo_stack.count() == before + 2
    scene.morphs.undo_stack.undo()
    assert (scene.morphs.waypoints[0].hold, scene.morphs.route.seconds) == (0.0, 9.0)
    scene.morphs.undo_stack.undo()
    assert scene.morphs.route.seconds == 6.0


def test_a_picture_is_not_put_twice_in_a_row(scene: MorphScene) -> None:
    scene.add(1, 1)
    assert seeds(scene.morphs) == [1]
    assert "last of the path" in scene.notices[-1]
    scene.add(2, 1)
    assert seeds(scene.morphs) == [1, 2, 1]


def test_a_path_has_an_end(scene: MorphScene) -> None:
    scene.morphs.add([scene.subject(number) for number in range(130)])
    assert len(scene.morphs.waypoints) == 128
    assert "128" in scene.notices[-1]


# What is in its way


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"model": ModelRef("0" * 64, "other")}, "Picture 2 is of another model"),
        ({"size": (64, 64)}, "Picture 2 is of another size"),
    ],
)
def test_pictures_that_do_not_belong_together_are_told_of(
    scene: MorphScene, changes: dict[str, object], words: str
) -> None:
    scene.morphs.add([scene.subject(1), scene.subject(2, **changes)])
    assert words in scene.morphs.obstacle
    assert scene.morphs.path is None
    scene.morphs.remove([1])
    scene.add(3)
    scene.open_model()
    scene.measure()
    assert scene.morphs.obstacle == ""


def test_a_fork_is_no_place_on_a_path(scene: MorphScene) -> None:
    recipe = fork(recipe_of(2, size=CARD.size), 5, Stop())
    scene.morphs.add([scene.subject(1), Subject(recipe)])
    assert "Picture 2 left its trajectory" in scene.morphs.obstacle


def test_one_picture_asks_for_another(scene: MorphScene) -> None:
    scene.add(1)
    assert "Add another" in scene.morphs.obstacle


@pytest.mark.parametrize(("degrees", "words"), [(0.0, "same noise"), (180.0, "opposite")])
def test_neighbours_between_which_no_way_leads_are_told_of(
    scene: MorphScene, degrees: float, words: str
) -> None:
    scene.add(1, 2)
    scene.open_model()
    scene.measure(degrees)
    assert words in scene.morphs.obstacle
    assert "1 and 2" in scene.morphs.obstacle


def test_a_closed_path_of_two_goes_there_and_back(scene: MorphScene) -> None:
    scene.travel(1, 2)
    scene.morphs.edit("closed", closed=True)
    scene.measure()
    path = scene.morphs.path
    assert path is not None
    assert (path.closed, len(path.angles)) == (True, 2)


def test_what_cannot_be_measured_is_said_until_the_path_is_another(scene: MorphScene) -> None:
    scene.add(1, 2)
    scene.open_model()
    number, _, _ = scene.worker.called("measure")[-1]
    scene.worker.measured.emit(Measured(number, (), "The weights cancel each other."))
    assert scene.morphs.obstacle == "The weights cancel each other."
    asked = len(scene.worker.called("measure"))
    scene.shelf.entries_changed.emit(())
    assert len(scene.worker.called("measure")) == asked
    scene.add(3)
    assert len(scene.worker.called("measure")) == asked + 1


def test_a_model_that_is_not_here_is_said(scene: MorphScene) -> None:
    scene.orders.folder = ""
    scene.add(1, 2)
    assert "is not here" in scene.morphs.obstacle
    scene.orders.folder = CARD.folder
    scene.shelf.entries_changed.emit(())
    assert scene.morphs.measuring


def test_a_model_that_is_refused_is_said(scene: MorphScene) -> None:
    scene.add(1, 2)
    scene.worker.model_refused.emit(CARD.folder, "Its weights are damaged.")
    assert scene.morphs.obstacle == "Its weights are damaged."


def test_too_many_frames_are_told_of(scene: MorphScene) -> None:
    scene.travel(1, 2)
    scene.morphs.edit("Length", seconds=3600.0, fps=60)
    assert "20,000" in scene.morphs.obstacle


# Looking at it


def test_before_there_is_any_draft_the_nearest_picture_is_seen(scene: MorphScene) -> None:
    scene.travel(1, 2)
    image, exact = scene.morphs.frame()
    assert (image.cacheKey(), exact) == (scene.morphs.image_of(0).cacheKey(), False)
    scene.morphs.player.look_at(0.9)
    assert scene.morphs.frame()[0].cacheKey() == scene.morphs.image_of(1).cacheKey()


def test_what_is_at_a_picture_is_that_picture_and_between_is_a_draft_of_both(
    scene: MorphScene,
) -> None:
    scene.travel(1, 2)
    assert scene.morphs.here == scene.morphs.waypoints[0].subject
    scene.morphs.player.look_at(1.0)
    assert scene.morphs.here == scene.morphs.waypoints[1].subject
    scene.morphs.player.look_at(0.25)
    here = scene.morphs.here
    assert here is not None
    assert here.recipe.noise == Slerp(Seed(1), Seed(2), 0.25)
    assert here.picture is None


def test_an_in_between_is_kept_in_all_its_steps_with_both_as_its_parents(
    scene: MorphScene,
) -> None:
    from uuid import uuid4

    ids = uuid4(), uuid4()
    for seed, picture in zip((1, 2), ids, strict=True):
        scene.morphs.add([Subject(scene.subject(seed).recipe, picture)])
    scene.open_model()
    scene.measure()
    scene.morphs.player.look_at(0.5)
    scene.morphs.keep_here()
    request = scene.submitted()
    assert request.recipe.noise == Slerp(Seed(1), Seed(2), 0.5)
    assert request.recipe.steps == recipe_of().steps
    assert (request.parents, request.priority) == (ids, INTERACTIVE_PRIORITY)
    scene.morphs.player.look_at(0.0)
    again = scene.morphs.keep_here()
    assert again
    assert (again.recipe.noise, again.parents) == (Seed(1), ())


def test_without_a_path_nothing_is_kept(scene: MorphScene) -> None:
    scene.add(1)
    assert scene.morphs.keep_here() is None
    assert scene.worker.called("submit") == []


def test_drafts_that_stand_still_with_the_queue_are_known(scene: MorphScene) -> None:
    scene.worker.queue_changed.emit(QueueView(True, 0, 0.0))
    assert scene.morphs.paused
    scene.worker.queue_changed.emit(QueueView(True, 0, 0.0, reason="Battery"))
    assert not scene.morphs.paused


def test_the_cost_is_that_of_all_its_frames(scene: MorphScene) -> None:
    path = scene.travel(1, 2)
    recipe = path.recipe
    pace = Pace(recipe.model.fingerprint, recipe.precision, recipe.size, 0.1, 0.5)
    assert scene.morphs.cost().total is None
    scene.worker.paces_changed.emit((pace,))
    assert scene.morphs.cost().total == pytest.approx(len(moments(path)) * 2.5)


# Files


def test_a_path_is_saved_and_opened_again(scene: MorphScene, qtbot: QtBot, tmp_path: Path) -> None:
    path = scene.travel(1, 2, 3)
    scene.morphs.edit("all", closed=False, easing=Easing.SMOOTH, seconds=4.0, fps=10)
    scene.morphs.rest(1, 2.0)
    saved = scene.morphs.path
    scene.morphs.save(tmp_path / "mine")
    qtbot.waitUntil((tmp_path / "mine.morph.json").exists)
    qtbot.waitUntil(lambda: "saved" in "".join(scene.notices))
    scene.morphs.clear()
    scene.morphs.open(tmp_path / "mine.morph.json")
    qtbot.waitUntil(lambda: len(scene.morphs.waypoints) == 3)
    assert scene.morphs.path == saved != path
    scene.morphs.undo_stack.undo()
    assert scene.morphs.waypoints == ()


def test_what_holds_no_path_is_said(scene: MorphScene, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "a.gif").write_bytes(b"GIF89a")
    scene.morphs.open(tmp_path / "a.gif")
    qtbot.waitUntil(lambda: bool(scene.notices))
    assert scene.notices[-1].endswith(".")


def test_the_path_of_the_last_time_comes_back(tmp_path: Path, qtbot: QtBot) -> None:
    first = MorphScene(tmp_path)
    settle(first, qtbot)
    first.travel(1, 2)
    first.morphs.rest(1, 3.0)
    first.morphs.edit("closed", closed=True)
    first.close()
    second = MorphScene(tmp_path)
    second.add(9)
    settle(second, qtbot)
    assert seeds(second.morphs) == [1, 2, 9]
    assert (second.morphs.route.closed, second.morphs.waypoints[1].hold) == (True, 3.0)
    assert not second.morphs.undo_stack.canUndo()
    second.close()


def test_a_damaged_path_of_the_last_time_is_set_aside_and_told_of(
    tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "morph.json").write_text("{")
    scene = MorphScene(tmp_path)
    settle(scene, qtbot)
    assert "set aside" in scene.notices[0]
    assert scene.morphs.waypoints == ()
    scene.close()


def test_pictures_that_came_back_are_read_from_their_files(tmp_path: Path, qtbot: QtBot) -> None:
    from fakes import frame_of

    from ldm_desktop.session.shown import image_of

    file = tmp_path / "a.png"
    assert image_of(frame_of(5)).save(str(file))
    scene = MorphScene(tmp_path)
    scene.morphs.add([Subject(recipe_of(1, size=CARD.size), file=file)])
    assert scene.morphs.image_of(0).isNull()
    qtbot.waitUntil(lambda: not scene.morphs.image_of(0).isNull())
    scene.close()

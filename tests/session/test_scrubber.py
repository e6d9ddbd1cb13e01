"""Scrubbing shows something at once and the real thing after a rest; forking goes on from there."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from fakes import FakeWorker, frame_of, job_of, picture_view_of, request_of, saved_of
from pytestqt.qtbot import QtBot
from samples import recipe_of

from ldm_desktop.core.events import Looked
from ldm_desktop.core.job import INTERACTIVE_PRIORITY
from ldm_desktop.core.noise import Seed
from ldm_desktop.core.recipe import Recipe, Renoise, Stop, fork
from ldm_desktop.core.samplers import SamplerName
from ldm_desktop.session.forking import parent_at
from ldm_desktop.session.scrubber import Scrubber
from ldm_desktop.session.shown import image_of
from ldm_desktop.session.stage import Stage
from ldm_desktop.worker.work import LookDone, Purpose, Request


class Scene:
    """A finished picture on stage, and its scrubber."""

    def __init__(self, recipe: Recipe | None = None) -> None:
        self.worker = FakeWorker()
        self.stage = Stage(self.worker)  # type: ignore[arg-type]
        self.scrubber = Scrubber(self.worker, self.stage)  # type: ignore[arg-type]
        self.request = request_of(recipe=recipe or recipe_of(3, size=(128, 128)))
        self.worker.job_changed.emit(job_of(self.request))
        self.view = picture_view_of(self.request)
        self.worker.picture_changed.emit(self.view)

    def finish(self) -> Scene:
        """Finish the picture."""
        job, recipe = self.request.id, self.request.recipe
        self.worker.saved.emit(saved_of(job, recipe, Path("a.png"), self.view.id))
        return self

    def look(self, step: int, done: int) -> None:
        """Answer a rough look."""
        self.worker.looked.emit(Looked(self.view.id, step, done, frame_of(done, (32, 32))))

    @property
    def sharp(self) -> Request:
        """The last sharp look that was asked for."""
        request = self.worker.called("look_sharp")[-1][0]
        assert isinstance(request, Request)
        return request


@pytest.fixture
def scene(qtbot: QtBot) -> Scene:
    """Give a finished picture of 20 steps."""
    made = Scene().finish()
    yield made
    made.stage.close()


def test_a_picture_that_forms_cannot_be_scrubbed(qtbot: QtBot) -> None:
    scene = Scene()
    assert not scene.scrubber.active
    scene.finish()
    assert scene.scrubber.active
    assert (scene.scrubber.step, scene.scrubber.total) == (20, 20)
    scene.stage.close()


def test_only_one_rough_look_is_on_its_way_and_the_latest_step_wins(scene: Scene) -> None:
    for step in (15, 12, 9):
        scene.scrubber.set_step(step)
    assert [call[2] for call in scene.worker.called("look")] == [15]
    scene.look(15, 14)
    assert [call[2] for call in scene.worker.called("look")] == [15, 9]
    scene.look(9, 8)
    assert [call[2] for call in scene.worker.called("look")] == [15, 9]
    assert scene.scrubber.rough
    assert scene.scrubber.image == image_of(frame_of(8, (32, 32)))
    assert scene.scrubber.keyframes == {8, 14}


def test_scrubbing_stays_with_the_picture(scene: Scene) -> None:
    scene.scrubber.step_by(-1)
    assert scene.stage.pinned


def test_after_a_rest_the_step_is_decoded_and_replaces_the_rough_look(
    scene: Scene, qtbot: QtBot
) -> None:
    scene.scrubber.set_step(9)
    scene.look(9, 8)
    assert scene.worker.called("look_sharp") == []
    qtbot.waitUntil(lambda: bool(scene.worker.called("look_sharp")))
    request = scene.sharp
    assert request.recipe == fork(scene.request.recipe, 9, Stop())
    assert request.purpose is Purpose.LOOK
    assert request.priority > INTERACTIVE_PRIORITY
    frame = frame_of(77)
    scene.worker.look_done.emit(LookDone(request.id, request.recipe, frame))
    assert scene.scrubber.image == image_of(frame)
    assert not scene.scrubber.rough
    # A rough answer that is late does not spoil it.
    scene.look(9, 8)
    assert scene.scrubber.image == image_of(frame)


def test_a_look_for_another_step_is_dropped_and_a_known_one_comes_back_at_once(
    scene: Scene, qtbot: QtBot
) -> None:
    scene.scrubber.set_step(9)
    qtbot.waitUntil(lambda: bool(scene.worker.called("look_sharp")))
    nine = scene.sharp
    scene.scrubber.set_step(10)
    scene.worker.look_done.emit(LookDone(nine.id, nine.recipe, frame_of(9)))
    assert scene.scrubber.image.isNull()
    qtbot.waitUntil(lambda: len(scene.worker.called("look_sharp")) == 2)
    ten = scene.sharp
    scene.worker.look_done.emit(LookDone(ten.id, ten.recipe, frame_of(10)))
    scene.scrubber.set_step(20)
    assert scene.scrubber.image.isNull()
    scene.scrubber.set_step(10)
    assert scene.scrubber.image == image_of(frame_of(10))
    assert not scene.scrubber.rough


def test_another_picture_begins_at_its_end(scene: Scene) -> None:
    scene.scrubber.set_step(9)
    scene.look(9, 8)
    scene.stage.unpin()
    other = saved_of(uuid4(), recipe_of(4, size=(128, 128)), Path("b.png"))
    scene.worker.saved.emit(other)
    assert (scene.scrubber.step, scene.scrubber.image.isNull()) == (20, True)
    assert scene.scrubber.keyframes == frozenset()


def test_a_fork_turns_the_noise_toward_a_new_seed_and_names_its_parent(scene: Scene) -> None:
    scene.scrubber.set_step(12)
    request = scene.scrubber.fork_here(45)
    assert scene.worker.called("submit") == [(request,)]
    assert request.parents == (scene.view.id,)
    assert request.recipe.branch.parent == scene.request.recipe
    assert request.recipe.branch.step == 12
    change = request.recipe.branch.change
    assert isinstance(change, Renoise)
    assert isinstance(change.noise, Seed)
    assert change.degrees == 45
    assert request.model_folder == scene.request.model_folder
    # The fork may be seen when it forms.
    assert not scene.stage.pinned


def test_a_picture_whose_model_is_not_here_is_neither_looked_at_sharply_nor_left(
    scene: Scene, qtbot: QtBot
) -> None:
    scrubber, recipe = scene.scrubber, recipe_of(4, size=(128, 128))
    scrubber.find_folder = lambda _: ""
    scene.worker.saved.emit(saved_of(uuid4(), recipe, Path("b.png")))
    sentence = "The model of this picture, landscapes, is not here."
    assert scrubber.obstacle == sentence
    said: list[str] = []
    scrubber.notice.connect(said.append)
    scrubber.set_step(9)
    qtbot.waitUntil(lambda: said == [sentence])
    # There is nothing to wait for.
    assert not scrubber.rough
    assert (scrubber.fork_here(), scrubber.keep_here()) == (None, None)
    assert said == [sentence] * 3
    assert scene.worker.called("look_sharp") == scene.worker.called("submit") == []
    scrubber.find_folder = lambda _: "models/landscapes"
    assert scrubber.obstacle == ""
    request = scrubber.keep_here()
    assert request
    assert request.model_folder == "models/landscapes"


def test_heun_forks_where_no_half_made_step_is_pending(qtbot: QtBot) -> None:
    scene = Scene(recipe_of(3, SamplerName.HEUN, size=(128, 128))).finish()
    scene.scrubber.set_step(13)
    assert scene.scrubber.fork_step == 12
    scene.scrubber.set_step(1)
    assert scene.scrubber.fork_step is None
    assert "later step" in scene.scrubber.obstacle
    scene.stage.close()


def test_pndm_cannot_be_forked_and_says_why(qtbot: QtBot) -> None:
    scene = Scene(recipe_of(3, SamplerName.PNDM, size=(128, 128))).finish()
    scene.scrubber.set_step(12)
    assert "PNDM" in scene.scrubber.obstacle
    assert scene.scrubber.fork_here() is None
    assert scene.scrubber.keep_here() is not None
    scene.stage.close()


def test_a_step_is_kept_as_a_picture_of_its_own(scene: Scene) -> None:
    assert scene.scrubber.keep_here() is None
    scene.scrubber.set_step(12)
    request = scene.scrubber.keep_here()
    assert request.recipe == fork(scene.request.recipe, 12, Stop())
    assert request.purpose is Purpose.KEEP


def test_a_branch_shares_its_steps_with_its_parent_until_it_left() -> None:
    root = recipe_of(3)
    branch = fork(root, 8, Renoise(Seed(5), 30))
    stopped = fork(branch, 12, Stop())
    assert parent_at(branch, 7) == root
    assert parent_at(branch, 8) == branch
    assert parent_at(stopped, 12) == branch
    assert parent_at(stopped, 3) == root


def test_a_stopped_picture_can_be_scrubbed_and_forked(qtbot: QtBot) -> None:
    root = recipe_of(3, size=(128, 128))
    scene = Scene(fork(root, 12, Stop())).finish()
    assert scene.scrubber.total == 12
    request = scene.scrubber.fork_here()
    assert (request.recipe.branch.parent, request.recipe.branch.step) == (root, 12)
    scene.stage.close()

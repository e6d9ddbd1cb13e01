"""Forks leave a row, are tried first if one likes, and form in rows of their own."""

from __future__ import annotations

import dataclasses

import pytest
from fakes import frame_of, job_of, picture_view_of
from pytestqt.qtbot import QtBot
from strip_scenes import StripScene, draft_subject, saved_subject

from ldm_desktop.core.job import INTERACTIVE_PRIORITY
from ldm_desktop.core.noise import Seed
from ldm_desktop.core.recipe import Renoise
from ldm_desktop.core.samplers import SamplerName
from ldm_desktop.session.explore.strip_trials import TRIAL_PRIORITY
from ldm_desktop.session.explore.strip_way import Way, WayState
from ldm_desktop.session.explore.subject import Subject
from ldm_desktop.session.shown import image_of
from ldm_desktop.worker.draft import DraftState
from ldm_desktop.worker.work import JobState, PictureState, Request


@pytest.fixture
def scene(qtbot: QtBot) -> StripScene:
    """Give strips with one whole row."""
    made = StripScene()
    made.strips.show((saved_subject(),))
    made.fill(made.rows[0])
    yield made
    made.strips.close()


def change_of(request: Request) -> Renoise:
    """Give how a request leaves its parent."""
    assert request.recipe.branch
    assert isinstance(request.recipe.branch.change, Renoise)
    return request.recipe.branch.change


def root(scene: StripScene) -> Way:
    """Give the row that is there from the beginning."""
    return scene.rows[0]


# Making them.


def test_forks_turn_the_noise_toward_seeds_of_their_own_and_name_their_parent(
    scene: StripScene,
) -> None:
    made = scene.strips.fork(root(scene).id, 12, 45.0, 3)
    assert scene.submitted() == list(made)
    assert len({change_of(request).noise for request in made}) == 3
    for request in made:
        assert request.recipe.branch.parent == root(scene).recipe
        assert (request.recipe.branch.step, change_of(request).degrees) == (12, 45.0)
        assert request.parents == (root(scene).subject.picture,)
        assert request.model_folder == scene.folder
        assert request.priority == INTERACTIVE_PRIORITY


def test_a_fork_of_a_draft_has_the_drafts_parents(scene: StripScene) -> None:
    parents = saved_subject(9).lineage
    scene.strips.show((dataclasses.replace(draft_subject(4), parents=parents),))
    (request,) = scene.strips.fork(root(scene).id, 12, 45.0)
    assert request.parents == parents


def test_a_fork_gets_a_row_under_its_parent_which_forms_live(scene: StripScene) -> None:
    scene.strips.show((root(scene).subject, saved_subject(4)))
    (request,) = scene.strips.fork(root(scene).id, 12, 45.0)
    parent, child, _ = scene.rows
    assert (child.parent, child.start, child.state) == (parent.id, 12, WayState.FORMING)
    view = scene.run(request, 15)
    assert scene.worker.called("seen") == [(view.id,)]
    assert child.look(15).image == image_of(frame_of(15, (8, 8)))
    assert child.done == 15
    # Nothing of it is drafted besides.
    assert scene.wanted() == {}
    saved = scene.save(request)
    assert child.subject.picture == saved.record.id
    assert child.state is WayState.WHOLE
    assert scene.strips.image(child.id, 20).exact
    assert scene.worker.called("strip")[-1] == (child.id, child.recipe)


def test_later_forks_stand_after_earlier_ones_and_forks_of_forks_under_them(
    scene: StripScene,
) -> None:
    (one,) = scene.strips.fork(root(scene).id, 12, 45.0)
    (two,) = scene.strips.fork(root(scene).id, 12, 60.0)
    (three,) = scene.strips.fork(scene.rows[1].id, 15, 20.0)
    assert [way.recipe for way in scene.rows[1:]] == [one.recipe, three.recipe, two.recipe]


def test_before_it_left_a_fork_is_forked_as_its_parent(scene: StripScene) -> None:
    scene.strips.fork(root(scene).id, 12, 45.0)
    (request,) = scene.strips.fork(scene.rows[1].id, 5, 20.0)
    assert request.recipe.branch.parent == root(scene).recipe
    assert scene.rows[2].parent == root(scene).id
    (request,) = scene.strips.fork(scene.rows[1].id, 14, 20.0)
    assert request.recipe.branch.parent == scene.rows[1].recipe


def test_a_fork_whose_job_ends_before_its_picture_forms_no_longer_until_it_is_tried_again(
    scene: StripScene,
) -> None:
    (request,) = scene.strips.fork(root(scene).id, 12, 45.0)
    fork, why = scene.rows[1], "It has ended the engine twice."
    tell, pictures = scene.worker.job_changed.emit, scene.worker.picture_changed.emit
    tell(job_of(request, state=JobState.SET_ASIDE, sentence=why))
    pictures(picture_view_of(request, state=PictureState.WAITING))
    assert (fork.state, fork.sentence) == (WayState.FAILED, why)
    tell(job_of(request, state=JobState.WAITING))
    assert (fork.state, fork.sentence) == (WayState.FORMING, "")
    tell(job_of(request, state=JobState.CANCELLED))
    assert (fork.state, fork.sentence) == (WayState.FAILED, "This fork was cancelled.")
    pictures(picture_view_of(request, state=PictureState.RUNNING))
    assert fork.state is WayState.FORMING
    scene.worker.job_removed.emit(request.id)
    assert fork.state is WayState.FAILED


@pytest.mark.parametrize(
    ("state", "sentence", "said"),
    [
        (PictureState.FAILED, "It takes too much memory.", "It takes too much memory."),
        (PictureState.CANCELLED, "", "This fork was cancelled."),
    ],
)
def test_a_fork_that_comes_to_nothing_says_why(
    scene: StripScene, state: PictureState, sentence: str, said: str
) -> None:
    (request,) = scene.strips.fork(root(scene).id, 12, 45.0)
    scene.worker.picture_changed.emit(picture_view_of(request, state=state, sentence=sentence))
    assert (scene.rows[1].state, scene.rows[1].sentence) == (WayState.FAILED, said)


def test_a_fork_whose_parent_leaves_the_page_stands_on_its_own(scene: StripScene) -> None:
    (request,) = scene.strips.fork(root(scene).id, 12, 45.0)
    scene.save(request)
    before = len(scene.worker.called("strip"))
    scene.strips.remove(root(scene).id)
    (way,) = scene.rows
    assert (way.parent, way.start, way.change[0]) == (None, 0, 12)
    # It has the steps that they shared, which were not asked for until now.
    assert len(scene.worker.called("strip")) == before + 1
    scene.answer(way, 4, 20)
    assert way.look(4).image == image_of(frame_of(4, (8, 8)))


def test_forks_stay_with_a_row_that_is_shown_again_among_others(scene: StripScene) -> None:
    scene.strips.fork(root(scene).id, 12, 45.0)
    parent, child = scene.rows
    scene.strips.show((parent.subject, saved_subject(8)))
    assert scene.rows[:2] == (parent, child)


# What keeps them from being made.


def test_the_step_is_the_nearest_at_which_noise_can_enter(scene: StripScene) -> None:
    heun = draft_subject(3, name=SamplerName.HEUN)
    scene.strips.show((heun,))
    scene.strips.set_step(1)
    assert scene.strips.fork_step == 2
    scene.strips.set_step(39)
    assert scene.strips.fork_step == 38
    (request,) = scene.strips.fork_here()
    assert request.recipe.branch.step == 38


def test_pndm_cannot_be_forked_and_says_why(scene: StripScene) -> None:
    scene.strips.show((draft_subject(3, name=SamplerName.PNDM),))
    assert "PNDM" in scene.strips.obstacle
    assert scene.strips.fork_here() == ()
    assert scene.said == [scene.strips.obstacle]


def test_without_its_model_nothing_is_forked_or_tried(scene: StripScene) -> None:
    scene.folder = ""
    assert scene.strips.obstacle == "The model of this picture, landscapes, is not here."
    assert scene.strips.fork_here() == ()
    scene.strips.try_forks()
    assert not scene.strips.trials.active
    assert len(scene.said) == 2


def test_without_fresh_noise_there_is_nothing_to_fork(scene: StripScene) -> None:
    scene.strips.set_strength(0.0, 1)
    assert "same picture" in scene.strips.obstacle
    assert scene.strips.fork_here() == ()


def test_forks_fill_the_room_there_is_and_then_say_that_there_is_none(scene: StripScene) -> None:
    assert len(scene.strips.fork(root(scene).id, 12, 45.0, 9)) == 7
    assert len(scene.rows) == 8
    assert scene.strips.fork(root(scene).id, 12, 45.0) == ()
    assert scene.said == ["There is no room for another row: take one off the page first."]


# Trying.


def trial_drafts(scene: StripScene) -> list[tuple[float, int]]:
    """Give angle and seed of the drafts that are wanted of forks."""
    changes = [draft.recipe.branch.change for draft in scene.wanted().values()]
    return [(change.degrees, change.noise.seed) for change in changes]


def test_trying_drafts_forks_to_the_end(scene: StripScene) -> None:
    scene.strips.set_step(12)
    scene.strips.set_strength(30.0, 2)
    scene.strips.try_forks()
    drafts = tuple(scene.wanted().values())
    assert len(drafts) == len(scene.strips.trials.shown) == 2
    for draft in drafts:
        assert (draft.until, draft.sharp, draft.level) == (20, True, TRIAL_PRIORITY)
        assert draft.recipe.branch.step == 12
    scene.drafted(drafts[0].id, 15)
    assert scene.worker.called("seen") == [(drafts[0].id,)]
    trial = scene.strips.trials.shown[0]
    assert (trial.done, trial.sharp) == (15, False)
    assert trial.image == image_of(frame_of(15, (8, 8)))
    scene.drafted(drafts[0].id, 20, DraftState.RESTING, sharp=True)
    assert scene.strips.trials.shown[0].sharp
    assert scene.wanted().keys() == {drafts[1].id}
    # Nothing was made of it.
    assert scene.submitted() == []


def test_never_more_than_three_are_tried(scene: StripScene) -> None:
    scene.strips.set_strength(30.0, 6)
    scene.strips.try_forks()
    assert len(scene.strips.trials.shown) == 3


def test_another_strength_tries_the_same_seeds_once_it_stays(
    scene: StripScene, qtbot: QtBot
) -> None:
    scene.strips.set_step(12)
    scene.strips.set_strength(30.0, 2)
    scene.strips.try_forks()
    before = trial_drafts(scene)
    scene.drafted(next(iter(scene.wanted())), 15)
    seen = scene.strips.trials.shown[0].image
    for degrees in (31.0, 40.0, 50.0):
        scene.strips.set_strength(degrees, 2)
    assert trial_drafts(scene) == before
    qtbot.waitUntil(lambda: trial_drafts(scene) == [(50.0, seed) for _, seed in before])
    # What was seen stays until there is something new.
    assert scene.strips.trials.shown[0].image == seen
    assert scene.strips.trials.shown[0].done < 15


def test_another_step_is_tried_too(scene: StripScene, qtbot: QtBot) -> None:
    scene.strips.try_forks()
    scene.strips.set_step(7)
    qtbot.waitUntil(lambda: [draft.recipe.branch.step for draft in scene.wanted().values()] == [7])


def test_what_was_tried_is_what_is_forked(scene: StripScene) -> None:
    scene.strips.set_strength(30.0, 3)
    scene.strips.try_forks()
    seeds = [trial.seed for trial in scene.strips.trials.shown]
    made = scene.strips.fork_here()
    assert [change_of(request).noise for request in made] == [Seed(seed) for seed in seeds]
    assert not scene.strips.trials.active
    assert scene.wanted() == {}


def test_a_trial_that_is_kept_becomes_a_row_and_leaves_the_others(scene: StripScene) -> None:
    scene.strips.set_strength(30.0, 2)
    scene.strips.try_forks()
    first, second = scene.strips.trials.shown
    request = scene.strips.keep(second.id)
    assert request.recipe == second.recipe
    assert scene.rows[1].recipe == second.recipe
    assert scene.strips.trials.shown == (first,)
    # Its draft is given back before, so that the picture goes on from there.
    order = [call[0] for call in scene.worker.calls if call[0] in ("draft", "submit")]
    assert order[-2:] == ["draft", "submit"]
    assert scene.strips.keep(first.id)
    assert not scene.strips.trials.active


def test_trying_again_draws_other_seeds(scene: StripScene) -> None:
    scene.strips.set_strength(30.0, 3)
    scene.strips.try_forks()
    before = {trial.seed for trial in scene.strips.trials.shown}
    scene.strips.try_forks()
    assert before.isdisjoint(trial.seed for trial in scene.strips.trials.shown)


def test_a_trial_that_fails_says_why_and_is_not_wanted_again(scene: StripScene) -> None:
    scene.strips.try_forks()
    (draft,) = scene.wanted()
    scene.drafted(draft, 3, DraftState.FAILED, sentence="It takes too much memory.")
    assert scene.strips.trials.shown[0].sentence == "It takes too much memory."
    assert scene.wanted() == {}


def test_trying_ends_where_no_fork_can_leave(scene: StripScene) -> None:
    scene.strips.try_forks()
    scene.strips.set_strength(0.0, 1)
    assert not scene.strips.trials.active
    assert scene.wanted() == {}


def test_a_subject_of_a_fork_knows_its_recipe(scene: StripScene) -> None:
    (request,) = scene.strips.fork(root(scene).id, 12, 45.0)
    scene.strips.focus_on(scene.rows[1].id)
    assert scene.strips.subject() == Subject(request.recipe, parents=request.parents)

"""One walks about among variations and back; they form as one looks; what is kept has parents."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from fakes import CARD, FakeWorker, frame_of, job_of, saved_of
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot
from samples import recipe_of

from ldm_desktop.core import codec
from ldm_desktop.core.job import AHEAD_PRIORITY, DRAFT_PRIORITY, IDLE_PRIORITY
from ldm_desktop.core.noise import Mask, Seed, Turn, Walk
from ldm_desktop.core.recipe import Recipe, Renoise, fork
from ldm_desktop.session.explore import ring, variation_looks
from ldm_desktop.session.explore.subject import Subject
from ldm_desktop.session.explore.variation_looks import quick_of
from ldm_desktop.session.explore.variation_place import Around, Kept, TileState
from ldm_desktop.session.explore.variations import CENTRE, Variations
from ldm_desktop.worker.draft import Draft, Drafted, Drafts, DraftState
from ldm_desktop.worker.work import JobState, QueueView, Request

PICTURE = UUID(int=7)


class Shelf(QObject):
    """Knows where the model is, as long as it is there."""

    folder = CARD.folder

    def folder_of(self, recipe: Recipe) -> str:
        """Give the folder."""
        return self.folder


class Walker:
    """Variations with a worker behind them that tests can speak for."""

    def __init__(self) -> None:
        self.worker = FakeWorker()
        self.orders = Shelf()
        self.part = Variations(self.worker, self.orders)  # type: ignore[arg-type]
        self.said: list[str] = []
        self.part.notice.connect(self.said.append)

    def start(self, seed: int = 3, **changes: Any) -> Subject:
        """Go to a saved picture of 50 steps."""
        recipe = recipe_of(seed, **{"size": (128, 128), "steps": 50} | changes)
        image = QImage(128, 128, QImage.Format.Format_RGB32)
        subject = Subject(recipe, PICTURE, image, Path("3.png"))
        self.part.start(subject)
        return subject

    @property
    def wanted(self) -> Drafts:
        """What is to form now."""
        return self.worker.called("draft")[-1][0]

    def draft_of(self, number: int) -> Draft:
        """Give what is to form for a neighbour or the centre now."""
        recipe = self.part.tile(number).subject.recipe
        noise = recipe.noise
        return next(each for each in self.wanted.drafts if each.recipe.noise == noise)

    def tell(self, draft: Draft, state: DraftState, done: int, side: int = 0, **more: Any) -> None:
        """Tell how a draft gets on."""
        frame = frame_of(done, (side, side)) if side else None
        total = draft.recipe.evaluations
        self.worker.drafted.emit(
            Drafted(self.wanted.owner, draft.id, state, done, total, frame, **more)
        )

    def rest(self, *drafts: Draft) -> None:
        """Let drafts come to their end."""
        for draft in drafts or self.wanted.drafts:
            self.tell(draft, DraftState.RESTING, draft.until, 128, sharp=True)

    def save(self, request: Request) -> UUID:
        """Tell that what was asked for is saved."""
        saved = saved_of(request.id, request.recipe, Path("kept.png"))
        self.worker.saved.emit(saved)
        return saved.record.id

    @property
    def noises(self) -> list[Any]:
        """The noises of the neighbours."""
        return [tile.subject.recipe.noise for tile in self.part.tiles]


@pytest.fixture
def walker(qtbot: QtBot) -> Walker:
    """Give variations of nothing yet."""
    return Walker()


# The neighbours.


def test_around_a_picture_are_eight_neighbours_at_one_angle(walker: Walker) -> None:
    subject = walker.start()
    tiles = walker.part.tiles
    assert len(tiles) == 8
    assert len(set(walker.noises)) == 8
    for tile in tiles:
        assert ring.back(tile.subject.recipe) == subject.recipe
        assert tile.degrees == ring.last_turn(tile.subject.recipe).degrees == 15.0
        assert tile.subject.parents == (PICTURE,)
        assert tile.subject.picture is None


def test_another_angle_keeps_the_directions(walker: Walker) -> None:
    walker.start()
    before = walker.noises
    walker.part.select(3)
    walker.part.set_degrees(40.0)
    assert [noise.turns[-1].toward for noise in walker.noises] == [
        noise.turns[-1].toward for noise in before
    ]
    assert {tile.degrees for tile in walker.part.tiles} == {40.0}
    assert walker.part.selected == 3


def test_more_neighbours_leave_the_others_as_they_are(walker: Walker) -> None:
    walker.start()
    few = walker.noises
    walker.part.set_count(24)
    assert walker.noises[:8] == few
    assert len(set(walker.noises)) == 24
    walker.part.set_count(1000)
    assert walker.part.count == 24


def test_other_neighbours_are_at_the_same_distance(walker: Walker) -> None:
    walker.start()
    before = walker.noises
    walker.part.again()
    assert not set(before) & set(walker.noises)
    assert {tile.degrees for tile in walker.part.tiles} == {15.0}


# Going about.


def test_a_neighbour_becomes_the_centre_and_back_shows_the_same_ones_again(walker: Walker) -> None:
    start = walker.start()
    before = walker.noises
    chosen = walker.part.tile(2).subject.recipe
    walker.part.go_to(2)
    assert walker.part.centre.recipe == chosen
    assert [each.recipe for each in walker.part.path] == [start.recipe, chosen]
    assert all(ring.back(tile.subject.recipe) == chosen for tile in walker.part.tiles)
    walker.part.set_degrees(60.0)
    walker.part.back()
    assert walker.part.centre == start
    assert walker.noises == before
    # And the child has its own neighbours still, as far away as they were.
    walker.part.go_to(2)
    assert {tile.degrees for tile in walker.part.tiles} == {60.0}


def test_what_was_saved_as_a_variation_leads_back_to_its_parent_too(walker: Walker) -> None:
    turn = Turn(Seed(8), 20.0)
    recipe = recipe_of(noise=Walk(Seed(3), (turn,)), size=(128, 128))
    elder = uuid4()
    walker.part.start(Subject(recipe, PICTURE, parents=(elder,)))
    assert walker.part.place.turned == 20.0
    walker.part.back()
    assert walker.part.centre.recipe.noise == Seed(3)
    assert walker.part.tile(0).subject.parents == (elder,)
    assert len(walker.part.path) == 1


def test_there_is_no_way_back_from_a_seed(walker: Walker) -> None:
    walker.start()
    for move in (walker.part.back, walker.part.sideways, lambda: walker.part.further(CENTRE)):
        walker.said.clear()
        move()
        assert walker.said == [
            "This picture is no variation of another: go to one of its neighbours."
        ]
    assert len(walker.part.path) == 1


def test_sideways_are_siblings_of_the_centre_with_its_parents(walker: Walker) -> None:
    start = walker.start()
    walker.part.set_degrees(33.0)
    walker.part.go_to(0)
    centre = walker.part.centre.recipe
    walker.part.set_degrees(5.0)
    walker.part.sideways()
    assert walker.part.centre.recipe == centre
    assert walker.part.place.around is Around.SIBLINGS
    for tile in walker.part.tiles:
        assert ring.back(tile.subject.recipe) == start.recipe
        assert tile.degrees == 33.0
        assert tile.subject.parents == (PICTURE,)
    sibling = walker.part.tile(4).subject.recipe
    walker.part.go_to(4)
    assert [each.recipe for each in walker.part.path] == [start.recipe, sibling]
    walker.part.back()
    assert walker.part.centre == start


def test_the_centre_among_its_siblings_goes_back_to_its_children(walker: Walker) -> None:
    walker.start()
    walker.part.go_to(0)
    children = walker.noises
    walker.part.sideways()
    assert walker.noises != children
    walker.part.go_to(CENTRE)
    assert walker.noises == children
    assert len(walker.part.path) == 2


def test_further_toward_a_neighbour_adds_the_distance_and_keeps_the_parent(walker: Walker) -> None:
    start = walker.start()
    near = ring.last_turn(walker.part.tile(5).subject.recipe)
    walker.part.further(5)
    assert ring.last_turn(walker.part.centre.recipe) == Turn(near.toward, 30.0)
    walker.part.further()
    assert ring.last_turn(walker.part.centre.recipe) == Turn(near.toward, 45.0)
    assert [each.recipe for each in walker.part.path][:-1] == [start.recipe]
    assert walker.part.centre.parents == (PICTURE,)
    walker.part.back()
    assert walker.part.centre == start


def test_further_than_the_opposite_is_said_to_be_impossible(walker: Walker) -> None:
    walker.start()
    walker.part.set_degrees(180.0)
    walker.part.go_to(0)
    walker.part.further(CENTRE)
    assert walker.said == [
        "This is as far from its parent as noise can be, 180°: go sideways or back instead."
    ]


def test_one_goes_back_along_the_way_by_several_generations(walker: Walker) -> None:
    walker.start()
    for _ in range(4):
        walker.part.go_to(0)
    way = walker.part.path
    walker.part.back_to(1)
    assert walker.part.path == way[:2]
    walker.part.back_to(1)
    assert walker.part.path == way[:2]


def test_every_move_can_be_undone_and_a_slider_is_one_of_them(walker: Walker) -> None:
    walker.start()
    seen = [walker.part.place]
    moves = [
        lambda: walker.part.go_to(1),
        walker.part.sideways,
        walker.part.again,
        lambda: walker.part.further(2),
        lambda: walker.part.paint(Mask.of(2, 1, b"\xff\x00")),
        lambda: walker.part.set_inverted(True),
        lambda: [walker.part.set_degrees(each) for each in (16.0, 17.0, 18.0)],
    ]
    for move in moves:
        move()
        seen.append(walker.part.place)
    assert walker.part.undo_stack.count() == len(moves)
    for place in reversed(seen[:-1]):
        walker.part.undo_stack.undo()
        assert walker.part.place == place
    for place in seen[1:]:
        walker.part.undo_stack.redo()
        assert walker.part.place == place


def test_another_picture_begins_another_way_without_the_lock(walker: Walker) -> None:
    walker.start()
    walker.part.set_degrees(5.0)
    walker.part.paint(Mask.of(1, 1, b"\xff"))
    walker.part.go_to(0)
    walker.start(seed=9)
    assert len(walker.part.path) == 1
    assert walker.part.place.lock is None
    assert walker.part.place.degrees == 5.0
    walker.part.undo_stack.undo()
    assert len(walker.part.path) == 2


def test_three_hundred_generations_work_and_three_hundred_lead_back(walker: Walker) -> None:
    start = walker.start()
    walker.part.go_to(0)
    depth = codec.depth(walker.part.centre.recipe)
    for _ in range(299):
        walker.part.go_to(7)
    assert len(ring.turns(walker.part.centre.recipe)) == 300
    assert codec.depth(walker.part.centre.recipe) == depth
    assert walker.part.tile(3).subject.parents == (PICTURE,)
    assert not walker.part.warning
    for _ in range(300):
        walker.part.back()
    assert walker.part.centre == start


def test_a_recipe_that_is_nearly_full_says_so_and_a_full_one_has_no_children(
    walker: Walker,
) -> None:
    turns = tuple(Turn(Seed(number + 10), 1.0) for number in range(1021))
    walker.part.start(Subject(recipe_of(noise=Walk(Seed(3), turns), size=(128, 128))))
    assert "2 more fit into this one" in walker.part.warning
    walker.part.go_to(0)
    walker.part.go_to(0)
    assert walker.part.tiles == ()
    assert "as many variations as a recipe can hold" in walker.part.obstacle
    assert not walker.part.warning
    walker.part.sideways()
    assert len(walker.part.tiles) == 8
    assert not walker.part.obstacle


# The lock.


def test_what_is_painted_stays_in_the_next_turn_only(walker: Walker) -> None:
    walker.start()
    walker.part.go_to(0)
    mask = Mask.of(2, 1, b"\xff\x10")
    walker.part.paint(mask)
    turns = ring.turns(walker.part.tile(0).subject.recipe)
    assert [turn.lock for turn in turns] == [None, mask]
    walker.part.go_to(0)
    assert [turn.lock for turn in ring.turns(walker.part.tile(0).subject.recipe)] == [
        None,
        mask,
        mask,
    ]


def test_the_reverse_varies_what_is_painted(walker: Walker) -> None:
    walker.start()
    walker.part.paint(Mask.of(2, 1, b"\xff\x10"))
    walker.part.set_inverted(True)
    assert ring.last_turn(walker.part.tile(0).subject.recipe).lock == Mask.of(2, 1, b"\x00\xef")
    walker.part.paint(Mask.of(2, 1, b"\x00\x00"))
    assert ring.last_turn(walker.part.tile(0).subject.recipe).lock is None


def test_a_lock_on_everything_is_remarked(walker: Walker) -> None:
    walker.start()
    walker.part.paint(Mask.of(1, 1, b"\xff"))
    assert walker.part.warning.startswith("Nearly all is kept")
    walker.part.set_inverted(True)
    assert not walker.part.warning


# How they form.


def test_all_form_together_in_few_steps_and_then_whole_the_chosen_one_first(
    walker: Walker,
) -> None:
    walker.start()
    first = walker.wanted
    assert first.folder == CARD.folder
    assert {draft.recipe.steps for draft in first.drafts} == {12}
    assert {(each.level, each.until, each.sharp) for each in first.drafts} == {
        (DRAFT_PRIORITY, 12, True)
    }
    assert len(first.drafts) == 8
    walker.part.select(6)
    chosen = walker.part.tile(6).subject.recipe
    # Chosen, it goes ahead of the other drafts too.
    assert walker.draft_of(6).level == DRAFT_PRIORITY + 1
    walker.rest(*walker.wanted.drafts[:-1])
    assert len(walker.wanted.drafts) == 1
    walker.rest()
    assert {draft.recipe.steps for draft in walker.wanted.drafts} == {50}
    assert {draft.recipe: draft.level for draft in walker.wanted.drafts} == {
        tile.subject.recipe: AHEAD_PRIORITY if tile.subject.recipe == chosen else IDLE_PRIORITY
        for tile in walker.part.tiles
    }
    assert {tile.state for tile in walker.part.tiles} == {TileState.DRAFT}
    walker.rest()
    assert {tile.state for tile in walker.part.tiles} == {TileState.WHOLE}
    assert walker.wanted.drafts == ()
    assert walker.wanted.folder == ""


def test_whoever_has_time_lets_them_form_whole_at_once(walker: Walker) -> None:
    walker.start()
    walker.part.set_quickly(False)
    assert {draft.recipe.steps for draft in walker.wanted.drafts} == {50}
    assert {draft.level for draft in walker.wanted.drafts} == {DRAFT_PRIORITY}


@pytest.mark.parametrize(
    "recipe",
    [recipe_of(steps=12), recipe_of(steps=8), fork(recipe_of(), 10, Renoise(Seed(1), 9.0))],
)
def test_what_is_quick_or_branches_at_a_step_has_no_quicker_draft(recipe: Recipe) -> None:
    assert quick_of(recipe) is None


def test_a_centre_without_an_image_forms_before_its_neighbours(walker: Walker) -> None:
    walker.part.start(Subject(recipe_of(size=(128, 128), steps=50)))
    assert walker.draft_of(CENTRE).level == DRAFT_PRIORITY + 1
    assert len(walker.wanted.drafts) == 9
    draft = walker.draft_of(CENTRE)
    walker.rest(draft)
    assert walker.part.centre.image.width() == 128


def test_frames_show_a_draft_forming_and_let_the_next_one_come(
    walker: Walker, qtbot: QtBot
) -> None:
    walker.start()
    draft = walker.draft_of(4)
    with qtbot.waitSignal(walker.part.tile_changed) as told:
        walker.tell(draft, DraftState.FORMING, 3, 32)
    assert told.args == [4]
    tile = walker.part.tile(4)
    assert (tile.state, tile.done, tile.total, tile.image.width()) == (
        TileState.FORMING,
        3,
        12,
        32,
    )
    assert tile.share == 0.25
    assert walker.worker.called("seen") == [(draft.id,)]


def test_a_refinement_leaves_the_draft_in_sight_until_it_is_better(walker: Walker) -> None:
    walker.start()
    walker.rest()
    whole = walker.draft_of(0)
    walker.tell(whole, DraftState.FORMING, 5, 32)
    tile = walker.part.tile(0)
    assert (tile.state, tile.image.width(), tile.done) == (TileState.DRAFT, 128, 5)
    assert walker.worker.called("seen") == []


def test_ids_are_stable_and_what_was_seen_once_is_there_at_once(walker: Walker) -> None:
    walker.start()
    first = {draft.recipe: draft.id for draft in walker.wanted.drafts}
    walker.rest(*walker.wanted.drafts[:3])
    walker.part.go_to(7)
    walker.part.back()
    assert [tile.state for tile in walker.part.tiles[:3]] == [TileState.DRAFT] * 3
    again = {draft.recipe: draft.id for draft in walker.wanted.drafts}
    assert again.items() <= first.items()
    assert len(again) == 5


def test_what_rests_after_one_has_left_is_remembered(walker: Walker) -> None:
    walker.start()
    draft = walker.draft_of(2)
    walker.part.again()
    walker.rest(draft)
    walker.part.undo_stack.undo()
    assert walker.part.tile(2).state is TileState.DRAFT


def test_nothing_is_told_to_the_worker_twice(walker: Walker) -> None:
    walker.start()
    calls = len(walker.worker.called("draft"))
    walker.part.set_count(8)
    walker.tell(walker.draft_of(0), DraftState.FORMING, 1, 32)
    assert len(walker.worker.called("draft")) == calls


def test_what_fails_says_why_and_is_tried_again_when_one_comes_back(walker: Walker) -> None:
    walker.start()
    failed = walker.draft_of(1)
    walker.tell(failed, DraftState.FAILED, 0, sentence="Out of memory.")
    assert walker.part.tile(1).state is TileState.FAILED
    assert walker.part.tile(1).sentence == "Out of memory."
    assert failed.id not in {draft.id for draft in walker.wanted.drafts}
    walker.part.set_watched(False)
    walker.part.set_watched(True)
    assert walker.part.tile(1).state is TileState.WAITING
    assert walker.draft_of(1).id != failed.id


def test_a_refinement_that_fails_leaves_the_draft(walker: Walker) -> None:
    walker.start()
    walker.rest()
    whole = walker.draft_of(1)
    walker.tell(whole, DraftState.FAILED, 0, sentence="Out of memory.")
    assert walker.part.tile(1).state is TileState.DRAFT
    assert whole.recipe not in {draft.recipe for draft in walker.wanted.drafts}
    assert len(walker.wanted.drafts) == 7


def test_nobody_looking_lets_nothing_form(walker: Walker) -> None:
    walker.start()
    walker.part.set_watched(False)
    assert walker.wanted.drafts == ()
    walker.part.set_watched(True)
    assert len(walker.wanted.drafts) == 8
    walker.part.close()
    assert walker.wanted.drafts == ()


def test_old_looks_make_room_and_those_on_screen_stay(
    walker: Walker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(variation_looks, "KEPT", 12)
    walker.start()
    walker.rest()
    walker.part.again()
    walker.rest()
    assert {tile.state for tile in walker.part.tiles} == {TileState.DRAFT}
    walker.part.undo_stack.undo()
    states = [tile.state for tile in walker.part.tiles]
    assert TileState.WAITING in states


def test_without_the_model_it_says_so_and_asks_for_nothing(walker: Walker) -> None:
    walker.orders.folder = ""
    walker.start()
    assert walker.part.obstacle == "The model of this picture, landscapes, is not here."
    assert walker.worker.called("draft") == []
    walker.part.keep(0)
    assert walker.said == ["The model of this picture, landscapes, is not here."]
    assert walker.worker.called("submit") == []


@pytest.mark.parametrize(("reason", "held"), [("", True), ("on battery", False)])
def test_it_is_held_only_by_the_persons_own_pause(walker: Walker, reason: str, held: bool) -> None:
    walker.worker.queue_changed.emit(QueueView(True, 0, 0.0, reason=reason))
    assert walker.part.held is held
    walker.worker.queue_changed.emit(QueueView(False, 0, 0.0))
    assert not walker.part.held


# What is kept.


def test_a_kept_neighbour_is_made_whole_once_and_has_the_centre_for_parent(
    walker: Walker,
) -> None:
    walker.start()
    walker.part.keep(2)
    walker.part.keep(2)
    ((request,),) = walker.worker.called("submit")
    assert request.recipe == walker.part.tile(2).subject.recipe
    assert request.recipe.steps == 50
    assert request.parents == (PICTURE,)
    assert request.model_folder == CARD.folder
    assert walker.part.tile(2).kept is Kept.MAKING
    picture = walker.save(request)
    tile = walker.part.tile(2)
    assert (tile.kept, tile.state) == (Kept.YES, TileState.WHOLE)
    assert tile.subject.picture == picture
    assert tile.subject.file == Path("kept.png")
    walker.part.keep(2)
    assert len(walker.worker.called("submit")) == 1


def test_children_of_a_kept_one_have_it_for_parent_and_those_of_others_its_ancestor(
    walker: Walker,
) -> None:
    walker.start()
    walker.part.keep(2)
    picture = walker.save(walker.worker.called("submit")[0][0])
    walker.part.go_to(2)
    assert walker.part.tile(0).subject.parents == (picture,)
    walker.part.go_to(0)
    assert walker.part.centre.picture is None
    assert walker.part.tile(0).subject.parents == (picture,)


def test_a_centre_that_is_saved_late_is_the_parent_from_then_on(walker: Walker) -> None:
    walker.start()
    walker.part.go_to(1)
    walker.part.keep(CENTRE)
    walker.part.go_to(4)
    assert walker.part.tile(0).subject.parents == (PICTURE,)
    request = walker.worker.called("submit")[0][0]
    assert request.parents == (PICTURE,)
    picture = walker.save(request)
    assert walker.part.centre.parents == (picture,)
    assert walker.part.tile(0).subject.parents == (picture,)
    walker.part.back()
    assert walker.part.centre.picture == picture
    # And in what an undo brings back.
    walker.part.undo_stack.undo()
    assert walker.part.tile(0).subject.parents == (picture,)


def test_what_is_given_up_can_be_kept_once_more(walker: Walker) -> None:
    walker.start()
    walker.part.keep(0)
    request = walker.worker.called("submit")[0][0]
    failed = dataclasses.replace(job_of(request, JobState.FAILED), sentence="The disk is full.")
    walker.worker.job_changed.emit(failed)
    assert walker.part.tile(0).kept is Kept.NO
    assert walker.said == ["The disk is full."]
    walker.worker.job_changed.emit(job_of(request, JobState.RUNNING))
    assert walker.part.tile(0).kept is Kept.MAKING
    walker.worker.job_removed.emit(request.id)
    assert walker.part.tile(0).kept is Kept.NO
    walker.part.keep(0)
    assert len(walker.worker.called("submit")) == 2


def test_what_is_chosen_is_what_one_takes_elsewhere(walker: Walker) -> None:
    start = walker.start()
    assert walker.part.subject == start
    walker.part.select(3)
    assert walker.part.subject == walker.part.tile(3).subject
    walker.part.keep()
    assert walker.worker.called("submit")[0][0].recipe == walker.part.tile(3).subject.recipe
    walker.part.again()
    assert walker.part.selected == CENTRE

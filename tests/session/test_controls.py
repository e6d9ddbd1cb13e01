"""The controls: edits that can be undone, seeds that follow each other, requests."""

from __future__ import annotations

import dataclasses
import errno
import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from fakes import CARD
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from samples import recipe_of

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.job import BATCH_PRIORITY, INTERACTIVE_PRIORITY
from ldm_desktop.core.model import ModelCard
from ldm_desktop.core.noise import Mix, Parent, Seed
from ldm_desktop.core.previews import PreviewKind, PreviewPolicy
from ldm_desktop.core.recipe import ModelRef, Precision, Recipe, Stop, fork
from ldm_desktop.core.samplers import Convention, SamplerName
from ldm_desktop.session.choices import AfterRun, Choices
from ldm_desktop.session.controls import Controls
from ldm_desktop.session.cost import CostKind
from ldm_desktop.session.presets import Preset
from ldm_desktop.worker.work import Pace, Request, SeedOrder

MIXED = recipe_of(3, size=(128, 128), noise=Mix((Parent(Seed(3), 1.0), Parent(Seed(7), 0.5))))
STOPPED = fork(recipe_of(3, size=(128, 128)), 9, Stop())
PREVIEW = PreviewPolicy(PreviewKind.FULL)


class Clock:
    """A clock that goes on by hand."""

    seconds = 100.0

    def __call__(self) -> float:
        """Give the time."""
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    """Give the time that the controls see."""
    return Clock()


@pytest.fixture
def model(tmp_path: Path) -> str:
    """Put a folder there that looks like a model's."""
    folder = tmp_path / "models" / "landscapes"
    folder.mkdir(parents=True)
    (folder / "model_index.json").write_text("{}")
    return str(folder)


@pytest.fixture
def card(model: str) -> ModelCard:
    """Give the card of the model in that folder."""
    return dataclasses.replace(CARD, folder=model)


@pytest.fixture
def controls(
    qapp: QApplication, tmp_path: Path, card: ModelCard, clock: Clock
) -> Iterator[Controls]:
    """Give controls whose model is open."""
    made = Controls(tmp_path / "choices.json", card.folder, clock)
    made.set_card(card)
    yield made
    made.save()


def run(controls: Controls, **options: Any) -> Request:
    """Ask for what is chosen."""
    return controls.request(**{"batch": 4, "preview": PREVIEW} | options)


def seed_of(request: Request) -> int:
    """Give the seed of a request."""
    assert isinstance(request.recipe.noise, Seed)
    return request.recipe.noise.seed


# Edits


def test_a_change_is_told_and_undone_and_redone(controls: Controls, qtbot: QtBot) -> None:
    before = controls.choices
    with qtbot.waitSignal(controls.changed) as told:
        controls.change(steps=30)
    assert told.args == [controls.choices]
    assert controls.choices == dataclasses.replace(before, steps=30)
    assert controls.undo_stack.undoText() == "Steps"
    controls.undo_stack.undo()
    assert controls.choices == before
    controls.undo_stack.redo()
    assert controls.choices.steps == 30


def test_a_change_to_the_same_is_none(controls: Controls, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(controls.changed):
        controls.change(steps=controls.choices.steps)
    assert controls.undo_stack.count() == 0


@pytest.mark.parametrize(
    ("between", "count"),
    [
        (lambda controls, clock: None, 1),
        (lambda controls, clock: setattr(clock, "seconds", clock.seconds + 1.0), 1),
        (lambda controls, clock: setattr(clock, "seconds", clock.seconds + 2.0), 3),
        (lambda controls, clock: controls.settle(), 3),
    ],
)
def test_quick_edits_of_one_field_are_one(
    controls: Controls, clock: Clock, between: Callable[[Controls, Clock], None], count: int
) -> None:
    for steps in (26, 27, 28):
        between(controls, clock)
        controls.change(steps=steps)
    assert controls.undo_stack.count() == count
    for _ in range(count):
        controls.undo_stack.undo()
    assert controls.choices.steps == 25


def test_edits_of_different_fields_are_different_edits(controls: Controls) -> None:
    controls.change(steps=26)
    controls.change(count=2)
    controls.change(steps=27)
    assert controls.undo_stack.count() == 3


def test_edits_that_come_back_to_the_beginning_leave_nothing_to_undo(controls: Controls) -> None:
    controls.change(steps=26)
    controls.change(steps=25)
    assert not controls.undo_stack.canUndo()


def test_what_a_sampler_brings_along_is_undone_with_it(controls: Controls) -> None:
    controls.change(sampler=SamplerName.DDIM)
    controls.settle()
    controls.change(eta=0.5, convention=Convention.COMPVIS)
    controls.change(sampler=SamplerName.EULER)
    assert (controls.choices.eta, controls.choices.convention) == (0.0, Convention.DIFFUSERS)
    controls.undo_stack.undo()
    assert (controls.choices.eta, controls.choices.convention) == (0.5, Convention.COMPVIS)


EDITS = st.one_of(
    st.builds(lambda n: lambda controls: controls.change(seed=n), st.integers(0, 9)),
    st.builds(lambda n: lambda controls: controls.change(steps=n), st.integers(0, 9)),
    st.builds(lambda n: lambda controls: controls.change(eta=n), st.sampled_from([0.0, 0.5])),
    st.builds(lambda n: lambda controls: controls.change(sampler=n), st.sampled_from(SamplerName)),
    st.builds(lambda n: lambda controls: controls.change(width=n), st.sampled_from([128, 256])),
    st.builds(lambda n: lambda controls: controls.change(model=n), st.sampled_from(["a", "b"])),
    st.builds(lambda n: lambda controls: controls.apply_preset(n), st.sampled_from(Preset)),
    st.builds(lambda n: lambda controls: controls.step(n), st.sampled_from([-1, 1])),
    st.builds(
        lambda recipe, folder: lambda controls: controls.restore(recipe, folder),
        st.sampled_from([MIXED, STOPPED, recipe_of(5)]),
        st.sampled_from(["a", "b", None]),
    ),
    st.just(lambda controls: controls.roll()),
    st.just(lambda controls: controls.settle()),
)


@given(st.lists(EDITS, max_size=12))
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_everything_that_was_done_can_be_undone_and_done_again(
    controls: Controls, edits: list[Callable[[Controls], None]]
) -> None:
    controls.undo_stack.clear()
    controls.settle()
    before = controls.choices
    for edit in edits:
        edit(controls)
    after = controls.choices
    stack = controls.undo_stack
    while stack.canUndo():
        stack.undo()
    assert controls.choices == before
    while stack.canRedo():
        stack.redo()
    assert controls.choices == after


# Seeds


def test_the_seed_shown_stays_that_of_the_picture_until_the_next_one_is_asked_for(
    controls: Controls,
) -> None:
    controls.change(seed=3, after=AfterRun.NEXT)
    assert seed_of(run(controls)) == 3
    assert (controls.choices.seed, controls.advances) == (3, True)
    assert seed_of(run(controls)) == 4
    assert controls.choices.seed == 4


def test_after_a_batch_comes_the_first_seed_it_did_not_use(controls: Controls) -> None:
    controls.change(seed=2**32 - 2, after=AfterRun.NEXT, count=16)
    run(controls)
    controls.change(count=1)
    assert seed_of(run(controls)) == 14


def test_the_seed_after_a_job_without_end_is_one_by_chance(
    controls: Controls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secrets.randbelow", lambda limit: limit - 1)
    controls.change(after=AfterRun.NEXT, forever=True)
    assert run(controls).count is None
    assert seed_of(run(controls)) == 2**32 - 1


def test_after_each_run_the_seed_can_be_one_by_chance(
    controls: Controls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secrets.randbelow", lambda limit: 77)
    assert controls.choices.after is AfterRun.RANDOM
    assert [seed_of(run(controls)) for _ in range(2)] == [0, 77]
    assert controls.history == (77, 0)


@pytest.mark.parametrize("fields", [{"lock": True}, {"after": AfterRun.FIXED}])
def test_a_seed_that_is_fixed_or_locked_stays(controls: Controls, fields: dict[str, Any]) -> None:
    controls.change(seed=3, **fields)
    assert [seed_of(run(controls)) for _ in range(3)] == [3, 3, 3]
    assert not controls.advances


def test_a_locked_seed_is_not_rolled_but_can_be_typed(controls: Controls) -> None:
    controls.change(seed=3, lock=True)
    controls.roll()
    assert controls.choices.seed == 3
    controls.set_seed_text("4")
    assert controls.choices.seed == 4


@pytest.mark.parametrize(
    "choose",
    [
        lambda controls: controls.change(seed=9),
        lambda controls: controls.set_seed_text("9"),
        lambda controls: (controls.change(seed=8), controls.step(1)),
        lambda controls: controls.restore(recipe_of(9, size=(128, 128)), None),
        lambda controls: (controls.change(seed=1), controls.change(seed=9)),
    ],
)
def test_a_seed_chosen_since_is_the_next_one(
    controls: Controls, choose: Callable[[Controls], Any]
) -> None:
    controls.change(after=AfterRun.NEXT)
    run(controls)
    choose(controls)
    assert not controls.advances
    assert seed_of(run(controls)) == 9


def test_restoring_the_picture_on_screen_makes_it_again(controls: Controls) -> None:
    controls.change(after=AfterRun.NEXT)
    first = run(controls)
    controls.restore(first.recipe, controls.choices.model)
    assert run(controls).recipe == first.recipe


def test_undoing_a_roll_gives_the_seed_before_for_the_next_run(controls: Controls) -> None:
    controls.change(seed=3, after=AfterRun.NEXT)
    controls.roll()
    run(controls)
    run(controls)
    controls.undo_stack.undo()
    assert seed_of(run(controls)) == 3


def test_what_comes_after_a_run_is_no_edit_to_undo(controls: Controls) -> None:
    controls.change(after=AfterRun.NEXT)
    controls.settle()
    controls.change(steps=30)
    run(controls)
    run(controls)
    assert controls.undo_stack.count() == 2
    controls.undo_stack.undo()
    assert (controls.choices.seed, controls.choices.steps) == (1, 25)


def test_rolls_are_remembered_newest_first_and_each_can_be_undone(
    controls: Controls, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    rolls = iter([5, 6, 5])
    monkeypatch.setattr("secrets.randbelow", lambda limit: next(rolls))
    with qtbot.waitSignals([controls.history_changed] * 3):
        for _ in range(3):
            controls.roll()
    assert controls.history == (5, 6)
    controls.undo_stack.undo()
    assert controls.choices.seed == 6


def test_seeds_are_stepped_around_the_end(controls: Controls) -> None:
    controls.step(-1)
    assert controls.choices.seed == 2**32 - 1
    controls.step(1)
    assert controls.choices.seed == 0


def test_a_larger_seed_is_reduced_and_said_so(controls: Controls) -> None:
    assert "same picture" in controls.set_seed_text(str(2**32 + 5))
    assert controls.choices.seed == 5
    assert controls.set_seed_text(" 7 ") == ""


@pytest.mark.parametrize(
    ("text", "seed", "count"),
    [("0:16", 0, 16), ("7,8,9", 7, 3), ("4294967295:4294967298", 2**32 - 1, 3)],
)
def test_a_range_is_a_seed_and_a_count_and_the_next_run_goes_on_behind_it(
    controls: Controls, text: str, seed: int, count: int
) -> None:
    controls.set_seed_text(text)
    made = run(controls)
    assert (seed_of(made), made.count, made.seeds) == (seed, count, SeedOrder.NEXT)
    assert seed_of(run(controls)) == (seed + count) % 2**32
    controls.undo_stack.undo()
    assert controls.choices.count == 1


def test_a_range_that_is_typed_is_one_edit(controls: Controls) -> None:
    before = controls.choices
    for text in ("5", "5:9", "5:96", "5:6"):
        controls.set_seed_text(text)
    assert (controls.choices.seed, controls.choices.count) == (5, 1)
    controls.undo_stack.undo()
    assert controls.choices == before


@pytest.mark.parametrize("recipe", [MIXED, STOPPED])
def test_the_plain_seed_can_be_gone_back_to(controls: Controls, recipe: Recipe) -> None:
    controls.restore(recipe, controls.choices.model)
    controls.change(noise=None, origin=None)
    assert run(controls).recipe == recipe_of(3, size=(128, 128))
    controls.undo_stack.undo()
    assert run(controls).recipe == recipe


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("3,9", "write a range"),
        ("0:10000", "9999"),
        ("three", "no seed"),
        ("9:3", "end is excluded"),
    ],
)
def test_other_texts_are_no_seed_and_change_nothing(
    controls: Controls, text: str, words: str
) -> None:
    with pytest.raises(KnownError, match=words):
        controls.set_seed_text(text)
    assert controls.undo_stack.count() == 0


# Requests


def test_one_picture_goes_before_batches_unless_it_is_queued(controls: Controls) -> None:
    parent = uuid4()
    made = run(controls, parents=(parent,))
    assert (made.priority, made.count, made.batch) == (INTERACTIVE_PRIORITY, 1, 4)
    assert (made.parents, made.preview) == ((parent,), PREVIEW)
    assert made.model_folder == controls.choices.model
    assert datetime.fromisoformat(made.created).tzinfo
    assert run(controls, priority=BATCH_PRIORITY).priority == BATCH_PRIORITY
    controls.change(count=2)
    assert run(controls).priority == BATCH_PRIORITY


@pytest.mark.parametrize(
    ("after", "order"),
    [
        (AfterRun.RANDOM, SeedOrder.RANDOM),
        (AfterRun.NEXT, SeedOrder.NEXT),
        (AfterRun.FIXED, SeedOrder.NEXT),
    ],
)
def test_a_batch_goes_through_seeds_as_runs_do(
    controls: Controls, after: AfterRun, order: SeedOrder
) -> None:
    controls.change(after=after, count=3)
    assert run(controls).seeds is order


def test_precision_auto_is_what_pays_here(controls: Controls, qtbot: QtBot) -> None:
    with qtbot.waitSignal(controls.facts_changed):
        controls.set_auto(Precision.FAST)
    assert run(controls).recipe.precision is Precision.FAST
    controls.change(precision=Precision.EXACT)
    assert run(controls).recipe.precision is Precision.EXACT


def test_an_edit_after_a_request_is_one_of_its_own(controls: Controls) -> None:
    controls.change(steps=26)
    run(controls)
    controls.change(steps=27)
    controls.undo_stack.undo()
    assert controls.choices.steps == 26


def test_what_is_impossible_is_not_asked_for_and_moves_no_seed(controls: Controls) -> None:
    controls.change(after=AfterRun.NEXT)
    run(controls)
    controls.change(width=100)
    with pytest.raises(KnownError, match="multiple of 32"):
        run(controls)
    assert (controls.choices.seed, controls.advances) == (0, True)


def test_a_recalled_mix_is_made_once_and_then_seeds_follow(controls: Controls) -> None:
    controls.change(after=AfterRun.NEXT, count=5)
    controls.restore(MIXED, controls.choices.model)
    assert controls.choices.count == 1
    assert run(controls).recipe == MIXED
    assert run(controls).recipe.noise == Seed(4)


# Models


def test_before_the_model_is_open_it_is_awaited(
    qapp: QApplication, tmp_path: Path, card: ModelCard, qtbot: QtBot
) -> None:
    controls = Controls(tmp_path / "choices.json", card.folder)
    assert (controls.waiting, list(controls.problems())) == (True, ["model"])
    assert controls.limits.least_side == 0
    with qtbot.waitSignals([controls.changed, controls.facts_changed]):
        controls.set_card(card)
    assert (controls.waiting, controls.problems()) == (False, {})
    assert controls.choices.size == card.size
    assert controls.undo_stack.count() == 0


def test_a_model_that_is_refused_is_explained_until_it_is_chosen_again(
    controls: Controls, model: str, tmp_path: Path
) -> None:
    controls.change(model=str(tmp_path / "broken"))
    controls.set_refused(str(tmp_path / "broken"), "It is broken.")
    assert controls.problems() == {"model": "It is broken."}
    assert not controls.waiting
    controls.change(model=model)
    assert not controls.problems()
    controls.change(model=str(tmp_path / "broken"))
    assert controls.waiting


def test_a_model_that_is_refused_is_tried_once_more_when_it_is_chosen_once_more(
    controls: Controls, model: str, card: ModelCard, qtbot: QtBot
) -> None:
    controls.set_refused(model, "It is broken.")
    with qtbot.waitSignals([controls.facts_changed, controls.model_changed]):
        controls.change(model=model)
    assert controls.waiting
    assert controls.undo_stack.count() == 0
    controls.set_card(card)
    with qtbot.assertNotEmitted(controls.model_changed):
        controls.change(model=model)


def test_without_any_model_it_is_said_where_one_goes(qapp: QApplication, tmp_path: Path) -> None:
    controls = Controls(tmp_path / "choices.json")
    assert "models folder" in controls.problems()["model"]
    assert not controls.waiting


def test_another_model_is_asked_for_and_its_size_chosen_and_back(
    controls: Controls, card: ModelCard, qtbot: QtBot
) -> None:
    faces = dataclasses.replace(card, folder="faces", size=(256, 256))
    with qtbot.waitSignal(controls.model_changed) as told:
        controls.change(model="faces")
    assert told.args == ["faces"]
    controls.set_card(faces)
    assert (controls.card, controls.choices.size) == (faces, (256, 256))
    controls.undo_stack.undo()
    assert (controls.card, controls.choices.size) == (card, (128, 128))


def test_the_model_of_a_job_in_the_queue_does_not_take_the_controls_over(
    controls: Controls, card: ModelCard
) -> None:
    controls.set_card(dataclasses.replace(card, folder="faces", size=(256, 256)))
    assert (controls.card, controls.choices.size) == (card, (128, 128))


def test_a_recalled_recipe_waits_for_its_model(controls: Controls, card: ModelCard) -> None:
    small = dataclasses.replace(card, folder="small", ref=ModelRef("1" * 64), size=(64, 64))
    recipe = dataclasses.replace(recipe_of(3, size=card.size), model=small.ref)
    controls.restore(fork(recipe, 9, Stop()), "small")
    controls.set_card(small)
    assert run(controls).recipe == fork(recipe, 9, Stop())


def test_a_model_that_only_has_the_name_is_said_to_be_another(
    controls: Controls, card: ModelCard, qtbot: QtBot
) -> None:
    controls.restore(STOPPED, "other")
    with qtbot.waitSignal(controls.notice) as told:
        controls.set_card(
            dataclasses.replace(card, folder="other", ref=ModelRef("1" * 64, "lakes"))
        )
    assert "lakes" in str(told.args)
    assert controls.choices.branch is None
    assert not controls.problems()


# Presets and cost


def test_presets_are_edits(controls: Controls) -> None:
    controls.apply_preset(Preset.REFERENCE)
    assert controls.preset is Preset.REFERENCE
    assert "Reference" in controls.undo_stack.undoText()
    controls.undo_stack.undo()
    assert controls.preset is Preset.BALANCED
    controls.change(steps=26)
    assert controls.preset is None


def test_the_cost_is_that_of_the_whole_job_at_the_precision_in_use(
    controls: Controls, qtbot: QtBot
) -> None:
    assert controls.cost().kind is CostKind.UNKNOWN
    pace = Pace(CARD.ref.fingerprint, Precision.FAST, (128, 128), 0.1, 0.5)
    with qtbot.waitSignal(controls.facts_changed):
        controls.set_paces((pace,))
    assert controls.cost().kind is CostKind.UNKNOWN
    controls.set_auto(Precision.FAST)
    controls.change(count=10)
    found = controls.cost()
    assert (found.kind, found.picture, found.total) == (
        CostKind.MEASURED,
        pytest.approx(3.0),
        pytest.approx(30.0),
    )
    controls.change(width=7)
    assert controls.cost().kind is CostKind.UNKNOWN


# From one start to the next


def test_choices_and_history_are_there_at_the_next_start(
    controls: Controls, tmp_path: Path
) -> None:
    controls.roll()
    controls.restore(STOPPED, controls.choices.model)
    controls.change(lock=True)
    controls.save()
    again = Controls(tmp_path / "choices.json", "another")
    assert (again.choices, again.history) == (controls.choices, controls.history)
    assert again.opening_notice == ""


def test_a_seed_that_was_used_is_not_used_again_at_the_next_start(
    controls: Controls, tmp_path: Path, card: ModelCard
) -> None:
    controls.change(seed=41, after=AfterRun.NEXT)
    controls.request(batch=1, preview=PREVIEW)
    controls.save()
    again = Controls(tmp_path / "choices.json", "another")
    again.set_card(card)
    assert again.request(batch=1, preview=PREVIEW).recipe.noise == Seed(42)
    again.save()


def test_choices_are_written_when_nothing_happens_for_a_while(
    controls: Controls, tmp_path: Path, qtbot: QtBot
) -> None:
    controls.change(seed=41)
    assert not (tmp_path / "choices.json").exists()
    qtbot.waitUntil((tmp_path / "choices.json").exists, timeout=20_000)
    assert Controls(tmp_path / "choices.json").choices.seed == 41


def test_a_model_that_has_gone_is_replaced_by_the_usual_one(
    controls: Controls, tmp_path: Path, model: str
) -> None:
    controls.change(seed=41)
    controls.save()
    Path(model, "model_index.json").unlink()
    again = Controls(tmp_path / "choices.json", "another")
    assert again.choices == dataclasses.replace(controls.choices, model="another")


@pytest.mark.parametrize(
    "text", ["{", '{"version": 1, "choices": {"seed": "x"}}', '{"version": 2}', "[]"]
)
def test_damaged_or_newer_choices_are_set_aside(
    qapp: QApplication, tmp_path: Path, model: str, text: str
) -> None:
    (tmp_path / "choices.json").write_text(text)
    controls = Controls(tmp_path / "choices.json", model)
    assert controls.choices == Choices(model=model)
    assert "set aside" in controls.opening_notice
    controls.change(seed=5)
    controls.save()
    assert Controls(tmp_path / "choices.json").choices.seed == 5


def test_a_full_disk_is_said_once(
    controls: Controls, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with qtbot.waitSignal(controls.notice) as told:
        controls.change(seed=5)
        controls.save()
    assert "No space left" in str(told.args)
    with qtbot.assertNotEmitted(controls.notice, wait=50):
        controls.change(seed=6)
        controls.save()

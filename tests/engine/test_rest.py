"""Drafts: pictures that rest on their way, are shown there, and go on to the same bits later."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import safetensors.torch
import torch
from studio import ALWAYS, NEVER, Studio

from ldm_desktop.core import recipe, samplers
from ldm_desktop.core.events import (
    Changed,
    Event,
    Failed,
    Finished,
    Log,
    Pong,
    Rested,
    Stepped,
    Working,
)
from ldm_desktop.core.job import (
    DRAFT_PRIORITY,
    IDLE_PRIORITY,
    Cancel,
    Job,
    Order,
    Ping,
    Reprioritise,
    Submit,
)
from ldm_desktop.core.noise import Seed, Slerp, Turn, Walk
from ldm_desktop.core.recipe import Decode, Precision, Recipe, Renoise, Stop
from ldm_desktop.core.samplers import SamplerName
from ldm_desktop.engine import maker, stored
from ldm_desktop.engine.local import LocalEngine

Open = Callable[..., Studio]
STEPS = 26
ROOM = 1 << 30
WAYS = [(name, 0.0) for name in SamplerName] + [(SamplerName.DDIM, 0.7)]


@pytest.fixture
def open_studio(model: Path, tmp_path: Path) -> Open:
    """Give a function that opens an engine, each time a new one, all with the same cache."""

    def open_studio(room: int = ROOM) -> Studio:
        return Studio(LocalEngine("cpu", None, tmp_path / "cache", keyframes=room), model)

    return open_studio


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the folder of the keyframes."""
    return tmp_path / "cache" / "keyframes"


def steps_in(folder: Path, made: Recipe) -> list[int]:
    """Give the steps whose states lie on the disk."""
    head, _ = stored.read(folder / f"{made.id}.safetensors")
    return [frame["done"] for frame in head["frames"]]


def order(
    studio: Studio, recipes: Sequence[Recipe], until: int, *, sharp: bool = False, **changes: Any
) -> list[UUID]:
    """Order drafts in one job."""
    orders = tuple(Order(uuid4(), made, until=until, sharp=sharp) for made in recipes)
    studio.link.send(Submit(Job(uuid4(), orders, **({"preview": NEVER} | changes))))
    return [each.picture for each in orders]


def draft(studio: Studio, made: Recipe, until: int, *, sharp: bool = False) -> Rested:
    """Draft a picture, and give how it rests."""
    studio.events.clear()
    [picture] = order(studio, [made], until, sharp=sharp)
    rested = studio.wait(lambda event: isinstance(event, Rested | Failed | Finished))
    assert isinstance(rested, Rested)
    assert rested.picture == picture
    return rested


def steps_of(studio: Studio) -> list[int]:
    return [event.done for event in studio.of(Stepped)]


def make(studio: Studio, made: Recipe) -> tuple[bytes, list[int]]:
    """Make a picture; give its pixels and the steps that it took."""
    studio.events.clear()
    [result] = studio.render(made)
    return result.frame.pixels, steps_of(studio)


def test_a_draft_rests_where_it_should_and_is_shown_roughly(open_studio: Open) -> None:
    studio = open_studio()
    made = studio.recipe(3, steps=STEPS)
    rested = draft(studio, made, 5)
    assert (rested.done, rested.total, rested.sharp) == (5, STEPS, False)
    assert (rested.frame.width, rested.frame.height) == (16, 16)
    assert steps_of(studio) == [1, 2, 3, 4, 5]
    later = draft(studio, made, 20)
    assert later.frame != rested.frame


def test_a_draft_that_has_no_further_to_go_rests_at_its_end(open_studio: Open) -> None:
    studio = open_studio()
    made = studio.recipe(3, sampler=SamplerName.HEUN, steps=4)
    rested = draft(studio, made, 99)
    assert (rested.done, rested.total) == (7, 7)
    stopped = recipe.fork(made, 4, Stop())
    rested = draft(studio, stopped, 99)
    assert (rested.done, rested.total) == (4, 4)


def test_a_sharp_rest_is_x0_on_the_way_and_the_picture_at_the_end(open_studio: Open) -> None:
    studio = open_studio()
    made = studio.recipe(3, steps=STEPS)
    halfway, end = draft(studio, made, 9, sharp=True), draft(studio, made, STEPS, sharp=True)
    assert steps_of(studio) == list(range(10, STEPS + 1))
    plain = open_studio(room=0)
    assert halfway.sharp
    assert halfway.frame.pixels == plain.pixels(recipe.fork(made, 9, Stop()))[0]
    assert end.frame.pixels == plain.pixels(made)[0] != halfway.frame.pixels


def test_a_sharp_rest_is_decoded_piece_by_piece(open_studio: Open) -> None:
    studio = open_studio()
    made = dataclasses.replace(studio.recipe(3), decode=Decode(8, 2))
    order(studio, [made], 2, sharp=True)
    studio.wait(lambda event: isinstance(event, Stepped) and event.done == 2)
    studio.wait(lambda event: isinstance(event, Working))
    studio.link.send(Ping(1))
    studio.wait(lambda event: isinstance(event, Pong))
    assert not studio.of(Rested)
    studio.drain()
    assert studio.of(Rested)


@pytest.mark.parametrize("again", [False, True], ids=["at once", "after a restart"])
def test_a_survivor_is_bit_equal_to_the_picture_that_was_never_interrupted(
    open_studio: Open, again: bool
) -> None:
    studio, plain = open_studio(), open_studio(room=0)
    ways = [studio.recipe(3, sampler=name, eta=eta, steps=12) for name, eta in WAYS]
    for made in ways:
        draft(studio, made, 5)
    last = open_studio() if again else studio
    for made in ways:
        pixels, steps = make(last, made)
        assert steps[0] == 6
        assert pixels == make(plain, made)[0]


@pytest.mark.parametrize("again", [False, True], ids=["at once", "after a restart"])
def test_a_branch_that_rests_before_at_or_after_its_fork_goes_on_to_the_same_bits(
    open_studio: Open, again: bool
) -> None:
    studio, plain = open_studio(), open_studio(room=0)
    branches = {}
    for until in (3, 12, 14, 20, 21):
        first = recipe.fork(studio.recipe(until, steps=STEPS), 12, Renoise(Seed(8), 50.0))
        branches[until] = recipe.fork(first, 20, Renoise(Seed(9), 50.0))
        draft(studio, branches[until], until)
    last = open_studio() if again else studio
    for until, made in branches.items():
        pixels, steps = make(last, made)
        assert steps[0] == until + 1
        assert pixels == make(plain, made)[0]


def test_every_kind_of_exploring_noise_survives(open_studio: Open) -> None:
    studio, plain = open_studio(), open_studio(room=0)
    for tree in (Walk(Seed(1), (Turn(Seed(2), 8.0),)), Slerp(Seed(1), Seed(2), 0.3)):
        made = studio.recipe(tree)
        draft(studio, made, 3)
        pixels, steps = make(studio, made)
        assert steps == [4, 5, 6]
        assert pixels == make(plain, made)[0]


def test_a_draft_goes_on_from_its_rest_and_leaves_one_state(
    open_studio: Open, folder: Path
) -> None:
    studio = open_studio()
    made = studio.recipe(3, steps=STEPS)
    draft(studio, made, 5)
    assert steps_in(folder, made) == [5]
    assert draft(studio, made, 9).done == 9
    assert steps_of(studio) == [6, 7, 8, 9]
    assert steps_in(folder, made) == [9]


def test_a_draft_that_has_been_further_is_shown_where_it_is_to_rest(
    open_studio: Open, folder: Path
) -> None:
    studio = open_studio()
    made = studio.recipe(3, steps=STEPS)
    early = draft(studio, made, 5)
    draft(studio, made, 9)
    for engine in (studio, open_studio()):
        assert draft(engine, made, 5).frame == early.frame
    assert steps_in(folder, made) == [9]


def test_looked_at_closely_a_draft_leaves_its_whole_way(open_studio: Open, folder: Path) -> None:
    studio = open_studio()
    made = studio.recipe(3, steps=STEPS)
    draft(studio, made, 7, sharp=True)
    assert steps_in(folder, made) == [2, 4, 6, 7]
    draft(studio, made, 9)
    assert steps_in(folder, made) == [2, 4, 6, 9]
    make(studio, made)
    assert steps_in(folder, made) == list(range(2, STEPS + 1, 2))


def test_a_draft_takes_nothing_from_a_finished_picture(open_studio: Open, folder: Path) -> None:
    studio = open_studio()
    made = studio.recipe(3, steps=STEPS)
    make(studio, made)
    whole_way = steps_in(folder, made)
    again = open_studio()
    assert draft(again, made, 9).done == 9
    assert steps_of(again) == [9]
    assert steps_in(folder, made) == whole_way


@pytest.mark.parametrize("again", [False, True], ids=["at once", "after a restart"])
def test_a_finished_picture_is_made_again_from_its_noise(open_studio: Open, again: bool) -> None:
    studio = open_studio()
    made = studio.recipe(3, steps=STEPS)
    draft(studio, made, 5)
    pixels, _ = make(studio, made)
    draft(studio, made, 9)
    studio = open_studio() if again else studio
    assert make(studio, made) == (pixels, list(range(1, STEPS + 1)))


def test_keyframes_of_before_there_were_drafts_are_of_finished_pictures(
    open_studio: Open, folder: Path
) -> None:
    studio = open_studio()
    made = studio.recipe(3, steps=STEPS)
    draft(studio, made, 5)
    path = folder / f"{made.id}.safetensors"
    head, tensors = stored.read(path)
    del head["finished"]
    path.write_bytes(stored.to_bytes(head, tensors))
    assert make(open_studio(), made)[1][0] == 1


def test_without_room_on_the_disk_the_last_drafts_go_on_from_memory(open_studio: Open) -> None:
    studio = open_studio(room=0)
    made = studio.recipe(3, steps=STEPS)
    draft(studio, made, 5)
    pixels, steps = make(studio, made)
    assert steps[0] == 6
    assert pixels == make(open_studio(room=0), made)[0]


def test_an_order_overtakes_the_draft_of_its_picture_and_takes_it_along(open_studio: Open) -> None:
    studio = open_studio()
    made = studio.recipe(3, steps=STEPS)
    order(studio, [made], 20)
    studio.wait(lambda event: isinstance(event, Stepped) and event.done == 4)
    [picture] = studio.submit([made], priority=DRAFT_PRIORITY)
    studio.result(picture)
    assert next(e.done for e in studio.of(Stepped) if e.picture == picture) == 5


def test_a_draft_that_is_taken_back_goes_on_from_where_it_was(
    open_studio: Open, folder: Path
) -> None:
    studio = open_studio()
    made, other = studio.recipe(3, steps=STEPS), studio.recipe(4, steps=STEPS)
    pictures = order(studio, [made, other], 20)
    studio.wait(lambda event: isinstance(event, Stepped) and event.done == 7)
    for picture in pictures:
        studio.link.send(Cancel(picture))
    studio.drain()
    assert len(studio.of(Changed)) == 2
    # What had not begun has left nothing.
    assert [path.stem for path in folder.iterdir()] == [made.id]
    assert steps_in(folder, made) == [7]
    assert make(open_studio(), made)[1][0] == 8


def test_of_an_interrupted_step_nothing_is_kept(
    open_studio: Open, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio = open_studio()
    made = studio.recipe(3, steps=STEPS)
    [picture] = order(studio, [made], 20)
    studio.wait(lambda event: isinstance(event, Stepped) and event.done == 7)
    link: Any = studio.link
    [task] = link._engine._stepper.named(picture)
    monkeypatch.setattr(task.way._solver, "step", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        task.way.advance(torch.zeros(1, 3, 16, 16))
    studio.link.send(Cancel(picture))
    assert steps_in(folder, made) == [6]


def test_an_engine_that_ends_keeps_its_drafts(open_studio: Open, folder: Path) -> None:
    studio = open_studio()
    made = studio.recipe(3, steps=STEPS)
    order(studio, [made], 20)
    studio.wait(lambda event: isinstance(event, Stepped) and event.done == 7)
    studio.link.close()
    assert steps_in(folder, made) == [7]


def test_a_state_that_lacks_what_is_to_be_seen_is_not_gone_on_from(
    open_studio: Open, folder: Path
) -> None:
    studio = open_studio()
    made = studio.recipe(3, steps=STEPS)
    draft(studio, made, 5)
    path = folder / f"{made.id}.safetensors"
    head, tensors = stored.read(path)
    del tensors["5.x0"]
    path.write_bytes(stored.to_bytes(head, tensors))
    again = open_studio()
    assert draft(again, made, 5).done == 5
    assert steps_of(again) == [1, 2, 3, 4, 5]


def test_a_full_disk_costs_no_draft(
    open_studio: Open, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    studio = open_studio()
    order(studio, [studio.recipe(seed) for seed in range(3)], 2)
    studio.drain()
    assert len(studio.of(Rested)) == 3
    assert len(studio.of(Log)) == 1


def test_a_kept_draft_is_small(open_studio: Open, folder: Path) -> None:
    studio = open_studio()
    made = studio.recipe(3, steps=STEPS)
    draft(studio, made, 7)
    path = folder / f"{made.id}.safetensors"
    tensors = safetensors.torch.load(path.read_bytes())
    assert sum(t.nbytes for t in tensors.values()) == 2 * 4 * 3 * 16 * 16
    assert len(json.dumps(stored.read(path)[0])) < 2048


# Many at a time.


def sizes_of(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Note how many samples each call of the UNet takes."""
    link: Any = studio.link
    unet, sizes = link._engine._shelf.model(studio.card.ref, Precision.BALANCED).unet, []
    forward = unet.forward

    def noted(sample: torch.Tensor, *rest: Any, **named: Any) -> Any:
        if type(sample) is torch.Tensor:
            # Not the dry run by which the memory is measured.
            sizes.append(len(sample))
        return forward(sample, *rest, **named)

    monkeypatch.setattr(unet, "forward", noted)
    return sizes


def many(studio: Studio, count: int, first: int = 0) -> list[Recipe]:
    return [studio.recipe(first + n, precision=Precision.BALANCED) for n in range(count)]


def test_drafts_share_calls_that_pay_and_form_in_step(
    open_studio: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio = open_studio()
    sizes = sizes_of(studio, monkeypatch)
    monkeypatch.setattr(maker, "DRAFT_SECONDS", 1e6)
    order(studio, many(studio, 40), 3, batch=1024)
    studio.drain()
    assert len(studio.of(Rested)) == 40
    assert sum(sizes) == 120
    assert max(sizes[1:]) == min(40, maker.SAMPLES_A_THREAD * torch.get_num_threads())
    assert steps_of(studio) == sorted(steps_of(studio))


def test_where_a_step_takes_long_drafts_go_one_by_one(
    open_studio: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio = open_studio()
    sizes = sizes_of(studio, monkeypatch)
    monkeypatch.setattr(maker, "DRAFT_SECONDS", 0.0)
    order(studio, many(studio, 6), 3, batch=1024)
    studio.drain()
    # How long one takes is known only after the first.
    assert set(sizes[1:]) == {1}
    sizes.clear()
    studio.pixels(*many(studio, 3, first=50), batch=3)
    assert set(sizes) == {3}, "who asks for a batch of pictures gets it"


def test_drafts_are_begun_when_their_turn_comes(open_studio: Open) -> None:
    studio = open_studio()
    order(studio, many(studio, 40), 3, batch=1024)
    studio.wait(lambda event: isinstance(event, Stepped))
    assert len(studio.of(Working)) <= 4


def test_what_is_in_sight_goes_before_what_is_not_and_that_may_change(open_studio: Open) -> None:
    studio = open_studio()
    hidden = order(studio, many(studio, 3), 2, batch=1024, priority=IDLE_PRIORITY)
    seen = order(studio, many(studio, 3, first=10), 2, batch=1024, priority=DRAFT_PRIORITY)
    studio.wait(lambda event: isinstance(event, Stepped))
    studio.link.send(Reprioritise(hidden[2], DRAFT_PRIORITY + 1))
    studio.drain()
    assert [event.picture for event in studio.of(Rested)] == [hidden[2], *seen, *hidden[:2]]


def test_while_drafts_form_the_one_shown_longest_ago_is_shown_next(open_studio: Open) -> None:
    studio = open_studio()
    pictures = order(studio, many(studio, 6), 5, batch=1024, preview=ALWAYS)

    def seen(event: Event) -> bool:
        return isinstance(event, Stepped) and event.preview is not None

    shown = [studio.wait(seen) for _ in range(6)]
    assert {event.picture for event in shown} == set(pictures)  # type: ignore[union-attr]


def test_a_point_where_new_noise_enters_is_no_obstacle_to_rest(open_studio: Open) -> None:
    studio = open_studio()
    parent = studio.recipe(3, sampler=SamplerName.UNIPC, steps=12)
    point = samplers.restart_points(SamplerName.UNIPC, 12)[6]
    child = recipe.fork(parent, point, Renoise(Seed(4), 30.0))
    draft(studio, child, point)
    assert make(open_studio(), child)[0] == make(open_studio(room=0), child)[0]

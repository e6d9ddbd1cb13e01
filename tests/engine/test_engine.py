"""The engine as a front end sees it: commands in, events out."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import torch
from studio import ALWAYS, NEVER, Studio, local_studio, small_model

from ldm_desktop.core import recipe
from ldm_desktop.core.events import (
    Changed,
    Event,
    Failed,
    Finished,
    Log,
    Ready,
    State,
    Stepped,
)
from ldm_desktop.core.job import (
    INTERACTIVE_PRIORITY,
    Cancel,
    Fork,
    Load,
    Pause,
    Reprioritise,
    Resume,
)
from ldm_desktop.core.noise import (
    Generator,
    Mask,
    Mix,
    Parent,
    Region,
    Rotate,
    Seed,
    Slerp,
    Turn,
    Walk,
)
from ldm_desktop.core.previews import PreviewKind, PreviewPolicy
from ldm_desktop.core.recipe import Precision, Renoise, Stop
from ldm_desktop.core.samplers import SamplerName
from ldm_desktop.engine import maker
from ldm_desktop.engine.devices import Device, open_device
from ldm_desktop.engine.engine import Engine
from ldm_desktop.engine.shelf import Shelf

ETAS = [(name, 0.0) for name in SamplerName] + [(SamplerName.DDIM, 0.7)]


def psnr(a: bytes, b: bytes) -> float:
    x, y = (torch.frombuffer(bytearray(p), dtype=torch.uint8).double() for p in (a, b))
    return float(10 * torch.log10(255**2 / ((x - y) ** 2).mean().clamp(min=1e-12)))


@pytest.mark.parametrize(("name", "eta"), ETAS)
def test_exact_gives_the_same_bits_in_any_company(
    studio: Studio, name: SamplerName, eta: float
) -> None:
    recipes = [studio.recipe(seed, sampler=name, eta=eta, steps=5) for seed in (3, 1, 4, 1)]
    alone = studio.pixels(*recipes)
    assert alone[1] == alone[3] != alone[0]
    assert studio.pixels(*recipes[::-1], batch=3, preview=ALWAYS)[::-1] == alone
    full = PreviewPolicy(PreviewKind.FULL, share=100.0, seconds=0.0)
    assert studio.pixels(*recipes, batch=8, preview=full) == alone


def test_every_kind_of_noise_becomes_a_picture_of_its_own(studio: Studio) -> None:
    trees = [
        Seed(1),
        Seed(1, Generator.WIDE),
        Mix((Parent(Seed(1), 1.0), Parent(Seed(2), 0.5))),
        Rotate(Seed(1), Seed(2), 20.0),
        Region(Seed(1), Seed(2), Mask.of(2, 2, bytes([255, 0, 128, 0]))),
        Walk(Seed(1), (Turn(Seed(2), 20.0), Turn(Seed(3), 8.0, Mask.of(1, 2, b"\xff\0")))),
        Slerp(Seed(1), Seed(2), 0.3),
    ]
    assert len(set(studio.pixels(*[studio.recipe(tree) for tree in trees]))) == len(trees)


def test_eta_changes_the_picture_and_repeats(studio: Studio) -> None:
    recipes = [studio.recipe(1, eta=eta) for eta in (0.0, 0.5, 1.0, 1.0)]
    pixels = studio.pixels(*recipes)
    assert pixels[2] == pixels[3]
    assert len(set(pixels)) == 3


def test_balanced_and_fast_share_calls_and_stay_as_near_as_promised(studio: Studio) -> None:
    exact, balanced, fast = (
        studio.pixels(*[studio.recipe(seed, precision=p) for seed in range(3)], batch=3)
        for p in Precision
    )
    assert all(psnr(a, b) >= 50 for a, b in zip(exact, balanced, strict=True))
    assert all(psnr(a, b) >= 20 for a, b in zip(exact, fast, strict=True))


@pytest.mark.parametrize("precision", Precision)
def test_one_call_serves_several_trajectories_unless_exact(
    studio: Studio, precision: Precision, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio.pixels(studio.recipe(0, precision=precision))
    sizes = watch_calls(studio, monkeypatch, precision)
    studio.pixels(*[studio.recipe(s, steps=4, precision=precision) for s in range(3)], batch=3)
    assert sizes == ([1] * 12 if precision is Precision.EXACT else [3] * 4)


def test_samplers_at_different_steps_share_a_call(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [SamplerName.DDIM, SamplerName.HEUN, SamplerName.EULER]
    recipes = [studio.recipe(3, sampler=n, precision=Precision.BALANCED) for n in names]
    alone = [studio.pixels(one)[0] for one in recipes]
    sizes = watch_calls(studio, monkeypatch, Precision.BALANCED)
    together = studio.pixels(*recipes, batch=3)
    assert max(sizes) == 3
    assert all(psnr(a, b) >= 50 for a, b in zip(alone, together, strict=True))


def unet_of(studio: Studio, precision: Precision) -> Any:
    shelf = studio.link._engine._shelf  # type: ignore[attr-defined]
    return shelf.model(studio.card.ref, precision).unet


def watch_calls(studio: Studio, monkeypatch: pytest.MonkeyPatch, precision: Precision) -> list[int]:
    """Note the batch size of every call of the UNet."""
    unet, sizes = unet_of(studio, precision), []
    forward = unet.forward

    def noted(sample: torch.Tensor, *rest: Any, **named: Any) -> Any:
        sizes.append(len(sample))
        return forward(sample, *rest, **named)

    monkeypatch.setattr(unet, "forward", noted)
    return sizes


def test_every_picture_of_a_batch_is_previewed_and_the_previews_come_nearer(
    studio: Studio,
) -> None:
    results = studio.render(
        *[studio.recipe(s, steps=10) for s in range(3)], batch=3, preview=ALWAYS
    )
    for result in results:
        frames = [
            e.preview for e in studio.of(Stepped) if e.picture == result.picture and e.preview
        ]
        assert len(frames) >= 5
        assert (frames[0].width, frames[0].height) == (16, 16)


def test_a_full_preview_is_the_picture_in_its_size(studio: Studio) -> None:
    policy = PreviewPolicy(PreviewKind.FULL, share=100.0, seconds=0.0)
    [result] = studio.render(studio.recipe(3, steps=10), preview=policy)
    frames = [event.preview for event in studio.of(Stepped) if event.preview]
    assert (frames[-1].width, frames[-1].height) == studio.card.size
    assert psnr(frames[-1].pixels, result.frame.pixels) > psnr(
        frames[0].pixels, result.frame.pixels
    )


def test_no_preview_comes_before_the_last_one_was_seen(model: Path, tmp_path: Path) -> None:
    studio = local_studio(model, tmp_path)
    link: Any = studio.link
    studio.submit([studio.recipe(3, steps=10)], preview=ALWAYS)
    while link._engine.work():
        pass
    assert sum(1 for event in link._events if isinstance(event, Stepped) and event.preview) == 1


def test_previews_stay_within_their_share_of_the_time(studio: Studio) -> None:
    policy = PreviewPolicy(PreviewKind.FULL, share=0.0, seconds=0.0)
    studio.render(studio.recipe(3), preview=policy)
    # A first one is let through, because nothing is known of its cost; then the share is spent.
    assert sum(1 for event in studio.of(Stepped) if event.preview) <= 1


def test_progress_counts_unet_evaluations(studio: Studio) -> None:
    studio.render(studio.recipe(3, sampler=SamplerName.HEUN, steps=5))
    assert [(event.done, event.total) for event in studio.of(Stepped)] == [
        (done, 9) for done in range(1, 10)
    ]


def test_cancel_pause_and_resume_take_effect_within_one_step(studio: Studio) -> None:
    first, second = studio.submit([studio.recipe(1), studio.recipe(2)], batch=2)
    studio.wait(lambda event: isinstance(event, Stepped))
    studio.link.send(Pause(first))
    studio.link.send(Cancel(second))
    before = len(studio.of(Stepped))
    studio.drain()
    assert len(studio.of(Stepped)) - before <= 1
    assert [(e.picture, e.state) for e in studio.of(Changed)] == [
        (first, State.PAUSED),
        (second, State.CANCELLED),
    ]
    studio.link.send(Resume(first))
    result = studio.result(first)
    assert isinstance(result, Finished)
    assert result.frame.pixels == studio.pixels(studio.recipe(1))[0]


def test_a_job_is_steered_as_a_whole(studio: Studio) -> None:
    studio.submit([studio.recipe(1), studio.recipe(2)], batch=2)
    job = studio.wait(lambda event: isinstance(event, Stepped)).job  # type: ignore[union-attr]
    studio.link.send(Cancel(job))
    studio.drain()
    assert len(studio.of(Changed)) == 2
    assert not studio.of(Finished)


def test_what_is_urgent_overtakes_and_priorities_can_change(studio: Studio) -> None:
    slow = studio.submit([studio.recipe(s) for s in range(2)])
    studio.wait(lambda event: isinstance(event, Stepped))
    [urgent] = studio.submit([studio.recipe(9)], priority=INTERACTIVE_PRIORITY)
    studio.link.send(Reprioritise(slow[1], INTERACTIVE_PRIORITY + 1))
    studio.drain()
    assert [event.picture for event in studio.of(Finished)] == [slow[1], urgent, slow[0]]


@pytest.mark.parametrize(("name", "eta"), ETAS)
def test_a_fork_is_the_picture_of_its_recipe(studio: Studio, name: SamplerName, eta: float) -> None:
    source = studio.recipe(3, sampler=name, eta=eta, steps=8)
    step = recipe.samplers.restart_points(name, 8)[-3] if name is not SamplerName.PNDM else 0
    change = Renoise(Seed(77), 40.0)
    [parent] = studio.submit([source])
    while not isinstance(studio.link.receive(), Finished):
        pass
    forked = uuid4()
    studio.link.send(Fork(parent, step, change, forked))
    result = studio.result(forked)
    assert isinstance(result, Finished), result
    assert result.recipe == recipe.fork(source, step, change)
    from_noise, plain = studio.pixels(result.recipe, source)
    assert result.frame.pixels == from_noise != plain


def test_a_running_picture_is_forked_ahead_of_itself_and_forks_are_forked(studio: Studio) -> None:
    source = studio.recipe(3, steps=8)
    [parent] = studio.submit([source])
    studio.wait(lambda event: isinstance(event, Stepped))
    child, grandchild = uuid4(), uuid4()
    studio.link.send(Fork(parent, 4, Renoise(Seed(5), 30.0), child))
    studio.link.send(Fork(child, 6, Renoise(Seed(6), 30.0), grandchild))
    results = [studio.result(one) for one in (parent, child, grandchild)]
    pixels = [r.frame.pixels for r in results if isinstance(r, Finished)]
    recipes = [r.recipe for r in results if isinstance(r, Finished)]
    assert len(set(pixels)) == 3
    assert local_again(studio, *recipes) == pixels


def local_again(studio: Studio, *recipes: recipe.Recipe) -> list[bytes]:
    """Make pictures in an engine that remembers nothing of them."""
    studio.link._engine._past._finished.clear()  # type: ignore[attr-defined]
    return studio.pixels(*recipes)


def test_a_stopped_picture_is_x0_of_its_step(studio: Studio) -> None:
    source = studio.recipe(3, steps=8)
    stopped = recipe.fork(source, 2, Stop())
    policy = PreviewPolicy(PreviewKind.FULL, share=1e9, seconds=0.0)
    [whole] = studio.render(source, preview=policy)
    preview = next(e.preview for e in studio.of(Stepped) if e.done == 2)
    pixels = studio.pixels(stopped)[0]
    assert pixels == preview.pixels != whole.frame.pixels


def test_a_fork_of_a_picture_that_is_gone_says_so(studio: Studio) -> None:
    picture = uuid4()
    studio.link.send(Fork(uuid4(), 3, Stop(), picture))
    result = studio.result(picture)
    assert isinstance(result, Failed)
    assert "fork it by its recipe" in result.sentence


def test_an_impossible_fork_is_explained(studio: Studio) -> None:
    [parent] = studio.submit([studio.recipe(1, sampler=SamplerName.HEUN)])
    studio.result(parent)
    picture = uuid4()
    studio.link.send(Fork(parent, 3, Renoise(Seed(1), 10.0), picture))
    result = studio.result(picture)
    assert isinstance(result, Failed)
    assert "New noise cannot enter after 3" in result.sentence


def test_other_sizes_work_and_wrong_ones_name_the_nearest(studio: Studio) -> None:
    multiple = studio.card.multiple
    size = (studio.card.size[0] + multiple, studio.card.size[1])
    [result] = studio.render(studio.recipe(3, size=size))
    assert (result.frame.width, result.frame.height) == size
    with pytest.raises(recipe.BadArgumentError, match=rf"nearest is {multiple} or {2 * multiple}"):
        studio.recipe(3, size=(multiple + 1, multiple))


def test_a_model_that_is_not_open_fails_its_pictures_only(studio: Studio) -> None:
    foreign = recipe.dataclasses.replace(
        studio.recipe(1), model=recipe.ModelRef("0" * 64, "elsewhere")
    )
    [bad] = studio.submit([foreign])
    result = studio.result(bad)
    assert isinstance(result, Failed)
    assert result.sentence == "The model elsewhere is not open."
    assert studio.pixels(studio.recipe(1))


def test_running_out_of_memory_halves_the_batch_and_the_engine_goes_on(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipes = [studio.recipe(seed, precision=Precision.BALANCED) for seed in range(4)]
    expected = studio.pixels(*recipes, batch=4)
    unet = unet_of(studio, Precision.BALANCED)
    forward = unet.forward

    def limited(sample: torch.Tensor, *rest: Any, **named: Any) -> Any:
        if len(sample) > most:
            raise torch.OutOfMemoryError
        return forward(sample, *rest, **named)

    most = 1
    monkeypatch.setattr(unet, "forward", limited)
    assert all(
        psnr(a, b) >= 50 for a, b in zip(studio.pixels(*recipes, batch=4), expected, strict=True)
    )
    assert [e.sentence.split()[-1] for e in studio.of(Log)] == ["2.", "1."]
    most = 0
    [one] = studio.submit(recipes[:1])
    result = studio.result(one)
    assert isinstance(result, Failed)
    assert "make it smaller" in result.sentence
    most = 4
    assert len(studio.pixels(*recipes, batch=4)) == 4


def test_a_bug_fails_its_picture_with_a_report_and_the_engine_goes_on(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maker, "pieces", lambda *_: 1 / 0)
    [one] = studio.submit([studio.recipe(1)])
    result = studio.result(one)
    assert isinstance(result, Failed)
    assert "ZeroDivisionError" in result.sentence
    assert "Traceback" in result.report
    monkeypatch.undo()
    assert studio.pixels(studio.recipe(1))


def test_what_overflows_in_fast_is_made_in_balanced_and_its_recipe_says_so(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio = local_studio(model, tmp_path, precision=Precision.FAST)
    unet = unet_of(studio, Precision.FAST)
    forward = unet.forward

    def overflowing(sample: torch.Tensor, *rest: Any, **named: Any) -> Any:
        result = forward(sample, *rest, **named)
        result.sample[0, 0, 0, 0] = float("inf")
        return result

    monkeypatch.setattr(unet, "forward", overflowing)
    [result] = studio.render(studio.recipe(3, precision=Precision.FAST))
    assert result.recipe == studio.recipe(3, precision=Precision.BALANCED)
    assert result.environment.dtype == "float32"
    assert "balanced" in studio.of(Log)[0].sentence
    assert studio.pixels(result.recipe) == [result.frame.pixels]


def test_the_environment_says_threads_and_type(studio: Studio) -> None:
    [exact] = studio.render(studio.recipe(3))
    [fast] = studio.render(studio.recipe(3, precision=Precision.FAST))
    assert exact.environment.threads == torch.get_num_threads()
    assert (exact.environment.dtype, fast.environment.dtype) == ("float32", "bfloat16")


def test_auto_means_fast_only_where_sixteen_bits_are() -> None:
    device = torch.device("cpu")
    assert Device(device, "CPU", torch.bfloat16).auto is Precision.FAST
    assert Device(device, "CPU", torch.bfloat16, half_pays=False).auto is Precision.BALANCED
    assert Device(device, "CPU", None).auto is Precision.BALANCED


def test_a_model_that_changes_on_disk_is_not_mixed_with_itself(tmp_path: Path) -> None:
    folder = small_model(tmp_path / "model")
    studio = local_studio(folder, tmp_path / "cache")
    before = studio.recipe(3, precision=Precision.FAST)
    small_model(folder, seed=1)
    time.sleep(0.01)
    [picture] = studio.submit([before], preview=NEVER)
    result = studio.result(picture)
    assert isinstance(result, Failed)
    assert "has changed" in result.sentence


def test_an_idle_engine_does_beforehand_what_a_first_picture_waits_for(
    model: Path, tmp_path: Path
) -> None:
    events: list[Event] = []
    engine = Engine(open_device("cpu", None), tmp_path, events.append)
    engine.handle(Load(str(model), Precision.EXACT))
    units = 0
    while engine.work():
        units += 1
    assert units == 3
    card = next(event.model for event in events if isinstance(event, Ready))
    (shelf,) = [thing for thing in vars(engine).values() if isinstance(thing, Shelf)]
    assert card.ref.fingerprint in shelf._maps
    assert [key[0] for key in shelf._needs] == [card.ref.fingerprint]
    assert not [event for event in events if isinstance(event, Log)]


def test_what_goes_wrong_while_warming_up_is_only_noted(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[Event] = []
    engine = Engine(open_device("cpu", None), tmp_path, events.append)

    def broken(*_: object) -> None:
        raise ValueError("no")

    monkeypatch.setattr(Shelf, "admit", broken)
    engine.handle(Load(str(model), Precision.EXACT))
    assert engine.work()
    assert not engine.work()
    assert [type(event) for event in events][-1] is Log

"""What goes wrong with one thing costs nothing else."""

from __future__ import annotations

import json
import struct
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
import samples
import torch
from studio import ALWAYS, NEVER, Studio

from ldm_desktop.core import protocols
from ldm_desktop.core.events import Failed, Finished, Log, Stepped
from ldm_desktop.core.job import Fork, Job, Order, Submit
from ldm_desktop.core.noise import Seed
from ldm_desktop.core.recipe import Precision, Renoise
from ldm_desktop.engine.maker import Maker
from ldm_desktop.engine.trajectory import Trajectory


def test_a_preview_that_fails_costs_previews_and_no_picture(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = studio.pixels(studio.recipe(3))
    monkeypatch.setattr(Maker, "_picture_of", lambda *_: 1 / 0)
    assert studio.pixels(studio.recipe(3), preview=ALWAYS) == expected
    assert [event.sentence[:30] for event in studio.of(Log)] == ["Previews were switched off, be"]


def test_only_the_picture_that_overflowed_is_made_again(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipes = [studio.recipe(seed, precision=Precision.FAST) for seed in range(3)]
    studio.render(recipes[0])
    engine: Any = studio.link
    unet = engine._engine._shelf.model(studio.card.ref, Precision.FAST).unet
    forward, calls = unet.forward, []

    def overflowing(sample: torch.Tensor, *rest: Any, **named: Any) -> Any:
        result = forward(sample, *rest, **named)
        calls.append(len(sample))
        if len(calls) == 2:
            result.sample[1] = float("nan")
        return result

    monkeypatch.setattr(unet, "forward", overflowing)
    results = studio.render(*recipes, batch=3)
    precisions = [result.recipe.precision for result in results]
    assert precisions == [Precision.FAST, Precision.BALANCED, Precision.FAST]


def test_a_step_that_was_interrupted_is_not_kept() -> None:
    way = Trajectory(samples.recipe_of(3), (1, 3, 4, 4), torch.device("cpu"))
    assert not way.whole
    way.advance(torch.zeros(1, 3, 4, 4))
    assert way.whole
    way._solver.step = lambda *_: 1 / 0  # type: ignore[method-assign, assignment, return-value]
    with pytest.raises(ZeroDivisionError):
        way.advance(torch.zeros(1, 3, 4, 4))
    assert not way.whole


def test_a_fork_does_not_wait_for_the_rest_of_its_job(studio: Studio) -> None:
    pictures = studio.submit([studio.recipe(seed) for seed in range(4)])
    studio.wait(lambda event: isinstance(event, Stepped) and event.done == 4)
    forked = uuid4()
    studio.link.send(Fork(pictures[0], 3, Renoise(Seed(9), 20.0), forked))
    studio.drain()
    assert [event.picture for event in studio.of(Finished)].index(forked) == 0


def test_one_picture_is_not_made_twice_at_a_time(studio: Studio) -> None:
    order = Order(uuid4(), studio.recipe(3))
    studio.link.send(Submit(Job(uuid4(), (order,), preview=NEVER)))
    studio.link.send(Submit(Job(uuid4(), (order,), preview=NEVER)))
    studio.drain()
    assert len(studio.of(Finished)) == 1
    assert "already" in studio.of(Failed)[0].sentence


def message(kind: str, **body: Any) -> BytesIO:
    data = json.dumps({"type": kind, "body": body, "blobs": []}).encode()
    return BytesIO(struct.pack(">I", len(data)) + data)


def test_a_newer_engine_is_told_from_a_broken_one() -> None:
    with pytest.raises(protocols.VersionError, match="version 99"):
        protocols.read_event(message("hello", protocol=99, mood="new"))
    with pytest.raises(protocols.UnknownMessageError, match="telepathy"):
        protocols.read_event(message("telepathy"))

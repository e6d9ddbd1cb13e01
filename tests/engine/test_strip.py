"""A picture's whole way at a glance, as far as it is at hand, and never at the cost of anything."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from studio import NEVER, Studio

from ldm_desktop.core import recipe
from ldm_desktop.core.events import Hello, Log, Looked, Rested, Stepped, Stripped
from ldm_desktop.core.frame import Frame
from ldm_desktop.core.job import Job, Look, Order, Strip, Submit
from ldm_desktop.core.noise import Seed
from ldm_desktop.core.recipe import Recipe, Renoise, Stop
from ldm_desktop.engine.local import LocalEngine
from ldm_desktop.engine.preview import LinearMap

STEPS = 48
EVEN = list(range(2, STEPS + 1, 2))


def open_studio(model: Path, cache: Path, room: int = 1 << 30) -> Studio:
    return Studio(LocalEngine("cpu", None, cache, keyframes=room), model)


def strip(studio: Studio, made: Recipe, picture: UUID | None = None) -> Stripped:
    """Ask for the strip, without letting the engine work."""
    picture = picture or uuid4()
    link: Any = studio.link
    link.send(Strip(picture, made))
    stripped = link._events.pop()
    assert isinstance(stripped, Stripped)
    assert stripped.picture == picture
    return stripped


def looked_at(studio: Studio, made: Recipe, step: int) -> Frame:
    link: Any = studio.link
    link.send(Look(uuid4(), made, step))
    looked = link._events.pop()
    assert isinstance(looked, Looked)
    assert looked.done == step
    assert looked.frame
    return looked.frame


def frames_of(stripped: Stripped) -> list[bytes]:
    """Take a strip apart again."""
    assert stripped.frame
    count, row = len(stripped.steps), stripped.frame.width * 3
    assert stripped.frame.width % count == 0
    wide = row // count
    pixels = stripped.frame.pixels
    lines = [pixels[start : start + row] for start in range(0, len(pixels), row)]
    return [b"".join(line[n * wide : (n + 1) * wide] for line in lines) for n in range(count)]


def test_a_finished_picture_shows_its_whole_way_also_after_a_restart(
    model: Path, tmp_path: Path
) -> None:
    studio = open_studio(model, tmp_path)
    made = studio.recipe(3, steps=STEPS)
    studio.render(made)
    for each in (studio, open_studio(model, tmp_path)):
        found = strip(each, made)
        assert list(found.steps) == EVEN
        frames = frames_of(found)
        for n in (0, 7, 23):
            assert frames[n] == looked_at(each, made, EVEN[n]).pixels
        assert len(set(frames)) > 20


def test_a_branch_shows_its_parents_way_up_to_where_it_left_and_then_its_own(
    model: Path, tmp_path: Path
) -> None:
    studio = open_studio(model, tmp_path)
    first = studio.recipe(3, steps=STEPS)
    second = recipe.fork(first, 11, Renoise(Seed(8), 50.0))
    third = recipe.fork(second, 30, Renoise(Seed(9), 50.0))
    studio.render(first)
    studio.render(second)
    found = strip(studio, third)
    assert list(found.steps) == [n for n in EVEN if n <= 30]
    frames = dict(zip(found.steps, frames_of(found), strict=True))
    assert frames[10] == looked_at(studio, first, 10).pixels
    assert frames[30] == looked_at(studio, second, 30).pixels != looked_at(studio, first, 30).pixels
    stopped = recipe.fork(first, 20, Stop())
    assert strip(studio, stopped).steps == tuple(n for n in EVEN if n <= 20)


def test_a_draft_shows_what_it_has_been_through_and_where_it_rests(
    model: Path, tmp_path: Path
) -> None:
    studio = open_studio(model, tmp_path)
    made = studio.recipe(3, steps=STEPS)
    orders = (Order(uuid4(), made, until=7),)
    studio.link.send(Submit(Job(uuid4(), orders, preview=NEVER)))
    studio.wait(lambda event: isinstance(event, Stepped) and event.done == 5)
    assert strip(studio, made).steps == (2, 4, 5)
    rested = studio.wait(lambda event: isinstance(event, Rested))
    assert isinstance(rested, Rested)
    found = strip(studio, made)
    assert found.steps == (2, 4, 6, 7)
    assert frames_of(found)[-1] == rested.frame.pixels
    # On the disk is only where it rests.
    assert strip(open_studio(model, tmp_path), made).steps == (7,)


def test_by_its_number_a_picture_is_found_whatever_its_recipe_has_become(
    model: Path, tmp_path: Path
) -> None:
    studio = open_studio(model, tmp_path)
    [picture] = studio.submit([studio.recipe(3, steps=STEPS)])
    studio.wait(lambda event: isinstance(event, Stepped) and event.done == 5)
    assert strip(studio, studio.recipe(9, steps=STEPS), picture).steps == (2, 4, 5)


def test_of_what_was_never_made_there_is_no_strip(model: Path, tmp_path: Path) -> None:
    studio = open_studio(model, tmp_path)
    found = strip(studio, studio.recipe(3))
    assert (found.steps, found.frame) == ((), None)


def test_without_its_model_there_is_no_strip(model: Path, tmp_path: Path) -> None:
    studio = open_studio(model, tmp_path)
    made = studio.recipe(3, steps=STEPS)
    studio.render(made)
    link = LocalEngine("cpu", None, tmp_path, keyframes=1 << 30)
    picture = uuid4()
    link.send(Strip(picture, made))
    assert isinstance(link.receive(), Hello)
    assert link.receive() == Stripped(picture, (), None)


def test_a_bug_in_a_strip_is_said_and_costs_nothing(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = studio.recipe(3)
    studio.render(made)
    monkeypatch.setattr(LinearMap, "frame", lambda *_: 1 / 0)
    picture = uuid4()
    studio.link.send(Strip(picture, made))
    answer = studio.wait(lambda event: isinstance(event, Stripped))
    assert answer == Stripped(picture, (), None)
    assert "ZeroDivisionError" in studio.of(Log)[0].sentence
    monkeypatch.undo()
    assert studio.pixels(made)

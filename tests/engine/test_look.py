"""Looking back in a picture: at once and roughly, and never at the cost of anything."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from studio import ALWAYS, Studio

from ldm_desktop.core import recipe
from ldm_desktop.core.events import Event, Finished, Hello, Log, Looked, Pong, Stepped
from ldm_desktop.core.job import Look, Ping
from ldm_desktop.core.recipe import Recipe, Stop
from ldm_desktop.engine.local import LocalEngine
from ldm_desktop.engine.preview import LinearMap

STEPS = 48


def open_studio(model: Path, cache: Path, room: int = 1 << 30) -> Studio:
    return Studio(LocalEngine("cpu", None, cache, keyframes=room), model)


def look(studio: Studio, made: Recipe, step: int, picture: UUID | None = None) -> Looked:
    """Look, without letting the engine work."""
    picture = picture or uuid4()
    link: Any = studio.link
    link.send(Look(picture, made, step))
    looked = link._events.pop()
    assert isinstance(looked, Looked)
    assert (looked.picture, looked.step) == (picture, step)
    return looked


def test_a_picture_is_seen_at_the_keyframe_nearest_to_a_step_also_after_a_restart(
    model: Path, tmp_path: Path
) -> None:
    studio = open_studio(model, tmp_path)
    made = studio.recipe(3, steps=STEPS)
    studio.render(made)
    studio.drain()
    again = open_studio(model, tmp_path)
    for step, done in ((0, 2), (1, 2), (16, 16), (31, 30), (48, 48), (99, 48)):
        looks = look(studio, made, step), look(again, made, step)
        assert [one.done for one in looks] == [done, done]
        assert looks[0].frame == looks[1].frame is not None
    early, late = (look(again, made, step).frame for step in (4, 44))
    assert early != late
    assert (late.width, late.height) == (16, 16)
    # One that was stopped is on its parent's way, and has no more of it.
    stopped = recipe.fork(made, 20, Stop())
    assert look(again, stopped, 16).frame == look(again, made, 16).frame
    assert look(again, stopped, 30).done == 20


def test_a_running_picture_is_seen_as_far_as_it_has_come(model: Path, tmp_path: Path) -> None:
    studio = open_studio(model, tmp_path, room=0)
    made = studio.recipe(3, steps=STEPS)
    [picture] = studio.submit([made], preview=ALWAYS)
    last = studio.wait(lambda event: isinstance(event, Stepped) and event.done == 9)
    assert isinstance(last, Stepped)
    assert look(studio, made, 4).done == 4
    assert look(studio, studio.recipe(99, steps=STEPS), 30, picture).done == 9
    assert look(studio, made, 9).frame == last.preview
    assert isinstance(studio.result(picture), Finished)
    assert look(studio, made, 20).frame


def test_without_keyframes_there_is_nothing_to_see(model: Path, tmp_path: Path) -> None:
    studio = open_studio(model, tmp_path)
    answer = look(studio, studio.recipe(3), 4)
    assert (answer.done, answer.frame) == (0, None)


def test_without_its_model_a_picture_is_not_shown(model: Path, tmp_path: Path) -> None:
    studio = open_studio(model, tmp_path)
    made = studio.recipe(3, steps=STEPS)
    studio.render(made)
    studio.drain()
    link = LocalEngine("cpu", None, tmp_path, keyframes=1 << 30)
    picture = uuid4()
    link.send(Look(picture, made, 4))
    assert isinstance(link.receive(), Hello)
    assert link.receive() == Looked(picture, 4, 4, None)


def test_a_bug_in_looking_is_said_and_costs_nothing(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = studio.recipe(3)
    studio.render(made)
    monkeypatch.setattr(LinearMap, "frame", lambda *_: 1 / 0)
    picture = uuid4()
    studio.link.send(Look(picture, made, 4))
    answer = studio.wait(lambda event: isinstance(event, Looked))
    assert answer == Looked(picture, 4, 4, None)
    assert "ZeroDivisionError" in studio.of(Log)[0].sentence
    monkeypatch.undo()
    assert studio.pixels(made)


def test_a_ping_is_answered_between_two_units(studio: Studio) -> None:
    def comes(event: Event) -> bool:
        return isinstance(event, Pong)

    studio.link.send(Ping(1))
    assert studio.wait(comes) == Pong(1)
    studio.submit([studio.recipe(3)])
    studio.wait(lambda event: isinstance(event, Stepped))
    studio.events.clear()
    studio.link.send(Ping(2))
    assert studio.wait(comes) == Pong(2)
    assert len(studio.of(Stepped)) <= 1

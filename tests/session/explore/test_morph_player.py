"""Playing goes at the path's own pace, by the clock, round and round."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from morph_scenes import path_of
from pytestqt.qtbot import QtBot

from ldm_desktop.core import morph as paths
from ldm_desktop.core.morph import Easing
from ldm_desktop.session.explore.morph_player import Player

PATH = path_of(1, 2, 3, holds=(0.0, 1.0), seconds=2.0, fps=10)


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        """Give the time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def player(clock: Clock, qtbot: QtBot) -> Iterator[Player]:
    """Give a player that stands at the beginning of a path."""
    made = Player(clock=clock)
    made.set_morph(PATH)
    yield made
    made.pause()


def go(player: Player, clock: Clock, seconds: float) -> float:
    """Let time go by; give the share of the way one is at then."""
    clock.now += seconds
    player.tick()
    return player.share


def test_it_travels_at_the_paths_pace_and_rests_where_it_rests(
    player: Player, clock: Clock
) -> None:
    player.play()
    assert go(player, clock, 0.55) == pytest.approx(0.25)
    assert go(player, clock, 0.5) == pytest.approx(0.5)
    assert go(player, clock, 0.9) == pytest.approx(0.5)
    assert go(player, clock, 0.6) > 0.5


def test_after_the_end_it_begins_again(player: Player, clock: Clock) -> None:
    player.play()
    go(player, clock, paths.duration(PATH) + 0.25)
    assert player.share == pytest.approx(0.1)
    assert player.playing


def test_it_goes_on_from_where_one_looks(player: Player, clock: Clock) -> None:
    player.look_at(0.75)
    player.play()
    assert player.share == 0.75
    assert go(player, clock, 0.21) == pytest.approx(0.85)


def test_from_the_end_it_plays_from_the_beginning(player: Player, clock: Clock) -> None:
    player.look_at(1.0)
    player.play()
    assert go(player, clock, 0.05) == 0.0


def test_looking_somewhere_pauses_it(player: Player, clock: Clock) -> None:
    player.play()
    player.look_at(0.3)
    assert not player.playing
    assert go(player, clock, 1.0) == 0.3


def test_nobody_looks_beyond_the_ends(player: Player) -> None:
    player.look_at(7)
    assert player.share == 1.0
    player.look_at(-7)
    assert player.share == 0.0


def test_without_a_path_nothing_plays(player: Player) -> None:
    player.play()
    player.set_morph(None)
    assert not player.playing
    player.toggle()
    assert not player.playing
    assert player.seconds == 0.0


def test_another_path_is_travelled_from_the_same_share(player: Player, clock: Clock) -> None:
    player.look_at(0.5)
    player.play()
    player.set_morph(path_of(4, 5, seconds=10.0, fps=10))
    assert player.playing
    assert go(player, clock, 1.05) == pytest.approx(0.6)


def test_the_timer_moves_it(qtbot: QtBot) -> None:
    player = Player()
    player.set_morph(path_of(1, 2, seconds=1.0, fps=60))
    player.play()
    qtbot.waitUntil(lambda: player.share > 0)
    player.pause()


@given(st.floats(0, 1), st.sampled_from(Easing), st.booleans())
def test_the_time_of_a_place_leads_back_to_it(share: float, easing: Easing, closed: bool) -> None:
    path = path_of(1, 2, 3, holds=(0.0, 0.7), seconds=3.0, fps=24, closed=closed, easing=easing)
    degrees = share * paths.length(path)
    back = paths.degrees_at(path, paths.seconds_at(path, degrees) + 1e-6)
    steps = [moment.degrees for moment in paths.moments(path)]
    assert back == max(step for step in steps if step <= degrees)

"""A morph goes at constant speed, rests where it is to, and its ends are pictures of their own."""

from __future__ import annotations

import dataclasses
import itertools
import math

import pytest
import strategies
from hypothesis import assume, example, given
from hypothesis import strategies as st
from samples import recipe_of

from ldm_desktop.core import codec, morph
from ldm_desktop.core.errors import BadArgumentError
from ldm_desktop.core.morph import Easing, Morph, Waypoint, moments, noise_at, place, recipe_at
from ldm_desktop.core.noise import Seed, Slerp
from ldm_desktop.core.recipe import Recipe, Stop, fork

ANGLES = st.floats(0.5, 179) | st.integers(1, 179)
HOLDS = st.just(0.0) | st.floats(0, 3)


@st.composite
def morphs(draw: st.DrawFn, *, rests: bool = True) -> Morph:
    """Paths of a few waypoints, each a seed of its own."""
    count, closed = draw(st.integers(2, 5)), draw(st.booleans())
    holds = draw(st.lists(HOLDS if rests else st.just(0.0), min_size=count, max_size=count))
    ways = count - (not closed)
    return Morph(
        recipe=recipe_of(),
        waypoints=tuple(Waypoint(Seed(n), hold) for n, hold in enumerate(holds)),
        angles=tuple(draw(st.lists(ANGLES, min_size=ways, max_size=ways))),
        seconds=draw(st.floats(0.5, 60)),
        fps=draw(st.integers(1, 60)),
        closed=closed,
        easing=draw(st.sampled_from(Easing)),
    )


def of(*holds: float, closed: bool = False, **changes: object) -> Morph:
    """Give a path of seeds 0, 1, … that are 90 degrees apart, six frames a way."""
    ways = len(holds) - (not closed)
    made = Morph(
        recipe_of(),
        tuple(Waypoint(Seed(n), hold) for n, hold in enumerate(holds)),
        (90.0,) * ways,
        seconds=ways * 0.5,
        fps=12,
        closed=closed,
    )
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]


def legs_of(made: Morph) -> list[list[float]]:
    """Give the places shown from each rest to the next, both included."""
    shown = [moment.degrees for moment in moments(made)]
    if made.closed:
        shown.append(morph.length(made))
    starts = [0.0, *itertools.accumulate(made.angles)]
    rests = {at for at, point in zip(starts, made.waypoints, strict=False) if point.hold}
    legs: list[list[float]] = [[]]
    for at in shown:
        legs[-1].append(at)
        if at in rests and len(legs[-1]) > 1:
            legs.append([at])
    return [leg for leg in legs if len(leg) > 1]


@given(morphs())
def test_without_easing_all_steps_of_a_leg_have_equal_angles(made: Morph) -> None:
    made = dataclasses.replace(made, easing=Easing.NONE)
    for leg in legs_of(made):
        steps = [after - before for before, after in itertools.pairwise(leg)]
        assert max(steps) - min(steps) < 1e-9 * morph.length(made)


@given(morphs(rests=False))
def test_the_speed_is_the_same_on_short_and_long_ways(made: Morph) -> None:
    made = dataclasses.replace(made, easing=Easing.NONE)
    speed = morph.length(made) / made.seconds
    count = len(moments(made)) - (not made.closed)
    assert abs(count - made.seconds * made.fps) <= 0.5 or count == 1
    for before, after in itertools.pairwise(moments(made)):
        covered = after.degrees - before.degrees
        assert covered / before.seconds == pytest.approx(speed * made.seconds * made.fps / count)


@given(morphs())
def test_a_path_begins_and_ends_at_its_waypoints_and_never_goes_back(made: Morph) -> None:
    shown = moments(made)
    assert noise_at(made, shown[0].degrees) == made.waypoints[0].noise
    last = noise_at(made, shown[-1].degrees)
    if made.closed:
        assert last != made.waypoints[0].noise or len(shown) == 1
        # Its end is its beginning, which is not shown twice.
        assert noise_at(made, sum_of(made)) == made.waypoints[0].noise
    else:
        assert last == made.waypoints[-1].noise
    places = [moment.degrees for moment in shown]
    assert places == sorted(places)
    assert len(set(places)) == len(places)


def sum_of(made: Morph) -> float:
    *_, end = itertools.accumulate(made.angles)
    return end


@given(morphs())
def test_each_rest_is_at_its_waypoint_and_as_long_as_asked(made: Morph) -> None:
    frame = 1 / made.fps
    resting = [moment for moment in moments(made) if moment.seconds > frame]
    held = [point for point in made.waypoints if frame + point.hold > frame]
    assert [moment.seconds - frame for moment in resting] == pytest.approx(
        [point.hold for point in held]
    )
    assert [noise_at(made, moment.degrees) for moment in resting] == [p.noise for p in held]


@given(morphs())
def test_the_whole_takes_as_long_as_the_way_and_the_rests(made: Morph) -> None:
    shown = sum(moment.seconds for moment in moments(made))
    rests = sum(point.hold for point in made.waypoints)
    # Each leg is rounded to whole frames, and the last picture of an open path is seen too.
    legs = len(made.waypoints) + 1
    assert abs(shown - made.seconds - rests) <= (legs + 1) / made.fps


@pytest.mark.parametrize("easing", Easing)
@given(st.floats(0, 1), st.floats(0, 1))
def test_an_easing_rises_from_nothing_to_all(easing: Easing, one: float, other: float) -> None:
    assert (easing.at(0.0), easing.at(1.0)) == (0.0, 1.0)
    assert easing.at(min(one, other)) <= easing.at(max(one, other))


def test_easing_slows_where_it_says() -> None:
    def steps(easing: Easing) -> tuple[float, float]:
        places = [moment.degrees for moment in moments(of(0, 0, easing=easing))]
        return places[1] - places[0], places[-1] - places[-2]

    even = steps(Easing.NONE)
    assert even == pytest.approx((15.0, 15.0))
    assert steps(Easing.IN)[0] < even[0] < steps(Easing.IN)[1]
    assert steps(Easing.OUT)[0] > even[0] > steps(Easing.OUT)[1]
    assert max(steps(Easing.SMOOTH)) < even[0]


def test_a_closed_path_goes_home_and_does_not_show_its_beginning_twice() -> None:
    shown = moments(of(0, 0, 0, closed=True))
    assert [moment.degrees for moment in shown] == pytest.approx([15.0 * n for n in range(18)])
    last = noise_at(of(0, 0, 0, closed=True), shown[-1].degrees)
    assert isinstance(last, Slerp)
    assert (last.start, last.end, last.share) == (Seed(2), Seed(0), pytest.approx(5 / 6))


def test_a_path_with_rests_is_as_written() -> None:
    shown = moments(of(1, 0, 2, 0.5))
    assert [moment.degrees for moment in shown] == pytest.approx([15.0 * n for n in range(19)])
    expected = [1 / 12] * 19
    for place_, hold in ((0, 1), (12, 2), (18, 0.5)):
        expected[place_] += hold
    assert [moment.seconds for moment in shown] == pytest.approx(expected)


@given(morphs(), st.floats(0, 1))
def test_a_place_is_on_a_way_and_its_share_tells_where(made: Morph, share: float) -> None:
    degrees = sum_of(made) * share
    number, covered = place(made, degrees)
    before = math.fsum(made.angles[:number])
    assert before + covered * made.angles[number] == pytest.approx(degrees, abs=1e-9)


@given(morphs())
@example(of(0, 0, 0, 0, angles=(55.8, 171.4, 126.6)))
@example(of(0, 0, 0, 0, angles=(0.7, 0.1, 0.2)))
def test_every_waypoint_is_met_exactly(made: Morph) -> None:
    starts = [0.0, *itertools.accumulate(made.angles)]
    for at, point in zip(starts, made.waypoints, strict=False):
        assert noise_at(made, at) == point.noise


def test_a_way_of_no_angle_is_passed_over() -> None:
    made = of(0, 0, 0, angles=(0.0, 90.0), seconds=0.5)
    assert [moment.degrees for moment in moments(made)] == pytest.approx(
        [15.0 * n for n in range(7)]
    )
    assert noise_at(made, 45.0) == Slerp(Seed(1), Seed(2), 0.5)


def test_the_recipe_of_a_place_differs_in_its_noise_alone() -> None:
    made = of(0, 0, recipe=recipe_of(99, steps=7))
    at = recipe_at(made, 22.5)
    assert at == recipe_of(steps=7, noise=Slerp(Seed(0), Seed(1), 0.25))


@given(morphs(), strategies.recipes)
def test_a_morph_survives_the_round_trip_through_json(made: Morph, base: Recipe) -> None:
    assume(not base.branch)
    made = dataclasses.replace(made, recipe=base)
    again = codec.from_json(Morph, codec.parse(codec.canonical(made), "morph"))
    assert again == made
    assert moments(again) == moments(made)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"waypoints": (Waypoint(Seed(1)),), "angles": ()}, "2 to 128"),
        ({"angles": (90.0,)}, "one angle"),
        ({"angles": (90.0, 180.0)}, "opposite"),
        ({"angles": (90.0, float("nan"))}, "opposite"),
        ({"angles": (0.0, 0.0)}, "differ"),
        ({"seconds": 0.0}, "hour"),
        ({"seconds": float("nan")}, "hour"),
        ({"fps": 61}, "hour"),
        ({"seconds": 3600.0, "fps": 60}, "20,000 frames"),
        ({"recipe": fork(recipe_of(), 3, Stop())}, "no branch"),
        ({"version": 2}, "Version 2"),
    ],
)
def test_impossible_paths_are_refused_in_a_sentence(changes: dict[str, object], words: str) -> None:
    with pytest.raises(BadArgumentError, match=words):
        of(0, 0, 0, **changes)


@pytest.mark.parametrize("hold", [-1, 601, float("nan")])
def test_a_rest_lasts_up_to_ten_minutes(hold: float) -> None:
    with pytest.raises(BadArgumentError, match="600"):
        Waypoint(Seed(1), hold)

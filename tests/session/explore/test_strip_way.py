"""A way shows what comes nearest, and steps of different totals meet at equal shares."""

from __future__ import annotations

from fakes import frame_of
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QImage
from samples import recipe_of

from ldm_desktop.core.frame import Frame
from ldm_desktop.core.noise import Seed
from ldm_desktop.core.recipe import Renoise, Stop, fork
from ldm_desktop.session.explore.strip_way import MOST_FRAMES, Way, cut, share_of, step_at
from ldm_desktop.session.explore.subject import Subject
from ldm_desktop.session.shown import image_of

totals = st.integers(2, 1999)
shares = st.floats(0, 1)


def way_of(steps: int = 20, *, at: int | None = None) -> Way:
    """Give the way of a picture, or of a fork of it under another row."""
    recipe = recipe_of(3, steps=steps, size=(128, 128))
    if at is None:
        return Way(Subject(recipe))
    parent = way_of(steps)
    return Way(Subject(fork(recipe, at, Renoise(Seed(5), 30.0))), parent.id)


def image(seed: int) -> QImage:
    """Give a small frame."""
    return image_of(frame_of(seed, (8, 8)))


@given(totals, st.data())
def test_a_step_comes_back_from_its_share(total: int, data: st.DataObject) -> None:
    step = data.draw(st.integers(1, total))
    assert step_at(share_of(step, total), total) == step


@given(shares, totals)
def test_the_step_at_a_share_is_the_nearest_there_is(share: float, total: int) -> None:
    step = step_at(share, total)
    assert 1 <= step <= total
    distance = abs(share_of(step, total) - share)
    assert all(
        distance <= abs(share_of(other, total) - share) + 1e-9
        for other in (step - 1, step + 1)
        if 1 <= other <= total
    )


@given(shares, shares, totals)
def test_a_later_share_is_never_an_earlier_step(one: float, other: float, total: int) -> None:
    early, late = sorted((one, other))
    assert step_at(early, total) <= step_at(late, total)


@given(totals, totals, shares)
def test_two_rows_at_one_share_are_equally_far(one: int, other: int, share: float) -> None:
    first, second = step_at(share, one) / one, step_at(share, other) / other
    # Half a step of each, and the first step stands for all that is before it.
    assert abs(first - second) <= 1 / one + 1 / other


def test_frames_side_by_side_are_cut_apart() -> None:
    colours = (b"\xff\0\0", b"\0\xff\0", b"\0\0\xff")
    row = b"".join(colour * 4 for colour in colours)
    images = cut(Frame(12, 3, row * 3), 3)
    assert [(each.width(), each.height()) for each in images] == [(4, 3)] * 3
    assert [each.pixelColor(0, 2) for each in images] == [
        QColor("#ff0000"),
        QColor("#00ff00"),
        QColor("#0000ff"),
    ]


def test_the_nearest_frame_is_shown_and_is_not_exact() -> None:
    way = way_of()
    for step in (4, 8, 16):
        way.take(step, image(step))
    assert [way.look(step).step for step in (1, 5, 7, 9, 20)] == [4, 4, 8, 8, 16]
    assert not way.look(8).exact
    assert way.look(5).image == image(4)


def test_a_decoded_step_is_exact_there_and_nowhere_else() -> None:
    way = way_of()
    way.take(8, image(8))
    way.keep(9, image(99))
    assert way.look(9).exact
    assert way.look(9).image == image(99)
    assert (way.look(10).exact, way.look(10).image) == (False, image(8))


def test_the_finished_picture_is_its_last_step() -> None:
    way = way_of()
    way.take(8, image(8))
    way.keep(20, image(77))
    assert way.look(20).exact
    assert way.final == image(77)
    # Many decoded steps do not push it out.
    for step in range(1, 20):
        way.keep(step, image(step))
    assert way.look(20).image == image(77)
    assert not way.look(3).exact


def test_only_near_frames_stand_in_the_strip() -> None:
    way = way_of()
    way.take(8, image(8))
    assert way.near(9, within=1) == image(8)
    assert way.near(10, within=1).isNull()


def test_a_long_way_keeps_a_bounded_number_of_frames() -> None:
    way = way_of(900)
    for step in range(1, 901):
        way.take(step, QImage(1, 1, QImage.Format.Format_RGB32))
    at_hand = {way.look(step).step for step in range(1, 901)}
    assert 200 <= len(at_hand) <= MOST_FRAMES
    assert max(abs(way.look(step).step - step) for step in range(1, 901)) <= 4


def test_a_fork_under_its_parent_begins_where_it_left() -> None:
    fork_way = way_of(at=8)
    assert (fork_way.start, fork_way.total, fork_way.end) == (8, 20, 20)
    fork_way.take(4, image(4))
    assert fork_way.look(4).image.isNull()
    fork_way.take(8, image(8))
    assert fork_way.look(4).image == image(8)


def test_a_fork_is_looked_at_as_what_it_comes_to_until_it_has_steps_of_its_own() -> None:
    fork_way = way_of(at=8)
    assert [fork_way.seen_step(share_of(step, 20)) for step in (1, 8, 9, 20)] == [20, 20, 9, 20]
    assert [way_of().seen_step(share_of(step, 20)) for step in (1, 8)] == [1, 8]


def test_a_stopped_picture_ends_on_its_way() -> None:
    recipe = fork(recipe_of(3, size=(128, 128)), 12, Stop())
    way = Way(Subject(recipe))
    assert (way.end, way.total) == (12, 20)
    assert way.seen_step(1.0) == 12
    assert way.seen_step(0.25) == 5


def test_a_way_is_whole_as_far_as_its_last_keyframe_can_be() -> None:
    way = way_of(200)
    way.take(100, image(1))
    assert not way.reaches_end
    way.take(198, image(2))
    assert way.reaches_end


def test_a_strip_of_other_colours_takes_the_place_of_what_was_seen_before() -> None:
    way = way_of()
    for step in range(1, 11):
        way.take(step, image(step))
    way.take_strip({5: image(5), 15: image(15)})
    assert way.look(4).step == 4
    way.take_strip({5: image(55), 15: image(65)})
    assert [way.look(step).step for step in (4, 9, 12)] == [5, 5, 15]
    assert way.look(5).image == image(55)

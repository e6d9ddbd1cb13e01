"""A family as generations around a picture."""

from __future__ import annotations

from uuid import UUID, uuid5

from hypothesis import given
from hypothesis import strategies as st

from ldm_desktop.session.explore.kin import DOWN, MOST_IN_A_ROW, UP, Kin, Way, generations

HERE = UUID("6f1e3a52-2f4b-4f5c-9b8e-0f4f6f4b2a11")


def name(number: int) -> UUID:
    return uuid5(HERE, str(number))


def family_of(parents: dict[int, list[int]], picture: int) -> Kin:
    """Give the family of a picture, from the numbers of everybody's parents."""
    mine = {name(child): tuple(map(name, each)) for child, each in parents.items()}
    children = {each: tuple(c for c, of in mine.items() if each in of) for each in mine}
    rows, left_out, own_row = generations(
        name(picture), lambda each: mine.get(each, ()), lambda each: children.get(each, ())
    )
    shown = {each for row in rows for each in row}
    lines = {each: tuple(p for p in mine.get(each, ()) if p in shown) for each in shown}
    return Kin(name(picture), rows, own_row, lines, {}, left_out)


FAMILY = {0: [], 1: [], 2: [0, 1], 3: [0, 1], 4: [2], 5: [4], 6: [2], 7: [5]}


def test_generations_stand_above_one_another() -> None:
    kin = family_of(FAMILY, 2)
    assert [set(row) for row in kin.rows] == [
        {name(0), name(1)},
        {name(2), name(3)},
        {name(4), name(6)},
        {name(5)},
    ]
    assert kin.siblings == (name(2), name(3))
    assert kin.parents[name(3)] == (name(0), name(1))


def test_one_walks_to_the_nearest_relative() -> None:
    kin = family_of(FAMILY, 2)
    assert kin.relative(Way.PARENT) == name(0)
    assert kin.relative(Way.CHILD) == name(4)
    assert kin.relative(Way.YOUNGER) == name(3)
    assert kin.relative(Way.OLDER) is None


def test_the_way_down_is_the_one_that_one_came_up() -> None:
    kin = family_of(FAMILY, 2)
    assert kin.relative(Way.CHILD, last_child=name(6)) == name(6)
    assert kin.relative(Way.CHILD, last_child=name(7)) == name(4)


def test_a_picture_without_relatives_is_alone() -> None:
    assert family_of({0: []}, 0).alone
    assert not family_of(FAMILY, 7).alone


def test_of_a_large_brood_the_nearest_are_shown() -> None:
    brood = {0: []} | {child: [0] for child in range(1, 101)}
    kin = family_of(brood, 50)
    assert len(kin.siblings) == MOST_IN_A_ROW
    assert name(49) in kin.siblings
    assert name(51) in kin.siblings
    assert kin.left_out[kin.own_row] == 100 - MOST_IN_A_ROW


@given(
    st.dictionaries(
        st.integers(0, 40), st.lists(st.integers(0, 40), max_size=3, unique=True), max_size=41
    ),
    st.integers(0, 40),
)
def test_nobody_is_in_a_family_twice(parents: dict[int, list[int]], picture: int) -> None:
    parents.setdefault(picture, [])
    kin = family_of(parents, picture)
    everybody = [each for row in kin.rows for each in row]
    assert len(everybody) == len(set(everybody))
    assert kin.picture in kin.rows[kin.own_row]
    assert kin.own_row <= UP
    assert len(kin.rows) - kin.own_row - 1 <= DOWN
    assert all(0 < len(row) <= MOST_IN_A_ROW for row in kin.rows)

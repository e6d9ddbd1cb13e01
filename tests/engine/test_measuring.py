"""Angles between noises: measured in bounds, and a sentence where there are none."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from studio import Studio

from ldm_desktop.core.events import Event, Measured, Pong
from ldm_desktop.core.job import Measure, Ping
from ldm_desktop.core.noise import Mix, Noise, Parent, Rotate, Seed, Slerp, Turn, Walk
from ldm_desktop.engine import measuring
from ldm_desktop.engine import noise as noises
from ldm_desktop.engine.measuring import measure

SHAPE = (3, 16, 16)
NUMBER = UUID(int=7)


def angles(*trees: Noise, shape: tuple[int, int, int] = SHAPE) -> Measured:
    measured = measure(Measure(NUMBER, shape, trees))
    assert measured.number == NUMBER
    return measured


def test_the_angle_from_each_noise_to_the_next_is_told() -> None:
    turned = Rotate(Seed(1), Seed(2), 30.0)
    found = angles(Seed(1), turned, Walk(turned, (Turn(Seed(3), 8.0),)), Seed(1))
    assert found.degrees[:2] == pytest.approx((30.0, 8.0), abs=1e-3)
    assert len(found.degrees) == 3
    assert not found.sentence


def test_equal_noises_have_no_angle_and_opposite_ones_the_largest() -> None:
    opposite = Rotate(Seed(1), Seed(2), 180.0)
    assert angles(Seed(1), Seed(1), opposite).degrees == pytest.approx((0.0, 180.0), abs=1e-4)


@pytest.mark.parametrize("trees", [(), (Seed(1),)])
def test_of_fewer_than_two_there_is_nothing_to_tell(trees: tuple[Noise, ...]) -> None:
    assert angles(*trees) == Measured(NUMBER, ())


CANCELLING = Mix((Parent(Seed(1), 1.0), Parent(Seed(1), -1.0)))


@pytest.mark.parametrize(
    ("trees", "shape", "words"),
    [
        ((Seed(1), CANCELLING), SHAPE, "cancel"),
        ((Seed(1), Rotate(Seed(1), Seed(1), 5.0)), SHAPE, "itself"),
        ((Seed(1), Slerp(Seed(1), Rotate(Seed(1), Seed(2), 180.0), 0.5)), SHAPE, "opposite"),
        ((Seed(1), Seed(2)), (3, 0, 16), "size"),
        ((Seed(1), Seed(2)), (3, -16, -16), "size"),
        ((Seed(1), Seed(2)), (10**9, 10**9, 10**9), "size"),
        ((Seed(1),) * 10_000, (4, 64, 64), "fewer"),
        ((Seed(1), Walk(Seed(2), (Turn(Seed(3), 1.0),) * 1000)), (4, 512, 512), "fewer"),
    ],
)
def test_what_cannot_be_measured_is_said_in_a_sentence(
    trees: tuple[Noise, ...], shape: tuple[int, int, int], words: str
) -> None:
    found = angles(*trees, shape=shape)
    assert not found.degrees
    assert words in found.sentence


def test_a_bug_in_measuring_is_said_and_ends_nothing(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(noises, "angle", lambda *_: 1 / 0)
    number = uuid4()

    def answers(event: Event) -> bool:
        return isinstance(event, Measured)

    studio.link.send(Measure(number, SHAPE, (Seed(1), Seed(2))))
    answer = studio.wait(answers)
    assert isinstance(answer, Measured)
    assert "ZeroDivisionError" in answer.sentence
    monkeypatch.undo()
    studio.link.send(Measure(number, SHAPE, (Seed(1), Seed(2))))
    answer = studio.wait(answers)
    assert isinstance(answer, Measured)
    assert answer.degrees == pytest.approx((90.0,), abs=5)
    studio.link.send(Ping(1))
    assert studio.wait(lambda event: isinstance(event, Pong)) == Pong(1)


def test_the_noises_of_a_whole_path_at_the_reference_size_are_not_too_much() -> None:
    path = tuple(Walk(Seed(n), (Turn(Seed(n + 500), 8.0),) * 5) for n in range(128))
    measuring._check(Measure(NUMBER, (3, 64, 64), path))

"""The angles along a row of noises, as `job.Measure` asks for them: in bounds, or a sentence."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.events import Measured
from ldm_desktop.core.job import Measure
from ldm_desktop.core.noise import Noise, count_seeds
from ldm_desktop.engine import faults
from ldm_desktop.engine import noise as noises

MOST_VALUES = 1 << 22
"""Of one noise: four channels of 1024 × 1024."""
MOST_WORK = 1 << 27
"""Values times seeds: some ten seconds."""


def measure(command: Measure) -> Measured:
    """Give the angle from each noise to the next; what cannot be measured is said, not raised."""
    try:
        _check(command)
        return Measured(command.number, tuple(_angles(command.noises, (1, *command.shape))))
    except KnownError as error:
        return Measured(command.number, (), str(error))
    except Exception as error:  # noqa: BLE001 - a question must never cost a picture
        return Measured(command.number, (), faults.bug(error))


def _check(command: Measure) -> None:
    values = math.prod(command.shape)
    if min(command.shape) < 1 or values > MOST_VALUES:
        raise KnownError("Noise of this size cannot be measured: choose a smaller picture.")
    if values * sum(map(count_seeds, command.noises)) > MOST_WORK:
        raise KnownError("This is too much noise to measure at a time: take fewer pictures.")


def _angles(trees: tuple[Noise, ...], shape: noises.Shape) -> Iterator[float]:
    made = (noises.noise(tree, shape) for tree in trees)
    return itertools.starmap(noises.angle, itertools.pairwise(made))

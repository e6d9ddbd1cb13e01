"""Starting noise from a recipe's tree: CPU, float32, one generator a picture.

So a seed means the same noise at any batch size and on any device. All sums are in float64 and
in one order, so that they do not depend on the number of threads.
"""

from __future__ import annotations

import functools
import hashlib
import math

import numpy as np
import torch
from torch import Tensor

from ldm_desktop.core import codec
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.noise import (
    Generator,
    Mask,
    Mix,
    Noise,
    Region,
    Rotate,
    Seed,
    Slerp,
    Turn,
)

Shape = tuple[int, int, int, int]
SMALLEST_ARC = 1e-8
"""Radians; below it, as far as sums in float64 can tell, two directions are one."""


def noise(tree: Noise, shape: Shape) -> Tensor:
    """Give the N(0, 1) noise of a tree, float32 of `shape` (1, C, H, W)."""
    if isinstance(tree, Seed):
        return _seeded(tree, shape)
    if isinstance(tree, Mix):
        return mix([(noise(p.noise, shape), p.weight) for p in tree.parents])
    if isinstance(tree, Rotate):
        return rotate(noise(tree.base, shape), noise(tree.toward, shape), tree.degrees)
    if isinstance(tree, Region):
        return region(noise(tree.inside, shape), noise(tree.outside, shape), tree.mask)
    if isinstance(tree, Slerp):
        return slerp(noise(tree.start, shape), noise(tree.end, shape), tree.share)
    return _turned(_walked(tree.base, tree.turns[:-1], shape), tree.turns[-1], shape)


@functools.lru_cache(maxsize=2)
def _walked(base: Noise, turns: tuple[Turn, ...], shape: Shape) -> Tensor:
    # The neighbours of a picture have all but the last turn in common.
    return functools.reduce(lambda z, turn: _turned(z, turn, shape), turns, noise(base, shape))


def _turned(z: Tensor, turn: Turn, shape: Shape) -> Tensor:
    """Take one step of a walk: turn a noise, but for what the lock keeps."""
    turned = rotate(z, noise(turn.toward, shape), turn.degrees)
    return region(z, turned, turn.lock) if turn.lock else turned


def _seeded(seed: Seed, shape: Shape) -> Tensor:
    if seed.generator is Generator.WIDE:
        return _counter_based(seed.seed.to_bytes(8, "little"), shape)
    generator = torch.Generator("cpu").manual_seed(seed.seed)
    return torch.randn(shape, generator=generator)


def step_noise(root: Noise, step: int, shape: Shape) -> Tensor:
    """Give the noise that a sampler with eta > 0 adds at a step: a function of seed and step."""
    return _counter_based(f"{step} {codec.canonical(root)}".encode(), shape)


def _counter_based(key: bytes, shape: Shape) -> Tensor:
    """Philox 4×64 (Salmon et al. 2011) keyed by BLAKE2b-128 of `key`, made normal by Box-Muller.

    NumPy promises the raw stream of its bit generators for ever, but not its `normal`.
    """
    digest = hashlib.blake2b(key, digest_size=16, person=b"ldm-noise-1").digest()
    count = math.prod(shape)
    raw = np.random.Philox(key=int.from_bytes(digest, "little")).random_raw(2 * ((count + 1) // 2))
    uniform = ((raw >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53
    radius = np.sqrt(-2 * np.log(uniform[0::2]))
    angle = 2 * np.pi * uniform[1::2]
    pairs = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    return torch.from_numpy(pairs.reshape(-1)[:count].astype(np.float32)).reshape(shape)


def mix(parents: list[tuple[Tensor, float]]) -> Tensor:
    """Give Σwᵢzᵢ scaled to the parents' mean power Σ|wᵢ|‖zᵢ‖² / Σ|wᵢ|.

    For two parents this is slerp. Dividing by √(wᵀGw), as one reads, forgets that the noise of a
    seed has not exactly unit power, so that a mix would not end where its parent is.
    """
    total = sum(
        (z.double() * weight for z, weight in parents), start=torch.zeros((), dtype=torch.float64)
    )
    weights = math.fsum(abs(weight) for _, weight in parents)
    power = math.fsum(abs(weight) * _power(z) for z, weight in parents) / weights
    if _power(total) < 1e-9 * weights**2:
        raise KnownError("The weights of this mix cancel each other; change one of them.")
    return (total * math.sqrt(power / _power(total))).float()


def rotate(base: Tensor, toward: Tensor, degrees: float) -> Tensor:
    """Turn `base` on its sphere by an angle, in the plane that it spans with `toward`."""
    a, b = base.double(), toward.double()
    square = _dot(a, a)
    side = b - a * (_dot(a, b) / square)
    power = _power(side)
    if power < 1e-9:
        raise KnownError("A noise cannot be turned toward itself; choose another seed.")
    side = side * math.sqrt(square / a.numel() / power)
    turn = math.radians(degrees)
    return (a * math.cos(turn) + side * math.sin(turn)).float()


def slerp(start: Tensor, end: Tensor, share: float) -> Tensor:
    """Give the noise at a share, 0 … 1, of the arc from one noise to another.

    (sin((1-s)ω) â + sin(sω) b̂) / sin ω (Shoemake 1985, §3.3), where ω is the angle between the
    two, with a length that goes evenly from ‖a‖ to ‖b‖.
    """
    if share in (0, 1):
        return end if share else start
    (a, length), (b, other) = _split(start), _split(end)
    arc = _arc(a, b)
    if math.pi - arc < 1e-4:
        raise KnownError(
            "These two noises are opposite each other, so that every way between them is as "
            "short: put another one between."
        )
    near, far = 1 - share, share
    if arc > SMALLEST_ARC:
        near, far = math.sin(near * arc) / math.sin(arc), math.sin(far * arc) / math.sin(arc)
    between = a * near + b * far
    return (between * ((1 - share) * length + share * other)).float()


def angle(a: Tensor, b: Tensor) -> float:
    """Give the angle between two noises as vectors, in degrees 0 … 180."""
    return math.degrees(_arc(_split(a)[0], _split(b)[0]))


def _split(z: Tensor) -> tuple[Tensor, float]:
    """Give the direction of a noise, of length 1 in float64, and its length."""
    z = z.double()
    length = math.sqrt(_dot(z, z))
    if not length:
        raise KnownError("The parts of this noise cancel each other; change one of them.")
    return z / length, length


def _arc(a: Tensor, b: Tensor) -> float:
    """Give the angle between two unit vectors, in radians, as exactly near 0 and π as elsewhere.

    2 atan2(‖a - b‖, ‖a + b‖) (Kahan 2006, "How Futile are Mindless Assessments of Roundoff…", §12).
    """
    apart, together = a - b, a + b
    return 2 * math.atan2(math.sqrt(_dot(apart, apart)), math.sqrt(_dot(together, together)))


def region(inside: Tensor, outside: Tensor, mask: Mask) -> Tensor:
    """Take `inside` where the mask is white, `outside` where it is black.

    On a soft edge m·a + (1-m)·b has less variance; it is scaled by
    1 / √(m² + (1-m)² + 2m(1-m)ρ), where ρ is the correlation of the two.
    """
    a, b = inside.double(), outside.double()
    m = _mask(mask, a.shape[-2], a.shape[-1])
    rho = _dot(a, b) / math.sqrt(_dot(a, a) * _dot(b, b))
    variance = m * m + (1 - m) * (1 - m) + 2 * m * (1 - m) * rho
    return ((m * a + (1 - m) * b) / variance.clamp(min=1e-9).sqrt()).float()


@functools.lru_cache(maxsize=1)
def _mask(mask: Mask, height: int, width: int) -> Tensor:
    # What is locked stays locked for many turns.
    grey = torch.frombuffer(bytearray(mask.values()), dtype=torch.uint8).double() / 255
    grey = grey.reshape(1, 1, mask.height, mask.width)
    return torch.nn.functional.interpolate(grey, size=(height, width), mode="area")


def _dot(a: Tensor, b: Tensor) -> float:
    return math.fsum((a * b).reshape(-1).tolist())


def _power(z: Tensor) -> float:
    z = z.double()
    return _dot(z, z) / z.numel()

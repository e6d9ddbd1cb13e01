"""The seeds that were rolled or used, newest first."""

from __future__ import annotations

from collections.abc import Iterable

from ldm_desktop.core.seeds import TORCH_SEEDS

MOST = 200


def remembered(history: tuple[int, ...], seed: int) -> tuple[int, ...]:
    """Put a seed in front; each stands there once, and the oldest fall out."""
    return (seed, *(older for older in history if older != seed))[:MOST]


def cleaned(history: Iterable[int]) -> tuple[int, ...]:
    """Keep what can be a history, of one read from a file."""
    return tuple(dict.fromkeys(seed for seed in history if 0 <= seed < TORCH_SEEDS))[:MOST]

"""Seeds as people write them."""

from __future__ import annotations

from collections.abc import Sequence

from ldm_desktop.core.errors import BadArgumentError

TORCH_SEEDS = 2**32
"""torch's CPU generator uses the low 32 bits of a seed: 3 and 2³²+3 give the same noise."""
WIDE_SEEDS = 2**64
MOST_SEEDS = 1_000_000


def parse(text: str, limit: int = TORCH_SEEDS) -> tuple[tuple[int, ...], str | None]:
    """Read `3`, `0:16` (16 excluded), `3,7,11` or a mixture; give the seeds and a notice.

    Seeds of other programs at or above `limit` are reduced to it and the notice says so.
    """
    given: list[int] = []
    for part in text.split(","):
        given.extend(_range(part.strip(), text, MOST_SEEDS - len(given)))
    reduced = tuple(seed % limit for seed in given)
    large = [seed for seed in given if seed >= limit]
    if not large:
        return reduced, None
    return reduced, (
        f"Seed {large[0]} was reduced to {large[0] % limit}: noise depends on the seed "
        f"modulo {limit} only, so both are the same picture."
    )


def _range(part: str, text: str, room: int) -> Sequence[int]:
    first, colon, end = part.partition(":")
    start = _number(first, text)
    stop = _number(end, text) if colon else start + 1
    if stop <= start:
        raise BadArgumentError(
            f"The seeds {part!r} are none, because the end is excluded: write {stop}:{start + 1}."
        )
    if stop - start > room:
        raise BadArgumentError(f"At most {MOST_SEEDS:,} seeds a run; cut the range in parts.")
    return range(start, stop)


def _number(digits: str, text: str) -> int:
    if digits.isascii() and digits.isdigit() and len(digits) <= 39:
        return int(digits)
    raise BadArgumentError(
        f"{text!r} is no seed: write a whole number from 0, a range 0:16 (without 16), "
        "or a list 3,7,11."
    )


def shard(seeds: tuple[int, ...], index: int, count: int) -> tuple[int, ...]:
    """Take every `count`-th seed, beginning with number `index` (from 1)."""
    if not 1 <= index <= count:
        raise BadArgumentError(
            f"There is no part {index} of {count}: write 1/{count} … {count}/{count}."
        )
    return seeds[index - 1 :: count]

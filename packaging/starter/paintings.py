"""The painted data set on disk: shards of pictures, painted once by several processes."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from painter import paint

SHARD = 512
TRAIN_SEED = 1_000_000
HELD_OUT_SEED = 5_000_000


def paint_shard(path: Path, first_seed: int, count: int, size: int) -> Path:
    """Paint seeds first_seed ... +count into a file (count, size, size, 3) uint8, if missing."""
    if not path.exists():
        os.nice(19)
        pictures = np.stack([paint(first_seed + i, size).rgb for i in range(count)])
        partial = path.with_suffix(".partial.npy")
        np.save(partial, pictures)
        partial.replace(path)
    return path


def paint_set(
    folder: Path, count: int, first_seed: int, size: int = 128, workers: int = 2
) -> list[Path]:
    """Paint `count` pictures as shards into a folder, continuing where an earlier run ended."""
    folder.mkdir(parents=True, exist_ok=True)
    starts = range(0, count, SHARD)
    with ProcessPoolExecutor(workers) as pool:
        jobs = [
            pool.submit(
                paint_shard,
                folder / f"{start:07d}.npy",
                first_seed + start,
                min(SHARD, count - start),
                size,
            )
            for start in starts
        ]
        return [job.result() for job in jobs]


def load_set(folder: Path) -> NDArray[np.uint8]:
    """All finished shards of a folder as one array (N, size, size, 3) uint8."""
    shards = [p for p in sorted(folder.glob("*.npy")) if not p.name.endswith(".partial.npy")]
    return np.concatenate([np.load(shard) for shard in shards])

"""Training by several single-threaded processes that average their gradients.

On a processor that other programs use as well, one process a core beats one process with several
threads: its parts meet once a step rather than at the end of every operation.
"""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import distributed, nn
from torch import multiprocessing as processes


@dataclass(frozen=True)
class Team:
    """This process's place among `size` equal ones; place 0 logs and writes files."""

    place: int = 0
    size: int = 1

    @property
    def leads(self) -> bool:
        """Whether this process writes files for the team."""
        return self.place == 0

    def average_gradients(self, parameters: Iterable[nn.Parameter], value: float) -> float:
        """Average gradients over the team, and `value` with them, which all then agree on."""
        if self.size == 1:
            return value
        gradients = [p.grad for p in parameters if p.grad is not None]
        flat = torch.cat([g.reshape(-1) for g in gradients] + [torch.tensor([value])])
        distributed.all_reduce(flat)
        flat /= self.size
        at = 0
        for gradient in gradients:
            gradient.copy_(flat[at : at + gradient.numel()].view(gradient.shape))
            at += gradient.numel()
        return float(flat[-1])


def _member(place: int, size: int, store: str, work: Callable[..., Any], given: tuple) -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(1)
    os.environ.setdefault("GLOO_SOCKET_IFNAME", "lo")
    distributed.init_process_group("gloo", f"file://{store}", rank=place, world_size=size)
    work(*given, Team(place, size))
    distributed.destroy_process_group()


def run_team(size: int, work: Callable[..., Any], *given: Any) -> None:
    """Run `work(*given, team)` in `size` processes, or here where the size is 1."""
    if size == 1:
        work(*given, Team())
        return
    with tempfile.TemporaryDirectory() as folder:
        store = str(Path(folder) / "meeting")
        processes.spawn(_member, (size, store, work, given), nprocs=size)

"""diffusers' own DDIM loop, in a process of its own: a line `PICTURES BATCH STEPS` in, seconds out.

    python explore_diffusers.py MODEL-FOLDER

Started by `explore.py`, at the priority of the application's engine. It begins with a line of
JSON that says what it is.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from ldm_desktop.engine.priority import lower_priority


class Loop:
    """`UNet2DModel` and `DDIMScheduler` as `LDMPipeline` calls them; nothing is decoded."""

    def __init__(self, folder: Path) -> None:
        from diffusers.models.unets.unet_2d import UNet2DModel
        from diffusers.schedulers.scheduling_ddim import DDIMScheduler

        # Without the optional `accelerate` it would say at length that it is not there.
        unet = UNet2DModel.from_pretrained(folder / "unet", low_cpu_mem_usage=False)
        self._unet: Any = unet.eval()
        self._scheduler: Any = DDIMScheduler.from_pretrained(folder / "scheduler")

    def make(self, batch: int, steps: int) -> None:
        """Make the latents of a batch."""
        import torch

        size, unet, scheduler = self._unet.config.sample_size, self._unet, self._scheduler
        with torch.no_grad():
            latents = torch.randn(batch, unet.config.in_channels, size, size)
            latents = latents * scheduler.init_noise_sigma
            scheduler.set_timesteps(steps)
            for step in scheduler.timesteps:
                noise = unet(scheduler.scale_model_input(latents, step), step).sample
                latents = scheduler.step(noise, step, latents, eta=0.0).prev_sample


def seconds(loop: Loop, pictures: int, batch: int, steps: int) -> float:
    """Make so many pictures, a batch after another; give the seconds."""
    begun = time.perf_counter()
    for first in range(0, pictures, batch):
        loop.make(min(batch, pictures - first), steps)
    return time.perf_counter() - begun


def main() -> None:
    """Answer lines until there are no more."""
    lower_priority()
    import diffusers
    import torch

    from ldm_desktop.engine.maker import SAMPLES_A_THREAD

    loop = Loop(Path(sys.argv[1]))
    threads = torch.get_num_threads()
    facts = {
        "torch": torch.__version__,
        "diffusers": diffusers.__version__,
        "threads": threads,
        "batch": SAMPLES_A_THREAD * threads,
    }
    print(json.dumps(facts), flush=True)
    for line in sys.stdin:
        pictures, batch, steps = map(int, line.split())
        print(seconds(loop, pictures, batch, steps), flush=True)


if __name__ == "__main__":
    main()

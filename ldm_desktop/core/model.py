"""What a front end needs to know of a model, and how settings become a recipe for it."""

from __future__ import annotations

from dataclasses import dataclass

from ldm_desktop.core.errors import BadArgumentError
from ldm_desktop.core.noise import Noise
from ldm_desktop.core.recipe import Decode, ModelRef, NoiseSchedule, Precision, Recipe, sampler_for
from ldm_desktop.core.samplers import Convention, SamplerName

WHOLE_DECODE = 128 * 128
"""Up to so many latent pixels are decoded in one piece."""


@dataclass(frozen=True)
class ModelCard:
    """A model that is ready; sizes are (width, height) in pixels.

    `factor` is pixels a latent pixel; `multiple` is factor × 2^(UNet downsamplings).
    """

    ref: ModelRef
    folder: str
    size: tuple[int, int]
    multiple: int
    factor: int
    channels: int
    schedule: NoiseSchedule
    spacing: str
    licence: str = ""

    def latent_shape(self, size: tuple[int, int]) -> tuple[int, int, int, int]:
        """Give (1, C, H, W) of the latents of a picture of a size."""
        return 1, self.channels, size[1] // self.factor, size[0] // self.factor

    def check_size(self, size: tuple[int, int]) -> None:
        """Refuse a size that the UNet cannot halve often enough, naming the nearest ones."""
        for name, side in zip(("width", "height"), size, strict=True):
            if side % self.multiple or side <= 0:
                below = max(0, side // self.multiple * self.multiple)
                near = [str(n) for n in (below, below + self.multiple) if n > 0]
                raise BadArgumentError(
                    f"The {name} {side} does not work with {self.ref.name}: it has to be a "
                    f"multiple of {self.multiple}; the nearest is {' or '.join(near)}."
                )

    def decode_for(self, size: tuple[int, int]) -> Decode:
        """Choose how a size is decoded: large ones in tiles of the size trained on."""
        if size[0] * size[1] <= WHOLE_DECODE * self.factor**2:
            return Decode()
        tile = min(self.size) // self.factor
        if tile * self.factor >= max(size):
            return Decode()
        return Decode(tile, tile // 4)

    def recipe(
        self,
        noise: Noise,
        *,
        sampler: SamplerName,
        convention: Convention,
        steps: int,
        eta: float,
        size: tuple[int, int],
        precision: Precision,
    ) -> Recipe:
        """Turn settings into a recipe, refusing what cannot work."""
        self.check_size(size)
        return Recipe(
            model=self.ref,
            noise=noise,
            sampler=sampler_for(sampler, convention, self.schedule, self.spacing),
            steps=steps,
            eta=eta,
            size=size,
            precision=precision,
            decode=self.decode_for(size),
        )

"""From latents to pixels, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import Tensor

from ldm_desktop.core.frame import Frame
from ldm_desktop.core.recipe import Decode
from ldm_desktop.engine.models import Model

ROWS = 1024
"""Latent pixels whose distances to all codes are held at a time: 32 MiB for 8192 codes."""


def decode(model: Model, latents: Tensor, how: Decode) -> Tensor:
    """Decode latents (1, C, h, w) to a picture (1, 3, H, W) of about -1 … 1, float32 on the CPU."""
    return next(picture for picture in pieces(model, latents, how) if picture is not None)


def pieces(model: Model, latents: Tensor, how: Decode) -> Iterator[Tensor | None]:
    """Decode tile by tile, so that something else can come between; the picture comes last."""
    vae = model.vae
    z = (latents / model.scaling_factor + model.shift_factor).to(vae.dtype)
    if model.is_vq:
        # As in VectorQuantizer.forward: the rounding of z + (z_q - z) is part of the reference.
        z = z + (quantize(z, vae.quantize.embedding.weight) - z)
    if vae.post_quant_conv is not None:
        z = vae.post_quant_conv(z)
    if how.tile:
        yield from _tiled(model, z, how)
    else:
        yield vae.decoder(z).float().cpu()


def quantize(z: Tensor, codes: Tensor) -> Tensor:
    """Replace each latent vector of z (1, C, h, w) by the nearest of `codes` (N, C).

    `VectorQuantizer` holds the distances of all latent pixels to all codes at once: 134 MB for a
    256-pixel picture of the reference model.
    """
    rows = z.permute(0, 2, 3, 1).reshape(-1, z.shape[1])
    # cdist takes another path, with other roundings, below 26 rows: no chunk may be that short.
    count = max(1, rows.shape[0] // ROWS)
    nearest = [torch.cdist(part, codes).argmin(dim=1) for part in rows.chunk(count)]
    chosen = codes[torch.cat(nearest)]
    return chosen.reshape(1, z.shape[2], z.shape[3], -1).permute(0, 3, 1, 2).contiguous()


def _tiled(model: Model, z: Tensor, how: Decode) -> Iterator[Tensor | None]:
    """Decode overlapping tiles and blend them by ramps, always in the same order."""
    factor, height, width = model.card.factor, z.shape[2], z.shape[3]
    total = torch.zeros(1, 3, height * factor, width * factor)
    weight = torch.zeros(1, 1, height * factor, width * factor)
    for top in _starts(height, how):
        for left in _starts(width, how):
            bottom, right = min(top + how.tile, height), min(left + how.tile, width)
            tile = model.vae.decoder(z[:, :, top:bottom, left:right].contiguous()).float().cpu()
            ramp = _ramp(tile.shape[2], how, factor)[:, None] * _ramp(tile.shape[3], how, factor)
            rows = slice(top * factor, bottom * factor)
            columns = slice(left * factor, right * factor)
            total[:, :, rows, columns] += tile * ramp
            weight[:, :, rows, columns] += ramp
            yield None
    yield total / weight


def _starts(length: int, how: Decode) -> list[int]:
    """Where tiles begin so that each is whole and the last ends with the picture."""
    last = max(0, length - how.tile)
    return sorted({*range(0, last, how.tile - how.overlap), last})


def _ramp(length: int, how: Decode, factor: int) -> Tensor:
    """Weights (length,) that rise over the overlap and fall again, nowhere 0."""
    distance = torch.arange(length, dtype=torch.float32)
    edge = torch.minimum(distance, length - 1 - distance) + 1
    return (edge / max(1, how.overlap * factor)).clamp(max=1)


def to_frame(picture: Tensor) -> Frame:
    """Round a picture (1, 3, H, W) of -1 … 1 to 8 bits, as diffusers does."""
    unit = (picture / 2 + 0.5).clamp(0, 1)
    levels = (unit[0].permute(1, 2, 0).numpy() * 255).round().astype("uint8")
    height, width, _ = levels.shape
    return Frame(width, height, levels.tobytes())

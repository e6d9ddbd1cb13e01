"""Decoding: the reference's bits, in pieces, in bounded memory."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from studio import Studio

from ldm_desktop.core.recipe import Decode, Precision
from ldm_desktop.engine.decode import decode, quantize, to_frame
from ldm_desktop.engine.models import Model


@pytest.fixture
def opened(studio: Studio) -> Model:
    shelf = studio.link._engine._shelf  # type: ignore[attr-defined]
    found: Model = shelf.model(studio.card.ref, Precision.EXACT)
    return found


def latents(height: int, width: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(1, 3, height, width, generator=torch.Generator().manual_seed(seed))


@pytest.mark.parametrize("count", [2, 256, 8192])
@pytest.mark.parametrize("side", [1, 4, 5, 33, 64, 96])
def test_pieces_find_the_same_codes_as_all_distances_at_once(count: int, side: int) -> None:
    codes = torch.randn(count, 3, generator=torch.Generator().manual_seed(1))
    z = latents(side, side)
    rows = z.permute(0, 2, 3, 1).reshape(-1, 3)
    expected = codes[torch.argmin(torch.cdist(rows, codes), dim=1)]
    expected = expected.reshape(1, side, side, 3).permute(0, 3, 1, 2)
    assert torch.equal(quantize(z, codes), expected)


@torch.no_grad()
def test_a_whole_decode_is_that_of_diffusers(opened: Model) -> None:
    z = latents(20, 12)
    assert torch.equal(decode(opened, z, Decode()), opened.vae.decode(z).sample)


@torch.no_grad()
def test_tiles_cover_the_picture_repeat_and_join_without_seams(opened: Model) -> None:
    z, how = latents(24, 40), Decode(tile=16, overlap=8)
    tiled = decode(opened, z, how)
    assert tiled.shape == (1, 3, 96, 160)
    assert torch.equal(tiled, decode(opened, z, how))
    whole = decode(opened, z, Decode())
    # The decoder's group norms see only their tile, so tiles are near, not equal.
    assert float((tiled - whole).abs().mean()) < 0.25 * float(whole.std())
    across = (tiled[..., 1:] - tiled[..., :-1]).abs().mean(dim=(0, 1, 2))
    assert float(across.max()) < 3 * float(across.median())


@torch.no_grad()
def test_one_tile_that_covers_everything_is_the_whole(opened: Model) -> None:
    z = latents(16, 16)
    difference = decode(opened, z, Decode(16, 4)) - decode(opened, z, Decode())
    assert float(difference.abs().max()) < 1e-6


def test_large_pictures_are_decoded_in_tiles_of_the_size_trained_on(studio: Studio) -> None:
    card = studio.card
    assert card.decode_for(card.size) == Decode()
    assert card.decode_for((128 * card.factor, 128 * card.factor)) == Decode()
    side = card.size[0] // card.factor
    assert card.decode_for((160 * card.factor, 128 * card.factor)) == Decode(side, side // 4)


def test_rounding_is_to_the_nearest_level_and_clamped(tmp_path: Path) -> None:
    grey = torch.tensor([-9.0, -1.0, 0.0, 0.003, 1.0, 9.0]).reshape(1, 1, 1, 6).repeat(1, 3, 1, 1)
    assert list(to_frame(grey).pixels[::3]) == [0, 0, 128, 128, 255, 255]

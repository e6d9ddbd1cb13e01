"""The linear preview: fitted on the model's own decodes, and kept."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from studio import Studio

from ldm_desktop.core.previews import PreviewKind, PreviewPolicy
from ldm_desktop.core.recipe import Decode, Precision
from ldm_desktop.engine.decode import decode
from ldm_desktop.engine.models import Model
from ldm_desktop.engine.preview import Budget, LinearMap


@pytest.fixture
def opened(studio: Studio) -> Model:
    shelf = studio.link._engine._shelf  # type: ignore[attr-defined]
    found: Model = shelf.model(studio.card.ref, Precision.EXACT)
    return found


def linear_picture(latents: torch.Tensor) -> torch.Tensor:
    """Decode as a decoder that really is one matrix."""
    matrix = torch.tensor([[0.3, -0.1, 0.2], [0.0, 0.2, 0.1], [-0.2, 0.1, 0.3]])
    flat = torch.einsum("bchw,cd->bdhw", latents, matrix) + 0.1
    return flat.repeat_interleave(4, 2).repeat_interleave(4, 3)


@torch.no_grad()
def test_it_learns_the_colours_of_finished_pictures_and_keeps_them(
    opened: Model, tmp_path: Path
) -> None:
    latents = torch.randn(1, 3, 16, 16, generator=torch.Generator().manual_seed(1))
    expected = torch.nn.functional.avg_pool2d(linear_picture(latents), 4)
    first = LinearMap(opened, tmp_path)
    untaught = error(first, latents, expected)
    for _ in range(2):
        first.learn(latents, linear_picture(latents))
    assert error(first, latents, expected) < 2 < untaught
    again = LinearMap(opened, tmp_path)
    assert again.frame(latents) == first.frame(latents)


def error(linear: LinearMap, latents: torch.Tensor, expected: torch.Tensor) -> float:
    frame = linear.frame(latents)
    shown = torch.frombuffer(bytearray(frame.pixels), dtype=torch.uint8).reshape(16, 16, 3)
    levels = ((expected[0].permute(1, 2, 0) / 2 + 0.5).clamp(0, 1) * 255).round()
    return float((shown - levels).abs().mean())


@torch.no_grad()
def test_before_any_picture_it_already_resembles_the_decoder(opened: Model, tmp_path: Path) -> None:
    colours = torch.randn(1, 3, 3, 3, generator=torch.Generator().manual_seed(9))
    latents = colours.repeat_interleave(4, 2).repeat_interleave(4, 3)
    picture = torch.nn.functional.avg_pool2d(decode(opened, latents, Decode()), 4)
    frame = LinearMap(opened, tmp_path).frame(latents)
    shown = torch.frombuffer(bytearray(frame.pixels), dtype=torch.uint8).reshape(12, 12, 3)
    wanted = (picture[0].permute(1, 2, 0) / 2 + 0.5).clamp(0, 1) * 255
    assert torch.corrcoef(torch.stack([shown.flatten().float(), wanted.flatten()]))[0, 1] > 0.3


@pytest.mark.parametrize("text", ["", "{", "{}", '{"gram": [[1]], "target": [[1]], "pictures": 0}'])
@torch.no_grad()
def test_a_broken_cache_is_fitted_anew(opened: Model, tmp_path: Path, text: str) -> None:
    latents = torch.randn(1, 3, 8, 8)
    expected = LinearMap(opened, tmp_path / "fresh").frame(latents)
    path = tmp_path / "previews" / f"{opened.card.ref.fingerprint}.json"
    path.parent.mkdir()
    path.write_text(text)
    assert LinearMap(opened, tmp_path).frame(latents) == expected


def test_the_budget_lets_through_its_share_and_no_more() -> None:
    budget = Budget(PreviewPolicy(PreviewKind.LINEAR, share=0.1))
    for _ in range(1000):
        budget.sampling += 1.0
        if budget.allows():
            budget.charge(2.0)
    assert 90 <= budget.previews <= 100
    assert not Budget(PreviewPolicy(PreviewKind.OFF, share=1.0), sampling=9.0).allows()

"""The pictures of the model card's own loop, written out plainly, against ours."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
import torch
from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL
from diffusers.models.autoencoders.vq_model import VQModel
from diffusers.models.unets.unet_2d import UNet2DModel
from diffusers.pipelines.deprecated.latent_diffusion_uncond import LDMPipeline
from diffusers.schedulers.scheduling_ddim import DDIMScheduler
from diffusers.schedulers.scheduling_dpmsolver_multistep import DPMSolverMultistepScheduler
from diffusers.schedulers.scheduling_euler_discrete import EulerDiscreteScheduler
from diffusers.schedulers.scheduling_heun_discrete import HeunDiscreteScheduler
from diffusers.schedulers.scheduling_pndm import PNDMScheduler
from diffusers.schedulers.scheduling_unipc_multistep import UniPCMultistepScheduler
from studio import NEVER, Studio, local_studio, small_model

from ldm_desktop.core.events import Rested, Stepped
from ldm_desktop.core.job import Job, Order, Submit
from ldm_desktop.core.paths import resources
from ldm_desktop.core.samplers import Convention, SamplerName
from ldm_desktop.engine.local import LocalEngine

SCHEDULERS = {
    SamplerName.DDIM: DDIMScheduler,
    SamplerName.DPMPP_2M: DPMSolverMultistepScheduler,
    SamplerName.UNIPC: UniPCMultistepScheduler,
    SamplerName.EULER: EulerDiscreteScheduler,
    SamplerName.HEUN: HeunDiscreteScheduler,
    SamplerName.PNDM: PNDMScheduler,
}


def own_buffers(module: Any) -> Any:
    """Give each parameter its own aligned buffer, as after loading a `.bin`.

    Out of a safetensors file they are views at any offset, and other kernels are chosen.
    """
    for parameter in module.parameters():
        parameter.data = parameter.data.clone()
    return module


@torch.no_grad()
def card_loop(
    folder: Path, seed: int, steps: int, scheduler: Any, safetensors: bool = True
) -> torch.Tensor:
    """Run the model card of CompVis/ldm-celebahq-256, "unrolled" version."""
    options: dict[str, Any] = {"use_safetensors": safetensors, "torch_dtype": torch.float32}
    unet = own_buffers(UNet2DModel.from_pretrained(folder / "unet", **options))
    vqvae = own_buffers(VQModel.from_pretrained(folder / "vqvae", **options))
    generator = torch.manual_seed(seed)
    side = unet.config.sample_size
    noise = torch.randn((1, unet.config.in_channels, side, side), generator=generator)
    scheduler.set_timesteps(num_inference_steps=steps)
    image = noise * scheduler.init_noise_sigma
    for t in scheduler.timesteps:
        residual = unet(scheduler.scale_model_input(image, t), t)["sample"]
        image = scheduler.step(residual, t, image)["prev_sample"]
    return vqvae.decode(image).sample


def rounded(image: torch.Tensor) -> np.ndarray[Any, Any]:
    """Round as diffusers' pipelines do."""
    unit = (image / 2 + 0.5).clamp(0, 1).permute(0, 2, 3, 1).numpy()
    return (unit[0] * 255).round().astype("uint8")


def truncated(image: torch.Tensor) -> np.ndarray[Any, Any]:
    """Truncate as the model card does."""
    processed = image.permute(0, 2, 3, 1)
    processed = (processed + 1.0) * 127.5
    return processed.clamp(0, 255).numpy().astype(np.uint8)[0]


def levels(pixels: bytes, like: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Give pixels as an array."""
    return np.frombuffer(pixels, dtype=np.uint8).reshape(like.shape)


@pytest.mark.parametrize(
    ("form", "old_names"), [("safetensors", False), ("bin", True), ("bin", False)]
)
def test_exact_is_bit_equal_to_the_model_cards_loop(
    tmp_path: Path, form: str, old_names: bool
) -> None:
    folder = small_model(tmp_path / "model", format=form, old_names=old_names)
    scheduler = DDIMScheduler.from_pretrained(folder / "scheduler")
    image = card_loop(folder, 3, 20, scheduler, safetensors=form == "safetensors")
    studio = local_studio(folder, tmp_path)
    [pixels] = studio.pixels(studio.recipe(3, steps=20))
    assert np.array_equal(levels(pixels, rounded(image)), rounded(image))
    assert np.abs(levels(pixels, truncated(image)).astype(int) - truncated(image)).max() <= 1
    assert rounded(image).std() > 10, "a flat picture would prove nothing"


@pytest.mark.parametrize("name", SamplerName)
def test_every_sampler_is_bit_equal_to_diffusers_own(tmp_path: Path, name: SamplerName) -> None:
    folder = small_model(tmp_path / "model")
    config = DDIMScheduler.from_pretrained(folder / "scheduler").config
    image = card_loop(folder, 7, 8, SCHEDULERS[name].from_config(config))
    studio = local_studio(folder, tmp_path)
    [pixels] = studio.pixels(studio.recipe(7, steps=8, sampler=name))
    spacing = "leading" if name in (SamplerName.DDIM, SamplerName.PNDM) else "linspace"
    assert studio.recipe(7, steps=8, sampler=name).sampler.spacing == spacing
    assert np.array_equal(levels(pixels, rounded(image)), rounded(image))


def test_the_compvis_convention_shifts_the_grid_and_ends_at_the_first_alpha(
    tmp_path: Path,
) -> None:
    folder = small_model(tmp_path / "model")
    config = DDIMScheduler.from_pretrained(folder / "scheduler").config
    scheduler = DDIMScheduler.from_config(config, steps_offset=1, set_alpha_to_one=False)
    image = card_loop(folder, 3, 20, scheduler)
    studio = local_studio(folder, tmp_path)
    [pixels] = studio.pixels(studio.recipe(3, steps=20, convention=Convention.COMPVIS))
    assert scheduler.timesteps[-1] == 1
    assert np.array_equal(levels(pixels, rounded(image)), rounded(image))


@pytest.mark.parametrize("kind", ["vq", "kl"])
def test_exact_is_bit_equal_to_the_pipeline_where_the_factor_is_written_out(
    tmp_path: Path, kind: str
) -> None:
    scaled = {} if kind == "kl" else {"vae": {"scaling_factor": 1.0}}
    folder = small_model(tmp_path / "model", kind=kind, **scaled)
    part, form = ("vqvae", VQModel) if kind == "vq" else ("vae", AutoencoderKL)
    pipeline = LDMPipeline(
        vqvae=own_buffers(form.from_pretrained(folder / part)),
        unet=own_buffers(UNet2DModel.from_pretrained(folder / "unet")),
        scheduler=DDIMScheduler.from_pretrained(folder / "scheduler"),
    )
    pipeline.set_progress_bar_config(disable=True)
    generator = torch.Generator().manual_seed(11)
    expected = np.asarray(pipeline(generator=generator, num_inference_steps=10).images[0])
    studio = local_studio(folder, tmp_path)
    [pixels] = studio.pixels(studio.recipe(11, steps=10))
    assert np.array_equal(levels(pixels, expected), expected)


def test_the_default_factor_of_diffusers_is_never_applied_to_a_vq_model(tmp_path: Path) -> None:
    absent = small_model(tmp_path / "absent")
    written = small_model(tmp_path / "written", vae={"scaling_factor": 1.0})
    wrong = small_model(tmp_path / "wrong", vae={"scaling_factor": 0.18215})
    pictures = []
    for folder in (absent, written, wrong):
        studio = local_studio(folder, tmp_path / "cache")
        pictures += studio.pixels(studio.recipe(3))
    assert pictures[0] == pictures[1]
    assert pictures[0] != pictures[2]


def test_the_starter_is_bit_equal_to_the_model_cards_loop(tmp_path: Path) -> None:
    folder = resources() / "models" / "landscapes"
    image = card_loop(folder, 3, 25, DDIMScheduler.from_pretrained(folder / "scheduler"))
    studio = local_studio(folder, tmp_path)
    [pixels] = studio.pixels(studio.recipe(3, steps=25))
    assert np.array_equal(levels(pixels, rounded(image)), rounded(image))
    assert np.abs(levels(pixels, truncated(image)).astype(int) - truncated(image)).max() <= 1


def test_a_survivor_of_the_starter_is_bit_equal_to_the_model_cards_loop(tmp_path: Path) -> None:
    folder = resources() / "models" / "landscapes"
    image = card_loop(folder, 3, 20, DDIMScheduler.from_pretrained(folder / "scheduler"))
    drafts = Studio(LocalEngine("cpu", None, tmp_path, keyframes=1 << 20), folder)
    made = drafts.recipe(3, steps=20)
    drafts.link.send(Submit(Job(uuid4(), (Order(uuid4(), made, until=3),), preview=NEVER)))
    drafts.wait(lambda event: isinstance(event, Rested))
    # In another engine, which has nothing of it but the keyframe on the disk.
    later = Studio(LocalEngine("cpu", None, tmp_path, keyframes=1 << 20), folder)
    [pixels] = later.pixels(made)
    assert [event.done for event in later.of(Stepped)] == list(range(4, 21))
    assert np.array_equal(levels(pixels, rounded(image)), rounded(image))


def test_the_starter_loads_in_plain_diffusers() -> None:
    folder = resources() / "models" / "landscapes"
    pipeline = LDMPipeline.from_pretrained(os.fspath(folder))
    assert pipeline.vqvae.config.scaling_factor == 1.0

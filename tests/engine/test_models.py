"""Models come from disk as they were written, whatever the file format and the precision."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from diffusers.models.autoencoders.vq_model import VQModel
from diffusers.models.unets.unet_2d import UNet2DModel
from models import WEIGHTS, edit_json, make_model, make_tiny_model, unet_of, vq, write_weights
from safetensors.torch import load_file

from ldm_desktop.core.errors import ModelError
from ldm_desktop.engine import configs, models, weights
from ldm_desktop.engine.folder import Part
from ldm_desktop.engine.models import Model, fingerprint, inspect_model, load_model
from ldm_desktop.engine.weights import ALIGNMENT, current_name

CPU = torch.device("cpu")


def load(
    folder: Path,
    dtype: torch.dtype = torch.float32,
    channels_last: bool = False,
    cache: Path | None = None,
    progress: Callable[[float], None] = lambda share: None,
) -> Model:
    """Load on the CPU."""
    return load_model(
        folder,
        device=CPU,
        dtype=dtype,
        channels_last=channels_last,
        cache=cache or folder.parent / "cache",
        progress=progress,
    )


def tensors(model: Model) -> dict[str, torch.Tensor]:
    """Give every parameter of a model by name."""
    parts = {"unet": model.unet, "vae": model.vae}
    return {
        f"{part}.{key}": value for part in parts for key, value in parts[part].named_parameters()
    }


def same(first: Model, second: Model) -> bool:
    """Whether two models have equal bits."""
    ours, theirs = tensors(first), tensors(second)
    return ours.keys() == theirs.keys() and all(
        torch.equal(ours[name], theirs[name]) for name in ours
    )


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reference architecture at reduced width, written with current names."""
    return make_model(tmp_path_factory.mktemp("reference") / "model")


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A model small enough to be changed and loaded many times."""
    return make_tiny_model(tmp_path / "tiny")


def test_a_model_tells_what_a_front_end_needs(reference: Path) -> None:
    model = load(reference)
    card = model.card
    assert (card.ref.name, card.ref.source, card.licence) == ("model", "", "")
    assert (card.size, card.factor, card.multiple, card.channels) == ((64, 64), 4, 32, 3)
    schedule = card.schedule
    assert (schedule.beta_start, schedule.beta_end) == (0.0015, 0.0195)
    assert (schedule.beta_schedule, schedule.num_train_timesteps) == ("scaled_linear", 1000)
    assert (schedule.clip_sample, schedule.set_alpha_to_one) == (False, True)
    assert (schedule.prediction_type, schedule.steps_offset) == ("epsilon", 0)
    assert card.spacing == "leading"
    assert model.is_vq
    assert not model.unet.training
    assert not any(value.requires_grad for value in tensors(model).values())


def test_the_published_reference_configuration_is_understood() -> None:
    unet = {**unet_of(64, 3), "block_out_channels": [224, 448, 672, 896], "attention_head_dim": 32}
    vae = {**vq(), "block_out_channels": [128, 256, 512], "num_vq_embeddings": 8192}
    counts = []
    for name, raw in (("unet", unet), ("vae", vae)):
        del raw["norm_num_groups"]
        config = configs.resolve(configs.CLASSES[raw["_class_name"]], raw, name)
        part = Part(name, raw["_class_name"], config, Path(), Path())
        counts.append(sum(value.numel() for value in models._build(part).parameters()))
    assert counts == [274_056_163, 55_322_782]


@pytest.mark.parametrize("kind", ["vq", "kl"])
def test_bin_and_safetensors_and_old_names_give_one_model(tmp_path: Path, kind: str) -> None:
    ways = [(f, old) for f in ("safetensors", "bin") for old in (False, True)]
    made = [
        load(make_tiny_model(tmp_path / f"{form}{old}", kind=kind, format=form, old_names=old))
        for form, old in ways
    ]
    assert len({model.card.ref.fingerprint for model in made}) == 1
    assert all(same(made[0], other) for other in made[1:])


@pytest.mark.parametrize("form", ["safetensors", "bin"])
@pytest.mark.parametrize("channels_last", [False, True])
@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16, torch.float16])
def test_each_tensor_lies_aligned_in_its_own_buffer(
    tmp_path: Path, form: str, channels_last: bool, dtype: torch.dtype
) -> None:
    model = load(make_tiny_model(tmp_path / "model", format=form), dtype, channels_last)
    everything = tensors(model).values()
    layout = torch.channels_last if channels_last else torch.contiguous_format
    assert all(value.dtype == dtype and value.storage_offset() == 0 for value in everything)
    assert all(value.data_ptr() % ALIGNMENT == 0 for value in everything)
    assert len({value.untyped_storage().data_ptr() for value in everything}) == len(everything)
    for value in everything:
        assert value.is_contiguous(
            memory_format=layout if value.dim() == 4 else torch.contiguous_format
        )


def test_another_precision_is_the_stored_value_rounded(tiny: Path) -> None:
    exact, half = tensors(load(tiny)), tensors(load(tiny, torch.bfloat16, channels_last=True))
    assert all(torch.equal(exact[name].bfloat16(), half[name]) for name in exact)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float64])
def test_weights_may_be_stored_in_any_precision(tmp_path: Path, dtype: torch.dtype) -> None:
    plain = make_tiny_model(tmp_path / "plain")
    stored = make_tiny_model(tmp_path / "stored", dtype=dtype)
    ours, theirs = tensors(load(plain)), tensors(load(stored))
    assert all(torch.equal(ours[name].to(dtype).float(), theirs[name]) for name in ours)
    assert fingerprint(plain, tmp_path) != fingerprint(stored, tmp_path)


def test_a_bin_of_tensors_in_another_order_of_memory_is_the_same_model(tiny: Path) -> None:
    before = load(tiny)
    file = tiny / "unet" / f"{WEIGHTS}.safetensors"
    state = {
        name: value.to(memory_format=torch.channels_last) if value.dim() == 4 else value
        for name, value in load_file(file).items()
    }
    file.unlink()
    write_weights(tiny / "unet", state, "bin")
    after = load(tiny)
    assert same(before, after)
    assert before.card.ref == after.card.ref


@pytest.mark.parametrize("form", ["safetensors", "bin"])
def test_the_networks_compute_what_those_of_plain_diffusers_do(tmp_path: Path, form: str) -> None:
    folder = make_model(tmp_path / "model", format=form, old_names=True)
    ours = load(folder)
    unet = UNet2DModel.from_pretrained(folder / "unet", use_safetensors=form == "safetensors")
    vae = VQModel.from_pretrained(folder / "vqvae", use_safetensors=form == "safetensors")
    for module in (unet, vae):
        for parameter in module.parameters():
            parameter.data = parameter.data.clone()
    latents = torch.randn((1, 3, 16, 16), generator=torch.Generator().manual_seed(3))
    with torch.inference_mode():
        assert torch.equal(ours.unet(latents, 501).sample, unet(latents, 501).sample)
        assert torch.equal(ours.vae.decode(latents).sample, vae.decode(latents).sample)


@pytest.mark.parametrize(
    ("kind", "entries", "factor", "shift"),
    [
        ("vq", {}, 1.0, 0.0),
        ("vq", {"scaling_factor": 0.18215}, 0.18215, 0.0),
        ("kl", {"scaling_factor": 0.5}, 0.5, 0.0),
        ("kl", {"scaling_factor": 2, "shift_factor": 0.1}, 2.0, 0.1),
    ],
)
def test_the_factors_of_the_latents_are_the_models_own(
    tmp_path: Path, kind: str, entries: dict[str, Any], factor: float, shift: float
) -> None:
    model = load(make_tiny_model(tmp_path / "model", kind=kind, vae=entries))
    assert (model.scaling_factor, model.shift_factor) == (factor, shift)
    assert model.is_vq == (kind == "vq")


def test_a_kl_autoencoder_without_a_factor_has_that_of_diffusers(tmp_path: Path) -> None:
    folder = make_tiny_model(tmp_path / "model", kind="kl")
    config = json.loads((folder / "vae/config.json").read_text())
    del config["scaling_factor"]
    (folder / "vae/config.json").write_text(json.dumps(config))
    assert load(folder).scaling_factor == 0.18215


def test_what_the_scheduler_file_leaves_out_has_diffusers_defaults(tiny: Path) -> None:
    (tiny / "scheduler/scheduler_config.json").write_text("{}")
    card = load(tiny).card
    assert card.schedule.clip_sample
    assert card.schedule.set_alpha_to_one
    assert (card.schedule.beta_start, card.schedule.beta_end) == (0.0001, 0.02)
    assert (card.schedule.beta_schedule, card.spacing) == ("linear", "leading")


@pytest.mark.parametrize(
    ("name", "spacing", "to_one"),
    [
        ("PNDMScheduler", "leading", False),
        ("DPMSolverMultistepScheduler", "linspace", True),
        ("UniPCMultistepScheduler", "linspace", True),
        ("EulerDiscreteScheduler", "linspace", True),
        ("HeunDiscreteScheduler", "linspace", True),
        ("DDPMScheduler", "leading", True),
    ],
)
def test_the_file_of_any_of_the_schedulers_is_read(
    tiny: Path, name: str, spacing: str, to_one: bool
) -> None:
    edit_json(tiny / "model_index.json", scheduler=["diffusers", name])
    options = {"solver_order": 2, "skip_prk_steps": True, "use_karras_sigmas": False}
    edit_json(tiny / "scheduler/scheduler_config.json", _class_name=name, **options)
    card = load(tiny).card
    assert (card.spacing, card.schedule.set_alpha_to_one) == (spacing, to_one)


def test_licence_and_source_come_from_the_front_matter(tiny: Path) -> None:
    text = '---\ntags: [x]\nlicense: apache-2.0\nsource: "CompVis/ldm"\n---\nlicense: other\n'
    (tiny / "README.md").write_text(text)
    summary = inspect_model(tiny)
    assert (summary.name, summary.licence, summary.source) == ("tiny", "apache-2.0", "CompVis/ldm")
    assert summary.size == (32, 32)
    assert summary.bytes > 100_000


def test_progress_runs_from_nothing_to_all(reference: Path) -> None:
    seen: list[float] = []
    load(reference, progress=seen.append)
    assert seen == sorted(seen)
    assert (seen[0], seen[-1]) == (0.0, 1.0)
    assert len(seen) > 20


def test_one_bit_of_a_weight_changes_the_fingerprint(tiny: Path, tmp_path: Path) -> None:
    before = fingerprint(tiny, tmp_path / "cache")
    file = tiny / "vqvae" / f"{WEIGHTS}.safetensors"
    data = bytearray(file.read_bytes())
    data[-4] ^= 1
    file.write_bytes(data)
    assert fingerprint(tiny, tmp_path / "cache") != before
    assert load(tiny).card.ref.fingerprint == fingerprint(tiny, tmp_path / "cache")


@pytest.mark.parametrize(
    ("file", "entry", "is_another"),
    [
        ("unet", {"norm_eps": 1e-6}, True),
        ("vqvae", {"scaling_factor": 0.5}, True),
        ("vqvae", {"scaling_factor": 1.0}, False),
        ("unet", {"dropout": 0.1}, False),
        ("unet", {"sample_size": 32}, False),
        ("unet", {"mid_block_scale_factor": 1.0}, False),
        ("unet", {"_name_or_path": "elsewhere"}, False),
    ],
)
def test_settings_that_change_pixels_change_the_fingerprint(
    tiny: Path, tmp_path: Path, file: str, entry: dict[str, Any], is_another: bool
) -> None:
    before = fingerprint(tiny, tmp_path)
    edit_json(tiny / file / "config.json", **entry)
    assert (fingerprint(tiny, tmp_path) != before) == is_another


def count_bytes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Note the size of every tensor that is read."""
    seen: list[int] = []
    read = weights.read_tensor

    def counting(stream: Any, name: str, entry: weights.Entry, tell: Any) -> torch.Tensor:
        seen.append(entry.bytes)
        return read(stream, name, entry, tell)

    monkeypatch.setattr(weights, "read_tensor", counting)
    return seen


def test_an_unchanged_model_is_known_without_being_read(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = load(tiny, cache=tmp_path / "cache").card.ref.fingerprint
    seen = count_bytes(monkeypatch)
    assert fingerprint(tiny, tmp_path / "cache") == known
    assert seen == []
    assert fingerprint(tiny, tmp_path / "another cache") == known
    assert sum(seen) > 100_000


def test_a_changed_file_is_read_again(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = fingerprint(tiny, tmp_path / "cache")
    weight = tiny / "unet" / f"{WEIGHTS}.safetensors"
    copy = tiny / "copy"
    shutil.copy2(weight, copy)
    copy.replace(weight)
    seen = count_bytes(monkeypatch)
    assert fingerprint(tiny, tmp_path / "cache") == known
    assert seen


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b'{"x": 3}', b"\xff", b"[" * 100_000])
def test_a_broken_cache_is_written_anew(tiny: Path, tmp_path: Path, text: bytes) -> None:
    (tmp_path / "fingerprints.json").write_bytes(text)
    known = fingerprint(tiny, tmp_path)
    written = json.loads((tmp_path / "fingerprints.json").read_text())
    assert written[str(tiny)]["fingerprint"] == known


def test_a_value_too_large_for_half_precision_is_refused_there_only(tiny: Path) -> None:
    file = tiny / "unet" / f"{WEIGHTS}.safetensors"
    state = {name: value.clone() for name, value in load_file(file).items()}
    state["conv_in.bias"][0] = 70_000
    write_weights(tiny / "unet", state, "safetensors")
    load(tiny, torch.bfloat16)
    with pytest.raises(ModelError, match=r"'conv_in\.bias' has values too large for float16"):
        load(tiny, torch.float16)


def test_a_file_that_shrinks_while_it_is_read_is_explained(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare = models.prepare

    def cut(part: Any) -> Any:
        prepared = prepare(part)
        part.weights.write_bytes(part.weights.read_bytes()[:-4])
        return prepared

    monkeypatch.setattr(models, "prepare", cut)
    with pytest.raises(ModelError, match="weights end within"):
        load(tiny)


@pytest.mark.parametrize(
    ("error", "says"),
    [(OSError(5, "Input/output error"), "Input/output error"), (MemoryError(), "free memory")],
)
def test_trouble_with_drive_and_memory_is_explained(
    tiny: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, says: str
) -> None:
    def fail(*arguments: Any) -> torch.Tensor:
        raise error

    monkeypatch.setattr(weights, "read_tensor", fail)
    with pytest.raises(ModelError, match=says):
        load(tiny)


def test_only_attention_blocks_have_old_names() -> None:
    assert current_name("a.attentions.0.query.weight") == "a.attentions.0.to_q.weight"
    assert (
        current_name("mid_block.attentions.1.proj_attn.bias")
        == "mid_block.attentions.1.to_out.0.bias"
    )
    for name in ("query.weight", "a.attentions.0.to_q.weight", "a.attentions.0.query.other"):
        assert current_name(name) == name

"""Models that are broken or mean harm; each function spoils a good one in its own way."""

from __future__ import annotations

import io
import json
import os
import pickle
import shutil
import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from models import WEIGHTS, edit_json, write_json, write_weights
from safetensors.torch import load_file

Spoil = Callable[[Path], None]
CASES: dict[str, tuple[Spoil, str]] = {}
MARKER = "the code has run"


def case(says: str) -> Callable[[Spoil], Spoil]:
    """Register a way to spoil a model, and what the refusal must say."""

    def register(spoil: Spoil) -> Spoil:
        CASES[spoil.__name__] = spoil, says
        return spoil

    return register


class Evil:
    """Leaves a mark where it was unpickled."""

    def __reduce__(self) -> tuple[Any, ...]:
        return exec, (f"open({MARKER!r}, 'w').close()",)


class Bomb:
    """Asks for a terabyte by a name that torch's `weights_only` allows."""

    def __reduce__(self) -> tuple[Any, ...]:
        return bytearray, (10**12,)


def weights_of(model: Path) -> Path:
    """Give the UNet's weights file."""
    return model / "unet" / f"{WEIGHTS}.safetensors"


def set_header(model: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change the header of the UNet's weights, leaving the data as they are."""
    raw = weights_of(model).read_bytes()
    end = 8 + struct.unpack("<Q", raw[:8])[0]
    header = json.loads(raw[8:end])
    change(header)
    replace_header(model, json.dumps(header).encode(), raw[end:])


def replace_header(model: Path, text: bytes, data: bytes = b"") -> None:
    """Write a weights file from any header and data."""
    weights_of(model).write_bytes(struct.pack("<Q", len(text)) + text + data)


def set_tensors(model: Path, change: Callable[[dict[str, Any]], None], format: str) -> None:  # noqa: A002
    """Change the UNet's tensors."""
    state: dict[str, Any] = load_file(weights_of(model))
    state = {name: value.clone() for name, value in state.items()}
    change(state)
    weights_of(model).unlink()
    write_weights(model / "unet", state, format)


def put_bin(model: Path, data: bytes) -> None:
    """Put a `.bin` file in the place of the UNet's weights."""
    weights_of(model).unlink()
    weights_of(model).with_suffix(".bin").write_bytes(data)


def saved(value: Any, **options: Any) -> bytes:
    """Give what torch.save writes."""
    stream = io.BytesIO()
    torch.save(value, stream, **options)
    return stream.getvalue()


def rezipped(data: bytes, compression: int, extra: dict[str, bytes]) -> bytes:
    """Pack an archive again, with more members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", compression) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        for name, member in extra.items():
            new.writestr(name, member)
    return stream.getvalue()


def zeros() -> dict[str, torch.Tensor]:
    """Give a small table of tensors."""
    return {"conv_in.weight": torch.zeros(16, 3, 3, 3)}


@case("unet/diffusion_pytorch_model.bin would run code")
def a_pickle_with_code(model: Path) -> None:
    put_bin(model, saved({**zeros(), "x": Evil()}))


@case("would run code")
def a_pickle_with_code_by_another_opcode(model: Path) -> None:
    put_bin(model, saved({**zeros(), "x": Evil()}, pickle_protocol=4))


@case("would run code")
def a_pickle_with_code_in_the_old_format(model: Path) -> None:
    put_bin(model, saved({"x": Evil()}, _use_new_zipfile_serialization=False))


@case("would run code")
def a_bare_pickle_with_code(model: Path) -> None:
    put_bin(model, pickle.dumps({"x": Evil()}))


@case("would run code")
def a_pickle_that_asks_for_a_terabyte(model: Path) -> None:
    put_bin(model, saved({"x": Bomb()}))


@case("unusual archive")
def a_zip_bomb(model: Path) -> None:
    bomb = {"archive/data/999": bytes(2**26)}
    put_bin(model, rezipped(saved(zeros()), zipfile.ZIP_DEFLATED, bomb))


@case("unusual archive")
def an_archive_with_a_name_that_leads_out(model: Path) -> None:
    out = {f"archive/../../{MARKER}": b"x"}
    put_bin(model, rezipped(saved(zeros()), zipfile.ZIP_STORED, out))


@case("unusual archive")
def an_archive_with_one_name_twice(model: Path) -> None:
    data = saved(zeros())
    name = zipfile.ZipFile(io.BytesIO(data)).namelist()[0]
    with warnings.catch_warnings(action="ignore"):
        put_bin(model, rezipped(data, zipfile.ZIP_STORED, {name: pickle.dumps(Evil())}))


@case("get the model again")
def an_archive_behind_another(model: Path) -> None:
    put_bin(model, saved({"x": Evil()}) + saved(zeros()))


@case("no plain table")
def two_pickles_in_one_archive(model: Path) -> None:
    second = {"archive/evil/data.pkl": pickle.dumps(Evil())}
    put_bin(model, rezipped(saved(zeros()), zipfile.ZIP_STORED, second))


@case("cut off")
def a_cut_off_bin(model: Path) -> None:
    data = saved({"a": torch.zeros(100_000)})
    put_bin(model, data[: len(data) // 2])


@case("repeats or skips")
def a_bin_with_a_huge_view_of_one_number(model: Path) -> None:
    def change(state: dict[str, Any]) -> None:
        state["conv_in.weight"] = torch.zeros(1).expand(16000, 16000)

    set_tensors(model, change, "bin")


@case("more than any supported model has")
def a_bin_with_an_absurd_shape(model: Path) -> None:
    put_bin(model, saved({"conv_in.weight": torch.zeros(1).expand(10**6, 10**6, 10**6)}))


@case("no tensor")
def a_bin_with_a_number_for_a_tensor(model: Path) -> None:
    put_bin(model, saved({"conv_in.weight": 7}))


@case("int64")
def a_bin_of_whole_numbers(model: Path) -> None:
    put_bin(model, saved({"conv_in.weight": torch.zeros(16, dtype=torch.int64)}))


@case("header says")
def truncated_weights(model: Path) -> None:
    data = weights_of(model).read_bytes()
    weights_of(model).write_bytes(data[: len(data) // 2])


@case("cut off")
def an_empty_weights_file(model: Path) -> None:
    weights_of(model).write_bytes(b"")


@case("cut off or no safetensors")
def a_header_length_of_two_to_the_sixty(model: Path) -> None:
    weights_of(model).write_bytes(struct.pack("<Q", 2**60) + b"{}")


@case("not valid JSON")
def a_header_nested_two_million_deep(model: Path) -> None:
    replace_header(model, b"[" * 2_000_000)


@case("holds no JSON object")
def a_header_of_a_million_empty_lists(model: Path) -> None:
    replace_header(model, b"[" + b"[]," * 1_000_000 + b"[]]")


@case("not valid JSON")
def a_header_with_a_number_of_a_million_digits(model: Path) -> None:
    replace_header(model, b'{"a":' + b"9" * 1_000_000 + b"}")


@case("overlap or leave gaps")
def a_header_with_one_name_twice(model: Path) -> None:
    raw = weights_of(model).read_bytes()
    end = 8 + struct.unpack("<Q", raw[:8])[0]
    header = json.loads(raw[8:end])
    again = json.dumps({"conv_in.bias": header["conv_norm_out.bias"]})[1:]
    replace_header(model, raw[8:end].rstrip(b" ")[:-1] + b"," + again.encode(), raw[end:])


@case("cut off or no safetensors")
def a_header_of_five_megabytes(model: Path) -> None:
    def change(header: dict[str, Any]) -> None:
        header["__metadata__"] = {"format": "pt", "story": "x" * (5 << 20)}

    set_header(model, change)


@case("larger than")
def weights_of_sixty_four_gigabytes(model: Path) -> None:
    os.truncate(weights_of(model), 2**36)


@case("is missing")
def weights_in_shards(model: Path) -> None:
    weights_of(model).rename(model / "unet" / f"{WEIGHTS}-00001-of-00002.safetensors")


@case("overlap")
def overlapping_tensors(model: Path) -> None:
    def change(header: dict[str, Any]) -> None:
        first, second = (header[f"conv_norm_out.{name}"] for name in ("weight", "bias"))
        second["data_offsets"] = first["data_offsets"]

    set_header(model, change)


def _move(header: dict[str, Any], by: int) -> None:
    place = header["conv_in.bias"]["data_offsets"]
    header["conv_in.bias"]["data_offsets"] = [place[0] + by, place[1] + by]


@case("overlap or leave gaps")
def a_tensor_beyond_the_end_of_the_file(model: Path) -> None:
    set_header(model, lambda header: _move(header, 2**40))


@case("wrongly")
def a_tensor_before_the_start_of_the_file(model: Path) -> None:
    set_header(model, lambda header: _move(header, -(2**40)))


@case("more than any supported model has")
def a_tensor_of_a_terabyte(model: Path) -> None:
    set_header(model, lambda header: header["conv_in.weight"].update(shape=[10**6, 10**6]))


@case("impossible shape")
def a_tensor_of_a_negative_size(model: Path) -> None:
    set_header(model, lambda header: header["conv_in.weight"].update(shape=[-16, -3, 3, 3]))


@case("type 'I8'")
def quantised_weights(model: Path) -> None:
    set_header(model, lambda header: header["conv_in.weight"].update(dtype="I8"))


@case("block_out_channels")
def a_config_of_a_billion_channels(model: Path) -> None:
    edit_json(model / "unet/config.json", block_out_channels=[10**9, 10**9])


@case("block_out_channels")
def a_config_of_negative_channels(model: Path) -> None:
    edit_json(model / "unet/config.json", block_out_channels=[-16, -16])


@case(
    "125,805,211,651 parameters",
)
def a_config_of_too_many_parameters(model: Path) -> None:
    edit_json(
        model / "unet/config.json",
        block_out_channels=[4096] * 8,
        down_block_types=["DownBlock2D"] * 8,
        up_block_types=["UpBlock2D"] * 8,
        layers_per_block=16,
        sample_size=128,
    )


@case("heads wider than their layers")
def a_config_of_attention_heads_wider_than_the_layer(model: Path) -> None:
    edit_json(model / "unet/config.json", attention_head_dim=64)


@case("norm_eps")
def a_config_with_nan(model: Path) -> None:
    edit_json(model / "unet/config.json", norm_eps=float("nan"))


@case("num_train_timesteps")
def a_schedule_of_a_billion_steps(model: Path) -> None:
    edit_json(model / "scheduler/scheduler_config.json", num_train_timesteps=10**9)


@case("thresholding")
def a_schedule_with_thresholding(model: Path) -> None:
    edit_json(model / "scheduler/scheduler_config.json", thresholding=True)


@case("num_class_embeds")
def a_model_of_classes(model: Path) -> None:
    edit_json(model / "unet/config.json", num_class_embeds=1000)


@case("'cross_attention_dim'")
def a_config_with_an_unknown_entry(model: Path) -> None:
    edit_json(model / "unet/config.json", cross_attention_dim=768)


@case("down_block_types")
def a_config_with_an_unknown_block(model: Path) -> None:
    edit_json(model / "unet/config.json", down_block_types=["DownBlock2D", "os.system"])


@case("UNet3DEvil")
def an_unknown_class(model: Path) -> None:
    edit_json(model / "model_index.json", unet=["diffusers", "UNet3DEvil"])


@case("pipeline")
def a_custom_pipeline(model: Path) -> None:
    edit_json(model / "model_index.json", _class_name=["pipeline", "EvilPipeline"])


@case("transformers")
def a_class_of_another_library(model: Path) -> None:
    edit_json(model / "model_index.json", unet=["transformers", "UNet2DModel"])


@case("planted")
def a_class_of_a_planted_module(model: Path) -> None:
    edit_json(model / "model_index.json", unet=["planted", "UNet2DModel"])


@case("'evil', 'UNet2DModel'")
def a_class_of_a_module_beside_it(model: Path) -> None:
    for place in (model, model / "unet"):
        (place / "evil.py").write_text(f"open({MARKER!r}, 'w').close()")
    edit_json(model / "model_index.json", unet=["evil", "UNet2DModel"])


@case("pipeline")
def a_custom_pipeline_with_its_file(model: Path) -> None:
    (model / "pipeline.py").write_text(f"open({MARKER!r}, 'w').close()")
    edit_json(model / "model_index.json", _class_name="EvilPipeline")


@case("its part scheduler")
def a_scheduler_of_a_planted_module(model: Path) -> None:
    edit_json(model / "model_index.json", scheduler=["planted", "DDIMScheduler"])


@case("text_encoder")
def a_part_that_is_not_known(model: Path) -> None:
    edit_json(model / "model_index.json", text_encoder=["transformers", "CLIPTextModel"])


@case("put together wrongly")
def a_config_of_another_class(model: Path) -> None:
    edit_json(model / "unet/config.json", _class_name="VQModel")


@case("get the model again")
def a_missing_part(model: Path) -> None:
    edit_json(model / "model_index.json", unet=[None, None])
    index = json.loads((model / "model_index.json").read_text())
    del index["unet"]
    write_json(model / "model_index.json", index)


@case("unet/config.json is missing")
def a_missing_folder(model: Path) -> None:
    shutil.rmtree(model / "unet")


@case("lack 'conv_in.bias'")
def a_missing_tensor(model: Path) -> None:
    set_tensors(model, lambda state: state.pop("conv_in.bias"), "safetensors")


@case("'evil")
def an_extra_tensor_with_a_nasty_name(model: Path) -> None:
    name = "evil\n\x1b[31m../../x"
    set_tensors(model, lambda state: state.update({name: torch.zeros(1)}), "safetensors")


@case("in the shape [16, 4, 3, 3]")
def a_misshapen_tensor(model: Path) -> None:
    odd = {"conv_in.weight": torch.zeros(16, 4, 3, 3)}
    set_tensors(model, lambda state: state.update(odd), "safetensors")


@case("its old and its new name")
def a_tensor_under_two_names(model: Path) -> None:
    def change(state: dict[str, Any]) -> None:
        state["mid_block.attentions.0.query.bias"] = torch.zeros(16)

    set_tensors(model, change, "safetensors")


@case("'conv_out.bias' has values that are not finite")
def a_nan(model: Path) -> None:
    set_tensors(model, lambda state: state["conv_out.bias"].fill_(torch.nan), "safetensors")


@case("not finite")
def an_infinity_in_a_bin(model: Path) -> None:
    set_tensors(model, lambda state: state["conv_out.bias"].fill_(torch.inf), "bin")


@case("not valid JSON")
def broken_json(model: Path) -> None:
    (model / "model_index.json").write_text('{"_class_name": "LDMPipeline",')


@case("not valid JSON")
def json_in_no_known_encoding(model: Path) -> None:
    (model / "unet/config.json").write_bytes(b'{"a": "\xff\xfe\x80"}')


@case("holds no JSON object")
def json_of_another_kind(model: Path) -> None:
    (model / "unet/config.json").write_text("[]")


@case("larger than")
def a_config_of_two_megabytes(model: Path) -> None:
    (model / "unet/config.json").write_bytes(b" " * 2**21 + b"{}")


@case("leads out of the folder")
def a_link_out_of_the_folder(model: Path) -> None:
    outside = model.parent / f"{model.name} outside"
    weights_of(model).rename(outside)
    weights_of(model).symlink_to(outside)


@case("leads out of the folder")
def a_configuration_that_is_a_file_of_the_system(model: Path) -> None:
    (model / "unet/config.json").unlink()
    (model / "unet/config.json").symlink_to("/etc/passwd")


@case("leads out of the folder")
def an_index_that_is_a_link_by_two_dots(model: Path) -> None:
    outside = model.parent / f"{model.name} outside"
    (model / "model_index.json").rename(outside)
    (model / "model_index.json").symlink_to(os.path.join("..", outside.name))  # noqa: PTH118


@case("link to itself")
def weights_that_are_a_link_to_themselves(model: Path) -> None:
    weights_of(model).unlink()
    weights_of(model).symlink_to(weights_of(model).name)


@case("leads out of the folder")
def a_part_that_is_a_link_out_of_the_folder(model: Path) -> None:
    outside = model.parent / f"{model.name} outside"
    (model / "unet").rename(outside)
    (model / "unet").symlink_to(os.path.join("..", outside.name))  # noqa: PTH118


@case("'../unet'")
def a_part_named_out_of_the_folder(model: Path) -> None:
    edit_json(model / "model_index.json", **{"../unet": ["diffusers", "UNet2DModel"]})


@case("do not belong together")
def a_unet_for_other_latents(model: Path) -> None:
    edit_json(model / "unet/config.json", in_channels=4, out_channels=4)


@case("not an ordinary file")
def a_pipe_for_a_weights_file(model: Path) -> None:
    weights_of(model).unlink()
    os.mkfifo(weights_of(model))


@case("not an ordinary file")
def a_folder_for_a_file(model: Path) -> None:
    weights_of(model).unlink()
    weights_of(model).mkdir()


@case("no folder")
def no_model_at_all(model: Path) -> None:
    shutil.rmtree(model)

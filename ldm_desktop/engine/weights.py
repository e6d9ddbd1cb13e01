"""Weights files: what they say they hold, checked before anything is read, then tensor by tensor.

A safetensors file and a torch `.bin` both become `Entry` values: where in the file the bytes of
which tensor lie. Reading them is then the same for both, straight into the tensor's own buffer.
"""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import torch

from ldm_desktop.core.errors import ModelError
from ldm_desktop.engine.foreign import describe, parse

# The reference model's header has 60 kB; parsed JSON takes up to 25 times its text.
MOST_HEADER = 2**22
MOST_TENSORS = 20_000
MOST_ELEMENTS = 2**28
CHUNK = 2**24
ALIGNMENT = 64
DTYPES = {
    "F64": torch.float64,
    "F32": torch.float32,
    "F16": torch.float16,
    "BF16": torch.bfloat16,
}
_OLD_NAMES = {"query": "to_q", "key": "to_k", "value": "to_v", "proj_attn": "to_out.0"}
_OLD_NAME = re.compile(r"(.*\battentions\.\d+)\.(query|key|value|proj_attn)\.(weight|bias)")


@dataclass(frozen=True)
class Entry:
    """Where a tensor lies in its file; strides count elements, as torch's do."""

    dtype: torch.dtype
    shape: tuple[int, ...]
    stride: tuple[int, ...]
    start: int

    @property
    def bytes(self) -> int:
        """Its size in the file."""
        return math.prod(self.shape) * self.dtype.itemsize


def dense_stride(shape: tuple[int, ...]) -> tuple[int, ...]:
    """Give the strides of a contiguous tensor."""
    return tuple(math.prod(shape[i + 1 :]) for i in range(len(shape)))


def current_names(entries: Mapping[str, Entry], file: str) -> dict[str, Entry]:
    """Rename the attention layers of models from before diffusers 0.12, sorted by name.

    The rule is that of diffusers' `ModelMixin._fix_state_dict_keys_on_load`: it holds for every
    attention block of the classes that are supported.
    """
    renamed = {current_name(name): entry for name, entry in entries.items()}
    if len(renamed) != len(entries):
        raise ModelError(f"{file} has a tensor under its old and its new name; it is damaged")
    return dict(sorted(renamed.items()))


def current_name(name: str) -> str:
    """Give today's name of a tensor."""
    old = _OLD_NAME.fullmatch(name)
    return f"{old[1]}.{_OLD_NAMES[old[2]]}.{old[3]}" if old else name


def in_words(path: Path) -> str:
    """Give a file's name with its folder's, which tells the parts apart."""
    return f"{path.parent.name}/{path.name}"


def read_safetensors(path: Path) -> dict[str, Entry]:
    """Read and check the header of a safetensors file; the format allows no gap or overlap."""
    file = in_words(path)
    with path.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(0)
        start = stream.read(8)
        length = struct.unpack("<Q", start)[0] if len(start) == 8 else 0
        if not 2 <= length <= min(MOST_HEADER, size - 8):
            raise ModelError(
                f"{file} is cut off or no safetensors file (its header would have {length} "
                f"bytes, and the file has {size}); get the model again"
            )
        header = _read_header(stream.read(length), file)
    entries = {name: _entry(name, item, 8 + length, file) for name, item in header.items()}
    end = 8 + length
    for entry in sorted(entries.values(), key=lambda entry: entry.start):
        if entry.start != end:
            raise ModelError(f"the tensors in {file} overlap or leave gaps; it is damaged")
        end += entry.bytes
    if end != size:
        raise ModelError(
            f"{file} has {size} bytes where its header says {end}; get the model again"
        )
    return entries


def _read_header(text: bytes, file: str) -> dict[str, Any]:
    header = parse(text, f"the header of {file}")
    if len(header) > MOST_TENSORS:
        raise ModelError(f"the header of {file} lists too many tensors; it is damaged")
    header.pop("__metadata__", None)
    return header


def _entry(name: str, item: Any, start: int, file: str) -> Entry:
    match item:
        case {"dtype": str(kind), "shape": list(sides), "data_offsets": [int(begin), int(end)]}:
            shape = checked_shape(sides, name, file)
            entry = Entry(checked_dtype(DTYPES.get(kind), kind, name, file), shape, (), start)
            if 0 <= begin == end - entry.bytes:
                return Entry(entry.dtype, shape, dense_stride(shape), start + begin)
    raise ModelError(f"the header of {file} describes {describe(name)} wrongly; it is damaged")


def checked_shape(sides: Any, name: str, file: str) -> tuple[int, ...]:
    """Refuse a shape that no tensor of a supported model has."""
    shape = tuple(sides)
    if len(shape) > 8 or not all(type(side) is int and 0 <= side <= 2**31 for side in shape):
        raise ModelError(f"{file} gives {describe(name)} an impossible shape; it is damaged")
    if math.prod(shape) > MOST_ELEMENTS:
        raise ModelError(
            f"{describe(name)} in {file} would have {math.prod(shape):,} elements, more than any "
            "supported model has; the file is damaged"
        )
    return shape


def checked_dtype(dtype: torch.dtype | None, kind: str, name: str, file: str) -> torch.dtype:
    """Refuse numbers that are not floating point."""
    if dtype is None or dtype not in DTYPES.values():
        raise ModelError(
            f"{describe(name)} in {file} has numbers of the type {describe(kind)}; only "
            f"{', '.join(DTYPES)} are supported, so quantised models are not"
        )
    return dtype


def read_tensor(
    stream: BinaryIO, name: str, entry: Entry, read: Callable[[int], None]
) -> torch.Tensor:
    """Read a tensor into its own aligned, contiguous buffer; `read` hears of bytes as they come."""
    flat = empty((math.prod(entry.shape),), entry.dtype, torch.device("cpu"), False)
    raw = flat.view(torch.uint8).numpy().data
    stream.seek(entry.start)
    for begin in range(0, entry.bytes, CHUNK):
        piece = raw[begin : begin + CHUNK]
        if stream.readinto(piece) != len(piece):  # type: ignore[attr-defined]
            raise ModelError(f"its weights end within {describe(name)}; get the model again")
        read(len(piece))
    tensor = flat.as_strided(entry.shape, entry.stride)
    return tensor if tensor.is_contiguous() else tensor.contiguous()


def placed(
    tensor: torch.Tensor, name: str, dtype: torch.dtype, device: torch.device, channels_last: bool
) -> torch.Tensor:
    """Give a tensor in the wanted type, layout and place, refusing values that are not finite."""
    _check_finite(tensor, f"the tensor {describe(name)} has values that are not finite")
    last = channels_last and tensor.dim() == 4
    if tensor.dtype != dtype or device.type != "cpu" or last or not _is_aligned(tensor):
        tensor = empty(tuple(tensor.shape), dtype, device, last).copy_(tensor)
        _check_finite(
            tensor, f"the tensor {describe(name)} has values too large for {str(dtype)[6:]}"
        )
    return tensor


def _check_finite(tensor: torch.Tensor, otherwise: str) -> None:
    # A NaN anywhere is the minimum, so this needs no mask of the tensor's size.
    low, high = tensor.aminmax()
    if not (math.isfinite(low) and math.isfinite(high)):
        raise ModelError(f"{otherwise}; get the model again")


def empty(
    shape: tuple[int, ...], dtype: torch.dtype, device: torch.device, channels_last: bool
) -> torch.Tensor:
    """Allocate a tensor of its own, aligned: the last bits of a sum depend on alignment."""
    layout = torch.channels_last if channels_last else torch.contiguous_format
    try:
        tensor = torch.empty(shape, dtype=dtype, device=device, memory_format=layout)
    except RuntimeError as error:  # torch's word for memory that is not there
        raise MemoryError(str(error)) from error
    if _is_aligned(tensor):
        return tensor
    spare = torch.empty(tensor.numel() * dtype.itemsize + ALIGNMENT, dtype=torch.uint8)
    skip = -spare.data_ptr() % ALIGNMENT
    flat = spare[skip : skip + tensor.numel() * dtype.itemsize].view(dtype)
    return flat.as_strided(tensor.shape, tensor.stride())


def _is_aligned(tensor: torch.Tensor) -> bool:
    return tensor.device.type != "cpu" or tensor.data_ptr() % ALIGNMENT == 0

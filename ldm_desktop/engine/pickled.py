"""torch `.bin` files, read as a table of contents: no code in them runs, nothing is unpacked.

A `.bin` is a zip archive of a pickle and one member for each tensor's bytes. The archive is
checked before torch sees it; torch's `weights_only` unpickler then builds tensors without memory
(device `meta`), of which only shape and place in the file are used.
"""

from __future__ import annotations

import pickle
import pickletools
import struct
import warnings
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

import torch

from ldm_desktop.core.errors import ModelError
from ldm_desktop.engine.foreign import describe
from ldm_desktop.engine.weights import (
    MOST_TENSORS,
    Entry,
    checked_dtype,
    checked_shape,
    dense_stride,
    in_words,
)

MOST_PICKLE = 2**22
_HARMLESS = {
    "collections OrderedDict",
    "torch._utils _rebuild_tensor_v2",
    "torch._utils _rebuild_parameter",
    "torch FloatStorage",
    "torch DoubleStorage",
    "torch HalfStorage",
    "torch BFloat16Storage",
    "torch LongStorage",
    "torch IntStorage",
    "torch BoolStorage",
    "torch ByteStorage",
}
_DAMAGED = (
    pickle.UnpicklingError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
)
_OTHER_WAYS_TO_NAME = {"STACK_GLOBAL", "INST", "EXT1", "EXT2", "EXT4", "PERSID", "NEXT_BUFFER"}


class _Sparing:
    """A file that gives no more than a few megabytes at once, whatever a directory asks for."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.tell = stream.tell

    def seek(self, offset: int, whence: int = 0) -> int:
        if offset < 0 and whence == 0:
            raise zipfile.BadZipFile("an offset before the start")
        return self._stream.seek(offset, whence)

    def seekable(self) -> bool:
        return True

    def read(self, count: int = -1) -> bytes:
        data = self._stream.read(MOST_PICKLE + 1 if count < 0 else min(count, MOST_PICKLE + 1))
        if len(data) > MOST_PICKLE:
            raise ModelError("a table in its .bin file is absurdly large; get the model again")
        return data


def read_bin(path: Path) -> dict[str, Entry]:
    """Give the tensors of a `.bin` file, refusing whatever is not a plain table of tensors."""
    # What Python and torch have to warn of in a strange pickle is for programmers.
    with warnings.catch_warnings(action="ignore"), path.open("rb") as stream:
        members = _checked_members(stream, in_words(path))
        data = _load(path)
    return _entries(data, members, in_words(path))


def _checked_members(stream: BinaryIO, file: str) -> dict[int, int]:
    if stream.read(4) != b"PK\x03\x04":
        raise ModelError(
            f"{file} is not of the format of torch 1.6 or later, and an older pickle would "
            "run code while it is read; open it where you trust it and save it as safetensors"
        )
    try:
        return _members(stream, file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
        raise ModelError(f"{file} is cut off or damaged; get the model again") from error


def _members(stream: BinaryIO, file: str) -> dict[int, int]:
    """Check the archive and its pickle; give the size of each member by where its bytes start."""
    size = stream.seek(0, 2)
    with zipfile.ZipFile(_Sparing(stream)) as archive:
        infos = archive.infolist()
        names = {info.filename for info in infos}
        packed = any(
            info.compress_type or info.flag_bits & 1 or info.compress_size != info.file_size
            for info in infos
        )
        # Nothing is unpacked, so such a name leads nowhere; but torch writes none.
        led_out = any(set(name.split("/")) & {"", "..", "."} or "\\" in name for name in names)
        if packed or led_out or len(names) != len(infos) or len(infos) > MOST_TENSORS:
            raise ModelError(
                f"{file} is a compressed or otherwise unusual archive, which torch never writes; "
                "get the model again"
            )
        pickles = [info for info in infos if info.filename.endswith(".pkl")]
        if len(pickles) != 1 or pickles[0].file_size > MOST_PICKLE:
            raise ModelError(f"{file} holds no plain table of tensors; get the model again")
        _check_pickle(archive.read(pickles[0]), file)
    return {_start(stream, info, size, file): info.file_size for info in infos}


def _start(stream: BinaryIO, info: zipfile.ZipInfo, size: int, file: str) -> int:
    if not 0 <= info.header_offset <= size:
        raise zipfile.BadZipFile("an offset outside of the file")
    stream.seek(info.header_offset + 26)
    name, extra = struct.unpack("<HH", stream.read(4))
    start = info.header_offset + 30 + int(name) + int(extra)
    if start + info.file_size > size:
        raise ModelError(f"{file} is cut off; get the model again")
    return start


def _check_pickle(data: bytes, file: str) -> None:
    """Refuse a pickle that names anything but tensors and dictionaries; nothing is executed."""
    try:
        for code, value, _ in pickletools.genops(data):
            named = code.name == "GLOBAL" and value not in _HARMLESS
            if named or code.name in _OTHER_WAYS_TO_NAME:
                what = describe(value) if named else code.name
                raise ModelError(
                    f"{file} would run code while it is read ({what}), so it was not "
                    "opened; use a safetensors version of this model"
                )
    except (ValueError, UnicodeDecodeError, IndexError) as error:
        raise ModelError(f"the table in {file} is damaged; get the model again") from error


def _load(path: Path) -> Mapping[Any, Any]:
    try:
        data = torch.load(path, map_location="meta", weights_only=True)
    except _DAMAGED as error:
        raise ModelError(
            f"the table in {in_words(path)} is damaged; get the model again"
        ) from error
    if not isinstance(data, dict) or len(data) > MOST_TENSORS:
        raise ModelError(f"{in_words(path)} holds no table of tensors; get the model again")
    return data


def _entries(data: Mapping[Any, Any], members: Mapping[int, int], file: str) -> dict[str, Entry]:
    entries = {}
    for name, tensor in data.items():
        if not isinstance(name, str) or not isinstance(tensor, torch.Tensor):
            raise ModelError(f"{file} holds {describe(name)}, which is no tensor")
        entries[name] = _entry(name, tensor, members, file)
    return entries


def _entry(name: str, tensor: torch.Tensor, members: Mapping[int, int], file: str) -> Entry:
    shape = checked_shape(tensor.shape, name, file)
    dtype = checked_dtype(tensor.dtype, str(tensor.dtype), name, file)
    stride = tensor.stride()
    if not _is_dense(shape, stride):
        raise ModelError(
            f"{describe(name)} in {file} is a view that repeats or skips numbers; save the model "
            "again as safetensors"
        )
    where = getattr(tensor.untyped_storage(), "_checkpoint_offset", None)
    if where is None:
        raise ModelError(f"{file} can only be read by torch 2.11 or later; update torch")
    skip = tensor.storage_offset() * dtype.itemsize
    entry = Entry(dtype, shape, stride if tensor.numel() else dense_stride(shape), where + skip)
    if not 0 <= skip <= members.get(where, -1) - entry.bytes:
        raise ModelError(
            f"{file} does not hold {describe(name)} where torch would have put it; get the model "
            "again"
        )
    return entry


def _is_dense(shape: tuple[int, ...], stride: tuple[int, ...]) -> bool:
    """Whether the elements fill a block without gaps, in any order of dimensions."""
    pairs = sorted((step, side) for step, side in zip(stride, shape, strict=True) if side != 1)
    expected = 1
    for step, side in pairs:
        if step != expected:
            return False
        expected *= side
    return True

"""Tensors with a JSON head in one file, told from damage: what checkpoints and keyframes lie in."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import safetensors
import safetensors.torch
import torch
from torch import Tensor

from ldm_desktop.core.errors import KnownError
from ldm_desktop.engine.solvers import SolverState, Value
from ldm_desktop.engine.trajectory import Keyframe

FORMAT = "1"


def to_bytes(head: dict[str, Any], tensors: dict[str, Tensor]) -> bytes:
    """Give a file's bytes: the head and the tensors, with a digest of both."""
    tensors = {name: t.detach().cpu().contiguous() for name, t in tensors.items()}
    text = json.dumps(head)
    metadata = {"format": FORMAT, "head": text, "sha256": _digest(text, tensors)}
    data: bytes = safetensors.torch.save(tensors, metadata)
    return data


def read(path: Path) -> tuple[dict[str, Any], dict[str, Tensor]]:
    """Read head and tensors; KnownError when they are damaged or of another version."""
    with explained(path):
        with safetensors.safe_open(path, "pt") as file:
            metadata = file.metadata() or {}
            tensors = {name: file.get_tensor(name).clone() for name in file.keys()}  # noqa: SIM118
        text = metadata["head"]
        if metadata.get("format") != FORMAT or metadata.get("sha256") != _digest(text, tensors):
            raise KnownError(f"{path.name} is damaged or of another version.")
        head: dict[str, Any] = json.loads(text)
        return head, tensors


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """Say of whatever a file does not hold as it should that the file cannot be read."""
    try:
        yield
    except (OSError, ValueError, KeyError, TypeError, safetensors.SafetensorError) as error:
        raise KnownError(f"{path.name} cannot be read ({error}).") from error


def _digest(head: str, tensors: dict[str, Tensor]) -> str:
    digest = hashlib.sha256(head.encode())
    for name in sorted(tensors):
        digest.update(f"{name} {tensors[name].dtype} {list(tensors[name].shape)}".encode())
        digest.update(tensors[name].contiguous().reshape(-1).view(torch.uint8).numpy().data)
    return digest.hexdigest()


def pack(frame: Keyframe, tensors: dict[str, Tensor], prefix: str = "") -> dict[str, Any]:
    """Put a keyframe's tensors to the others, and give the rest of it as JSON."""
    tensors[f"{prefix}latents"] = frame.latents
    if frame.x0 is not None:
        tensors[f"{prefix}x0"] = frame.x0
    values = frame.history.values
    history = [[name, _flatten(value, prefix + name, tensors)] for name, value in values]
    return {"done": frame.done, "history": history}


def unpack(head: dict[str, Any], tensors: dict[str, Tensor], prefix: str = "") -> Keyframe:
    """Give the keyframe that was packed."""
    history = tuple((str(name), _unflatten(value, tensors)) for name, value in head["history"])
    latents, x0 = tensors[f"{prefix}latents"], tensors.get(f"{prefix}x0")
    return Keyframe(int(head["done"]), latents, x0, SolverState(history))


def _flatten(value: Value, name: str, tensors: dict[str, Tensor]) -> Any:
    if isinstance(value, Tensor):
        tensors[name] = value
        return {"tensor": name}
    if isinstance(value, list):
        return [_flatten(item, f"{name}.{i}", tensors) for i, item in enumerate(value)]
    return value


def _unflatten(value: Any, tensors: dict[str, Tensor]) -> Value:
    if isinstance(value, dict):
        return tensors[value["tensor"]]
    return [_unflatten(item, tensors) for item in value] if isinstance(value, list) else value

"""Where the work is done: device, precision, threads, and how much memory is free."""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass
from pathlib import Path

import diffusers
import torch

import ldm_desktop
from ldm_desktop.core.errors import BadArgumentError
from ldm_desktop.core.picture import Environment
from ldm_desktop.core.recipe import Precision


@dataclass(frozen=True)
class Variant:
    """How the weights lie in memory for a precision."""

    dtype: torch.dtype
    channels_last: bool


@dataclass(frozen=True)
class Device:
    """A torch device and what is known of it."""

    place: torch.device
    title: str
    half: torch.dtype | None
    """The 16-bit type that is fast here, if one is."""

    @property
    def auto(self) -> Precision:
        """What precision `auto` stands for: the fastest that this device has hardware for."""
        return Precision.FAST if self.half else Precision.BALANCED

    def variant(self, precision: Precision) -> Variant:
        """Give type and layout of the weights for a precision."""
        if precision is Precision.FAST:
            return Variant(self.half or torch.bfloat16, channels_last=True)
        return Variant(torch.float32, channels_last=precision is Precision.BALANCED)

    def environment(self, precision: Precision) -> Environment:
        """Say everything besides the recipe that decides the bits of a picture."""
        return Environment(
            app=ldm_desktop.__version__,
            torch=torch.__version__,
            diffusers=diffusers.__version__,
            device=self.title,
            cpu=cpu_features(),
            threads=torch.get_num_threads(),
            platform=f"{platform.system()} {platform.machine()}",
            dtype=str(self.variant(precision).dtype).removeprefix("torch."),
        )


def open_device(name: str, threads: int | None) -> Device:
    """Open `auto`, `cpu`, `cuda`, `cuda:1` or `mps`, and set torch up for repeatable results."""
    if threads is not None:
        torch.set_num_threads(threads)
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    torch.backends.cudnn.benchmark = False
    torch.backends.cudnn.deterministic = True
    kind = _best() if name == "auto" else name
    if kind == "cpu":
        half = torch.bfloat16 if _has_bf16() else None
        return Device(torch.device("cpu"), f"CPU ({platform.machine()})", half)
    if kind == "mps" and torch.backends.mps.is_available():
        return Device(torch.device("mps"), "Apple GPU", torch.float16)
    if kind.partition(":")[0] == "cuda" and torch.cuda.is_available():
        return _cuda(kind)
    raise BadArgumentError(
        f"The device {name!r} is not here or not known to this build of torch; "
        "use --device cpu or --device auto."
    )


def _cuda(name: str) -> Device:
    try:
        device = torch.device(name)
        title = torch.cuda.get_device_name(device)
    except (RuntimeError, AssertionError) as error:
        raise BadArgumentError(
            f"There is no GPU {name!r}; this machine has {torch.cuda.device_count()}."
        ) from error
    return Device(
        device, title, torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float16
    )


def _best() -> str:
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def _has_bf16() -> bool:
    capabilities = torch.cpu.get_capabilities()
    return any(capabilities.get(flag, False) for flag in ("avx512_bf16", "amx_bf16", "bf16"))


def cpu_features() -> str:
    """Name the CPU's instruction set as torch's kernels see it, and what it has for 16 bits."""
    capabilities = torch.cpu.get_capabilities()
    half = [flag for flag in ("avx512_bf16", "amx_bf16", "bf16") if capabilities.get(flag)]
    return " ".join([torch.backends.cpu.get_cpu_capability(), *half])


def free_memory(device: torch.device) -> int | None:
    """Give the bytes that can still be taken on a device, or None where nobody says."""
    if device.type == "cuda":
        return torch.cuda.mem_get_info(device)[0]
    if not sys.platform.startswith("linux"):
        return None
    return min([_available(), *_control_group_room(), *_limit_room()])


def _available() -> int:
    lines = Path("/proc/meminfo").read_text().splitlines()
    return next(int(line.split()[1]) << 10 for line in lines if line.startswith("MemAvailable"))


def _control_group_room() -> list[int]:
    """Room under the memory limit of each control group (version 2) that this process is in."""
    own = Path("/proc/self/cgroup").read_text().partition("0::")[2].split("\n")[0]
    group = Path("/sys/fs/cgroup") / own.lstrip("/")
    rooms = []
    for folder in (group, *group.parents):
        try:
            limit = (folder / "memory.max").read_text().strip()
            used = int((folder / "memory.current").read_text())
        except OSError:
            continue
        if limit != "max":
            rooms.append(int(limit) - used)
    return rooms


def _limit_room() -> list[int]:
    """Room under `ulimit -v` and `ulimit -d`."""
    import resource  # Only where there are such limits; Windows has no such module.

    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    rooms = []
    for limit, used in ((resource.RLIMIT_AS, "VmSize"), (resource.RLIMIT_DATA, "VmData")):
        most = resource.getrlimit(limit)[0]
        if most != resource.RLIM_INFINITY:
            rooms.append(most - (int(status[used].split()[0]) << 10))
    return rooms

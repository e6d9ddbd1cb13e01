"""Where the work is done: device, precision, threads, and how much memory is free."""

from __future__ import annotations

import platform
import sys
import time
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
    """The 16-bit type that this device has hardware for, if it has."""
    half_pays: bool = True
    """Whether it is faster than 32 bits, which on a CPU has to be tried."""

    @property
    def auto(self) -> Precision:
        """What precision `auto` stands for: 16 bits where they are faster."""
        return Precision.FAST if self.half and self.half_pays else Precision.BALANCED

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
        title = f"CPU ({platform.machine()})"
        return Device(torch.device("cpu"), title, half, half_pays=bool(half) and _bf16_pays())
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


@torch.inference_mode()
def _bf16_pays() -> bool:
    """Try a convolution both ways: of two CPUs with the same instructions, one gained, one lost."""
    seconds = []
    for dtype in (torch.float32, torch.bfloat16):
        weight = torch.ones(128, 128, 3, 3, dtype=dtype)
        image = torch.ones(1, 128, 64, 64, dtype=dtype).to(memory_format=torch.channels_last)
        laps = []
        for _ in range(4):
            begun = time.perf_counter()
            torch.nn.functional.conv2d(image, weight, padding=1)
            laps.append(time.perf_counter() - begun)
        seconds.append(min(laps))
    return seconds[1] < 0.9 * seconds[0]


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
        # What torch's allocator has cached counts as taken there, and is free for us.
        cached = torch.cuda.memory_reserved(device) - torch.cuda.memory_allocated(device)
        return torch.cuda.mem_get_info(device)[0] + cached
    if not sys.platform.startswith("linux"):
        return None
    return min([_available(), *_control_group_room(), *_limit_room()])


def _available() -> int:
    lines = Path("/proc/meminfo").read_text().splitlines()
    return next(int(line.split()[1]) << 10 for line in lines if line.startswith("MemAvailable"))


def _control_group_room() -> list[int]:
    """Room under the memory limits of the control groups (version 1 or 2) of this process."""
    rooms = []
    for line in _text(Path("/proc/self/cgroup")).splitlines():
        _, controllers, own = line.split(":", 2)
        if controllers and "memory" not in controllers.split(","):
            continue
        root = Path("/sys/fs/cgroup") / ("memory" if controllers else "")
        group = root / own.lstrip("/")
        # Inside a container the path may name a group that is mounted as the root.
        for folder in {group, *group.parents, root}:
            if folder.is_relative_to(root):
                rooms += _group_room(folder, *(V1 if controllers else V2))
    return rooms


V1 = ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")
V2 = ("memory.max", "memory.current", "inactive_file")


def _group_room(folder: Path, limit: str, usage: str, cache: str) -> list[int]:
    most, used = _text(folder / limit).strip(), _text(folder / usage).strip()
    if not (most.isdigit() and used.isdigit()):
        return []
    # Files that were read and are not needed count as used until someone wants the room.
    lines = (line.split() for line in _text(folder / "memory.stat").splitlines())
    reclaimable = sum(int(line[1]) for line in lines if line[0] == cache)
    return [int(most) - int(used) + reclaimable]


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        # No such controller or group, so no such limit.
        return ""


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

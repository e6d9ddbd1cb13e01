"""What the `models` commands tell with `--json`, as values; `model_tasks` runs the commands.

What a newer command tells besides is passed over, and what it leaves out or does not know (null)
has its default: a window that was open during an update still understands what matters.
"""

from __future__ import annotations

import dataclasses
import statistics
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from ldm_desktop.core import codec
from ldm_desktop.core.codec import CodecError

SAMPLE_STEPS = 20
"""How many steps the sample pictures have, and so what the speed is measured by."""

T = TypeVar("T")


@dataclass(frozen=True)
class Speed:
    """What a sample picture took on this machine."""

    seconds: float
    device: str = ""
    dtype: str = ""


@dataclass(frozen=True)
class ModelFacts:
    """A model at hand; `error` says what is wrong with a broken one, of which little is known."""

    name: str
    folder: str
    size: tuple[int, int] | None = None
    bytes: int = 0
    licence: str = ""
    source: str = ""
    commit: str = ""
    added: str = ""
    checked: str = ""
    fingerprint: str = ""
    shipped: bool = False
    samples: tuple[str, ...] = ()
    speed: Speed | None = None
    state: str = ""
    error: str = ""


@dataclass(frozen=True)
class Plan:
    """What a download would bring: `there` of its `bytes` have come already.

    `needs` is what the rest takes on the disk until it is done, and `free` what there is.
    """

    repo: str
    commit: str
    name: str
    bytes: int
    free: int
    there: int = 0
    needs: int = 0
    licence: str = ""
    licence_note: str = ""
    installed: bool = False

    @property
    def to_go(self) -> int:
        """The bytes that have not come yet."""
        return max(0, self.bytes - self.there)


@dataclass(frozen=True)
class Progress:
    """How far a stage is, in bytes (in pictures while `sampling`)."""

    stage: str
    file: str = ""
    done: int = 0
    total: int = 0
    seconds_left: float | None = None

    @property
    def share(self) -> float:
        """How far, 0 … 1."""
        return min(1.0, self.done / self.total) if self.total > 0 else 0.0


@dataclass(frozen=True)
class Sampled:
    """A sample picture is there."""

    file: str


@dataclass(frozen=True)
class Problem:
    """What is wrong with a file of a model."""

    file: str
    what: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class Verified:
    """A model was read again, and compared with what was recorded of it if anything was."""

    name: str
    ok: bool
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Done:
    """A model has come in."""

    model: ModelFacts


News: TypeAlias = Plan | Progress | Sampled | Verified | Done


def read_news(data: Any) -> News | None:
    """Give the event of a line; None for one that only a newer command tells."""
    kind = data.get("event") if isinstance(data, dict) else None
    match kind:
        case "plan":
            return read_plan(data)
        case "progress":
            return _read(Progress, data)
        case "sample":
            return _read(Sampled, data)
        case "verified":
            problems = [_known(Problem, each) for each in data.get("problems") or ()]
            return _read(Verified, {**data, "problems": problems})
        case "done":
            return Done(read_facts(data.get("model")))
    return None


def read_plan(data: Any) -> Plan:
    """Read what `models plan` tells."""
    return _read(Plan, data)


def read_facts(data: Any) -> ModelFacts:
    """Read a line of `models list`."""
    known = _known(ModelFacts, data)
    if isinstance(data, dict) and (speed := _speed(data.get("seconds_a_picture"))):
        known["speed"] = codec.to_json(speed)
    return codec.from_json(ModelFacts, known)


def _read(form: type[T], data: Any) -> T:
    return codec.from_json(form, _known(form, data))


def _known(form: Any, data: Any) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise CodecError(f"{form.__name__} should be an object.")
    names = {field.name for field in dataclasses.fields(form)}
    return {name: data[name] for name in names & set(data) if data[name] is not None}


def _speed(data: Any) -> Speed | None:
    """Read what the samples took: a figure, or figures with what they were measured on."""
    card = data if isinstance(data, dict) else {"seconds": data}
    seconds = card.get("seconds")
    told_seconds = seconds if isinstance(seconds, list) else [seconds]
    figures = [each for each in told_seconds if isinstance(each, int | float) and each > 0]
    if not figures:
        return None
    told = {name: card[name] for name in ("device", "dtype") if isinstance(card.get(name), str)}
    return Speed(float(statistics.median(figures)), **told)

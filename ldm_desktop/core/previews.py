"""How a picture is shown while it forms, and what that may cost."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PreviewKind(StrEnum):
    """How x̂₀ is shown while it forms: not at all, one matrix a latent pixel, or decoded."""

    OFF = "off"
    LINEAR = "linear"
    FULL = "full"


@dataclass(frozen=True)
class PreviewPolicy:
    """Previews may take `share` of the time that sampling takes, and come at most so often."""

    show: PreviewKind = PreviewKind.LINEAR
    share: float = 0.03
    seconds: float = 0.1


USUAL = PreviewPolicy()

"""The choices and the seeds' history from one start to the next."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ldm_desktop.core import codec, statefile
from ldm_desktop.session.choices import Choices

VERSION = 1
USUAL = Choices()


@dataclass(frozen=True)
class Kept:
    """What is kept; the seed of `spent` choices has been used, so that the next one is due."""

    choices: Choices = USUAL
    history: tuple[int, ...] = ()
    spent: bool = False


def load(file: Path) -> tuple[Kept, str]:
    """Give what was kept, or the usual and a notice."""
    kept, notice = statefile.load(file, VERSION, lambda data: codec.from_json(Kept, data))
    return kept or Kept(), notice

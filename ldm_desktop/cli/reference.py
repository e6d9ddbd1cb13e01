"""`selftest --model`: whether a model makes here what its publishers, or at least we, expect.

Of `CompVis/ldm-celebahq-256`, diffusers' own tests publish nine numbers: the last three by three
of the blue channel, as shares of one, of the picture of `torch.manual_seed(0)` in 5 DDIM steps.
"""

from __future__ import annotations

import argparse
import contextlib
import json
from dataclasses import dataclass
from pathlib import Path

from ldm_desktop.cli import output, reproduce
from ldm_desktop.cli.reproduce import render
from ldm_desktop.cli.session import Interrupted, Stop, engine, load
from ldm_desktop.core import paths
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.frame import Frame
from ldm_desktop.core.model import ModelCard
from ldm_desktop.core.model_folders import find_model
from ldm_desktop.core.noise import Seed
from ldm_desktop.core.protocols import EngineLink
from ldm_desktop.core.recipe import Precision, Recipe
from ldm_desktop.core.samplers import Convention, SamplerName
from ldm_desktop.hub import record
from ldm_desktop.hub.record import ModelRecord

PUBLISHED = {
    "CompVis/ldm-celebahq-256": (
        *(0.4399, 0.44975, 0.46825),
        *(0.474, 0.4359, 0.4581),
        *(0.45095, 0.4341, 0.4447),
    )
}
TOLERANCE = 1e-2
STEPS = 5
SIDE = 3
BLUE = 2


@dataclass(frozen=True)
class Finding:
    """What a model's own test has found; `numbers` are those that were published, and ours."""

    verdict: str
    sentence: str
    passed: bool
    published: tuple[float, ...] = ()
    numbers: tuple[float, ...] = ()


_CHANGED = Finding(
    "changed",
    "it is not the model that came in; `ldm-desktop models verify` says what has changed.",
    False,
)


def selftest(options: argparse.Namespace) -> int:
    """Test the model that is named, or this machine by the picture that ships with the starter."""
    return _test_model(options) if options.model else reproduce.selftest(options)


def _test_model(options: argparse.Namespace) -> int:
    folders = paths.folders(options.data_dir)
    folder = find_model(options.model, folders)
    with Stop() as stop, engine(options, folders.cache) as (link, _):
        try:
            card = load(link, folder, Precision.EXACT)
            finding = _examined(link, folder, card, stop)
        except Interrupted as wish:
            return wish.code
    if options.json:
        output.line(json.dumps({**vars(finding), "model": card.ref.name}))
    else:
        output.line(f"{card.ref.name}: {finding.sentence}")
    return 0 if finding.passed else 3


def _examined(link: EngineLink, folder: Path, card: ModelCard, stop: Stop) -> Finding:
    recorded = _recorded(folder)
    if recorded and recorded.fingerprint != card.ref.fingerprint:
        return _CHANGED
    published = PUBLISHED.get(_source(recorded, card), ())
    return _compared(link, card, published, stop) if published else _twice(link, card, stop)


def _recorded(folder: Path) -> ModelRecord | None:
    with contextlib.suppress(KnownError):
        return record.read(folder)
    return None


def _source(recorded: ModelRecord | None, card: ModelCard) -> str:
    """Give the repository that a model says it is of; its folder's name may say so, too."""
    named = {repository.partition("/")[2]: repository for repository in PUBLISHED}
    said = recorded.source if recorded else card.ref.source
    return said or named.get(card.ref.name, "")


def _recipe(card: ModelCard) -> Recipe:
    return card.recipe(
        Seed(0),
        sampler=SamplerName.DDIM,
        convention=Convention.DIFFUSERS,
        steps=STEPS,
        eta=0.0,
        size=card.size,
        precision=Precision.EXACT,
    )


def _compared(
    link: EngineLink, card: ModelCard, published: tuple[float, ...], stop: Stop
) -> Finding:
    numbers = corner(render(link, _recipe(card), stop).frame)
    worst = max(abs(ours - theirs) for ours, theirs in zip(numbers, published, strict=True))
    if worst <= TOLERANCE:
        sentence = (
            f"this machine reproduces the reference: it differs from the published numbers by "
            f"{worst:.4f} at most (allowed: {TOLERANCE:g})."
        )
        return Finding("reproduces the reference", sentence, True, published, numbers)
    sentence = (
        f"this machine does not reproduce the reference: it differs from the published numbers "
        f"by {worst:.4f} (allowed: {TOLERANCE:g}). `ldm-desktop models verify` tells whether the "
        "model is damaged; if it is not, please report this."
    )
    return Finding("different", sentence, False, published, numbers)


def corner(frame: Frame) -> tuple[float, ...]:
    """Give the last three by three of the blue channel, as shares of one."""
    rows = range(frame.height - SIDE, frame.height)
    columns = range(frame.width - SIDE, frame.width)
    return tuple(
        round(frame.pixels[3 * (row * frame.width + column) + BLUE] / 255, 5)
        for row in rows
        for column in columns
    )


def _twice(link: EngineLink, card: ModelCard, stop: Stop) -> Finding:
    """All that can be seen without published numbers: it works, and works the same again."""
    first, again = (render(link, _recipe(card), stop).frame for _ in range(2))
    start = "there are no published numbers of this model to compare with; it"
    if first == again:
        sentence = f"{start} loads, its values are finite, and it makes the same bits twice."
        return Finding("no published numbers", sentence, True)
    sentence = f"{start} makes another picture each time: please report this."
    return Finding("different", sentence, False)

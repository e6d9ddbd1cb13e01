"""`reproduce` and `selftest`: make a picture again and say how equal it is."""

from __future__ import annotations

import argparse
import json
import math
from dataclasses import dataclass
from uuid import uuid4

from ldm_desktop.cli import output
from ldm_desktop.cli.session import Interrupted, Stop, engine, load, open_by_ref
from ldm_desktop.core import codec, paths
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.events import Failed, Finished
from ldm_desktop.core.frame import Frame
from ldm_desktop.core.job import Job, Order, Submit
from ldm_desktop.core.model_folders import STARTER, find_model
from ldm_desktop.core.picture import Picture
from ldm_desktop.core.previews import PreviewKind, PreviewPolicy
from ldm_desktop.core.protocols import EngineLink
from ldm_desktop.core.recipe import Recipe
from ldm_desktop.gallery import files

VISUALLY_EQUAL_DB = 40.0


@dataclass(frozen=True)
class Verdict:
    """How a picture that was made again compares with the first."""

    word: str
    psnr: float
    reasons: tuple[str, ...]

    @property
    def code(self) -> int:
        """The exit code: 3 for another picture."""
        return 3 if self.word == "different" else 0

    def __str__(self) -> str:
        level = "" if self.word == "bit-exact" else f" (PSNR {self.psnr:.1f} dB)"
        because = f", because: {'; '.join(self.reasons)}" if self.reasons else ""
        return f"{self.word}{level}{because if level else ''}"


def run(options: argparse.Namespace) -> int:
    """Make a picture again by its own recipe and compare."""
    picture = files.read(options.file)
    with Stop() as stop, engine(options, paths.folders().cache) as (link, _):
        try:
            recipe = picture.record.recipe
            folders = paths.folders()
            open_by_ref(link, folders, options.model, recipe.model, recipe.precision)
            verdict = compare(picture, render(link, recipe, stop))
        except Interrupted as wish:
            return wish.code
    output.line(str(verdict))
    return verdict.code


def selftest(options: argparse.Namespace) -> int:
    """Make the picture that comes with the starter again, and compare."""
    folder = find_model(STARTER, paths.folders())
    picture = files.read(folder / "selftest.png")
    with Stop() as stop, engine(options, paths.folders().cache) as (link, _):
        try:
            load(link, folder, picture.record.recipe.precision)
            again = render(link, picture.record.recipe, stop)
        except Interrupted as wish:
            return wish.code
    verdict = compare(picture, again)
    result = {
        "verdict": verdict.word,
        "psnr": None if math.isinf(verdict.psnr) else round(verdict.psnr, 2),
        "pixels_sha256": again.frame.sha256,
        "expected": picture.record.pixels_sha256,
        "seconds": round(again.seconds, 3),
        "environment": codec.to_json(again.environment),
    }
    if options.json:
        output.line(json.dumps(result))
        return verdict.code
    for name, value in vars(again.environment).items():
        output.line(f"{name:<12}{value}")
    output.line(f"{'picture':<12}{again.frame.sha256}\n{'verdict':<12}{verdict}")
    return verdict.code


def render(link: EngineLink, recipe: Recipe, stop: Stop) -> Finished:
    """Make one picture and wait for it."""
    order = Order(uuid4(), recipe)
    link.send(Submit(Job(uuid4(), (order,), preview=PreviewPolicy(PreviewKind.OFF))))
    while True:
        event = link.receive()
        stop.check()
        if isinstance(event, Finished):
            return event
        if isinstance(event, Failed):
            raise KnownError(event.sentence)


def compare(first: Picture, again: Finished) -> Verdict:
    """Say how equal two pictures of one recipe are, and why they are not."""
    reasons = again.environment.differences(first.record.environment)
    if not files.is_intact(first):
        reasons = ["the file's pixels were changed after it was saved", *reasons]
    if again.recipe != first.record.recipe:
        reasons.append(f"made in precision {again.recipe.precision}")
    if first.frame == again.frame:
        return Verdict("bit-exact", math.inf, ())
    psnr = _psnr(first.frame, again.frame)
    word = "visually equal" if psnr >= VISUALLY_EQUAL_DB else "different"
    return Verdict(word, psnr, tuple(reasons) or ("no reason is known; please report it",))


def _psnr(a: Frame, b: Frame) -> float:
    if (a.width, a.height) != (b.width, b.height):
        return -math.inf
    error = sum((x - y) ** 2 for x, y in zip(a.pixels, b.pixels, strict=True)) / len(a.pixels)
    return 10 * math.log10(255**2 / error)

"""Four pictures of a model that has just come in: what it makes, and how fast it is here."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from uuid import uuid4

from ldm_desktop.cli.model_report import Report
from ldm_desktop.cli.session import load
from ldm_desktop.core import paths
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.events import Failed, Finished, Hello, Stepped
from ldm_desktop.core.job import Job, Order, Submit
from ldm_desktop.core.model import ModelCard
from ldm_desktop.core.noise import Seed
from ldm_desktop.core.picture import Picture, PictureRecord
from ldm_desktop.core.previews import PreviewKind, PreviewPolicy
from ldm_desktop.core.protocols import EngineLink
from ldm_desktop.core.recipe import Precision, Recipe
from ldm_desktop.core.samplers import Convention, SamplerName
from ldm_desktop.gallery import files

SEEDS = range(4)
STEPS = 20
CARD = "card.json"


def folder_of(fingerprint: str, cache: Path) -> Path:
    """Give where the samples of a model lie."""
    return cache / "models" / fingerprint


def make(model: Path, cache: Path, report: Report) -> None:
    """Make the samples of a model, unless they are there, and write down how long each took."""
    # Torch takes seconds to import; only who computes waits for it.
    from ldm_desktop.engine.local import LocalEngine

    link = LocalEngine("auto", None, cache)
    try:
        hello = link.receive()
        assert isinstance(hello, Hello)
        card = load(link, model, hello.auto)
        folder = folder_of(card.ref.fingerprint, cache)
        if not (folder / CARD).exists():
            _make_all(link, card, hello.auto, folder, report)
    finally:
        link.close()


def _make_all(
    link: EngineLink, card: ModelCard, precision: Precision, folder: Path, report: Report
) -> None:
    paths.make_folder(folder)
    made = []
    for seed in SEEDS:
        recipe = card.recipe(
            Seed(seed),
            sampler=SamplerName.DPMPP_2M,
            convention=Convention.DIFFUSERS,
            steps=STEPS,
            eta=0.0,
            size=card.size,
            precision=precision,
        )
        file = folder / f"seed-{seed}.png"
        made.append(_render(link, recipe, seed, report))
        file.unlink(missing_ok=True)
        files.save_as(_picture(made[-1]), file)
        report.event("sample", file=str(file))
    where = made[-1].environment
    paths.replace_durably(
        folder / CARD,
        json.dumps(
            {
                "seconds": [round(one.seconds, 3) for one in made],
                "device": where.device,
                "dtype": where.dtype,
                "threads": where.threads,
            }
        ).encode(),
    )


def _render(link: EngineLink, recipe: Recipe, number: int, report: Report) -> Finished:
    order = Order(uuid4(), recipe)
    link.send(Submit(Job(uuid4(), (order,), preview=PreviewPolicy(PreviewKind.OFF))))
    while True:
        event = link.receive()
        if isinstance(event, Stepped):
            done = number * event.total + event.done
            report.progress("sampling", f"seed {number}", done, len(SEEDS) * event.total)
        elif isinstance(event, Finished):
            return event
        elif isinstance(event, Failed):
            raise KnownError(event.sentence)


def _picture(event: Finished) -> Picture:
    record = PictureRecord(
        id=event.picture,
        recipe=event.recipe,
        environment=event.environment,
        pixels_sha256=event.frame.sha256,
        created=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        seconds=round(event.seconds, 3),
    )
    return Picture(record, event.frame)

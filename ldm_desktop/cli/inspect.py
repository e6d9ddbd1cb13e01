"""`show`: how a picture was made, without making anything."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from ldm_desktop.cli import output
from ldm_desktop.core import codec
from ldm_desktop.core.noise import Generator, Noise, Seed, first_seed
from ldm_desktop.core.picture import PictureRecord
from ldm_desktop.gallery import files


def summary(record: PictureRecord, file: Path) -> dict[str, Any]:
    """Give what `--json` says of a picture."""
    return {
        "id": str(record.id),
        "file": str(file),
        "seed": first_seed(record.recipe.noise).seed,
        "seconds": record.seconds,
        "pixels_sha256": record.pixels_sha256,
        "recipe": codec.to_json(record.recipe),
        "environment": codec.to_json(record.environment),
    }


def show(options: argparse.Namespace) -> int:
    """Say how a picture was made."""
    picture = files.read(options.file)
    if options.json:
        more = {"created": picture.record.created, "intact": files.is_intact(picture)}
        output.line(json.dumps({**summary(picture.record, options.file), **more}))
        return 0
    for name, value in _lines(picture.record):
        output.line(f"{name:<12}{value}")
    if not files.is_intact(picture):
        output.line("The pixels were changed after they were saved.")
    return 0


def _lines(record: PictureRecord) -> list[tuple[str, str]]:
    made, where = record.recipe, record.environment
    sampler = made.sampler
    return [
        ("picture", str(record.id)),
        ("created", record.created),
        ("model", f"{made.model.name} ({made.model.fingerprint[:16]}…)"),
        ("noise", _noise(made.noise)),
        ("sampler", f"{sampler.name}, {made.steps} steps, eta {made.eta:g}, {sampler.convention}"),
        ("size", f"{made.size[0]} × {made.size[1]}"),
        ("precision", f"{made.precision} ({where.dtype})"),
        *[(f"step {step}", codec.canonical(change)) for step, change in made.changes],
        ("made on", f"{where.device}, {where.threads} threads, torch {where.torch}"),
        ("took", f"{record.seconds:.1f} s"),
        ("pixels", record.pixels_sha256),
    ]


def _noise(tree: Noise) -> str:
    if isinstance(tree, Seed):
        kind = "" if tree.generator is Generator.TORCH else f" ({tree.generator})"
        return f"seed {tree.seed}{kind}"
    return f"{tree.kind} {codec.canonical(tree)}"

"""What other programs say of how they made a picture, from the texts that they left in it."""

from __future__ import annotations

import dataclasses
import json

from ldm_desktop.gallery.foreign import foreign_a1111, foreign_comfy, foreign_invoke
from ldm_desktop.gallery.foreign.foreign_values import (
    Found,
    inside,
    json_in,
    model_in,
    name_in,
    seed_in,
    steps_in,
)
from ldm_desktop.gallery.records import Made, Origin, readable

LONGEST_SETTINGS = 1 << 16
NAMES = ("prompt", "workflow", "invokeai_metadata", "sd-metadata", "Dream")
TOLD = ("Description", "Comment", "Title")
"""Where programs that are not known say something."""


def made_by_others(texts: dict[str, str], created: str) -> Made:
    """Say how a picture was made, as far as its texts are understood; odd ones are just kept."""
    texts = _unfolded(texts)
    found = foreign_invoke.read(texts) or _comfy(texts) or _parameters(texts) or _unknown(texts)
    return Made(
        found.origin,
        created,
        seed=found.seed,
        model=found.model,
        sampler=found.sampler,
        steps=found.steps,
        settings=readable(found.settings[:LONGEST_SETTINGS], breaks=True).strip(),
    )


def _unfolded(texts: dict[str, str]) -> dict[str, str]:
    """Take the texts out of a comment that holds several, as EXIF has room for one only."""
    comment = json_in(texts.get("parameters", ""))
    inner = {
        name: text if isinstance(text := comment[name], str) else json.dumps(text)
        for name in NAMES
        if comment.get(name)
    }
    return inner | texts


def _comfy(texts: dict[str, str]) -> Found | None:
    found = foreign_comfy.read(texts.get("prompt", ""), texts.get("workflow", ""))
    told = _parameters(texts)
    if not found or not told:
        return found
    # Some nodes save A1111's settings, too: they know what their graph says.
    return dataclasses.replace(told, origin=Origin.COMFYUI)


def _parameters(texts: dict[str, str]) -> Found | None:
    text = texts.get("parameters", "")
    return foreign_a1111.read(text) or _object(text)


def _unknown(texts: dict[str, str]) -> Found:
    """Take a picture of a program that is not known for what it says."""
    told = "\n".join(texts[name] for name in ("parameters", *TOLD) if name in texts)
    found = _object(texts.get("Comment", "")) or Found(Origin.OTHER, "")
    model = found.model or model_in(texts.get("Source"))
    return dataclasses.replace(found, settings=told, model=model)


def _object(text: str) -> Found | None:
    """Read settings that stand in JSON under the usual names (SwarmUI, Fooocus, NovelAI)."""
    data = json_in(text)
    inner = inside(data, "sui_image_params")
    known = inner if isinstance(inner, dict) else data
    if "seed" not in known:
        return None
    return Found(
        Origin.OTHER,
        text,
        seed=seed_in(known["seed"]),
        model=model_in(known.get("model") or known.get("base_model")),
        sampler=name_in(known.get("sampler")),
        steps=steps_in(known.get("steps")),
    )

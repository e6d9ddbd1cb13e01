"""The settings of InvokeAI's three ages: `invokeai_metadata`, `sd-metadata`, and `Dream`."""

from __future__ import annotations

import re
from typing import Any

from ldm_desktop.gallery.foreign.foreign_values import (
    Found,
    inside,
    json_in,
    model_in,
    name_in,
    seed_in,
    steps_in,
)
from ldm_desktop.gallery.records import Origin


def read(texts: dict[str, str]) -> Found | None:
    """Read the settings of a picture; None if it is not InvokeAI's."""
    if data := json_in(texts.get("invokeai_metadata", "")):
        model = inside(data, "model", "name") or inside(data, "model", "model_name")
        return _found(texts["invokeai_metadata"], data, model, "scheduler")
    if data := json_in(texts.get("sd-metadata", "")):
        image = data.get("image")
        made = image if isinstance(image, dict) else {}
        return _found(texts["sd-metadata"], made, data.get("model_weights"), "sampler")
    return _dream(texts["Dream"]) if "Dream" in texts else None


def _found(text: str, data: dict[str, Any], model: Any, sampler: str) -> Found:
    return Found(
        Origin.INVOKEAI,
        text,
        seed=seed_in(data.get("seed")),
        model=model_in(model),
        sampler=name_in(data.get(sampler)),
        steps=steps_in(data.get("steps")),
    )


def _dream(text: str) -> Found:
    """Read a command of the oldest ones: `"prompt" -s50 -S42 -W512 -H512 -C7.5 -Ak_lms`."""
    switches = text.rpartition('"')[2]
    return Found(
        Origin.INVOKEAI,
        text,
        seed=seed_in(_switch(switches, "S")),
        sampler=_switch(switches, "A"),
        steps=steps_in(_switch(switches, "s")),
    )


def _switch(switches: str, letter: str) -> str:
    found = re.search(rf"(?:^|\s)-{letter}\s*([\w.]{{1,40}})", switches)
    return found[1] if found else ""

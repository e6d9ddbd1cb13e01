"""The settings of AUTOMATIC1111's web UI and the many that write as it does.

A text's last lines are `Steps: 20, Sampler: Euler a, …, Model: name`; the prompt and, after
`Negative prompt:`, what was not wanted stand before. Values with commas, colons or line ends in
them are written as JSON texts.
"""

from __future__ import annotations

import json
import re

from ldm_desktop.gallery.foreign.foreign_values import Found, model_in, name_in, seed_in, steps_in
from ldm_desktop.gallery.records import Origin

LONGEST_LINE = 1 << 16
BEGINNING = re.compile(r"^Steps: ", re.MULTILINE)
KEY = re.compile(r"\s*([^:,\"]{1,60}):\s*")
QUOTED = json.JSONDecoder(strict=False)
OURS = "LDM Desktop"
FEWEST = 3
"""So many settings tell them from a prompt that mentions steps."""


def read(text: str) -> Found | None:
    """Read the settings; None if there are none in the text."""
    known = entries(_line(text))
    if len(known) < FEWEST or "Steps" not in known:
        return None
    own = known.get("Version", "").startswith(OURS)
    return Found(
        Origin.OWN if own else Origin.A1111,
        text,
        seed=seed_in(known.get("Seed")),
        model=model_in(known.get("Model")),
        sampler=name_in(known.get("Sampler")),
        steps=steps_in(known["Steps"]),
    )


def _line(text: str) -> str:
    """Give the settings, which stand at the end, mostly on a line of their own."""
    starts = [found.start() for found in BEGINNING.finditer(text)]
    start = starts[-1] if starts else text.rfind("Steps: ")
    return text[start : start + LONGEST_LINE] if start >= 0 else ""


def entries(line: str) -> dict[str, str]:
    """Take `key: value, key: "value, quoted"` apart; of two alike, the first counts."""
    found: dict[str, str] = {}
    place = 0
    while place < len(line):
        key = KEY.match(line, place)
        if not key:
            place = _after_comma(line, place)
            continue
        value, place = _value(line, key.end())
        found.setdefault(key[1].strip(), value)
    return found


def _value(line: str, start: int) -> tuple[str, int]:
    if line.startswith('"', start):
        try:
            value, end = QUOTED.raw_decode(line, start)
        except ValueError:
            pass  # It only begins like a quoted one.
        else:
            return str(value), _after_comma(line, end)
    end = _after_comma(line, start)
    return line[start:end].rstrip(", \r\n").partition("\n")[0], end


def _after_comma(line: str, start: int) -> int:
    """Give where the next entry begins; line ends separate entries, too."""
    ends = [end for end in (line.find(",", start), line.find("\n", start)) if end >= 0]
    return min(ends, default=len(line)) + 1

"""What a model's licence means for somebody who makes pictures, in a sentence.

No legal advice: the sentence says where to read on, and nothing is known of licences not listed.
"""

from __future__ import annotations

from typing import Any

_FREE = "allows any use of the model and of its pictures"
_NAMED = {
    "apache-2.0": _FREE,
    "mit": _FREE,
    "bsd-3-clause": _FREE,
    "cc0-1.0": _FREE,
    "cc-by-4.0": "allows any use if its makers are named",
    "cc-by-sa-4.0": "allows any use if its makers are named and what is made of it stays as free",
    "cc-by-nc-4.0": "forbids commercial use",
    "cc-by-nc-sa-4.0": "forbids commercial use",
    "cc-by-nc-nd-4.0": "forbids commercial use and changed copies",
    "openrail": "allows use under conditions that forbid some purposes",
    "creativeml-openrail-m": "allows use under conditions that forbid some purposes",
}
UNKNOWN = "unknown"


def named(info: Any) -> str:
    """Give a licence's name as the hub knows it; nothing if it does not."""
    card = info.card_data
    given = [card.get("license_name"), card.get("license")] if card else []
    given += [tag.removeprefix("license:") for tag in info.tags or () if tag[:8] == "license:"]
    names = [name for name in given if isinstance(name, str) and name]
    return "".join(filter(str.isprintable, names[0]))[:100] if names else ""


def note(licence: str, page: str) -> str:
    """Say what is known of a licence, and where the publishers' own words are."""
    known = _NAMED.get(licence.lower())
    if known:
        return f"Its licence, {licence}, {known}; its publishers' own words are at {page}."
    if licence and licence != UNKNOWN:
        return f"Its licence is {licence}: read at {page} what it allows before using pictures."
    return f"Its publishers name no licence: ask them, at {page}, before publishing pictures."

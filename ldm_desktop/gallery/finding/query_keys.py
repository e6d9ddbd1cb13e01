"""The keys of a query, as `seed` in `seed:3`, and what may follow them."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from ldm_desktop.core.noise import WORDS
from ldm_desktop.core.recipe import Precision
from ldm_desktop.core.seeds import WIDE_SEEDS
from ldm_desktop.gallery.records import MOST_STARS, Flag, Label, Origin, State

LARGEST = 2**63 - 1


class Kind(Enum):
    """How the value of a key is read."""

    WORDS = auto()
    NAME = auto()
    CHOICE = auto()
    WHOLE = auto()
    DECIMAL = auto()
    SIZE = auto()
    DATE = auto()
    PICTURE = auto()
    BEING = auto()


@dataclass(frozen=True)
class Key:
    """A key: the column it asks, what its numbers may be, which values it may have."""

    name: str
    kind: Kind
    column: str
    example: str
    least: int = 0
    most: int = LARGEST
    choices: Mapping[str, str | int] = field(default_factory=dict)
    also: tuple[str, ...] = ()


_LABELS = {label.value: label.value for label in Label if label} | {"none": ""}
_FLAGS = {
    "picked": int(Flag.PICKED),
    "rejected": int(Flag.REJECTED),
    "none": int(Flag.NONE),
    "pick": int(Flag.PICKED),
    "reject": int(Flag.REJECTED),
    "unflagged": int(Flag.NONE),
}
_PRECISIONS = {each.value: each.value for each in Precision} | {"none": ""}
_NOISES = {word: kind for kind, word in WORDS.items()} | {kind: kind for kind in WORDS}
_NOISES["none"] = ""
_ORIGINS = {each.value: each.value for each in Origin}
_STATES = {each.value: each.value for each in State}

_HAS = {
    name: f"has:{name}"
    for name in (
        "recipe",
        "seed",
        "note",
        "parents",
        "children",
        "tags",
        "albums",
        "rating",
        "flag",
        "label",
        "settings",
    )
} | {"tag": "has:tags", "album": "has:albums", "parent": "has:parents", "prompt": "has:settings"}
_IS = {
    "picked": "is:picked",
    "rejected": "is:rejected",
    "unflagged": "-has:flag",
    "rated": "has:rating",
    "unrated": "-has:rating",
    "labelled": "has:label",
    "unlabelled": "-has:label",
    "tagged": "has:tags",
    "untagged": "-has:tags",
    "duplicate": "is:duplicate",
    "branch": "is:branch",
    "imported": "is:imported",
    "portrait": "is:portrait",
    "landscape": "is:landscape",
    "square": "is:square",
} | {state.value: f"is:{state.value}" for state in State}
"""A minus says that the property is not to be there."""


KEYS = (
    Key("seed", Kind.WHOLE, "seed", "seed:3", most=WIDE_SEEDS - 1, also=("seeds",)),
    Key("model", Kind.NAME, "model", "model:land*", also=("models",)),
    Key("sampler", Kind.NAME, "sampler", "sampler:ddim"),
    Key("steps", Kind.WHOLE, "steps", "steps:>100"),
    Key("eta", Kind.DECIMAL, "eta", "eta:0.5"),
    Key("size", Kind.SIZE, "", "size:256x256"),
    Key("width", Kind.WHOLE, "width", "width:>=512"),
    Key("height", Kind.WHOLE, "height", "height:>=512"),
    Key("rating", Kind.WHOLE, "rating", "rating:>=4", most=MOST_STARS, also=("stars", "rated")),
    Key("flag", Kind.CHOICE, "flag", "flag:picked", choices=_FLAGS),
    Key("label", Kind.CHOICE, "label", "label:red", choices=_LABELS, also=("color", "colour")),
    Key("tag", Kind.NAME, "tag", 'tag:"blue hour"', also=("tags", "keyword")),
    Key("album", Kind.NAME, "album", 'album:"for the show"', also=("albums",)),
    Key("note", Kind.WORDS, "note", "note:fog", also=("notes",)),
    Key("file", Kind.WORDS, "file", "file:portrait", also=("name", "filename", "folder")),
    Key("settings", Kind.WORDS, "settings", "settings:castle", also=("prompt",)),
    Key("date", Kind.DATE, "day", "date:2026-11", also=("day", "created", "made")),
    Key("parent", Kind.PICTURE, "parent", "parent:#5f3a", also=("parents",)),
    Key("child", Kind.PICTURE, "child", "child:#5f3a", also=("children",)),
    Key("id", Kind.PICTURE, "id", "id:#5f3a", also=("picture",)),
    Key("like", Kind.PICTURE, "like", "like:#5f3a"),
    Key("precision", Kind.CHOICE, "precision", "precision:exact", choices=_PRECISIONS),
    Key("noise", Kind.CHOICE, "noise", "noise:mix", choices=_NOISES),
    Key("step", Kind.WHOLE, "step", "step:20"),
    Key("seconds", Kind.DECIMAL, "seconds", "seconds:>60"),
    Key("origin", Kind.CHOICE, "origin", "origin:comfyui", choices=_ORIGINS, also=("from",)),
    Key("state", Kind.CHOICE, "state", "state:trashed", choices=_STATES),
    Key("has", Kind.BEING, "", "has:note", choices=_HAS),
    Key("is", Kind.BEING, "", "is:untagged", choices=_IS),
)
BY_NAME = {name: key for key in KEYS for name in (key.name, *key.also)}


def find(name: str) -> Key | None:
    """Give the key of a name, however it is written."""
    return BY_NAME.get(name.lower())


def nearest(name: str) -> list[str]:
    """Give the keys that a mistyped name may have meant, the likeliest first."""
    close = difflib.get_close_matches(name.lower(), BY_NAME, n=3, cutoff=0.6)
    return list(dict.fromkeys(BY_NAME[each].name for each in close))

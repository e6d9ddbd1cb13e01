"""What an action is before there is a window: its name, its keys and what it is for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Group(StrEnum):
    """Under which heading an action stands in menus, palette and sheet."""

    RUN = "run"
    SEED = "seed"
    PICTURE = "picture"
    VIEW = "view"
    QUEUE = "queue"
    GALLERY = "gallery"
    EXPLORE = "explore"
    APP = "app"


@dataclass(frozen=True)
class ActionSpec:
    """One action: `text` names it, `tip` says in a sentence what it does; its icon has its id."""

    id: str
    text: str
    shortcut: str
    tip: str = ""
    checkable: bool = False


CHECKABLE = frozenset(
    [
        *("lock-seed", "grid", "compare-wipe", "compare-flicker", "full-screen", "pause-queue"),
        *("panel-controls", "panel-queue", "panel-filmstrip", "gallery", "variations-lock"),
    ]
)


def define(name: str, text: str, shortcut: str, tip: str = "") -> ActionSpec:
    """Give an action; those that are states can be checked."""
    return ActionSpec(name, text, shortcut, tip, name in CHECKABLE)

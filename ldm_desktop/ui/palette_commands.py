"""What the command palette offers: all actions, and what a few typed words can mean besides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from ldm_desktop.core.samplers import FACTS
from ldm_desktop.core.seeds import TORCH_SEEDS
from ldm_desktop.session.controls import Controls
from ldm_desktop.session.models import ModelShelf
from ldm_desktop.ui.action_spec import Group
from ldm_desktop.ui.actions import Actions

translate = QCoreApplication.translate
LONGEST_SEED = 39
WORD = 50
"""Points for a word that stands somewhere in one piece."""


@dataclass(frozen=True)
class Command:
    """A line of the palette; what is not possible now is shown all the same."""

    text: str
    group: str
    run: Callable[[], object]
    shortcut: str = ""
    icon: str = ""
    enabled: bool = True


Source: TypeAlias = Callable[[str], Iterable[Command]]
"""Gives commands for what was typed."""


def action_commands(actions: Actions, _typed: str) -> Iterator[Command]:
    """Offer every action but the palette's own."""
    for group in Group:
        for action in actions.group(group):
            if action.objectName() != "palette":
                keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                yield Command(
                    action.text().rstrip("…"),
                    actions.title(group),
                    action.trigger,
                    keys,
                    action.objectName(),
                    action.isEnabled(),
                )


def seed_commands(controls: Controls, typed: str) -> Iterator[Command]:
    """Offer to choose a seed when a number is typed."""
    digits = typed.strip()
    if digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_SEED:
        seed = int(digits) % TORCH_SEEDS
        text = translate("Palette", "Set the seed to {seed}").format(seed=seed)
        group = translate("Palette", "Seed")
        yield Command(text, group, partial(controls.change, seed=seed), icon="seed")


def model_commands(controls: Controls, shelf: ModelShelf, _typed: str) -> Iterator[Command]:
    """Offer every model on the shelf."""
    for entry in shelf.entries:
        text = translate("Palette", "Use the model {name}").format(name=entry.name)
        run = partial(controls.change, model=str(entry.folder))
        yield Command(text, translate("Palette", "Model"), run, icon="models")


def sampler_commands(controls: Controls, _typed: str) -> Iterator[Command]:
    """Offer every sampler that works with the model."""
    for name in controls.limits.samplers:
        text = translate("Palette", "Use the sampler {name}").format(name=FACTS[name].title)
        run = partial(controls.change, sampler=name)
        yield Command(text, translate("Palette", "Sampler"), run, icon="engine")


def find(sources: Sequence[Source], typed: str) -> list[Command]:
    """Give what fits what was typed, the best first; what cannot be done now comes after it."""
    scored = []
    for source in sources:
        for command in source(typed):
            points = score(typed, command)
            if points is not None:
                # What only has the letters somewhere is no better than what cannot be done now.
                scored.append((points >= WORD, command.enabled, points, command))
    # The sort is stable: equals stay in the order of the table.
    scored.sort(key=lambda each: each[:3], reverse=True)
    return [command for *_, command in scored]


def score(typed: str, command: Command) -> int | None:
    """Say how well every typed word is found in a command; None if one is not found at all."""
    total = 0
    for word in typed.casefold().split():
        points = max(
            _points(word, command.text.casefold()), _points(word, command.group.casefold()) // 2
        )
        if not points:
            return None
        total += points
    return total


def _points(word: str, text: str) -> int:
    if text.startswith(word):
        return 100
    if any(each.startswith(word) for each in text.split()):
        return 80
    if word in text:
        return WORD
    return _scattered(word, text)


def _scattered(word: str, text: str) -> int:
    """Find the letters one after the other, as in `grd` for `batch grid`; nearer is better."""
    start = at = text.find(word[0])
    for letter in word[1:]:
        if at < 0:
            return 0
        at = text.find(letter, at + 1)
    spread = at - start - len(word) + 1
    return max(0, 30 - 2 * spread) if at >= 0 else 0

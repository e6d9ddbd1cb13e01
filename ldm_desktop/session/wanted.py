"""Models that a picture was made by and that are not here: where they can be had."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ldm_desktop.core.recipe import Recipe

NAME = r"[A-Za-z0-9][A-Za-z0-9._-]{0,95}"
HUB = re.compile(rf"({NAME}/{NAME})(?:@([A-Za-z0-9][A-Za-z0-9._/-]{{0,99}}))?")
"""`owner/name` or `owner/name@commit`, as a recipe's `source` names what came from the Hub."""


@dataclass(frozen=True)
class Wanted:
    """A repository that may have the model of a recipe."""

    repository: str
    revision: str
    recipe: Recipe

    @property
    def fingerprint(self) -> str:
        """What the model has to be."""
        return self.recipe.model.fingerprint


def wanted_by(recipe: Recipe) -> Wanted | None:
    """Say where a recipe's model comes from; None if that is no repository of the Hub."""
    found = HUB.fullmatch(recipe.model.source)
    return Wanted(found[1], found[2] or "", recipe) if found else None


def repository_in(text: str) -> tuple[str, str]:
    """Find `owner/name` and a version in what a person has typed or pasted; "" if there is none."""
    plain = re.sub(r"^(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co)/", "", text.strip())
    plain = re.sub(r"/(?:tree|commit)/", "@", plain).rstrip("/")
    found = HUB.fullmatch(plain)
    return (found[1], found[2] or "") if found else ("", "")

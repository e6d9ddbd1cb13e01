"""An engine and a small model, for tests that need pictures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from models import make_model

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.events import Changed, Event, Failed, Finished, Log, Ready, Refused, Stepped
from ldm_desktop.core.job import Job, Load, Order, Seen, Submit
from ldm_desktop.core.model import ModelCard
from ldm_desktop.core.noise import Noise, Seed
from ldm_desktop.core.previews import PreviewKind, PreviewPolicy
from ldm_desktop.core.protocols import EngineLink
from ldm_desktop.core.recipe import Precision, Recipe
from ldm_desktop.core.samplers import Convention, SamplerName
from ldm_desktop.engine.local import LocalEngine

SMALL: dict[str, Any] = {
    "unet": {"layers_per_block": 1, "block_out_channels": [32, 32, 64, 64]},
    "vae": {"layers_per_block": 1, "block_out_channels": [32, 32, 32]},
}
ALWAYS = PreviewPolicy(PreviewKind.LINEAR, share=100.0, seconds=0.0)
NEVER = PreviewPolicy(PreviewKind.OFF)


def small_model(folder: Path, **changes: Any) -> Path:
    """Write the smallest model that has everything the reference model has."""
    parts = {name: SMALL[name] | changes.pop(name, {}) for name in SMALL}
    return make_model(folder, **parts, **changes)


class Studio:
    """Talks to an engine and remembers everything it has said."""

    def __init__(self, link: EngineLink, model: Path, precision: Precision = Precision.EXACT):
        self.link = link
        self.events: list[Event] = []
        link.send(Load(str(model), precision))
        ready = self.wait(lambda event: isinstance(event, Ready | Refused))
        assert isinstance(ready, Ready), ready
        self.card: ModelCard = ready.model

    def wait(self, ends: Callable[[Event], bool]) -> Event:
        """Take events until one answers the description."""
        while not ends(event := self._receive()):
            continue
        return event

    def _receive(self) -> Event:
        event = self.link.receive()
        self.events.append(event)
        if isinstance(event, Stepped) and event.preview:
            self.link.send(Seen(event.picture))
        return event

    def of(self, kind: type[Any]) -> list[Any]:
        """Give the events of a kind that have come so far."""
        return [event for event in self.events if isinstance(event, kind)]

    def recipe(self, noise: Noise | int = 0, **changes: Any) -> Recipe:
        """Give a recipe for the model; the noise may be a seed."""
        settings: dict[str, Any] = {
            "sampler": SamplerName.DDIM,
            "convention": Convention.DIFFUSERS,
            "steps": 6,
            "eta": 0.0,
            "size": self.card.size,
            "precision": Precision.EXACT,
        }
        tree = Seed(noise) if isinstance(noise, int) else noise
        return self.card.recipe(tree, **(settings | changes))

    def submit(
        self,
        recipes: Sequence[Recipe],
        checkpoints: Sequence[Path | None] = (),
        **changes: Any,
    ) -> list[UUID]:
        """Order pictures in one job, and give their ids."""
        kept = [*checkpoints, *[None] * len(recipes)]
        orders = tuple(
            Order(uuid4(), recipe, str(path) if path else None)
            for recipe, path in zip(recipes, kept, strict=False)
        )
        self.link.send(Submit(Job(uuid4(), orders, **({"preview": NEVER} | changes))))
        return [order.picture for order in orders]

    def result(self, picture: UUID) -> Finished | Failed:
        """Wait for what becomes of a picture."""

        def is_it(event: Event) -> bool:
            return isinstance(event, Finished | Failed) and event.picture == picture

        found = next((event for event in self.events if is_it(event)), None)
        result = found or self.wait(is_it)
        assert isinstance(result, Finished | Failed)
        return result

    def render(self, *recipes: Recipe, **changes: Any) -> list[Finished]:
        """Make pictures and give them in the order of their recipes."""
        results = [self.result(picture) for picture in self.submit(recipes, **changes)]
        failed = [event for event in results if isinstance(event, Failed)]
        assert not failed, failed
        return [event for event in results if isinstance(event, Finished)]

    def pixels(self, *recipes: Recipe, **changes: Any) -> list[bytes]:
        """Make pictures and give their pixels."""
        return [event.frame.pixels for event in self.render(*recipes, **changes)]

    def drain(self) -> None:
        """Let the engine work until nothing is left."""
        try:
            while True:
                self._receive()
        except KnownError:
            return


def local_studio(model: Path, cache: Path, **changes: Any) -> Studio:
    """Open an engine in this process."""
    return Studio(LocalEngine("cpu", None, cache), model, **changes)


__all__ = [
    "ALWAYS",
    "NEVER",
    "Changed",
    "Log",
    "Stepped",
    "Studio",
    "local_studio",
    "small_model",
]

"""The path that a command is asked for: read from a file, or made of seeds and measured."""

from __future__ import annotations

import argparse
import dataclasses
from uuid import uuid4

from ldm_desktop.cli.progress import Progress
from ldm_desktop.cli.session import Stop, load, open_by_ref
from ldm_desktop.core import seeds
from ldm_desktop.core.errors import BadArgumentError, KnownError
from ldm_desktop.core.events import Event, Hello, Loading, Measured
from ldm_desktop.core.job import Measure
from ldm_desktop.core.model import ModelCard
from ldm_desktop.core.model_folders import STARTER, find_model
from ldm_desktop.core.morph import MOST_WAYPOINTS, Easing, Morph, Waypoint
from ldm_desktop.core.noise import Seed
from ldm_desktop.core.paths import Folders
from ldm_desktop.core.protocols import EngineLink
from ldm_desktop.core.recipe import Precision, Recipe
from ldm_desktop.core.samplers import Convention, SamplerName

USUAL_STEPS = 50
USUAL_SECONDS = 6.0
USUAL_FPS = 12


class Opening:
    """Opens the model, and makes a path of what was asked for."""

    def __init__(
        self,
        options: argparse.Namespace,
        folders: Folders,
        link: EngineLink,
        hello: Hello,
        stop: Stop,
    ) -> None:
        self._options = options
        self._folders = folders
        self._link = link
        self._hello = hello
        self._stop = stop
        self._progress = Progress(0)

    def path(self, given: Morph | None) -> Morph:
        """Give the path, with its model open."""
        try:
            path = self._changed(given) if given else self._of_seeds()
        finally:
            self._progress.clear()
        self._stop.check()
        return path

    def _changed(self, given: Morph) -> Morph:
        """Give a path with what the options say otherwise."""
        options, recipe = self._options, given.recipe
        for name in ("width", "height"):
            if getattr(options, name) is not None:
                raise BadArgumentError(f"A path has its own size: leave out --{name}.")
        recipe = dataclasses.replace(
            recipe,
            steps=options.steps or recipe.steps,
            precision=self._precision(recipe.precision),
        )
        card = open_by_ref(
            self._link, self._folders, options.model, recipe.model, recipe.precision, self._listen
        )
        stops = given.waypoints
        if options.hold is not None:
            stops = tuple(dataclasses.replace(each, hold=options.hold) for each in stops)
        closed = given.closed or options.closed
        angles = given.angles if closed == given.closed else self._measured(card, recipe, stops)
        return dataclasses.replace(
            given,
            recipe=recipe,
            waypoints=stops,
            angles=angles,
            closed=closed,
            seconds=options.seconds or given.seconds,
            fps=options.fps or given.fps,
            easing=Easing(options.easing or given.easing),
        )

    def _of_seeds(self) -> Morph:
        options = self._options
        chosen = [seed for text in options.seeds for seed in seeds.parse(text)[0]]
        if not 2 <= len(chosen) <= MOST_WAYPOINTS:
            raise BadArgumentError(
                f"A morph goes through 2 to {MOST_WAYPOINTS} pictures, not {len(chosen)}."
            )
        folder = find_model(options.model or STARTER, self._folders)
        precision = self._precision(self._hello.auto)
        card = load(self._link, folder, precision, self._listen)
        stops = tuple(Waypoint(Seed(seed), options.hold or 0.0) for seed in chosen)
        recipe = self._recipe(card, chosen[0], precision)
        return Morph(
            recipe,
            stops,
            self._measured(card, recipe, stops),
            options.seconds or USUAL_SECONDS,
            options.fps or USUAL_FPS,
            options.closed,
            Easing(options.easing or Easing.NONE),
        )

    def _recipe(self, card: ModelCard, seed: int, precision: Precision) -> Recipe:
        options = self._options
        return card.recipe(
            Seed(seed),
            sampler=SamplerName.DDIM,
            convention=Convention.DIFFUSERS,
            steps=options.steps or USUAL_STEPS,
            eta=0.0,
            size=(options.width or card.size[0], options.height or card.size[1]),
            precision=precision,
        )

    def _precision(self, usual: Precision) -> Precision:
        chosen = self._options.precision
        if chosen is None:
            return usual
        return self._hello.auto if chosen == "auto" else Precision(chosen)

    def _measured(
        self, card: ModelCard, recipe: Recipe, stops: tuple[Waypoint, ...]
    ) -> tuple[float, ...]:
        """Have the angles measured between neighbours; of a closed path back to the first."""
        noises = tuple(each.noise for each in stops)
        if self._options.closed:
            noises += noises[:1]
        _, *shape = card.latent_shape(recipe.size)
        self._link.send(Measure(uuid4(), (shape[0], shape[1], shape[2]), noises))
        while True:
            event = self._link.receive()
            if isinstance(event, Measured):
                if event.sentence:
                    raise KnownError(event.sentence)
                return event.degrees

    def _listen(self, event: Event) -> None:
        self._stop.check()
        if isinstance(event, Loading):
            self._progress.loading(event.share)

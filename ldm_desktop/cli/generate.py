"""`ldm-desktop generate`: from seeds or a recipe to durable pictures."""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import itertools
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

from ldm_desktop.cli import inspect, output
from ldm_desktop.cli.library import ensure_there, library_of
from ldm_desktop.cli.progress import Progress
from ldm_desktop.cli.session import Interrupted, Stop, engine, load, open_by_ref
from ldm_desktop.cli.target import Target
from ldm_desktop.core import paths, seeds
from ldm_desktop.core.errors import BadArgumentError, KnownError
from ldm_desktop.core.events import Event, Failed, Finished, Hello, Loading, Log, Stepped
from ldm_desktop.core.job import Job, Order, Seen, Submit
from ldm_desktop.core.model import ModelCard
from ldm_desktop.core.model_folders import STARTER, find_model
from ldm_desktop.core.noise import Seed
from ldm_desktop.core.picture import Picture, PictureRecord
from ldm_desktop.core.previews import PreviewKind, PreviewPolicy
from ldm_desktop.core.protocols import EngineLink
from ldm_desktop.core.recipe import Precision, Recipe, in_precision
from ldm_desktop.core.samplers import Convention, SamplerName
from ldm_desktop.gallery import files
from ldm_desktop.gallery.keeper import LibraryKeeper
from ldm_desktop.gallery.recipes import recipe_in

IN_A_RECIPE = {
    "steps": 200,
    "sampler": SamplerName.DDIM,
    "convention": Convention.DIFFUSERS,
    "eta": 0.0,
    "precision": Precision.EXACT,
    "width": None,
    "height": None,
}
"""The options that a recipe settles, and what they are without one."""
FULL_PREVIEW_SHARE = 0.25


def run(options: argparse.Namespace) -> int:
    """Make the pictures that the options ask for; 1 if some could not be made."""
    folders = paths.folders(options.data_dir)
    wanted = _only_recipe(options) if options.recipe else _wanted_seeds(options)
    name = options.model if isinstance(wanted, Recipe) else options.model or STARTER
    model = find_model(name, folders) if name else None
    pictures = 1 if isinstance(wanted, Recipe) else len(wanted)
    progress = Progress(pictures)
    library = library_of(folders)
    if not options.out:
        ensure_there(library, folders)
    target = Target(options.out, LibraryKeeper(library, folders.data, progress.say))
    target.check(pictures, resume=options.resume)
    with Stop() as stop, engine(options, folders.cache) as (link, hello):

        def listen(event: Event) -> None:
            stop.check()
            if isinstance(event, Loading):
                progress.loading(event.share)

        try:
            if isinstance(wanted, Recipe):
                open_by_ref(link, folders, name, wanted.model, wanted.precision, listen)
                recipes = iter([wanted])
            else:
                assert model
                precision = _precision(options, hello)
                recipes = _recipes(options, wanted, load(link, model, precision, listen), precision)
            stop.check()
            return Run(options, link, target, progress, stop).make(recipes)
        except Interrupted as wish:
            progress.say("Stopped. The same command with --resume goes on where it was.")
            return wish.code
        finally:
            progress.clear()


def _precision(options: argparse.Namespace, hello: Hello) -> Precision:
    return hello.auto if options.precision == "auto" else Precision(options.precision)


def _only_recipe(options: argparse.Namespace) -> Recipe:
    for name in (*IN_A_RECIPE, "shard"):
        if getattr(options, name) is not None:
            raise BadArgumentError(f"A recipe is one whole picture: leave out --{name}.")
    try:
        return recipe_in(options.recipe)
    except KnownError as error:
        raise BadArgumentError(str(error)) from error


def _wanted_seeds(options: argparse.Namespace) -> tuple[int, ...]:
    for name, usual in IN_A_RECIPE.items():
        if getattr(options, name) is None:
            setattr(options, name, usual)
    chosen, notice = seeds.parse("0" if options.seeds is None else options.seeds)
    if notice:
        print(notice, file=sys.stderr)
    once = tuple(dict.fromkeys(chosen))
    return seeds.shard(once, *_shard(options.shard)) if options.shard else once


def _shard(text: str) -> tuple[int, int]:
    index, slash, count = text.partition("/")
    if not (slash and index.isdecimal() and count.isdecimal()):
        raise BadArgumentError(f"{text!r} is no part of the whole: write --shard 2/8.")
    return int(index), int(count)


def _recipes(
    options: argparse.Namespace, wanted: tuple[int, ...], card: ModelCard, precision: Precision
) -> Iterator[Recipe]:
    width, height = card.size
    settings = {
        "sampler": SamplerName(options.sampler),
        "convention": Convention(options.convention),
        "steps": options.steps,
        "eta": options.eta,
        "size": (
            width if options.width is None else options.width,
            height if options.height is None else options.height,
        ),
        "precision": precision,
    }
    made = (card.recipe(Seed(seed), **settings) for seed in wanted)
    # The first is made here, so that what cannot work is refused before anything is started.
    return itertools.chain(list(itertools.islice(made, 1)), made)


class Run:
    """Keeps the engine supplied with orders, and saves what comes back."""

    def __init__(
        self,
        options: argparse.Namespace,
        link: EngineLink,
        target: Target,
        progress: Progress,
        stop: Stop,
    ) -> None:
        self._options = options
        self._link = link
        self._target = target
        self._progress = progress
        self._stop = stop
        self._job = uuid4()
        self._waiting: dict[UUID, Path] = {}
        self._failures = 0
        self._done = files.Index(target.folder) if options.resume else None

    def make(self, recipes: Iterator[Recipe]) -> int:
        """Make all pictures; at most two batches of orders are with the engine."""
        try:
            self._fill(recipes)
            while self._waiting:
                self._take(self._receive())
                self._fill(recipes)
        finally:
            self._progress.clear()
            self._tidy()
        return 1 if self._failures else 0

    def _receive(self) -> Event:
        try:
            return self._link.receive()
        except KnownError:
            # Whoever ends the program may have ended its engine along with it.
            self._stop.check()
            raise

    def _fill(self, recipes: Iterator[Recipe]) -> None:
        self._stop.check()
        while len(self._waiting) < 2 * self._options.batch and (recipe := next(recipes, None)):
            self._order(recipe)
            self._stop.check()

    def _order(self, recipe: Recipe) -> None:
        found = self._finished_before(recipe)
        if found:
            self._target.forget(recipe)
            self._progress.finished(uuid4())
            self._report(files.read_record(found), found)
            return
        picture, checkpoint = self._target.checkpoint(recipe, resume=self._options.resume)
        self._waiting[picture] = checkpoint
        order = Order(picture, recipe, str(checkpoint.absolute()))
        batch = self._options.batch
        self._link.send(Submit(Job(self._job, (order,), batch, preview=self._policy())))

    def _finished_before(self, recipe: Recipe) -> Path | None:
        if not self._done:
            return None
        file = self._target.file
        if file and file.exists():
            if files.holds(file, recipe):
                return file
            raise BadArgumentError(
                f"{file} holds another picture and is not replaced: choose another name."
            )
        return None if file else self._found(self._done, recipe)

    def _found(self, done: files.Index, recipe: Recipe) -> Path | None:
        found = done.find(recipe)
        if not found and recipe.precision is Precision.FAST:
            # What went out of range in `fast` was made in `balanced`.
            found = done.find(in_precision(recipe, Precision.BALANCED))
        return found

    def _policy(self) -> PreviewPolicy:
        kind = PreviewKind(self._options.preview)
        if kind is PreviewKind.FULL:
            return PreviewPolicy(kind, FULL_PREVIEW_SHARE)
        return PreviewPolicy(kind)

    def _take(self, event: Event) -> None:
        if isinstance(event, Stepped):
            self._progress.stepped(event)
            if event.preview:
                self._show(event)
                self._link.send(Seen(event.picture))
        elif isinstance(event, Finished):
            self._save(event)
        elif isinstance(event, Failed):
            self._fail(event)
        elif isinstance(event, Log):
            self._progress.say(event.sentence)

    def _save(self, event: Finished) -> None:
        record = PictureRecord(
            id=event.picture,
            recipe=event.recipe,
            environment=event.environment,
            pixels_sha256=event.frame.sha256,
            created=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            seconds=round(event.seconds, 3),
        )
        file = self._target.save(Picture(record, event.frame))
        # Only now: until the picture is durable, its trajectory is all there is of it.
        checkpoint = self._waiting.pop(event.picture)
        checkpoint.unlink(missing_ok=True)
        self._preview_file(checkpoint).unlink(missing_ok=True)
        self._target.forget(event.recipe)
        self._progress.finished(event.picture)
        self._report(record, file)

    def _report(self, record: PictureRecord, file: Path) -> None:
        self._progress.clear()
        line = json.dumps(inspect.summary(record, file)) if self._options.json else str(file)
        output.line(line)

    def _fail(self, event: Failed) -> None:
        self._failures += 1
        if event.report:
            print(event.report, file=sys.stderr)
        self._progress.say(f"ldm-desktop: {event.sentence}")
        if event.picture:
            self._waiting.pop(event.picture, None)
            self._progress.finished(event.picture)

    def _show(self, event: Stepped) -> None:
        """Keep x̂₀ in a file that picture viewers follow; it goes when the picture is finished."""
        assert event.preview
        path = self._preview_file(self._waiting[event.picture])
        # A disk without room for a preview may still have room for the picture.
        with contextlib.suppress(OSError):
            path.parent.mkdir(exist_ok=True)
            with paths.part_file(path) as part:
                files.write_preview(event.preview, part)
                part.replace(path)

    def _preview_file(self, checkpoint: Path) -> Path:
        return checkpoint.with_suffix(".webp")

    def _tidy(self) -> None:
        for checkpoint in self._waiting.values():
            self._preview_file(checkpoint).unlink(missing_ok=True)
        self._target.tidy()

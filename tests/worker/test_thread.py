"""The worker with real engines: what is killed, stopped, closed and begun again loses nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from models import make_tiny_model
from pytestqt.qtbot import QtBot
from studio import local_studio

from ldm_desktop.core import codec
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.events import Event
from ldm_desktop.core.job import INTERACTIVE_PRIORITY
from ldm_desktop.core.model import ModelCard
from ldm_desktop.core.noise import Seed
from ldm_desktop.core.picture import Picture
from ldm_desktop.core.previews import PreviewKind, PreviewPolicy
from ldm_desktop.core.recipe import Precision, Recipe, Stop, fork
from ldm_desktop.core.samplers import Convention, SamplerName
from ldm_desktop.engine.local import EngineThread
from ldm_desktop.gallery import files
from ldm_desktop.gallery.keeper import LibraryKeeper
from ldm_desktop.worker.client import EngineProcess, engine_command
from ldm_desktop.worker.draft import Draft, Drafted, Drafts, DraftState
from ldm_desktop.worker.supervisor import EngineHandle
from ldm_desktop.worker.thread import Worker
from ldm_desktop.worker.work import (
    EngineOptions,
    EngineState,
    JobState,
    JobView,
    PictureState,
    PictureView,
    Purpose,
    Request,
    Saved,
)

LONG = 400
PATIENCE = 90_000
ALWAYS = PreviewPolicy(PreviewKind.LINEAR, share=100.0, seconds=0.0)
SIGNALS = [
    *("status_changed", "model_ready", "model_refused", "job_changed", "job_removed"),
    *("jobs_ordered", "picture_changed", "previewed", "saved", "queue_changed", "paces_changed"),
    *("looked", "look_done", "drafted", "stripped", "measured", "notice", "bug"),
]
KILLED_WHILE_SAVING = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import test_thread
from PySide6.QtCore import QCoreApplication
from ldm_desktop.core import codec
from ldm_desktop.gallery.keeper import LibraryKeeper
from ldm_desktop.worker.work import Request

class Killed(LibraryKeeper):
    def save(self, picture):
        super().save(picture)
        os._exit(9)

application = QCoreApplication([])
folder = Path(sys.argv[2])
worker = test_thread.worker_in(folder, Killed(folder / "library"))
request = codec.from_json(Request, codec.parse(sys.stdin.read(), "request"))
worker.start()
worker.submit(request)
application.exec()
"""


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a model whose steps take milliseconds."""
    return make_tiny_model(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="module")
def card(model: Path, tmp_path_factory: pytest.TempPathFactory) -> ModelCard:
    """Give the model's card."""
    return local_studio(model, tmp_path_factory.mktemp("cache")).card


class Engines:
    """Opens engines as the application does, and remembers them."""

    def __init__(self, folder: Path, keyframes: int = 0) -> None:
        self._log = folder / "engine.log"
        self._keyframes = keyframes
        self.opened: list[EngineProcess] = []

    def __call__(
        self, options: EngineOptions, deliver: Callable[[Event | KnownError], None]
    ) -> EngineHandle:
        """Open a child process."""
        command = engine_command(
            options.device, options.threads or None, options.cache, keyframes=self._keyframes
        )
        engine = EngineProcess(command, deliver, self._log)
        self.opened.append(engine)
        return engine

    @property
    def pid(self) -> int:
        """The process id of the engine at work."""
        return self.opened[-1].pid


def worker_in(
    folder: Path, keeper: LibraryKeeper | None = None, engines: Any = None, **changes: Any
) -> Worker:
    """Build a worker that keeps everything in a folder."""
    library = folder / "library"
    library.mkdir(exist_ok=True)
    return Worker(
        folder / "queue.db",
        engines or Engines(folder),
        EngineOptions(device="cpu", cache=folder / "cache"),
        keeper or LibraryKeeper(library),
        folder / "unfinished",
        folder / "engine.log",
        **changes,
    )


class House:
    """A worker, and everything it has said."""

    def __init__(self, qtbot: QtBot, folder: Path, engines: Any = None, **changes: Any) -> None:
        self.qtbot = qtbot
        self.folder = folder
        self.engines = engines or Engines(folder)
        self.worker = worker_in(folder, engines=self.engines, **changes)
        self.said: list[tuple[str, Any]] = []
        for name in SIGNALS:
            self._listen(name)
        self.worker.start()

    def _listen(self, name: str) -> None:
        def note(*what: object) -> None:
            assert threading.current_thread() is threading.main_thread()
            self.said.append((name, what[0] if len(what) == 1 else what))

        getattr(self.worker, name).connect(note)

    def of(self, name: str) -> list[Any]:
        """Give what a signal has said."""
        return [what for kind, what in self.said if kind == name]

    def wait(self, event: Callable[[], object]) -> None:
        """Wait until something has happened."""
        self.qtbot.waitUntil(lambda: bool(event()), timeout=PATIENCE)

    def job(self, request: Request) -> JobView | None:
        """Give the last view of a job."""
        return next((v for v in reversed(self.of("job_changed")) if v.id == request.id), None)

    def is_in(self, request: Request, state: JobState) -> bool:
        """Whether a job is in a state."""
        view = self.job(request)
        return view is not None and view.state is state

    def picture(self, request: Request, number: int = 0) -> PictureView | None:
        """Give the last view of a picture."""
        views = reversed(self.of("picture_changed"))
        return next((v for v in views if (v.job, v.number) == (request.id, number)), None)

    def done(self, request: Request, number: int = 0) -> int:
        """Give how far a picture is."""
        view = self.picture(request, number)
        return view.done if view else 0

    def saved(self, request: Request) -> list[Saved]:
        """Give the pictures of a job that were saved."""
        return [each for each in self.of("saved") if each.job == request.id]

    def make(self, request: Request) -> list[str]:
        """Have a job done, and give the hashes of its pictures."""
        self.worker.submit(request)
        self.wait(lambda: self.is_in(request, JobState.FINISHED))
        return [each.frame.sha256 for each in self.saved(request)]

    def state(self) -> EngineState | None:
        """Give the engine's state."""
        states = self.of("status_changed")
        return states[-1].state if states else None

    def close(self) -> None:
        """Close the window."""
        self.worker.shut_down()
        assert self.worker.wait(20_000)
        self.qtbot.waitUntil(lambda: self.state() is EngineState.STOPPED)


@pytest.fixture
def house(qtbot: QtBot, tmp_path: Path) -> Iterator[House]:
    """Start a worker, and see that it ends."""
    house = House(qtbot, tmp_path)
    yield house
    house.close()
    assert house.of("bug") == []


def recipe_for(card: ModelCard, seed: int, steps: int = LONG, **changes: Any) -> Recipe:
    """Give a recipe of the model."""
    return card.recipe(
        Seed(seed),
        sampler=SamplerName.DDIM,
        convention=Convention.DIFFUSERS,
        steps=steps,
        eta=0.0,
        size=card.size,
        precision=changes.get("precision", Precision.EXACT),
    )


def ask(
    card: ModelCard, seed: int, count: int | None = 1, steps: int = LONG, **changes: Any
) -> Request:
    """Give a request for pictures of the model."""
    entries = {"preview": PreviewPolicy(PreviewKind.OFF)} | changes
    recipe = entries.pop("recipe", None) or recipe_for(card, seed, steps)
    created = "2026-11-23T06:30:00+00:00"
    return Request(uuid4(), recipe, card.folder, created, count, **entries)


def test_pictures_are_made_shown_and_kept(house: House, card: ModelCard, tmp_path: Path) -> None:
    house.worker.open_model(card.folder, Precision.EXACT)
    request = ask(card, 3, 3, steps=20, batch=2, preview=ALWAYS)
    house.worker.previewed.connect(lambda event: house.worker.seen(event.picture))
    house.make(request)
    assert [each.ref for each in house.of("model_ready")] == [card.ref]
    assert len(house.of("previewed")) > 6
    states = [status.state for status in house.of("status_changed")]
    assert states.index(EngineState.STARTING) < states.index(EngineState.LOADING)
    assert EngineState.BUSY in states
    for number, saved in enumerate(house.saved(request)):
        assert saved.record.recipe == request.recipe_at(number)
        assert files.read(saved.file).record == saved.record
    assert list((tmp_path / "unfinished").glob("*")) == []
    assert house.of("paces_changed")[-1][0].fingerprint == card.ref.fingerprint


def test_a_killed_engine_costs_no_bit(house: House, card: ModelCard) -> None:
    request = ask(card, 3)
    house.worker.submit(request)
    house.wait(lambda: house.done(request) > 5)
    house.worker.pause(request.id)
    house.wait(lambda: house.is_in(request, JobState.PAUSED))
    house.wait(lambda: any((house.folder / "unfinished").glob("*.trajectory")))
    kept = house.done(request)
    house.worker.resume(request.id)
    house.wait(lambda: house.done(request) > kept)
    house.said.clear()
    os.kill(house.engines.pid, signal.SIGKILL)
    house.wait(lambda: house.is_in(request, JobState.FINISHED))
    assert any("killed" in notice for notice in house.of("notice"))
    assert EngineState.RESTARTING in [status.state for status in house.of("status_changed")]
    again = [view.done for view in house.of("picture_changed") if view.number == 0]
    assert min(again) >= kept
    expected = house.make(ask(card, 3))
    assert [each.frame.sha256 for each in house.saved(request)] == expected


def test_a_job_that_kills_twice_is_set_aside_and_the_next_goes_on(
    house: House, card: ModelCard
) -> None:
    bad, good = ask(card, 3), ask(card, 4, steps=5)
    house.worker.submit(bad)
    house.worker.submit(good)
    for number in (1, 2):
        house.wait(lambda: house.state() is EngineState.BUSY and house.done(bad) > 2)
        with (house.folder / "engine.log").open("a") as log:
            log.write(f"death {number}\n")
        house.said.clear()
        os.kill(house.engines.pid, signal.SIGSEGV)
    house.wait(lambda: house.is_in(good, JobState.FINISHED))
    view = house.job(bad)
    assert view
    assert view.state is JobState.SET_ASIDE
    assert "death 2" in view.log
    assert "Segmentation fault" in view.log


def test_a_stopped_engine_is_noticed_and_replaced(
    qtbot: QtBot, tmp_path: Path, card: ModelCard
) -> None:
    house = House(qtbot, tmp_path, patience=2.0)
    request = ask(card, 3)
    house.worker.submit(request)
    house.wait(lambda: house.done(request) > 2)
    os.kill(house.engines.pid, signal.SIGSTOP)
    house.wait(lambda: house.state() is EngineState.SILENT)
    house.worker.replace_engine()
    house.wait(lambda: house.is_in(request, JobState.FINISHED))
    assert len(house.engines.opened) == 2
    house.close()


def test_a_stopped_engine_does_not_keep_the_window_from_closing(
    house: House, card: ModelCard
) -> None:
    request = ask(card, 3)
    house.worker.submit(request)
    house.wait(lambda: house.done(request) > 2)
    os.kill(house.engines.pid, signal.SIGSTOP)
    begun = time.monotonic()
    house.close()
    assert time.monotonic() - begun < 10


def test_closing_keeps_the_work_and_the_next_start_goes_on_when_told(
    qtbot: QtBot, tmp_path: Path, card: ModelCard
) -> None:
    first = House(qtbot, tmp_path)
    request = ask(card, 3, 2)
    first.worker.submit(request)
    first.wait(lambda: first.done(request) > 20)
    first.close()
    second = House(qtbot, tmp_path)
    second.wait(lambda: second.of("queue_changed"))
    assert second.of("queue_changed")[-1].paused
    assert second.of("queue_changed")[-1].reason == "2 pictures are waiting from last time."
    urgent = ask(card, 9, steps=5, priority=INTERACTIVE_PRIORITY)
    second.make(urgent)
    assert second.done(request) >= 20
    second.worker.resume_queue()
    second.wait(lambda: second.is_in(request, JobState.FINISHED))
    assert (
        min(v.done for v in second.of("picture_changed") if v.job == request.id and not v.number)
        >= 20
    )
    made = [each.frame.sha256 for each in second.saved(request)]
    assert made == second.make(ask(card, 3, 2))
    second.close()


def test_a_picture_that_was_saved_when_the_program_was_killed_is_not_made_again(
    qtbot: QtBot, tmp_path: Path, card: ModelCard
) -> None:
    request = ask(card, 3, 2, steps=5)
    words = [sys.executable, "-c", KILLED_WHILE_SAVING, str(Path(__file__).parent), str(tmp_path)]
    tests = str(Path(__file__).parents[1])
    environment = os.environ | {"PYTHONPATH": tests}
    done = subprocess.run(
        words, input=codec.canonical(request), text=True, env=environment, timeout=90, check=False
    )
    assert done.returncode == 9
    house = House(qtbot, tmp_path)
    house.wait(lambda: house.job(request))
    view = house.job(request)
    assert view
    assert view.saved == 1
    house.worker.resume_queue()
    house.wait(lambda: house.is_in(request, JobState.FINISHED))
    house.close()
    saved = [files.read_record(file) for file in (tmp_path / "library").glob("*/*.png")]
    assert sorted(each.recipe.noise.seed for each in saved) == [3, 4]  # type: ignore[union-attr]


def test_pausing_cancelling_and_overtaking_act_within_a_step(house: House, card: ModelCard) -> None:
    batch, other = ask(card, 3, 2, batch=2), ask(card, 7, steps=LONG)
    house.worker.submit(batch)
    house.worker.submit(other)
    house.wait(lambda: house.done(batch) > 5)
    urgent = ask(card, 9, steps=10, priority=INTERACTIVE_PRIORITY)
    house.make(urgent)
    assert house.saved(batch) == []
    house.worker.pause_queue()
    house.wait(lambda: house.is_in(batch, JobState.WAITING))
    house.worker.cancel(batch.id)
    house.wait(lambda: house.is_in(batch, JobState.CANCELLED))
    picture = house.picture(batch)
    assert picture
    assert picture.state is PictureState.CANCELLED
    house.worker.resume_queue()
    house.wait(lambda: house.done(other) > 5)
    house.worker.remove(other.id)
    house.wait(lambda: other.id in house.of("job_removed"))
    house.wait(lambda: house.state() is EngineState.READY)


def test_looks_and_stops_are_made_from_what_is_at_work(house: House, card: ModelCard) -> None:
    request = ask(card, 3)
    house.worker.submit(request)
    house.wait(lambda: house.done(request) > 30)
    picture = house.picture(request)
    assert picture
    look = ask(
        card,
        3,
        recipe=fork(picture.recipe, 20, Stop()),
        priority=INTERACTIVE_PRIORITY,
        purpose=Purpose.LOOK,
    )
    house.worker.look_sharp(look)
    house.wait(lambda: house.of("look_done"))
    assert house.of("look_done")[0].request == look.id
    house.worker.look(picture.id, picture.recipe, 20)
    house.wait(lambda: house.of("looked"))
    house.worker.stop_here(picture.id)
    house.wait(lambda: house.of("saved"))
    kept = house.of("saved")[0].record.recipe
    assert kept.branch
    assert kept.branch.parent == request.recipe
    assert kept.branch.step >= 30
    assert house.is_in(request, JobState.CANCELLED)


def test_an_engine_in_this_process_makes_the_same_pictures(
    qtbot: QtBot, tmp_path: Path, card: ModelCard, house: House
) -> None:
    def open_thread(
        options: EngineOptions, deliver: Callable[[Event | KnownError], None]
    ) -> EngineHandle:
        return EngineThread(options.device, None, options.cache, deliver)

    (tmp_path / "inside").mkdir()
    inside = House(qtbot, tmp_path / "inside", open_thread)
    assert inside.make(ask(card, 3, 2, steps=10)) == house.make(ask(card, 3, 2, steps=10))
    inside.close()


def test_drafts_form_come_to_rest_and_are_gone_on_from(
    qtbot: QtBot, tmp_path: Path, card: ModelCard
) -> None:
    house = House(qtbot, tmp_path, Engines(tmp_path, keyframes=1 << 28))
    house.worker.drafted.connect(lambda draft: house.worker.seen(draft.id))
    recipes = [recipe_for(card, seed, 40, precision=Precision.BALANCED) for seed in range(6)]
    drafts = tuple(Draft(uuid4(), recipe, 15, sharp=not n) for n, recipe in enumerate(recipes))
    owner = uuid4()
    house.worker.draft(Drafts(owner, card.folder, drafts, ALWAYS))
    rested: dict[UUID, Drafted] = {}

    def all_rest() -> bool:
        told = [each for each in house.of("drafted") if each.state is DraftState.RESTING]
        rested.update({each.id: each for each in told})
        return len(rested) == len(drafts)

    house.wait(all_rest)
    assert [rested[draft.id].sharp for draft in drafts] == [True] + [False] * 5
    assert {each.done for each in rested.values()} == {15}
    forming = [each for each in house.of("drafted") if each.state is DraftState.FORMING]
    assert {each.id for each in forming if each.frame} == {draft.id for draft in drafts}
    assert house.of("saved") == house.of("picture_changed") == []
    request = ask(card, 3, recipe=recipes[3])
    house.make(request)
    done = [view.done for view in house.of("picture_changed") if view.state is PictureState.RUNNING]
    assert min(each for each in done if each) >= 10
    picture, number = uuid4(), uuid4()
    house.worker.strip(picture, recipes[3])
    house.worker.measure(number, card.latent_shape(card.size)[1:], (Seed(1), Seed(2), Seed(1)))
    house.wait(lambda: house.of("stripped") and house.of("measured"))
    assert house.of("stripped")[0].steps[-1] >= 15
    there, back = house.of("measured")[0].degrees
    assert there == back
    assert 60 < there < 120
    house.close()
    assert house.of("bug") == []


def test_drafts_outlive_an_engine_that_is_killed(house: House, card: ModelCard) -> None:
    drafts = tuple(Draft(uuid4(), recipe_for(card, seed), LONG) for seed in range(2))
    house.worker.draft(Drafts(uuid4(), card.folder, drafts))
    house.wait(lambda: any(each.done > 5 for each in house.of("drafted")))
    os.kill(house.engines.pid, signal.SIGKILL)
    house.wait(lambda: len(house.engines.opened) == 2)
    house.said.clear()
    house.wait(lambda: any(each.done > 5 for each in house.of("drafted")))
    house.worker.pause_queue()
    house.wait(lambda: house.state() is EngineState.READY)


def test_other_options_bring_another_engine_and_the_work_goes_on(
    house: House, card: ModelCard
) -> None:
    request = ask(card, 3)
    house.worker.submit(request)
    house.wait(lambda: house.done(request) > 20)
    options = EngineOptions(device="cpu", threads=1, cache=house.folder / "cache")
    house.worker.configure(options)
    house.wait(lambda: len(house.engines.opened) == 2)
    house.wait(lambda: house.is_in(request, JobState.FINISHED))
    assert len(house.saved(request)) == 1


def test_a_device_that_is_not_there_is_a_sentence(qtbot: QtBot, tmp_path: Path) -> None:
    house = House(qtbot, tmp_path)
    options = EngineOptions(device="cuda:99", cache=tmp_path / "cache")
    house.worker.configure(options)
    house.wait(lambda: house.state() is EngineState.FAILED)
    assert "cuda:99" in house.of("status_changed")[-1].sentence
    house.close()


def test_a_bug_is_told_once_and_the_thread_goes_on(
    qtbot: QtBot, tmp_path: Path, card: ModelCard
) -> None:
    class Broken(LibraryKeeper):
        mended = False

        def save(self, picture: Picture) -> Path:
            if not self.mended:
                raise ZeroDivisionError("what nobody has thought of")
            return super().save(picture)

    keeper = Broken(tmp_path / "library")
    house = House(qtbot, tmp_path, keeper=keeper)
    request = ask(card, 3, steps=5)
    house.worker.submit(request)
    house.wait(lambda: house.of("bug"))
    house.wait(lambda: house.of("queue_changed")[-1].unsaved == 1)
    sentence, report = house.of("bug")[0]
    assert "ZeroDivisionError" in sentence
    assert "Traceback" in report
    keeper.mended = True
    house.worker.retry_saving()
    house.wait(lambda: house.is_in(request, JobState.FINISHED))
    assert len(house.of("bug")) == 1
    house.close()

"""An engine of clockwork: it works in the real one's order, a unit at a time, when it is told to.

`Shop` is a worker's desk with such engines, a clock that stands still, and a library in memory.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from fakes import CARD, frame_of, request_of
from samples import ENVIRONMENT, recipe_of

from ldm_desktop.core import protocols
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.events import (
    Changed,
    Event,
    Failed,
    Finished,
    Hello,
    Looked,
    Pong,
    Ready,
    Refused,
    Stage,
    State,
    Stepped,
    Working,
)
from ldm_desktop.core.job import (
    INTERACTIVE_PRIORITY,
    Cancel,
    Command,
    Load,
    Look,
    Order,
    Pause,
    Ping,
    Reprioritise,
    Resume,
    Seen,
    Submit,
)
from ldm_desktop.core.picture import Picture
from ldm_desktop.core.recipe import Precision, Recipe, Stop, fork
from ldm_desktop.worker.database import open_store
from ldm_desktop.worker.desk import Act, Desk
from ldm_desktop.worker.supervisor import News, Supervisor
from ldm_desktop.worker.telling import Tell
from ldm_desktop.worker.work import (
    EngineOptions,
    EngineStatus,
    JobView,
    PictureView,
    Purpose,
    QueueView,
    Request,
    Saved,
)

MOST_UNITS = 100_000


def look_of(step: int) -> Request:
    """Give a wish to look at a step of a picture."""
    recipe = fork(recipe_of(3, size=(128, 128)), step, Stop())
    return request_of(recipe=recipe, purpose=Purpose.LOOK, priority=INTERACTIVE_PRIORITY)


class Clock:
    """Shows the time it is set to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """Give the time."""
        return self.now


@dataclass(eq=False)
class Task:
    """A picture that the engine has."""

    job: UUID
    order: Order
    batch: int
    priority: int
    number: int
    begun: bool = False
    paused: bool = False
    done: int = 0

    @property
    def share(self) -> float:
        """How much of it is done."""
        return self.done / self.order.recipe.evaluations


class Clockwork:
    """A `worker.supervisor.EngineHandle` that advances by `work`."""

    pid = None

    def __init__(self, shop: Shop, options: EngineOptions, deliver: Callable[[News], None]) -> None:
        self.shop = shop
        self.options = options
        self.deliver = deliver
        self.sent: list[Command] = []
        self.tasks: list[Task] = []
        self.number = 0
        self.deaf = False
        self.gone = False
        self.opened: set[str] = set()

    def greet(self) -> None:
        """Say hello."""
        self.deliver(Hello(protocols.VERSION, ENVIRONMENT, "CPU", Precision.BALANCED))

    def send(self, command: Command) -> None:
        """Take a command at once, as between two units."""
        self.sent.append(command)
        if not (self.deaf or self.gone):
            self.deliver_all(self._answer(command))

    def deliver_all(self, events: list[Event]) -> None:
        """Say several things."""
        for event in events:
            self.deliver(event)

    def _answer(self, command: Command) -> list[Event]:
        if isinstance(command, Load):
            if command.folder in self.shop.deadly:
                self.die()
                return []
            fingerprint = self.shop.models.get(command.folder)
            if fingerprint is None:
                return [Refused(command.folder, f"There is no model in {command.folder}.")]
            self.opened.add(fingerprint)
            ref = dataclasses.replace(CARD.ref, fingerprint=fingerprint)
            return [Ready(dataclasses.replace(CARD, ref=ref, folder=command.folder))]
        if isinstance(command, Submit):
            return self._submit(command)
        if isinstance(command, Look):
            return [Looked(command.picture, command.step, command.step, frame_of(1))]
        if isinstance(command, Ping):
            return [Pong(command.number)]
        if isinstance(command, Pause | Resume | Cancel | Reprioritise):
            return self._steer(command)
        assert isinstance(command, Seen)
        return []

    def _submit(self, command: Submit) -> list[Event]:
        job = command.job
        for order in job.orders:
            assert all(task.order.picture != order.picture for task in self.tasks), "given twice"
            assert order.recipe.model.fingerprint in self.opened, "model is not open"
            self.number += 1
            task = Task(job.id, order, job.batch, job.priority, self.number)
            kept = self.shop.checkpoints_kept.get(order.checkpoint or "")
            task.done = kept or 0
            self.tasks.append(task)
        return []

    def _steer(self, command: Pause | Resume | Cancel | Reprioritise) -> list[Event]:
        found = [t for t in self.tasks if command.target in (t.job, t.order.picture)]
        events: list[Event] = []
        for task in found:
            if isinstance(command, Reprioritise):
                task.priority = command.priority
                continue
            if isinstance(command, Cancel):
                self.tasks.remove(task)
                state = State.CANCELLED
            else:
                task.paused = isinstance(command, Pause)
                state = State.PAUSED if task.paused else State.RESUMED
                self._keep(task)
            events.append(Changed(task.job, task.order.picture, state))
        return events

    def _keep(self, task: Task) -> None:
        if task.order.checkpoint and task.done:
            self.shop.checkpoints_kept[task.order.checkpoint] = task.done
            Path(task.order.checkpoint).parent.mkdir(exist_ok=True)
            Path(task.order.checkpoint).write_text("x")

    def front(self) -> list[Task]:
        """Give who advances together, as `engine.stepper` has it."""
        ready = sorted(
            (t for t in self.tasks if not t.paused), key=lambda t: (-t.priority, t.number)
        )
        if not ready:
            return []
        first = ready[0]
        alike = [
            t
            for t in ready
            if t.priority == first.priority
            and t.order.recipe.precision == first.order.recipe.precision
            and t.order.recipe.size == first.order.recipe.size
        ]
        return alike[: first.batch]

    def work(self) -> bool:
        """Do one unit; False if there is none."""
        front = [] if self.deaf or self.gone else self.front()
        if not front:
            return False
        alone = next((t for t in front if t.share >= 1), None) or next(
            (t for t in front if not t.begun), None
        )
        if alone and alone.share >= 1:
            self._decode(alone)
        elif alone:
            self.deliver(Working(alone.job, alone.order.picture, Stage.STARTING))
            alone.begun = True
            self.shop.pass_time(self.shop.start)
        else:
            order = sorted(front, key=lambda t: (t.share, t.number))
            exact = order[0].order.recipe.precision is Precision.EXACT
            self._step(order[:1] if exact else order)
        return True

    def _step(self, tasks: list[Task]) -> None:
        self.shop.pass_time(self.shop.evaluation)
        for task in tasks:
            task.done += 1
            total = task.order.recipe.evaluations
            preview = frame_of(task.done) if self.shop.previews else None
            self.deliver(Stepped(task.job, task.order.picture, task.done, total, preview))

    def _decode(self, task: Task) -> None:
        self.deliver(Working(task.job, task.order.picture, Stage.DECODING))
        self.shop.go()
        self.shop.pass_time(self.shop.decode)
        self.tasks.remove(task)
        failure = self.shop.failures.get(task.order.recipe.noise)
        if failure:
            self.deliver(Failed(task.job, task.order.picture, failure, "Traceback"))
            return
        made = self.shop.remade.get(task.order.recipe, task.order.recipe)
        frame = frame_of(task.number, (16, 16))
        self.deliver(Finished(task.job, task.order.picture, made, ENVIRONMENT, 1.0, frame))

    def die(self, sentence: str = "The engine has ended unexpectedly (it was killed).") -> None:
        """End as by kill -9; what checkpoints there are stay."""
        self.gone = True
        self.deliver(KnownError(sentence))

    def close(self, seconds: float) -> None:
        """Write the checkpoints and end."""
        if not self.deaf:
            for task in self.tasks:
                self._keep(task)
        if not self.gone:
            self.die("The engine has ended.")

    def kill(self) -> None:
        """End at once."""
        if not self.gone:
            self.die()


class Shelf:
    """A `worker.work.Keeper` in memory."""

    def __init__(self) -> None:
        self.pictures: dict[UUID, Picture] = {}
        self.trouble = ""
        self.looked_for: list[UUID] = []

    def save(self, picture: Picture) -> Path:
        """Keep a picture."""
        if self.trouble:
            raise KnownError(self.trouble)
        assert picture.record.id not in self.pictures, "made twice"
        self.pictures[picture.record.id] = picture
        return Path(f"/library/{picture.record.id}.png")

    def find(self, recipe: Recipe, picture: UUID) -> Path | None:
        """Find a picture that was kept."""
        self.looked_for.append(picture)
        if self.trouble:
            raise KnownError(self.trouble)
        return Path(f"/library/{picture}.png") if picture in self.pictures else None


class Shop:
    """A desk and everything around it; `go` lets it take what has come."""

    def __init__(self, folder: Path, patience: float = 30.0) -> None:
        self.folder = folder
        self.patience = patience
        self.clock = Clock()
        self.keeper = Shelf()
        self.models: dict[str, str] = {CARD.folder: CARD.ref.fingerprint}
        self.checkpoints_kept: dict[str, int] = {}
        self.failures: dict[Any, str] = {}
        self.remade: dict[Recipe, Recipe] = {}
        self.deadly: set[str] = set()
        self.previews = False
        self.greets = True
        self.evaluation, self.decode, self.start = 1.0, 3.0, 0.0
        self.engines: list[Clockwork] = []
        self.begin()

    def begin(self) -> None:
        """Start as the program does."""
        self.told: list[tuple[str, Any]] = []
        self.inbox: list[Act] = []
        self.supervisor = Supervisor(
            self._open, EngineOptions(), self._deliver, self.clock, self.patience
        )
        self.supervisor.start()
        self.desk = Desk(
            open_store(self.folder / "queue.db"),
            self.supervisor,
            self.keeper,
            self.folder / "unfinished",
            self.folder / "engine.log",
            self._tell(),
            self.inbox.append,
            self.clock,
        )
        self.desk.begin()
        self.go()

    def _open(self, options: EngineOptions, deliver: Callable[[News], None]) -> Clockwork:
        engine = Clockwork(self, options, deliver)
        self.engines.append(engine)
        if self.greets:
            engine.greet()
        return engine

    def _deliver(self, number: int, news: News) -> None:
        self.inbox.append(lambda desk: desk.heard(number, news))

    def _tell(self) -> Tell:
        names = [field.name for field in dataclasses.fields(Tell)]
        return Tell(*(self._teller(name) for name in names))

    def _teller(self, name: str) -> Callable[..., None]:
        return lambda *what: self.told.append((name, what[0] if len(what) == 1 else what))

    @property
    def engine(self) -> Clockwork:
        """The engine that is at work."""
        return self.engines[-1]

    @property
    def wishes(self) -> Any:
        """What a person can ask; `go` lets it happen."""
        return self.desk.wishes

    def pass_time(self, seconds: float) -> None:
        """Let time pass, without the desk noticing."""
        self.clock.now += seconds

    def go(self) -> None:
        """Let the desk do everything there is to do now."""
        while True:
            acts, self.inbox[:] = list(self.inbox), []
            for act in acts:
                act(self.desk)
            if self.desk.closed:
                return
            self.desk.settle()
            if not self.inbox:
                return

    def sleep(self, seconds: float) -> None:
        """Let time pass, in which the desk wakes when it wants to."""
        self.go()
        end = self.clock.now + seconds
        while (due := self.desk.deadline) is not None and due <= end:
            self.clock.now = max(due, self.clock.now)
            self.go()
        self.clock.now = end
        self.go()

    def units(self, count: int) -> None:
        """Let the engine do so many units of work."""
        for _ in range(count):
            assert self.engine.work(), "nothing to do"
            self.go()

    def finish(self, until: Callable[[], object] = lambda: False) -> None:
        """Let the engine work until nothing is left, or something has happened."""
        for _ in range(MOST_UNITS):
            if until() or not self.engine.work():
                return
            self.go()
        raise AssertionError("it never ends")

    def submit(self, seed: int = 3, count: int | None = 1, **changes: Any) -> Request:
        """Ask for a job."""
        request = request_of(seed, count, **changes)
        self.wishes.submit(request)
        self.go()
        return request

    def crash(self) -> None:
        """End this program as by kill -9, and start it again."""
        self.engine.gone = True
        self.desk._opened.store._connection.close()
        self.begin()

    def shut_down(self) -> None:
        """Close the window."""
        self.desk.shut_down()
        self.go()
        assert self.desk.closed

    def of(self, name: str) -> list[Any]:
        """Give what was told of a kind."""
        return [what for kind, what in self.told if kind == name]

    def job(self, request: Request) -> JobView:
        """Give the last view of a job."""
        view: JobView = [view for view in self.of("job") if view.id == request.id][-1]
        return view

    def picture(self, request: Request, number: int = 0) -> PictureView:
        """Give the last view of a picture."""
        views = self.of("picture")
        found: PictureView = [v for v in views if (v.job, v.number) == (request.id, number)][-1]
        return found

    @property
    def queue(self) -> QueueView:
        """The last view of the queue."""
        view: QueueView = self.of("queue")[-1]
        return view

    @property
    def status(self) -> EngineStatus:
        """The last status of the engine."""
        status: EngineStatus = self.of("status")[-1]
        return status

    @property
    def saved(self) -> list[Saved]:
        """The pictures that were saved."""
        return self.of("saved")

    def seeds(self) -> list[int]:
        """The seeds of the saved pictures in their order."""
        return [saved.record.recipe.noise.seed for saved in self.saved]  # type: ignore[union-attr]

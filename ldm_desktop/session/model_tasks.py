"""The `models` commands as the window runs them: each a child, told of as it goes, and stopped.

The same commands work in a terminal. One is run at a time for each model or repository; a list
and a plan are questions, of which the latest counts. What a stopped download has brought stays,
and the same order goes on from there.
"""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QObject, Signal

from ldm_desktop.core.codec import CodecError
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.program import program
from ldm_desktop.session import model_news
from ldm_desktop.session.model_news import Done, ModelFacts, Plan, Progress, Sampled, Verified
from ldm_desktop.session.model_process import Ending, ModelProcess

LAST_PATIENCE_MS = 1_500
"""How long what runs may take to end when the whole application ends."""
Command = Callable[[Sequence[str]], list[str]]
"""Makes a command line of an order's words; knows the program, and where models are."""

_log = logging.getLogger(__name__)


def models_command(place: Sequence[str], words: Sequence[str]) -> list[str]:
    """Make the command line of an order; `place` are the options that say where models are."""
    verb, *rest = words
    return [*program(), "models", verb, "--json", "--leashed", *place, *rest]


class Verb(StrEnum):
    """What can be done."""

    DOWNLOAD = "download"
    ADD = "add"
    VERIFY = "verify"
    REMOVE = "remove"

    @property
    def brings(self) -> bool:
        """Whether a model comes in by it."""
        return self in (Verb.DOWNLOAD, Verb.ADD)


@dataclass(frozen=True)
class Order:
    """What is to be done about a repository, a folder, or a model by its name."""

    verb: Verb
    about: str
    revision: str = ""
    half: bool = False
    for_good: bool = False
    """Whether what is removed is not even kept in the trash."""

    @property
    def words(self) -> list[str]:
        """The order on a command line."""
        options = ["--revision", self.revision] if self.revision else []
        options += ["--half"] if self.half else []
        options += ["--for-good"] if self.for_good else []
        return [self.verb, *options, "--", self.about]


class TaskState(StrEnum):
    """What a task is at."""

    RUNNING = "running"
    STOPPING = "stopping"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class TaskView:
    """What is known of a task; `sentence` is why it failed, or what there is to say besides."""

    order: Order
    state: TaskState = TaskState.RUNNING
    plan: Plan | None = None
    progress: Progress | None = None
    samples: tuple[str, ...] = ()
    model: ModelFacts | None = None
    verified: tuple[Verified, ...] = ()
    sentence: str = ""

    @property
    def about(self) -> str:
        """What it is about."""
        return self.order.about

    @property
    def name(self) -> str:
        """What a person calls it."""
        if self.model:
            return self.model.name
        return self.plan.name if self.plan else Path(self.about).name

    @property
    def running(self) -> bool:
        """Whether it has not ended."""
        return self.state in (TaskState.RUNNING, TaskState.STOPPING)


class ModelTasks(QObject):
    """Begins tasks and tells of them; `listed` and `planned` answer questions."""

    changed = Signal(object)
    """A TaskView; also the last one, before `ended`."""
    ended = Signal(object)
    dismissed = Signal(str)
    listed = Signal(object)
    list_failed = Signal(str)
    planned = Signal(object)
    plan_failed = Signal(str)

    def __init__(self, command: Command, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._command = command
        self._views: dict[str, TaskView] = {}
        self._running: dict[str, ModelProcess] = {}
        self._questions: dict[str, ModelProcess] = {}
        self._list_is_old = False
        self._open = True

    @property
    def views(self) -> tuple[TaskView, ...]:
        """The tasks that run, and those that have ended and were not dismissed; oldest first."""
        return tuple(self._views.values())

    def view(self, about: str) -> TaskView | None:
        """Give the latest task about something."""
        return self._views.get(about)

    def begin(self, order: Order) -> None:
        """Begin a task, or go on with one that was stopped; nothing if one is running already."""
        if not self._open or order.about in self._running:
            return
        process = ModelProcess(self._command(order.words), self)
        self._running[order.about] = process
        before: TaskView | None = self._views.pop(order.about, None)
        plan = before.plan if before and before.order == order else None
        self._views[order.about] = TaskView(order, plan=plan)
        process.told.connect(partial(self._take, order.about))
        process.ended.connect(partial(self._end, order.about))
        self.changed.emit(self._views[order.about])

    def cancel(self, about: str) -> None:
        """Stop a task; what a download has brought stays."""
        if process := self._running.get(about):
            self._change(about, state=TaskState.STOPPING)
            process.stop()

    def dismiss(self, about: str) -> None:
        """Forget a task that has ended."""
        if about in self._views and about not in self._running:
            del self._views[about]
            self.dismissed.emit(about)

    def refresh(self) -> None:
        """Ask what models there are; asked meanwhile, it is asked once more afterwards."""
        self._list_is_old = "list" in self._questions
        if not self._list_is_old:
            self._ask("list", ["list"], self._take_list)

    def look_up(self, repository: str, revision: str = "") -> None:
        """Ask what a download would bring; an earlier question is forgotten."""
        self.forget_plan()
        options = ["--revision", revision] if revision else []
        self._ask("plan", ["plan", *options, "--", repository], self._take_plan)

    def forget_plan(self) -> None:
        """Await no answer to the last question about a repository."""
        if process := self._questions.pop("plan", None):
            process.stop()

    def close(self) -> None:
        """End everything; what was asked to end before is waited for, though not for long."""
        self._open = False
        children = self.findChildren(ModelProcess)
        for child in children:
            child.blockSignals(True)
            child.stop()
        deadline = QDeadlineTimer(LAST_PATIENCE_MS)
        for child in children:
            child.wait_for_end(deadline.remainingTime())
            # Qt breaks down over one that has ended but is still there when its parent goes.
            QCoreApplication.sendPostedEvents(child, QEvent.Type.DeferredDelete)
        self._running.clear()
        self._questions.clear()

    # --- questions

    def _ask(self, name: str, words: list[str], then: Callable[[list[Any], Ending], None]) -> None:
        if not self._open:
            return
        process = ModelProcess(self._command(words), self)
        self._questions[name] = process
        lines: list[Any] = []
        process.told.connect(lines.append)
        process.ended.connect(partial(self._answer, name, process, lines, then))

    def _answer(
        self,
        name: str,
        process: ModelProcess,
        lines: list[Any],
        then: Callable[[list[Any], Ending], None],
        ending: Ending,
    ) -> None:
        process.deleteLater()
        if self._questions.get(name) is process:
            del self._questions[name]
            then(lines, ending)

    def _take_list(self, lines: list[Any], ending: Ending) -> None:
        if self._list_is_old:
            self.refresh()
        if not ending.ok:
            self.list_failed.emit(ending.sentence)
            return
        flat = [each for line in lines for each in (line if isinstance(line, list) else [line])]
        found = (self._understood(model_news.read_facts, line) for line in flat)
        self.listed.emit(tuple(facts for facts in found if facts))

    def _take_plan(self, lines: list[Any], ending: Ending) -> None:
        found = [self._understood(model_news.read_plan, line) for line in lines]
        plan = next(filter(None, reversed(found)), None)
        if ending.ok and plan:
            self.planned.emit(plan)
        else:
            self.plan_failed.emit(ending.sentence or self.tr("There was no answer: try again."))

    # --- tasks

    def _take(self, about: str, line: Any) -> None:
        news = self._understood(model_news.read_news, line)
        view = self._views[about]
        match news:
            case Plan():
                self._change(about, plan=news)
            case Progress():
                self._change(about, progress=news)
            case Sampled():
                self._change(about, samples=(*view.samples, news.file))
            case Verified():
                self._change(about, verified=(*view.verified, news))
            case Done():
                self._change(about, model=news.model)

    def _end(self, about: str, ending: Ending) -> None:
        self._running.pop(about).deleteLater()
        if ending.ok or (self._views[about].verified and not ending.asked):
            # Whoever has found something wrong has done what it was asked to do.
            state = TaskState.DONE
        else:
            state = TaskState.CANCELLED if ending.asked else TaskState.FAILED
        self._change(about, state=state, sentence=ending.sentence)
        self.ended.emit(self._views[about])

    def _change(self, about: str, **fields: Any) -> None:
        self._views[about] = dataclasses.replace(self._views[about], **fields)
        self.changed.emit(self._views[about])

    def _understood(self, read: Callable[[Any], Any], line: Any) -> Any:
        try:
            return read(line)
        except CodecError as error:
            _log.warning("models: %s", error)
            return None


def check_folder(folder: Path) -> None:
    """Refuse what is certainly no folder of a model, before a child is started for it."""
    if not (folder / "model_index.json").is_file():
        raise KnownError(
            f"{folder.name} is not the folder of a model: there is no model_index.json in it."
        )

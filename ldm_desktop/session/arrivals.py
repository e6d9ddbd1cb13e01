"""Models that come and go: the shelf sees them at once, and who has waited for one gets it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from ldm_desktop.session.controls import Controls
from ldm_desktop.session.model_news import ModelFacts
from ldm_desktop.session.model_tasks import ModelTasks, TaskState, TaskView, Verb
from ldm_desktop.session.models import ModelShelf
from ldm_desktop.session.opened import whole
from ldm_desktop.session.restoring import Restoring
from ldm_desktop.session.wanted import Wanted


class Arrivals(QObject):
    """Remembers what is wanted until it comes; `came` tells of models that nobody waited for."""

    asked = Signal(object)
    """A Wanted: somebody would like to get it."""
    notice = Signal(str)
    came = Signal(object)
    """A ModelFacts, of which no picture's settings were restored."""
    failed = Signal(object)
    """A TaskView."""

    def __init__(
        self,
        tasks: ModelTasks,
        shelf: ModelShelf,
        controls: Controls,
        restoring: Restoring,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._shelf = shelf
        self._controls = controls
        self._restoring = restoring
        self._wanted: dict[str, Wanted] = {}
        tasks.ended.connect(self._take)

    def ask(self, wanted: Wanted) -> None:
        """Remember what is wanted, and let somebody offer it."""
        self._wanted[wanted.repository] = wanted
        self.asked.emit(wanted)

    def wanted_from(self, repository: str) -> Wanted | None:
        """Say what is wanted from a repository."""
        return self._wanted.get(repository)

    def _take(self, task: TaskView) -> None:
        steps: dict[Verb, Callable[[TaskView], None]] = {
            Verb.DOWNLOAD: self._take_model,
            Verb.ADD: self._take_model,
            Verb.REMOVE: self._take_removal,
            Verb.VERIFY: lambda _: self._tasks.refresh(),
        }
        if task.state is TaskState.DONE:
            steps[task.order.verb](task)
        elif task.state is TaskState.FAILED and task.order.verb is not Verb.REMOVE:
            # What could not be removed is asked about where that was asked for.
            self.failed.emit(task)

    def _take_model(self, task: TaskView) -> None:
        self._shelf.look()
        self._tasks.refresh()
        if not self._controls.choices.model and self._shelf.usual:
            self._controls.change(model=self._shelf.usual)
        if task.model and not self._satisfy(task.about, task.model):
            self.came.emit(task.model)
        if task.sentence:
            self.notice.emit(task.sentence)

    def _take_removal(self, task: TaskView) -> None:
        self._tasks.dismiss(task.about)
        self._shelf.look()
        self._tasks.refresh()
        at_hand = [entry.folder for entry in self._shelf.entries]
        if self._controls.choices.model and whole(self._controls.choices.model) not in at_hand:
            self._controls.change(model=self._shelf.usual)

    def _satisfy(self, about: str, model: ModelFacts) -> bool:
        """Give what came to who has waited for it, whichever way it has come."""
        for wanted in self._wanted.values():
            if wanted.fingerprint == model.fingerprint:
                del self._wanted[wanted.repository]
                self._restoring.restore_recipe(wanted.recipe, whole(model.folder))
                return True
        missed = self._wanted.pop(about, None)
        if missed:
            self.notice.emit(self._another(missed, model))
        return False

    def _another(self, missed: Wanted, model: ModelFacts) -> str:
        text = self.tr(
            "{name} is here now, but it is another version ({found}…) than the one that made the "
            "picture ({wanted}…): the settings work with it, but give other pictures."
        )
        return text.format(
            name=model.name,
            found=model.fingerprint[:8] or "?",
            wanted=missed.fingerprint[:8],
        )

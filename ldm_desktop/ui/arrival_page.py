"""A model that is coming in: how far it is, and what to do if it does not get here."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ldm_desktop.session import model_wording
from ldm_desktop.session.model_tasks import TaskState, TaskView, Verb
from ldm_desktop.ui import theme
from ldm_desktop.ui.model_parts import TaskStrip, button_of, scrolled, title_of, words_of
from ldm_desktop.ui.samples import SampleImages, SampleTiles
from ldm_desktop.ui.widgets import Note, beside

STAGES = {
    Verb.DOWNLOAD: ("downloading", "checking", "converting", "sampling"),
    Verb.ADD: ("checking", "converting", "sampling"),
}


class ArrivalPage(QWidget):
    """Shows a task that brings a model, and what has become of it."""

    cancelled = Signal(str)
    """What the task is about, like the next two."""
    continued = Signal(str)
    dismissed = Signal(str)

    def __init__(self, images: SampleImages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._about = ""
        self._at = 0
        body, column, _whole = scrolled(self, "arrival")
        self._title = title_of("arrival-title", body)
        self._words = words_of("arrival-about", body)
        self._stages = [QLabel(body) for _ in range(4)]
        self._strip = TaskStrip("arrival", body)
        self._strip.cancelled.connect(lambda: self.cancelled.emit(self._about))
        self._tiles = SampleTiles(images, body)
        self._caption = Note("arrival-caption", "muted", body)
        self._file = words_of("arrival-file", body)
        self._trouble = Note("arrival-trouble", "error", body)
        self._outcome = Note("arrival-outcome", "value", body)
        self._continue = button_of("arrival-continue", self.tr("Continue"), body)
        theme.mark(self._continue, "primary")
        self._continue.clicked.connect(lambda: self.continued.emit(self._about))
        tip = self.tr("Take it off the list; what has come stays for another time")
        self._dismiss = button_of("arrival-dismiss", self.tr("Dismiss"), body, tip)
        theme.mark(self._dismiss, "tall")
        self._dismiss.clicked.connect(lambda: self.dismissed.emit(self._about))
        self._behind = words_of("arrival-behind", body)
        self._lay_out(column)

    def show_task(self, task: TaskView) -> None:
        """Show what is known of a task."""
        if task.about != self._about:
            self._about, self._at = task.about, 0
        self._title.setText(task.name)
        self._words.say(_where(task))
        self._strip.show_task(task)
        self._show_stages(task)
        self._tiles.show_files(task.samples)
        self._tiles.setVisible(task.running)
        self._caption.say(
            self.tr("Four sample pictures are made of it when it has come.") if task.running else ""
        )
        self._file.say(task.progress.file if task.running and task.progress else "")
        failed = task.state is TaskState.FAILED
        self._trouble.say(task.sentence if failed else "")
        stopped = task.state is TaskState.CANCELLED
        self._outcome.say(self._stopped(task) if stopped else "")
        for button in (self._continue, self._dismiss):
            button.setVisible(not task.running)
        begun = task.order.verb is Verb.DOWNLOAD and task.progress is not None
        self._continue.setText(self.tr("Continue") if begun else self.tr("Try again"))
        self._behind.say(
            self.tr("You can close this and go on working: the foot of the window tells how far.")
            if task.running
            else ""
        )

    def _lay_out(self, column: QVBoxLayout) -> None:
        column.addWidget(self._title)
        column.addWidget(self._words)
        column.addSpacing(theme.GRID)
        row = beside(*self._stages)
        row.setSpacing(2 * theme.GRID)
        row.addStretch(1)
        column.addLayout(row)
        column.addSpacing(theme.GRID // 2)
        column.addWidget(self._strip)
        column.addWidget(self._file)
        column.addSpacing(theme.GRID)
        for widget in (self._tiles, self._caption, self._trouble, self._outcome):
            column.addWidget(widget)
        buttons = beside(self._continue, self._dismiss)
        buttons.addStretch(1)
        buttons.setSpacing(theme.GRID)
        column.addSpacing(theme.GRID // 2)
        column.addLayout(buttons)
        column.addStretch(1)
        column.addWidget(self._behind)

    def _show_stages(self, task: TaskView) -> None:
        named = {
            "downloading": self.tr("Download"),
            "checking": self.tr("Check"),
            "converting": self.tr("Make ready"),
            "sampling": self.tr("Sample pictures"),
        }
        stages = STAGES[task.order.verb]
        at = stages.index(_stage(task)) if _stage(task) in stages else 0
        # What is made ready is checked once more; that is no way back.
        self._at = max(self._at, at) if task.progress else 0
        for number, label in enumerate(self._stages):
            label.setVisible(task.running and number < len(stages))
            if number < len(stages):
                sign = "✓" if number < self._at else number + 1
                label.setText(f"{sign}  {named[stages[number]]}")
                theme.mark(label, "heading", number == self._at)
                theme.mark(label, "muted", number != self._at)

    def _stopped(self, task: TaskView) -> str:
        progress = task.progress
        if task.order.verb is not Verb.DOWNLOAD or not progress or progress.total <= 0:
            return self.tr("This was stopped.")
        if progress.stage != "downloading":
            return self.tr("This was stopped. Everything has come; the rest is done again.")
        text = self.tr("This was stopped. {done} of {total} have come and are kept.")
        return text.format(
            done=model_wording.size(progress.done), total=model_wording.size(progress.total)
        )


def _stage(task: TaskView) -> str:
    return task.progress.stage if task.progress else ""


def _where(task: TaskView) -> str:
    """Say where it comes from, and by which licence."""
    version = task.plan.commit[:10] if task.plan else ""
    licence = task.plan.licence if task.plan else ""
    return " · ".join(filter(None, [task.about, version, licence]))

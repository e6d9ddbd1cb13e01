"""One model, described to the artist, and what can be done with it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ldm_desktop.session import model_wording
from ldm_desktop.session.model_list import ModelRow
from ldm_desktop.session.model_news import ModelFacts
from ldm_desktop.session.model_tasks import TaskState, TaskView, Verb
from ldm_desktop.ui import theme
from ldm_desktop.ui.model_parts import (
    SIDE,
    Facts,
    TaskStrip,
    button_of,
    scrolled,
    title_of,
    words_of,
)
from ldm_desktop.ui.samples import SampleImages, SampleTiles, samples_of
from ldm_desktop.ui.widgets import Note, rule

MOST_PROBLEMS = 6


class ModelPage(QWidget):
    """Shows a row of the list; it asks before it removes anything."""

    used = Signal(str)
    """A folder."""
    verified = Signal(str)
    """A name, as in the next two."""
    removed = Signal(str, bool)
    """Also whether for good, past the trash."""
    kept = Signal(str)
    """It is not to be removed after all; a name, as in the next one."""
    cancelled = Signal(str)
    revealed = Signal(str)
    """A folder."""

    def __init__(self, images: SampleImages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = ModelRow("", "")
        self._chosen = False
        body, column, whole = scrolled(self, "model")
        self._title = title_of("model-title", body)
        self._about = words_of("model-about", body)
        self._tiles = SampleTiles(images, body)
        self._caption = Note("model-caption", "muted", body)
        self._facts = Facts("model-facts", body)
        head: list[QWidget] = [self._title, self._about, self._tiles, self._caption]
        for widget in head:
            column.addWidget(widget)
        column.addSpacing(theme.GRID)
        column.addWidget(self._facts)
        column.addStretch(1)
        whole.addWidget(rule(self))
        whole.addLayout(self._news())
        self._doing = self._buttons()
        self._asking = self._question()
        for foot in (self._doing, self._asking):
            whole.addWidget(foot)

    def _news(self) -> QVBoxLayout:
        """What goes on or has been found stands above the buttons, where it is always seen."""
        self._trouble = Note("model-trouble", "error", self)
        self._outcome = Note("model-outcome", "value", self)
        self._strip = TaskStrip("model", self)
        self._strip.cancelled.connect(lambda: self.cancelled.emit(self._row.name))
        self._strip.hide()
        column = QVBoxLayout()
        column.setContentsMargins(SIDE, 0, SIDE, 0)
        for widget in (self._trouble, self._outcome, self._strip):
            widget.setContentsMargins(0, theme.GRID + 2, 0, 0)
            column.addWidget(widget)
        return column

    def show_row(self, row: ModelRow, chosen: bool) -> None:
        """Describe a model; `chosen` if pictures are made by it."""
        if row.key != self._row.key:
            self._ask(False)
        self._row, self._chosen = row, chosen
        facts = row.facts or ModelFacts(row.name, row.folder)
        self._title.setText(row.name)
        self._about.say(self._summary(row))
        self._tiles.show_files(samples_of(facts))
        self._tiles.setVisible(not facts.error)
        self._caption.say(self._samples_words(row))
        self._facts.show_facts(self._lines(facts))
        self._show_outcome(facts, row.task)
        self._strip.show_task(row.task)
        self._show_buttons(row, facts, chosen)

    def ask_to_remove(self) -> None:
        """Ask once, with the safe answer first."""
        if self._remove.isEnabled():
            self._ask(True)

    def _summary(self, row: ModelRow) -> str:
        return model_wording.summary(row.facts) if row.facts else self.tr("Reading…")

    def _samples_words(self, row: ModelRow) -> str:
        if row.facts is None or row.facts.error:
            return ""
        if row.facts.samples:
            return self.tr("What it makes: seeds 0 to 3, drafted on this machine.")
        if samples_of(row.facts):
            return self.tr("What it makes: seeds 0 to 3.")
        return self.tr("No sample pictures were made of it.")

    def _lines(self, facts: ModelFacts) -> list[tuple[str, str, str]]:
        size = model_wording.size(facts.bytes) if facts.bytes else ""
        return [
            ("speed", self.tr("Speed here"), model_wording.speed(facts)),
            ("bytes", self.tr("On disk"), size),
            ("licence", self.tr("Licence"), facts.licence),
            ("source", self.tr("From"), model_wording.origin(facts) if facts.bytes else ""),
            ("added", self.tr("Added"), model_wording.moment(facts.added)),
            ("checked", self.tr("Checked"), model_wording.moment(facts.checked)),
            ("state", self.tr("Files"), "" if facts.shipped else model_wording.state(facts)),
            ("fingerprint", self.tr("Fingerprint"), facts.fingerprint[:16]),
            ("folder", self.tr("Folder"), facts.folder),
        ]

    def _show_outcome(self, facts: ModelFacts, task: TaskView | None) -> None:
        trouble, outcome = facts.error, ""
        if task and not task.running:
            if task.order.verb is Verb.REMOVE and task.state is TaskState.FAILED:
                self._ask(True)
            elif task.state is TaskState.FAILED:
                trouble = task.sentence
            elif task.order.verb is Verb.VERIFY:
                wrong, outcome = self._found(task)
                trouble = wrong or trouble
        self._trouble.say(trouble)
        self._outcome.say(outcome)

    def _found(self, task: TaskView) -> tuple[str, str]:
        """Say what a check has found: what is wrong, and what is not."""
        problems = [each for result in task.verified for each in result.problems]
        if problems:
            lines = [each.sentence or f"{each.file}: {each.what}" for each in problems]
            more = len(lines) - MOST_PROBLEMS
            if more > 0:
                text = self.tr("And so are more files: {count}.")
                lines = [*lines[:MOST_PROBLEMS], text.format(count=more)]
            return "\n".join(lines), ""
        if task.state is TaskState.CANCELLED or not task.verified:
            return "", ""
        facts = self._row.facts
        if facts and facts.shipped:
            return "", self.tr("Checked just now: it is as it was shipped.")
        if facts and facts.state != "unrecorded":
            return "", self.tr("Checked just now: every file is as it came in.")
        text = self.tr(
            "Checked just now: its parts fit together. Whether single bits have changed cannot be "
            "said, as nothing was recorded when it came here."
        )
        return "", text

    # --- what can be done

    def _buttons(self) -> QWidget:
        self._use = button_of("model-use", self.tr("Use this model"), self)
        theme.mark(self._use, "primary")
        self._use.clicked.connect(lambda: self.used.emit(self._row.folder))
        self._verify = button_of(
            "model-verify", self.tr("Verify"), self, self.tr("Read every file and compare it")
        )
        self._verify.clicked.connect(lambda: self.verified.emit(self._row.name))
        self._reveal = button_of("model-reveal", self.tr("Show in folder"), self)
        self._reveal.clicked.connect(lambda: self.revealed.emit(self._row.folder))
        self._remove = button_of("model-remove", self.tr("Remove…"), self)
        theme.mark(self._remove, "danger")
        self._remove.clicked.connect(self.ask_to_remove)
        for button in (self._verify, self._reveal, self._remove):
            theme.mark(button, "tall")
        return _foot(self, [self._use, self._verify, self._reveal, None, self._remove])

    def _question(self) -> QWidget:
        self._words = Note("model-question", "value", self)
        self._keep = button_of("model-keep", self.tr("Keep it"), self)
        self._keep.clicked.connect(self._do_keep)
        self._really = button_of("model-remove-really", self.tr("Remove"), self)
        theme.mark(self._really, "danger")
        self._really.clicked.connect(self._do_remove)
        for button in (self._keep, self._really):
            theme.mark(button, "tall")
        foot = _foot(self, [self._words, self._keep, self._really])
        foot.hide()
        return foot

    def _ask(self, asking: bool) -> None:
        if asking:
            self._words.say(self._loss())
        had_focus = self.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self._asking.setVisible(asking)
        self._doing.setVisible(not asking)
        if asking:
            self._keep.setFocus()
        elif had_focus:
            self._remove.setFocus()

    def _loss(self) -> str:
        facts = self._row.facts
        if self._past_trash:
            text = self.tr("{name} cannot be moved to the trash here. Delete it for good?")
            return text.format(name=self._row.name)
        if facts and facts.source and facts.commit:
            text = self.tr(
                "Remove {name}? Your pictures stay, and it can be had again from {source}."
            )
            return text.format(name=self._row.name, source=facts.source)
        text = self.tr("Remove {name}? Your pictures stay, but can no longer be made again.")
        return text.format(name=self._row.name)

    def _do_keep(self) -> None:
        # What else was found out about it stays on the page.
        refused = self._past_trash
        self._ask(False)
        if refused:
            self.kept.emit(self._row.name)

    def _do_remove(self) -> None:
        for_good = self._past_trash
        self._ask(False)
        self.removed.emit(self._row.name, for_good)

    @property
    def _past_trash(self) -> bool:
        """Whether the trash has refused it."""
        task = self._row.task
        is_removal = task is not None and task.order.verb is Verb.REMOVE
        return is_removal and task is not None and task.state is TaskState.FAILED

    def _show_buttons(self, row: ModelRow, facts: ModelFacts, chosen: bool) -> None:
        self._use.setText(self.tr("In use") if chosen else self.tr("Use this model"))
        self._use.setEnabled(not chosen and not facts.error and not row.busy)
        self._verify.setEnabled(not row.busy)
        shipped = facts.shipped
        self._remove.setEnabled(not row.busy and row.facts is not None and not shipped)
        tip = self.tr("It comes with LDM Desktop and cannot be removed.") if shipped else ""
        self._remove.setToolTip(tip)
        self._remove.setAccessibleDescription(tip)
        self._reveal.setEnabled(Path(row.folder).is_dir() if row.folder else False)


def _foot(parent: QWidget, widgets: list[QWidget | None]) -> QWidget:
    foot = QWidget(parent)
    row = QHBoxLayout(foot)
    row.setContentsMargins(SIDE, theme.GRID + 4, SIDE, theme.GRID + 4)
    row.setSpacing(theme.GRID)
    for widget in widgets:
        if widget is None:
            row.addStretch(1)
        else:
            row.addWidget(widget, 1 if isinstance(widget, Note) else 0)
    return foot

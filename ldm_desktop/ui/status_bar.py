"""The line at the foot of the window: what the engine is at, and when the queue will be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from ldm_desktop.session import model_wording, wording
from ldm_desktop.session.model_tasks import TaskView
from ldm_desktop.ui import theme
from ldm_desktop.ui.actions import Actions
from ldm_desktop.worker.work import EngineState, EngineStatus, QueueView

SHORT = {"float32": "fp32", "bfloat16": "bf16", "float16": "fp16"}
DEVICES = {"cpu": "CPU", "cuda": "GPU", "mps": "Apple GPU"}
STUCK = (EngineState.SILENT, EngineState.FAILED)


class Light(QWidget):
    """A dot in the colour of the engine's state."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = EngineState.STARTING
        self.setFixedSize(QSize(10, 10))

    def show_state(self, state: EngineState) -> None:
        """Take on the colour of a state."""
        self._state = state
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a full dot, or a ring while nothing can be made yet."""
        colours = theme.current()
        colour = {
            EngineState.READY: colours.success,
            EngineState.BUSY: colours.success,
            EngineState.SILENT: colours.danger,
            EngineState.FAILED: colours.danger,
            EngineState.STOPPED: colours.muted,
        }.get(self._state, colours.warning)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._state is EngineState.READY:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour))
            painter.drawEllipse(QRectF(1, 1, 8, 8))
        else:
            painter.setPen(QColor(colour))
            if self._state is EngineState.BUSY:
                painter.setBrush(QColor(colour))
            painter.drawEllipse(QRectF(1.5, 1.5, 7, 7))


class StatusBar(QFrame):
    """Engine at the left, whole queue at the right."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status-bar")
        theme.mark(self, "panel")
        self._status = EngineStatus(EngineState.STARTING)
        self._queue = QueueView(paused=False, waiting_pictures=0, share=0.0)
        self._light = Light(self)
        self._text = QLabel(self)
        self._text.setObjectName("engine-state")
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._button = QPushButton(self)
        self._button.setObjectName("replace-engine")
        self._button.clicked.connect(actions["replace-engine"].trigger)
        self._models = QPushButton(self)
        self._models.setObjectName("models-state")
        theme.mark(self._models, "chip")
        self._models.clicked.connect(actions["models"].trigger)
        self._models.hide()
        self._queue_text = QLabel(self)
        self._queue_text.setObjectName("queue-state")
        theme.mark(self._queue_text, "muted")
        self._bar = QProgressBar(self)
        self._bar.setObjectName("queue-progress")
        self._bar.setAccessibleName(self.tr("Progress of the queue"))
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(140, 4)
        self._lay_out()
        self._show()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(8)
        row.addWidget(self._light)
        row.addWidget(self._text)
        row.addWidget(self._button)
        row.addStretch(1)
        row.addWidget(self._models)
        row.addWidget(self._queue_text)
        row.addWidget(self._bar)
        self.setFixedHeight(30)

    def show_status(self, status: EngineStatus) -> None:
        """Say what the engine is at."""
        self._status = status
        self._show()

    def show_queue(self, queue: QueueView) -> None:
        """Say how far the queue is."""
        self._queue = queue
        self._show()

    def show_tasks(self, tasks: Sequence[TaskView]) -> None:
        """Say what goes on with models: the first of them, and how many more."""
        running = [task for task in tasks if task.running]
        self._models.setVisible(bool(running))
        if running:
            more = f" · +{len(running) - 1}" if len(running) > 1 else ""
            self._models.setText(model_wording.status(running[0]) + more)
            self._models.setAccessibleName(self._models.text())

    def _show(self) -> None:
        state = self._status.state
        self._light.show_state(state)
        text = self._engine_text()
        self._text.setText(text)
        self._text.setAccessibleName(self.tr("Engine: {state}").format(state=text))
        self._text.setToolTip(self._status.sentence)
        silent = state is EngineState.SILENT
        self._button.setText(self.tr("Replace") if silent else self.tr("Try again"))
        self._button.setVisible(state in STUCK)
        self._queue_text.setText(self._queue_words())
        self._bar.setVisible(self._queue.waiting_pictures > 0)
        self._bar.setValue(round(1000 * self._queue.share))

    def _engine_text(self) -> str:
        status = self._status
        match status.state:
            case EngineState.STARTING:
                return self.tr("Starting the engine…")
            case EngineState.LOADING:
                text = self.tr("Loading the model: {percent} %")
                return text.format(percent=round(100 * status.share))
            case EngineState.READY:
                return self.tr("Ready: {device}").format(device=self._device())
            case EngineState.BUSY:
                return self._busy()
            case EngineState.RESTARTING:
                return self.tr("Restarting the engine…")
            case EngineState.SILENT:
                return self.tr("The engine is not answering")
            case EngineState.FAILED:
                return self.tr("The engine could not be started")
            case EngineState.STOPPED:
                return self.tr("Stopped")

    def _busy(self) -> str:
        pace = self._queue.steps_per_second
        if pace is None:
            return self.tr("Busy: {device}").format(device=self._device())
        text = self.tr("Busy: {pace} on {device}")
        return text.format(pace=wording.pace(pace), device=self._device())

    def _device(self) -> str:
        device = self._status.device
        words = [DEVICES.get(device, device), SHORT.get(self._status.dtype, self._status.dtype)]
        return " ".join(filter(None, words))

    def _queue_words(self) -> str:
        queue = self._queue
        if not queue.waiting_pictures:
            return ""
        pictures = self.tr("Pictures to go: {count}").format(count=queue.waiting_pictures)
        if queue.paused:
            return " · ".join([self.tr("Queue paused"), pictures])
        return " · ".join(filter(None, [pictures, wording.left(queue.eta)]))

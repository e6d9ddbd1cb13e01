"""What the actions on runs, seeds and settings do, and when they can be done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from ldm_desktop.core.recipe import Precision
from ldm_desktop.session.presets import Preset
from ldm_desktop.session.session import Session
from ldm_desktop.session.shown import Shown
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.paged_actions import Page


class Commands(QObject):
    """Connects actions to the session."""

    def __init__(self, session: Session, actions: Actions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._actions = actions
        controls, orders = session.controls, session.orders
        doing: dict[str, Callable[[], object]] = {
            "generate": orders.generate,
            "add-to-queue": orders.add_to_queue,
            "cancel": orders.cancel,
            "replace-engine": session.worker.replace_engine,
            "roll-seed": controls.roll,
            "seed-up": partial(controls.step, 1),
            "seed-down": partial(controls.step, -1),
            "paste": self._paste,
        }
        doing |= {f"preset-{each}": partial(controls.apply_preset, each) for each in Preset}
        for name, do in doing.items():
            actions[name].triggered.connect(lambda _=False, do=do: do())
        on_stage = {
            "stop-here": self._stop_here,
            "undo": controls.undo_stack.undo,
            "redo": controls.undo_stack.redo,
            "use-settings": session.restoring.use_settings,
            "render-exact": orders.render_exact,
        }
        actions.bind(Page.STUDIO, on_stage)
        actions["lock-seed"].triggered.connect(lambda on: controls.change(lock=on))
        controls.undo_stack.indexChanged.connect(self._follow_undo)
        controls.changed.connect(self._follow_controls)
        session.stage.shown_changed.connect(self._follow_stage)
        session.scrubber.changed.connect(lambda: self._follow_stage(session.stage.shown))
        self._follow_undo()
        self._follow_controls()
        self._follow_stage(session.stage.shown)

    def _stop_here(self) -> None:
        """Keep what is on screen: of a forming picture, or of a step gone back to."""
        if self._session.scrubber.active:
            self._session.scrubber.keep_here()
        else:
            self._session.orders.stop_here()

    def _paste(self) -> None:
        self._session.restoring.restore_data(QGuiApplication.clipboard().mimeData())

    def _follow_undo(self) -> None:
        stack = self._session.controls.undo_stack
        self._actions.allow(Page.STUDIO, {"undo": stack.canUndo(), "redo": stack.canRedo()})

    def _follow_controls(self) -> None:
        locked = self._session.controls.choices.lock
        self._actions["lock-seed"].setChecked(locked)
        self._actions["roll-seed"].setEnabled(not locked)

    def _follow_stage(self, shown: Shown | None) -> None:
        live = shown is not None and shown.live
        scrubber = self._session.scrubber
        elsewhere = scrubber.active and scrubber.step < scrubber.total
        exact = shown is not None and shown.recipe.precision is Precision.EXACT
        cancellable = live and shown is not None and shown.job is not None
        self._actions["cancel"].setEnabled(cancellable)
        possible = {
            "stop-here": elsewhere or (live and shown is not None and shown.done > 0),
            "use-settings": shown is not None,
            "render-exact": shown is not None and not shown.live and not exact,
        }
        self._actions.allow(Page.STUDIO, possible)

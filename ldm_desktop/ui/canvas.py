"""The picture on screen, large: forming, finished, or as it was at an earlier step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QEnterEvent,
    QImage,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QMenu, QWidget

from ldm_desktop.session.scrubber import Scrubber
from ldm_desktop.session.shown import Shown
from ldm_desktop.session.stage import Stage
from ldm_desktop.ui import drag_out, overlay, placeholder, theme
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.explore_actions import WAYS
from ldm_desktop.ui.surface import Surface
from ldm_desktop.ui.viewport import Viewport
from ldm_desktop.worker.work import PictureState

DIMMED = 0.35
MENU = (
    *("copy-picture", "copy-seed", "copy-recipe", "", "save-as", "reveal", ""),
    *("use-settings", "render-exact", "fork", "", *WAYS.values(), "star-seed", "morph-add", ""),
    *("compare-mark", "zoom-fit", "zoom-actual"),
)


class Canvas(Surface):
    """Paints what is on stage; while it forms, how far it has come stands on it."""

    def __init__(
        self,
        stage: Stage,
        scrubber: Scrubber,
        actions: Actions,
        viewport: Viewport,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(viewport, parent)
        self.setObjectName("canvas")
        self.setAccessibleName(self.tr("Picture"))
        self._stage = stage
        self._scrubber = scrubber
        self._actions = actions
        self._hovered = False
        stage.shown_changed.connect(self._describe)
        stage.image_changed.connect(self._refresh)
        scrubber.image_changed.connect(self._refresh)
        scrubber.changed.connect(self._refresh)
        actions["generate"].changed.connect(self._refresh)
        self._describe(stage.shown)

    @property
    def image(self) -> QImage:
        """The pixels that are painted: a look back if there is one, or the picture's own."""
        look = self._scrubber.image
        return self._stage.image if look.isNull() else look

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture, and then tell the stage that it was."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.current().canvas))
        if shown := self._stage.shown:
            self.place(shown.recipe.size)
            self._paint_picture(painter, shown)
        else:
            generate = self._actions["generate"].shortcut()
            keys = generate.toString(QKeySequence.SequenceFormat.NativeText)
            placeholder.paint_empty(painter, QRectF(self.rect()), keys)
        self.paint_focus(painter)
        painter.end()
        self._stage.painted()

    def drag_out(self) -> bool:
        """Drag a finished picture to other applications."""
        shown = self._stage.shown
        return shown is not None and drag_out.start(self, shown)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the picture."""
        if self._stage.shown:
            menu = menu_of(self._actions, MENU, self)
            menu.exec(event.globalPos())

    def enterEvent(self, event: QEnterEvent) -> None:
        """Say the seed to whoever points at the picture."""
        self._hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Leave the picture alone."""
        self._hovered = False
        self.update()
        super().leaveEvent(event)

    def _paint_picture(self, painter: QPainter, shown: Shown) -> None:
        visible = self.on_screen()
        image = self.image
        failed = shown.state is PictureState.FAILED
        if image.isNull():
            placeholder.paint_forming(painter, visible)
        else:
            painter.setOpacity(DIMMED if failed else 1.0)
            self.paint_image(painter, self.viewport.target, image)
            painter.setOpacity(1.0)
        if failed:
            placeholder.paint_failed(painter, QRectF(self.rect()), shown)
        overlay.paint(painter, shown, visible, hovered=self._hovered, note=self._note())

    def _note(self) -> str:
        """Say what keeps the pixels from being those of the step that was asked for."""
        if not self._scrubber.rough:
            return ""
        return self.tr("looking back…") if self._scrubber.image.isNull() else self.tr("rough")

    def _describe(self, shown: Shown | None) -> None:
        # Said again only if it is something else: each time is an event for a screen reader.
        if (words := overlay.spoken(shown)) != self.accessibleDescription():
            self.setAccessibleDescription(words)
        self.update()

    def _refresh(self) -> None:
        self.update()


def menu_of(actions: Actions, names: Sequence[str], parent: QWidget) -> QMenu:
    """Give a menu of actions; an empty name separates."""
    menu = QMenu(parent)
    for name in names:
        if name:
            menu.addAction(actions[name])
        else:
            menu.addSeparator()
    return menu

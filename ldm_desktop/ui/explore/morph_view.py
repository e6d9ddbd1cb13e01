"""What is seen at a place of the path, large."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ldm_desktop.session.explore.morphs import Morphs
from ldm_desktop.ui import painting, placeholder, theme
from ldm_desktop.ui.surface import Surface
from ldm_desktop.ui.viewport import Viewport

INSIDE = 8


class MorphView(Surface):
    """Paints the image nearest to where one is, and says how good it is."""

    def __init__(self, morphs: Morphs, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(Viewport(parent), parent)
        self.setObjectName("morph-view")
        self.setAccessibleName(self.tr("The morph at this place"))
        self._morphs = morphs
        self._keys = keys
        morphs.images_changed.connect(self._refresh)
        morphs.changed.connect(self._refresh)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the image, or how to begin."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.current().canvas))
        recipe = self._morphs.route.recipe
        if recipe is None:
            placeholder.paint_hint(painter, QRectF(self.rect()), self._invitation())
        else:
            self.place(recipe.size)
            self._paint_frame(painter)
        self.paint_focus(painter)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Space to the page, which plays by it."""
        if event.key() == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def words(self) -> str:
        """Say how good what is seen is, or why nothing better comes."""
        morphs = self._morphs
        if morphs.paused:
            return self.tr("The queue is paused, and drafts stand still with it")
        if morphs.drafts.trouble:
            return morphs.drafts.trouble
        if morphs.measuring:
            return self.tr("Measuring the way…")
        ready, total = len(morphs.drafts.ready), morphs.drafts.total
        if not total or ready == total:
            return ""
        return self.tr("Drafts {ready} of {total}").format(ready=ready, total=total)

    def _paint_frame(self, painter: QPainter) -> None:
        image, _ = self._morphs.frame()
        if image.isNull():
            placeholder.paint_forming(painter, self.on_screen())
        else:
            self.paint_image(painter, self.viewport.target, image)
        if words := self.words():
            room = self.on_screen().adjusted(INSIDE, INSIDE, -INSIDE, -INSIDE)
            painting.paint_pill(painter, [words], room, Qt.Corner.BottomLeftCorner)

    def _invitation(self) -> str:
        text = self.tr("Add pictures with {keys} while you look at them.")
        more = self.tr("A morph travels from one to the next, at a constant speed.")
        return f"{text.format(keys=self._keys)}\n\n{more}"

    def _refresh(self) -> None:
        if (words := self.words()) != self.accessibleDescription():
            self.setAccessibleDescription(words)
        self.update()

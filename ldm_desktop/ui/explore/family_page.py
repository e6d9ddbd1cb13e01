"""The page of a family: the graph one walks in, and the picture one is at."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QSplitter, QStackedWidget, QWidget

from ldm_desktop.session.explore import relation
from ldm_desktop.session.explore.family import Family
from ldm_desktop.session.explore.kin import Way
from ldm_desktop.session.explore.subject import Subject
from ldm_desktop.session.gallery import wording
from ldm_desktop.ui import painting, theme
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.empty_page import EmptyPage, Reason
from ldm_desktop.ui.explore.family_graph import FamilyGraph
from ldm_desktop.ui.model_parts import words_of
from ldm_desktop.ui.widgets import IconButton, named, stacked

SIDE = QSize(280, 200)
BUTTONS = (
    "explore-variations",
    "explore-trajectory",
    "morph-add",
    "star-seed",
    "gallery-show",
    "use-settings",
)


class FamilyPage(QWidget):
    """Shows a family; arrows and clicks walk in it."""

    possible_changed = Signal()

    def __init__(self, family: Family, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("family-page")
        self._family = family
        self._actions = actions
        self.graph = FamilyGraph(family.gallery, self)
        self._empty = EmptyPage("family-empty", self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._parts())
        stacked(self, 0).addWidget(self._stack)
        self.setFocusProxy(self.graph)
        self._connect()
        self._follow()

    def subjects(self) -> tuple[Subject, ...]:
        """Give the picture whose family it is."""
        return (self._family.subject,) if self._family.subject else ()

    def take(self, subjects: tuple[Subject, ...]) -> None:
        """Show the family of the first picture."""
        if subjects:
            self._family.show(subjects[0])
        self.graph.focus_picture()

    def slots(self) -> dict[str, Callable[[], object]]:
        """Say how one walks here."""
        return {f"family-{way.value}": partial(self._family.go, way) for way in Way}

    def possible(self) -> dict[str, bool]:
        """Say whither one can walk."""
        kin = self._family.kin
        return {f"family-{way.value}": bool(kin and kin.relative(way)) for way in Way}

    def _parts(self) -> QWidget:
        area = QScrollArea(self)
        area.setObjectName("family-scroll")
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.graph)
        parts = QSplitter(Qt.Orientation.Horizontal, self)
        parts.setObjectName("family-parts")
        parts.setHandleWidth(3)
        parts.addWidget(area)
        parts.addWidget(self._side())
        parts.setStretchFactor(0, 1)
        parts.setSizes([900, 340])
        return parts

    def _side(self) -> QWidget:
        side = QWidget(self)
        theme.mark(side, "panel")
        side.setMinimumWidth(SIDE.width())
        self._picture = PicturePane(side)
        self._title = QLabel(side)
        self._title.setObjectName("family-title")
        theme.mark(self._title, "heading")
        self._relation = words_of("family-relation", side)
        column = stacked(side)
        column.setContentsMargins(theme.GRID * 2, theme.GRID * 2, theme.GRID * 2, theme.GRID * 2)
        column.addWidget(self._picture, 1)
        column.addWidget(self._title)
        column.addWidget(self._relation)
        column.addLayout(self._buttons(side))
        return side

    def _buttons(self, parent: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.GRID // 2)
        for name in BUTTONS:
            row.addWidget(IconButton.of(self._actions[name], parent))
        row.addStretch(1)
        return row

    def _connect(self) -> None:
        family, graph = self._family, self.graph
        family.changed.connect(self._follow)
        family.subject_changed.connect(self._take_subject)
        graph.chosen.connect(family.show_picture)
        graph.walked.connect(family.go)
        graph.opened.connect(self._open)

    def _open(self, _: object) -> None:
        self._actions["gallery-show"].trigger()

    def _follow(self) -> None:
        kin = self._family.kin
        self._stack.setCurrentIndex(int(kin is not None))
        self.graph.show_kin(kin)
        if kin is None:
            self._empty.say(self._reason())
        elif entry := kin.entries.get(kin.picture):
            self._title.setText(wording.title(entry))
        self.possible_changed.emit()

    def _reason(self) -> Reason:
        if self._family.of_a_draft:
            return Reason(
                "family",
                self.tr("This picture is not saved yet"),
                self.tr("Its family begins when you keep it."),
            )
        return Reason(
            "family",
            self.tr("No family is shown"),
            self.tr(
                "Look at a picture, then press Alt+5: here is what it came from, its "
                "siblings, and what has come of it."
            ),
        )

    def _take_subject(self, subject: Subject | None) -> None:
        self._picture.show_image(subject.image if subject else QImage())
        self._relation.say(relation.sentence(subject.recipe) if subject else "")
        self.possible_changed.emit()


class PicturePane(QWidget):
    """A picture as large as there is room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "family-picture", self.tr("The picture"))
        self.setMinimumSize(SIDE)
        self._image = QImage()
        self._scaled = painting.Scaled()

    def show_image(self, image: QImage) -> None:
        """Show a picture, or none."""
        self._image = image
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it in the middle."""
        if self._image.isNull():
            return
        scale = self.devicePixelRatioF()
        room = painting.on_device(QRect(0, 0, self.width(), self.height()), scale)
        place = painting.fitted(self._image.size(), room)
        painter = QPainter(self)
        painter.scale(1 / scale, 1 / scale)
        painter.drawPixmap(place.topLeft(), self._scaled.pixmap(self._image, place.size()))
        painter.end()

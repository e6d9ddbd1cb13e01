"""The bar over the grid: how to look, how many there are, in what order, how large."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

from ldm_desktop.gallery.finding.query import Order, SortField
from ldm_desktop.session.gallery.desk import GalleryDesk
from ldm_desktop.ui import theme
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.gallery import group_words
from ldm_desktop.ui.widgets import Combo, IconButton, Option, named

SMALLEST, LARGEST = 104, 416
SLIDER = 112
COMBO = 118
LITTLE = 560
"""Logical pixels of width below which there is no room for the slider; keys do what it does."""
DESCENDING = frozenset(
    [
        *(SortField.CREATED, SortField.ADDED, SortField.RATING, SortField.FLAG),
        *(SortField.PIXELS, SortField.SIZE, SortField.SECONDS),
    ]
)
VIEWS = ("gallery-grid", "gallery-loupe", "gallery-survey")
STEP = 32
"""Logical pixels by which pictures grow at once."""


class Toolbar(QWidget):
    """Shows the desk's order, grouping and size, and changes them."""

    side_changed = Signal(int)

    def __init__(self, desk: GalleryDesk, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown = 0
        self.views = [self._view(actions[name]) for name in VIEWS]
        self._count = QLabel(self)
        self._count.setObjectName("gallery-count")
        theme.mark(self._count, "muted")
        self.grouping = self._combo("gallery-grouping", self.tr("Group by"))
        self.field = self._combo("gallery-sort", self.tr("Sort by"))
        self.direction = IconButton("sort-down", "gallery-direction", self.tr("Turn round"), self)
        self.slider = self._slider()
        self._offer()
        self._lay_out()
        self._connect()
        self._show_question()
        self._show_count()

    def show_view(self, number: int) -> None:
        """Show which way of looking it is: 0 grid, 1 one picture, 2 several."""
        self._shown = number
        self._mark_view()
        grid = number == 0
        for widget in (self.grouping, self.field, self.direction):
            widget.setVisible(grid)
        self._show_slider()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make do with the room there is."""
        super().resizeEvent(event)
        self._show_slider()

    def grow(self, by: int) -> None:
        """Show pictures larger by so many logical pixels, or smaller."""
        self.slider.setValue(self.slider.value() + by)

    def _view(self, action: QAction) -> IconButton:
        button = IconButton.of(action, self)
        button.setCheckable(True)
        # Its action knows nothing of being checked, and says so whenever it changes.
        action.changed.connect(self._mark_view)
        return button

    def _show_slider(self) -> None:
        self.slider.setVisible(self._shown == 0 and self.width() >= LITTLE)

    def _mark_view(self) -> None:
        for each, button in enumerate(self.views):
            button.setChecked(each == self._shown)

    def _combo(self, name: str, spoken: str) -> Combo:
        combo = Combo(self)
        named(combo, name, spoken, spoken)
        combo.setFixedWidth(COMBO)
        combo.setMaxVisibleItems(len(SortField))
        # Clicking leaves the keyboard with the pictures, whose keys judge them.
        combo.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return combo

    def _slider(self) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal, self)
        named(slider, "gallery-size", self.tr("Size of pictures"), self.tr("Size of pictures"))
        slider.setRange(SMALLEST, LARGEST)
        slider.setSingleStep(16)
        slider.setPageStep(48)
        slider.setFixedWidth(SLIDER)
        slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        slider.setValue(self._desk.thumb_side)
        return slider

    def _offer(self) -> None:
        self.grouping.offer([Option(*each) for each in group_words.groupings().items()])
        self.field.offer([Option(*each) for each in group_words.fields().items()])

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GRID // 2)
        for button in self.views:
            row.addWidget(button)
        row.addSpacing(theme.GRID)
        row.addWidget(self._count, 1)
        row.addWidget(self.grouping)
        row.addWidget(self.field)
        row.addWidget(self.direction)
        row.addSpacing(theme.GRID)
        row.addWidget(self.slider)

    def _connect(self) -> None:
        desk, model = self._desk, self._desk.model
        self.grouping.chosen.connect(desk.set_grouping)
        self.field.chosen.connect(self._sort_by)
        self.direction.clicked.connect(self._turn_round)
        self.slider.valueChanged.connect(self.side_changed)
        desk.question_changed.connect(self._show_question)
        for signal in (desk.listing_changed, desk.selection_changed, desk.counts_changed):
            signal.connect(self._show_count)
        for change in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            change.connect(self._show_count)

    def _sort_by(self, field: SortField) -> None:
        # The newest and the best come first by themselves, names and numbers from the beginning.
        self._desk.set_order(Order(field, field in DESCENDING))

    def _turn_round(self) -> None:
        order = self._desk.order
        self._desk.set_order(Order(order.field, not order.descending))

    def _show_question(self) -> None:
        order = self._desk.order
        self.grouping.choose(self._desk.grouping)
        self.field.choose(order.field)
        tip = self.tr("Descending") if order.descending else self.tr("Ascending")
        named(self.direction, "gallery-direction", tip, tip)
        self.direction.show_drawing("sort-down" if order.descending else "sort-up")
        blocked = QSignalBlocker(self.slider)
        self.slider.setValue(self._desk.thumb_side)
        blocked.unblock()

    def _show_count(self) -> None:
        listed, chosen = self._desk.model.rowCount(), len(self._desk.selected)
        places = self._desk.counts.places
        everything = places[0].count if places else None
        number = QLocale().toString
        text = number(listed)
        if everything is not None and everything != listed and self._desk.query:
            text = self.tr("{listed} of {all}").format(listed=text, all=number(everything))
        if chosen > 1:
            text = self.tr("{listed} · {chosen} chosen").format(listed=text, chosen=number(chosen))
        self._count.setText(text)
        self._count.setAccessibleName(self.tr("Pictures: {count}").format(count=text))

"""All that is remembered of a seed: what is said of it, and how it was tried."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ldm_desktop.core.noise import Generator
from ldm_desktop.gallery.seeds.records import SeedChange, SeedKey
from ldm_desktop.session.explore import seed_wording
from ldm_desktop.session.explore.seed_trials_model import TrialsModel, Tried
from ldm_desktop.session.explore.seeds import SeedDesk
from ldm_desktop.ui import theme
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.details_panel import text_button
from ldm_desktop.ui.explore.seed_painting import TrialDelegate
from ldm_desktop.ui.gallery.name_label import NameLabel
from ldm_desktop.ui.gallery.note_field import NoteField
from ldm_desktop.ui.model_parts import button_of, words_of
from ldm_desktop.ui.samples import paint_rounded
from ldm_desktop.ui.widgets import IconButton, beside, named, stacked

SIDE = 16
PICTURE = 176
GENERATORS = tuple(Generator)


class SeedPicture(QWidget):
    """The picture of a seed, as large as previews are kept; without one it takes no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "seed-picture", self.tr("Picture of the seed"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._image = QImage()
        self.hide()

    def show_image(self, image: QImage) -> None:
        """Show another picture."""
        self._image = image
        self.setVisible(not image.isNull())
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a square."""
        return QSize(PICTURE, PICTURE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture in the middle."""
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        tile = QRectF(0, 0, PICTURE, PICTURE)
        tile.moveCenter(QRectF(self.rect()).center())
        paint_rounded(painter, self._image, tile)
        painter.end()


class SeedPanel(QFrame):
    """Describes a seed and takes what a person says of it; of many, only whether they are liked."""

    left = Signal()
    """Escape in a field: the list wants the focus."""
    star_wished = Signal(bool)
    """What is shown is to be starred, or no longer."""
    pictures_wished = Signal()
    sheet_wished = Signal(object)  # UUID
    trial_chosen = Signal()

    def __init__(self, desk: SeedDesk, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "seed-panel", self.tr("About the seed"))
        theme.mark(self, "panel")
        self._desk = desk
        self._keys: tuple[SeedKey, ...] = ()
        self._count = 0
        self.trials = TrialsModel(desk, self)
        self._build(actions)
        self._connect()
        self.show_seeds((), 0)

    @property
    def tried(self) -> Tried | None:
        """The trial that is chosen; else the picture, or whatever there is."""
        rows = range(self.trials.rowCount())
        trials = [tried for row in rows if (tried := self.trials.tried(row))]
        chosen = self.trials.tried(self._list.currentIndex().row())
        finished = (tried for tried in trials if tried.trial.picture)
        return chosen or next(finished, None) or next(iter(trials), None)

    def show_seeds(self, keys: tuple[SeedKey, ...], count: int) -> None:
        """Show one seed, what several have in common, or how to choose one.

        Of `count` seeds that are chosen, `keys` are the first.
        """
        if changed := keys != self._keys:
            self._save_name()
        self._keys, self._count = keys, count
        self._empty.setVisible(not keys)
        self._body.setVisible(bool(keys))
        one = self._one
        for widget in self._of_one:
            widget.setVisible(one is not None)
        self.trials.show_seed(one)
        if changed:
            self._picture.show_image(QImage())
            self._sheet.setEnabled(False)
        if keys:
            self._show_said()

    @property
    def _one(self) -> SeedKey | None:
        return self._keys[0] if self._count == 1 and self._keys else None

    def edit_name(self) -> None:
        """Let the person write a name."""
        if self._name.isVisible():
            self._name.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._name.selectAll()

    def save(self) -> None:
        """Save what is being written, because the person goes elsewhere."""
        self._save_name()
        self._note.save()

    # What it is made of.

    def _build(self, actions: Actions) -> None:
        self._empty = words_of("seed-panel-empty", self)
        self._empty.say(self.tr("Choose a seed to read about it, or several to star them."))
        self._body = QWidget(self)
        inner = stacked(self._body, theme.GRID + 2)
        self._picture = SeedPicture(self._body)
        inner.addWidget(self._picture)
        self._add_head(inner)
        self._add_fields(inner)
        self._add_buttons(inner, actions)
        self._add_trials(inner)
        column = stacked(self, 0)
        column.setContentsMargins(SIDE, 12, SIDE, 0)
        column.addWidget(self._empty)
        column.addWidget(self._body, 1)
        column.addStretch(0)
        self._of_one: tuple[QWidget, ...] = (
            *(self._name, self._note, self._use, self._pictures, self._sheet),
            *(self._tried_label, self._list),
        )

    def _add_head(self, column: QVBoxLayout) -> None:
        self._title = NameLabel("seed-title", self._body)
        self._star = IconButton("star", "seed-star", self.tr("Star (Space)"), self._body)
        self._star.setCheckable(True)
        column.addLayout(beside(self._title, self._star, stretch=(1,)))

    def _add_fields(self, column: QVBoxLayout) -> None:
        self._name = QLineEdit(self._body)
        named(self._name, "seed-name", self.tr("Name"), self.tr("Name (F2)"))
        self._name.setPlaceholderText(self.tr("Name"))
        self._note = NoteField(self._body)
        named(self._note, "seed-note", self.tr("Note"))
        self._note.setPlaceholderText(self.tr("Add a note"))
        column.addWidget(self._name)
        column.addWidget(self._note)

    def _add_buttons(self, column: QVBoxLayout, actions: Actions) -> None:
        self._use = text_button(actions["use-settings"], self._body)
        named(self._use, "seed-use", self.tr("Use this seed"), self._use.toolTip())
        self._use.setText(self.tr("Use this seed"))
        self._pictures = button_of("seed-pictures", self.tr("Show its pictures"), self._body)
        self._sheet = button_of("seed-sheet", self.tr("Open its sheet"), self._body)
        grid = QGridLayout()
        grid.setSpacing(theme.GRID)
        places: dict[QPushButton, tuple[int, int, int, int]] = {
            self._use: (0, 0, 1, 2),
            self._pictures: (1, 0, 1, 1),
            self._sheet: (1, 1, 1, 1),
        }
        for button, place in places.items():
            grid.addWidget(button, *place)
        column.addLayout(grid)

    def _add_trials(self, column: QVBoxLayout) -> None:
        self._tried_label = QLabel(self.tr("Tried with"), self._body)
        theme.mark(self._tried_label, "heading")
        self._list = view = QListView(self._body)
        named(view, "seed-trials", self.tr("Tried with"))
        view.setModel(self.trials)
        view.setItemDelegate(TrialDelegate(view))
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setMouseTracking(True)
        view.setUniformItemSizes(True)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self._tried_label)
        column.addWidget(view, 1)

    def _connect(self) -> None:
        self._star.clicked.connect(self._wish_star)
        self._name.editingFinished.connect(self._save_name)
        self._name.returnPressed.connect(self.left)
        self._note.saved.connect(self._save_note)
        self._note.done.connect(self.left)
        self._pictures.clicked.connect(self.pictures_wished)
        self._sheet.clicked.connect(self._open_sheet)
        self._list.selectionModel().currentChanged.connect(self._choose_trial)
        self._list.activated.connect(self._open_sheet)
        self.trials.modelReset.connect(self._choose_trial)
        self._desk.note_changed.connect(self._follow)
        self._desk.seeds_changed.connect(self._refresh)

    # What is shown.

    def _show_said(self) -> None:
        self._show_star()
        one = self._one
        if one is None:
            self._title.show_name(self.tr("Seeds: {count}").format(count=self._count))
            self._note.show_note("", ())
            return
        note = self._desk.record(one)
        self._title.show_name(seed_wording.seed(one))
        if not (self._name.hasFocus() and self._name.isModified()):
            self._name.setText(note.name)
        self._note.show_note(note.note, (one.seed, GENERATORS.index(one.generator)))

    def _show_star(self) -> None:
        starred = all(self._desk.record(key).star for key in self._keys)
        self._star.setChecked(starred)
        self._star.show_drawing("star-filled" if starred else "star")

    def _follow(self, key: SeedKey) -> None:
        if key in self._keys:
            self._show_said()

    def _refresh(self) -> None:
        if self._one and self.isVisible():
            self.trials.show_seed(self._one)

    def _choose_trial(self, _index: QModelIndex | None = None) -> None:
        tried = self.tried
        self._picture.show_image(tried.image if tried else QImage())
        self._sheet.setEnabled(tried is not None and tried.trial.sheet is not None)
        self.trial_chosen.emit()

    # What is done.

    def _wish_star(self) -> None:
        self.star_wished.emit(self._star.isChecked())

    def _save_name(self) -> None:
        if self._one and self._name.isModified():
            self._name.setModified(False)
            self._desk.note([self._one], SeedChange(name=self._name.text()))

    def _save_note(self, note: str, numbers: tuple[int, ...]) -> None:
        if numbers:
            key = SeedKey(numbers[0], GENERATORS[numbers[1]])
            self._desk.note([key], SeedChange(note=note))

    def _open_sheet(self) -> None:
        tried = self.tried
        if tried and tried.trial.sheet:
            self.sheet_wished.emit(tried.trial.sheet)

"""The page of remembered seeds: search on top, the list, and what is known of one on the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QHideEvent, QImage, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QSplitter, QStackedWidget, QWidget

from ldm_desktop.core.noise import Seed, first_seed
from ldm_desktop.core.recipe import with_noise
from ldm_desktop.gallery.seeds.records import SeedKey
from ldm_desktop.session.explore.seed_model import SeedsModel
from ldm_desktop.session.explore.seed_sheets import ModelChoices
from ldm_desktop.session.explore.seeds import SeedDesk
from ldm_desktop.session.explore.subject import Subject
from ldm_desktop.session.gallery.values import NOT_LISTED
from ldm_desktop.ui import icons, theme
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.empty_page import EmptyPage, Reason
from ldm_desktop.ui.explore.seed_liked_bar import LikedBar
from ldm_desktop.ui.explore.seed_list import SeedList
from ldm_desktop.ui.explore.seed_panel import SeedPanel
from ldm_desktop.ui.widgets import Note, beside, named, stacked

PANEL, LEAST = 300, 380
LEADING_OUT = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
MOST_SUBJECTS = 64


class SeedsPage(QWidget):
    """Shows what is remembered of seeds, and leads from there to pictures, sheets and settings."""

    gallery_wanted = Signal(str)
    """A query whose pictures the gallery is to show."""
    sheet_opened = Signal(object)
    """The UUID of a sheet to open."""
    sheet_wanted = Signal(object)
    """A SheetPlan to open as a new sheet."""
    possible_changed = Signal()

    def __init__(
        self,
        desk: SeedDesk,
        choices: ModelChoices,
        actions: Actions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("seeds-page")
        self._desk, self._choices, self._actions = desk, choices, actions
        self._alone: SeedKey | None = None
        self.model = SeedsModel(desk, self)
        self.list = SeedList(self.model, self)
        self.panel = SeedPanel(desk, actions, self)
        self.liked = LikedBar(desk, choices, self.list, self)
        self._build()
        self._connect()
        self._show_centre()

    # What the window asks.

    def subjects(self) -> tuple[Subject, ...]:
        """Give the chosen seeds as pictures: the trial that is looked at, and its like."""
        keys = self._keys()
        tried, present = self.panel.tried if len(keys) == 1 else None, self._choices.present()
        if tried:
            trial = tried.trial
            return (Subject(trial.recipe, trial.picture, tried.image),)
        if present is None:
            return ()
        return tuple(
            Subject(with_noise(present, Seed(key.seed, key.generator)), image=self._image(key))
            for key in keys[:MOST_SUBJECTS]
        )

    def take(self, subjects: tuple[Subject, ...]) -> None:
        """Show the seed of a picture; without one, go on as it was left."""
        if subjects:
            seed = first_seed(subjects[0].recipe.noise)
            self.show_seed(SeedKey(seed.seed, seed.generator))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def slots(self) -> dict[str, Callable[[], object]]:
        """Give what actions do here, by their ids; whoever owns the actions binds them."""
        return {
            "star-seed": self._star_chosen,
            "gallery-find": self._find,
            "gallery-show": self._show_pictures,
            "undo": self._desk.undo_stack.undo,
            "redo": self._desk.undo_stack.redo,
            "previous-picture": lambda: self.list.step(-1),
            "next-picture": lambda: self.list.step(1),
        }

    def possible(self) -> dict[str, bool]:
        """Say which actions can be done now."""
        keys, stack = self._keys(), self._desk.undo_stack
        known = bool(self.subjects())
        return {
            **dict.fromkeys(("star-seed", "gallery-show"), bool(keys)),
            **dict.fromkeys(("use-settings", "copy-seed", "copy-recipe"), known),
            "undo": stack.canUndo(),
            "redo": stack.canRedo(),
        }

    def show_seed(self, key: SeedKey) -> None:
        """Choose a seed in the list; one that was never met is shown by itself."""
        self.model.find(key, lambda row: self._take_row(key, row))

    def save(self) -> None:
        """Save what is being written, because the person goes elsewhere."""
        self.panel.save()

    # How it is put together.

    def _build(self) -> None:
        self.search = QLineEdit(self)
        named(self.search, "seeds-search", self.tr("Search seeds"))
        self.search.setPlaceholderText(self.tr("Search: star:  verdict:kept  seed:100..200"))
        self.search.setClearButtonEnabled(True)
        leading = QLineEdit.ActionPosition.LeadingPosition
        self.search.addAction(icons.icon("search", "muted"), leading)
        self.search.installEventFilter(self)
        self._problem = Note("seeds-search-problem", "warning", self)
        self._trouble = Note("seeds-trouble", "warning", self)
        self._count = QLabel(self)
        self._count.setObjectName("seeds-count")
        theme.mark(self._count, "muted")
        self._empty = EmptyPage("seeds-empty", self)
        self._centre = QStackedWidget(self)
        for widget in (self.list, self._empty):
            self._centre.addWidget(widget)
        self._lay_out()
        self.setFocusProxy(self.list)

    def _lay_out(self) -> None:
        bars = QWidget(self)
        theme.mark(bars, "canvas")
        column = stacked(bars)
        column.setContentsMargins(12, 8, 12, 8)
        column.addWidget(self.search)
        column.addWidget(self._problem)
        column.addWidget(self._trouble)
        column.addLayout(beside(self._count, self.liked, stretch=(1,)))
        left = QWidget(self)
        theme.mark(left, "canvas")
        whole = stacked(left, 0)
        whole.addWidget(bars)
        whole.addWidget(self._centre, 1)
        left.setMinimumWidth(LEAST)
        self.panel.setMinimumWidth(PANEL - 40)
        self.parts = QSplitter(Qt.Orientation.Horizontal, self)
        self.parts.setObjectName("seeds-parts")
        for part in (left, self.panel):
            self.parts.addWidget(part)
        self.parts.setStretchFactor(0, 1)
        self.parts.setSizes([10 * LEAST, PANEL])
        stacked(self, 0).addWidget(self.parts)

    def _connect(self) -> None:
        self.search.textChanged.connect(self.model.set_query)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self._find)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.model.problem_changed.connect(self._show_problem)
        for signal in (self.model.listed, self.model.modelReset, self.model.rowsRemoved):
            signal.connect(self._show_centre)
        self.list.chosen_changed.connect(self._take_chosen)
        self.list.star_wished.connect(self._star_chosen)
        self.list.row_star_wished.connect(lambda key: self._desk.star((key,)))
        self.panel.star_wished.connect(self._star_chosen)
        self.list.name_wished.connect(self.panel.edit_name)
        self.list.use_wished.connect(self._actions["use-settings"].trigger)
        self.panel.left.connect(self._go_to_list)
        self.panel.pictures_wished.connect(self._show_pictures)
        self.panel.sheet_wished.connect(self._open_sheet)
        self.panel.trial_chosen.connect(self._tell)
        self.liked.sheet_wanted.connect(self._want_sheet)
        self._empty.wished.connect(self.search.clear)
        self._desk.trouble.connect(self._show_trouble)
        for stack_changed in (
            self._desk.undo_stack.canUndoChanged,
            self._desk.undo_stack.canRedoChanged,
        ):
            stack_changed.connect(self._tell)
        self._show_trouble(self._desk.in_the_way)

    # What Qt tells.

    def showEvent(self, event: QShowEvent) -> None:
        """Follow what changes from now on."""
        super().showEvent(event)
        self.liked.refresh()
        self.model.set_active(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave off following, and save what was written."""
        super().hideEvent(event)
        self.model.set_active(False)
        self.save()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lead from the search to what was found."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if key is Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
            if key in LEADING_OUT or key is Qt.Key.Key_Escape:
                self._go_to_list()
                return True
        return super().eventFilter(watched, event)

    # What happens.

    def _keys(self) -> tuple[SeedKey, ...]:
        return self.list.chosen or ((self._alone,) if self._alone else ())

    def _image(self, key: SeedKey) -> QImage:
        row = self.model.row_of(key)
        seen = self.model.seen(row) if row != NOT_LISTED else None
        return seen.image if seen else QImage()

    def _take_row(self, key: SeedKey, row: int) -> None:
        if row == NOT_LISTED and self.search.text():
            self.search.clear()
            self.model.find(key, lambda row: self._take_row(key, row))
        elif row == NOT_LISTED:
            self.list.clearSelection()
            self._alone = key
            self._take_chosen()
        else:
            self.list.go_to(row)

    def _take_chosen(self) -> None:
        if self.list.count:
            self._alone = None
        self.panel.show_seeds(self._keys(), 1 if self._alone else self.list.count)
        self.liked.show_chosen()
        self._tell()

    def _star_chosen(self, star: bool | None = None) -> None:
        if self._alone:
            self._desk.star((self._alone,), star)
        else:
            self.list.with_chosen(lambda keys: self._desk.star(keys, star))

    def _show_pictures(self) -> None:
        if keys := self._keys():
            seeds = ",".join(str(key.seed) for key in keys[:MOST_SUBJECTS])
            self.gallery_wanted.emit(f"seed:{seeds}")

    def _open_sheet(self, sheet: object) -> None:
        self.sheet_opened.emit(sheet)

    def _want_sheet(self, plan: object) -> None:
        self.sheet_wanted.emit(plan)

    def _find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _go_to_list(self) -> None:
        if not self.list.currentIndex().isValid() and self.model.rowCount():
            self.list.go_to(0)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self) -> None:
        self.possible_changed.emit()

    def _show_problem(self, sentence: str) -> None:
        self._problem.say(sentence)
        theme.mark(self.search, "error", bool(sentence))
        self.search.setAccessibleDescription(sentence)

    def _show_trouble(self, sentence: str) -> None:
        self._trouble.say(sentence)

    def _show_centre(self) -> None:
        rows = self.model.rowCount()
        self._count.setText(self.tr("Seeds: {count}").format(count=rows) if rows else "")
        empty = self.model.known and not rows
        if empty:
            self._empty.say(self._reason())
        self._centre.setCurrentWidget(self._empty if empty else self.list)

    def _reason(self) -> Reason:
        if self.search.text().strip():
            title = self.tr("No seed matches")
            return Reason("search", title, self.search.text(), self.tr("Clear search"))
        return Reason(
            "seed",
            self.tr("No seeds are remembered yet"),
            self.tr(
                "Seeds of contact sheets and of finished pictures gather here by themselves. "
                "{keys} stars the seed of any picture."
            ).format(keys=self._keys_of("star-seed")),
        )

    def _keys_of(self, action: str) -> str:
        keys = self._actions[action].shortcut()
        return keys.toString(QKeySequence.SequenceFormat.NativeText)

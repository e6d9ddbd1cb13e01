"""What there is to know of the chosen pictures, and what a person says of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ldm_desktop.gallery.index.store_values import Common
from ldm_desktop.gallery.records import Details, Entry, Flag, Label, short
from ldm_desktop.session.gallery import wording
from ldm_desktop.session.gallery.desk import GalleryDesk
from ldm_desktop.session.gallery.values import NOT_LISTED, Counts, Summary
from ldm_desktop.ui import theme
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.details_panel import text_button
from ldm_desktop.ui.gallery import picture_words
from ldm_desktop.ui.gallery.info_facts import InfoFacts
from ldm_desktop.ui.gallery.name_label import NameLabel
from ldm_desktop.ui.gallery.note_field import NoteField
from ldm_desktop.ui.gallery.star_field import FlagField, LabelField, StarField
from ldm_desktop.ui.gallery.tag_field import TagField
from ldm_desktop.ui.model_parts import words_of
from ldm_desktop.ui.widgets import Note, named, stacked

SIDE = 16
REST = 30
"""Milliseconds: a selection that is being drawn is not described at every picture."""
MOST_COMPARED = 2000
OF_RECIPES = ("use-settings", "gallery-reproduce", "render-exact")
PLACES = {
    "use-settings": (0, 0, 1, 1),
    "render-exact": (0, 1, 1, 1),
    "gallery-reproduce": (1, 0, 1, 2),
    "reveal": (2, 0, 1, 1),
    "gallery-export": (2, 1, 1, 1),
}
"""Row and column of the buttons, and how many rows and columns they take."""
T = TypeVar("T")


class InfoPanel(QFrame):
    """Describes the current picture, or the selection in common; edits go to all of it."""

    left = Signal()
    """Escape in a field: the pictures want the focus."""

    def __init__(self, desk: GalleryDesk, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "gallery-info", self.tr("About the picture"))
        theme.mark(self, "panel")
        self._desk = desk
        self._actions = actions
        self._alone = False
        self._numbers: tuple[int, ...] = ()
        self._entry: Entry | None = None
        self._common: Common | None = None
        self._build()
        self._connect(desk)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self._refresh)
        self._offer(desk.counts)
        self._refresh()

    @property
    def numbers(self) -> tuple[int, ...]:
        """The pictures that are described and edited."""
        return self._numbers

    def set_alone(self, alone: bool) -> None:
        """Describe the current picture only, whatever is selected: as loupe and survey want it."""
        self._alone = alone
        self._refresh()

    def edit_tags(self) -> None:
        """Let the person write a tag."""
        self._tags.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def edit_note(self) -> None:
        """Let the person write a note."""
        self._note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def save(self) -> None:
        """Save what is being written, because the window closes."""
        self._note.save()

    # What it is made of.

    def _build(self) -> None:
        body = QWidget()
        theme.mark(body, "panel")
        column = stacked(body, theme.GRID + 2)
        column.setContentsMargins(SIDE, 12, SIDE, 16)
        self._empty = words_of("gallery-info-empty", body)
        self._empty.say(self.tr("Choose a picture to read about it, or several to edit them."))
        column.addWidget(self._empty)
        self._body = QWidget(body)
        inner = stacked(self._body, theme.GRID + 2)
        self._add_head(inner)
        self._add_fields(inner)
        self._add_buttons(inner)
        self._about = InfoFacts(self._desk, self._body)
        inner.addWidget(self._about)
        column.addWidget(self._body)
        column.addStretch(1)
        stacked(self, 0).addWidget(self._area(body))

    def _area(self, body: QWidget) -> QScrollArea:
        area = QScrollArea(self)
        area.setObjectName("gallery-info-scroll")
        area.setAccessibleName(self.tr("About the picture"))
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(body)
        area.setMinimumWidth(body.minimumSizeHint().width() + theme.SCROLL_BAR)
        return area

    def _add_head(self, column: QVBoxLayout) -> None:
        self._title = NameLabel("gallery-info-title", self._body)
        self._id = words_of("gallery-info-id", self._body)
        self._trouble = Note("gallery-info-trouble", "warning", self._body)
        head = stacked(top := QWidget(self._body), 2)
        for widget in (self._title, self._id):
            head.addWidget(widget)
        column.addWidget(top)
        column.addWidget(self._trouble)

    def _add_fields(self, column: QVBoxLayout) -> None:
        self._stars = StarField("gallery-rating", self._body)
        self._flags, self._labels = FlagField(self._body), LabelField(self._body)
        self._tags, self._note = TagField(self._body), NoteField(self._body)
        verdict = QHBoxLayout()
        verdict.setSpacing(theme.GRID)
        verdict.addWidget(self._stars)
        verdict.addStretch(1)
        verdict.addWidget(self._flags)
        column.addLayout(verdict)
        labels = QHBoxLayout()
        labels.addWidget(self._labels)
        labels.addStretch(1)
        column.addLayout(labels)
        column.addWidget(self._tags)
        column.addWidget(self._note)

    def _add_buttons(self, column: QVBoxLayout) -> None:
        grid = QGridLayout()
        grid.setSpacing(theme.GRID)
        grid.setContentsMargins(0, 0, 0, theme.GRID // 2)
        self._buttons: dict[str, QPushButton] = {}
        for name, place in PLACES.items():
            self._buttons[name] = button = text_button(self._actions[name], self._body)
            button.setObjectName(f"gallery-info-{name}")
            grid.addWidget(button, *place)
        column.addLayout(grid)

    def _connect(self, desk: GalleryDesk) -> None:
        desk.current_changed.connect(self._later)
        desk.selection_changed.connect(self._later)
        desk.model.entries_read.connect(self._take_entries)
        desk.details_changed.connect(self._show_details)
        desk.summary_changed.connect(self._show_summary)
        desk.lineage_changed.connect(self._about.show_lineage)
        desk.counts_changed.connect(self._offer)
        self._stars.chosen.connect(self._rate)
        self._flags.chosen.connect(self._flag)
        self._labels.chosen.connect(self._label)
        self._tags.added.connect(self._add_tags)
        self._tags.removed.connect(self._remove_tag)
        self._note.saved.connect(self._save_note)
        self._about.chosen.connect(self._go_to)
        self._about.searched.connect(desk.set_query)
        for field in (self._tags.done, self._note.done):
            field.connect(self.left)

    # What is shown.

    def _later(self) -> None:
        if not self._rest.isActive():
            self._rest.start()

    def _take_entries(self, entries: dict[int, Entry]) -> None:
        # While one scrolls, entries are read all the time that are none of these.
        if not entries.keys().isdisjoint(self._numbers[:MOST_COMPARED]):
            self._later()

    def _refresh(self) -> None:
        desk = self._desk
        current = (desk.current_number,) if desk.current else ()
        targets = current if self._alone or len(desk.targets) < 2 else desk.targets
        changed, self._numbers = targets != self._numbers, targets
        if changed:
            self._common = None
            desk.summary(targets if len(targets) > 1 else ())
        self._empty.setVisible(not targets)
        self._body.setVisible(bool(targets))
        if len(targets) > 1:
            self._show_many(targets, changed)
        elif targets and desk.current:
            self._show_one(desk.current, changed)
        else:
            self._entry = None
            self._note.show_note("", ())

    def _show_one(self, entry: Entry, changed: bool) -> None:
        self._entry = entry
        self._title.show_name(wording.title(entry))
        self._id.say(short(entry.id))
        self._trouble.say(picture_words.trouble(entry.state))
        self._stars.show_rating(entry.rating)
        self._flags.show_flag(entry.flag)
        self._labels.show_label(entry.label)
        for name in OF_RECIPES:
            self._buttons[name].setVisible(entry.has_recipe)
        # Of a foreign picture, its seed can be used at least.
        self._buttons["use-settings"].setVisible(entry.has_recipe or entry.seed is not None)
        self._buttons["reveal"].show()
        if changed:
            # What is known of another picture must not stand here until this one's has come.
            self._tags.show_tags(())
            self._tags.set_many(False)
            self._note.show_note("", self._numbers)
            self._invite(self.tr("Add a note"))
            self._about.clear(entry)
            self._desk.details(entry.id)
            self._desk.lineage(entry.id)

    def _show_many(self, numbers: tuple[int, ...], changed: bool) -> None:
        self._entry = None
        known, entries = self._entries(numbers)
        self._title.show_name(self.tr("Pictures: {count}").format(count=len(numbers)))
        self._id.say("")
        self._trouble.say("")
        self._stars.show_rating(_shared([entry.rating for entry in entries], known))
        self._flags.show_flag(_shared([entry.flag for entry in entries], known))
        self._labels.show_label(_shared([entry.label for entry in entries], known))
        for name in (*OF_RECIPES, "reveal"):
            self._buttons[name].hide()
        if changed:
            self._tags.show_tags(())
            self._tags.set_many(True)
            self._desk.details(None)
            self._note.show_note("", numbers)
            self._invite(self.tr("Give all of them this note"))
            self._about.clear()
        self._about.show_many(entries, self._common)

    def _entries(self, numbers: Sequence[int]) -> tuple[bool, list[Entry]]:
        """Give what is known of pictures, and whether that is all of them."""
        found = [self._desk.model.entry_of(number) for number in numbers[:MOST_COMPARED]]
        entries = [entry for entry in found if entry]
        return len(entries) == len(numbers), entries

    def _show_details(self, details: Details) -> None:
        if self._entry is None or details.entry.id != self._entry.id:
            return
        self._tags.show_tags(details.annotation.tags)
        self._note.show_note(details.annotation.note, self._numbers)
        self._about.show_details(details)

    def _show_summary(self, summary: Summary) -> None:
        if summary.numbers != self._numbers:
            return
        self._common = common = summary.common
        self._tags.show_tags(common.tags_everywhere, common.tags_somewhere, common.pictures)
        self._note.show_note(common.note or "", self._numbers)
        alike, different = self.tr("Give all of them this note"), self.tr("Different notes")
        self._invite(different if common.note is None else alike)
        self._about.show_many(self._entries(self._numbers)[1], common)

    def _invite(self, words: str) -> None:
        self._note.setPlaceholderText(words)
        self._note.setAccessibleDescription(words)

    def _offer(self, counts: Counts) -> None:
        self._tags.offer([tag for tag, _ in counts.tags])

    # What is done.

    def _rate(self, stars: int) -> None:
        self._desk.rate(stars, self._numbers)

    def _flag(self, flag: Flag) -> None:
        self._desk.flag(flag, self._numbers)

    def _label(self, label: Label) -> None:
        self._desk.label(label, self._numbers)

    def _add_tags(self, tags: tuple[str, ...]) -> None:
        self._desk.add_tags(tags, self._numbers)

    def _remove_tag(self, tag: str) -> None:
        self._desk.remove_tags((tag,), self._numbers)

    def _save_note(self, note: str, numbers: tuple[int, ...]) -> None:
        self._desk.set_note(note, numbers)

    def _go_to(self, entry: Entry) -> None:
        if self._entry and entry.id == self._entry.id:
            return
        if self._desk.model.row_of(entry.number) == NOT_LISTED:
            self._desk.set_query(f"id:{entry.id}")
        else:
            self._desk.set_selected((entry.number,))
        self._desk.set_current(entry.number)


def _shared(values: Sequence[T], known: bool) -> T | None:
    """Give the value that all have, or None if they differ or some are not known."""
    return values[0] if known and len(set(values)) == 1 else None

"""A family of pictures to walk through, from parents to children and back."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ldm_desktop.gallery.records import Entry, short
from ldm_desktop.session.gallery import wording
from ldm_desktop.session.gallery.desk import GalleryDesk
from ldm_desktop.session.gallery.values import Lineage
from ldm_desktop.ui import theme
from ldm_desktop.ui.gallery.lineage import COLUMNS, LineageView
from ldm_desktop.ui.model_parts import SIDE, button_of, title_of, words_of
from ldm_desktop.ui.widgets import rule

SIZE = QSize(720, 560)
ROWS, LARGEST = 8, 112


class LineageDialog(QDialog):
    """Begins at a picture; a click on a relative makes it the middle."""

    chosen = Signal(object)
    """Entry: this one is to be seen in the gallery."""

    def __init__(self, desk: GalleryDesk, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lineage-dialog")
        self.setWindowTitle(self.tr("Family"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._wanted = entry
        self._past: list[Entry] = []
        self._build()
        self.resize(SIZE)
        desk.lineage_changed.connect(self._take)
        self._ask(entry)

    @property
    def picture(self) -> Entry:
        """The picture in the middle."""
        return self._wanted

    def go_back(self) -> None:
        """Return to the picture that was in the middle before."""
        if self._past:
            self._ask(self._past.pop())

    def _build(self) -> None:
        self._title = title_of("lineage-title", self)
        self._id = words_of("lineage-id", self)
        self._alone = words_of("lineage-alone", self)
        self._alone.setContentsMargins(0, theme.GRID, 0, 0)
        self._generations = self._heads()
        self._view = LineageView(self._desk, ROWS, LARGEST, self)
        self._view.chosen.connect(self._walk)
        self._view.searched.connect(self._search)
        area = QScrollArea(self)
        area.setObjectName("lineage-scroll")
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.mark(self._view, "panel")
        area.setWidget(self._view)
        inner = QVBoxLayout()
        inner.setContentsMargins(SIDE, SIDE - 4, SIDE, theme.GRID)
        inner.addWidget(self._title)
        inner.addWidget(self._id)
        inner.addWidget(self._alone)
        inner.addWidget(self._generations)
        inner.addWidget(area, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(inner, 1)
        whole.addWidget(rule(self))
        whole.addLayout(self._foot())

    def _heads(self) -> QWidget:
        """The names of the generations, over their columns."""
        heads = QWidget(self)
        sides = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter)
        texts = (self.tr("Came from"), self.tr("Picture and siblings"), self.tr("Became"))
        row = QHBoxLayout(heads)
        row.setContentsMargins(0, theme.GRID, theme.SCROLL_BAR, 0)
        for text, side in zip(texts, (*sides, Qt.AlignmentFlag.AlignRight), strict=True):
            label = QLabel(text, self)
            theme.mark(label, "muted")
            label.setAlignment(side)
            row.addWidget(label, COLUMNS)
        return heads

    def _foot(self) -> QHBoxLayout:
        self._back = button_of("lineage-back", self.tr("Back"), self, self.tr("Back (Alt+Left)"))
        self._back.clicked.connect(self.go_back)
        QShortcut(QKeySequence("Alt+Left"), self, self.go_back)
        close = button_of("lineage-close", self.tr("Close"), self)
        close.clicked.connect(self.reject)
        show = button_of("lineage-show", self.tr("Show in the gallery"), self)
        show.clicked.connect(self._show)
        theme.mark(show, "primary")
        row = QHBoxLayout()
        row.setContentsMargins(SIDE, theme.GRID + 4, SIDE, theme.GRID + 4)
        row.setSpacing(theme.GRID)
        for button in (self._back, close):
            theme.mark(button, "tall")
        row.addWidget(self._back)
        row.addStretch(1)
        row.addWidget(close)
        row.addWidget(show)
        return row

    def _walk(self, entry: Entry) -> None:
        if entry.id == self._wanted.id:
            self._show()
            return
        self._past.append(self._wanted)
        self._ask(entry)

    def _ask(self, entry: Entry) -> None:
        self._wanted = entry
        self._title.setText(wording.title(entry))
        self._id.say(short(entry.id))
        self._back.setEnabled(bool(self._past))
        self._desk.lineage(entry.id)

    def _take(self, lineage: Lineage) -> None:
        if lineage.picture.id == self._wanted.id:
            self._view.show_lineage(lineage)
            alone = not (lineage.parents or lineage.unknown or lineage.children)
            self._generations.setVisible(not alone)
            words = self.tr("It came from no other picture, and no other has come of it.")
            self._alone.say(words if alone else "")
            if tile := self._view.tile:
                tile.setFocus(Qt.FocusReason.OtherFocusReason)

    def _search(self, query: str) -> None:
        self._desk.set_query(query)
        self.accept()

    def _show(self) -> None:
        self.chosen.emit(self._wanted)
        self.accept()

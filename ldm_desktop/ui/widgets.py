"""Small widgets that several views share: sections, fields with their trouble, segments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QStyledItemDelegate,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ldm_desktop.ui import icons, theme

ICON = QSize(18, 18)
LABEL_WIDTH = 80
HEIGHT = 28


def named(widget: QWidget, name: str, spoken: str, tip: str = "") -> None:
    """Give a widget the name tests know it by, and the one a screen reader says."""
    widget.setObjectName(name)
    widget.setAccessibleName(spoken)
    widget.setToolTip(tip)


class WheelGuard(QObject):
    """Keeps the wheel from changing a value that nobody turned to; the panel scrolls instead."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Let the wheel through only to a widget that has the focus."""
        if event.type() is QEvent.Type.Wheel and not self._widget.hasFocus():
            event.ignore()
            return True
        return False


def chip(action: QAction, parent: QWidget) -> QPushButton:
    """Give a small button with the words of an action, for what can be done just now."""
    button = QPushButton(plain(action.text()), parent)
    named(button, action.objectName(), plain(action.text()), action.toolTip())
    theme.mark(button, "chip")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(action.trigger)
    action.changed.connect(lambda: button.setEnabled(action.isEnabled()))
    button.setEnabled(action.isEnabled())
    return button


class IconButton(QToolButton):
    """A flat button that is only an icon; it must say what it does when pointed at."""

    def __init__(self, drawing: str, name: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, name, tip, tip)
        theme.mark(self, "flat")
        # Clicking leaves the focus where the person was typing.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedSize(HEIGHT, HEIGHT)
        self.setIconSize(ICON)
        self.setIcon(icons.icon(drawing))

    @classmethod
    def of(cls, action: QAction, parent: QWidget | None = None) -> IconButton:
        """Give a button that triggers an action, and is checked and enabled along with it."""
        button = cls(action.objectName(), action.objectName(), plain(action.text()), parent)
        button.setCheckable(action.isCheckable())
        button.clicked.connect(action.trigger)
        action.changed.connect(lambda: button.follow(action))
        button.follow(action)
        return button

    def follow(self, action: QAction) -> None:
        """Show what state an action is in."""
        self.setEnabled(action.isEnabled())
        self.setChecked(action.isChecked())
        self.setToolTip(action.toolTip())

    def show_drawing(self, drawing: str) -> None:
        """Show another icon."""
        self.setIcon(icons.icon(drawing))


@dataclass(frozen=True)
class Option:
    """One entry of a combo box: what it stands for, how it reads, what it means."""

    value: object
    text: str
    tip: str = ""


class Combo(QComboBox):
    """A combo box of values; its list goes by the style sheet and may be wider than the box."""

    chosen = Signal(object)
    opening = Signal()
    """The list is about to be shown: the last moment to offer something else."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options: tuple[Option, ...] = ()
        WheelGuard(self)
        # The list of a plain combo box ignores the style sheet's heights.
        self.setItemDelegate(QStyledItemDelegate(self))
        self.view().setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.activated.connect(lambda row: self.chosen.emit(self._options[row].value))

    def showPopup(self) -> None:
        """Show the list."""
        self.opening.emit()
        super().showPopup()

    def offer(self, options: Sequence[Option]) -> None:
        """Offer these entries from now on."""
        if tuple(options) == self._options:
            return
        self._options = tuple(options)
        blocked = QSignalBlocker(self)
        self.clear()
        for row, option in enumerate(self._options):
            self.addItem(option.text)
            self.setItemData(row, option.tip, Qt.ItemDataRole.ToolTipRole)
        blocked.unblock()

    def choose(self, value: object) -> None:
        """Show the entry that stands for a value, or none; nobody is told."""
        rows = (row for row, option in enumerate(self._options) if option.value == value)
        row = next(rows, -1)
        if row != self.currentIndex():
            blocked = QSignalBlocker(self)
            self.setCurrentIndex(row)
            blocked.unblock()
        self.setToolTip(self._options[row].tip if row >= 0 else "")


class Segments(QFrame):
    """A row of exclusive buttons, each for a value; it can show that none applies."""

    chosen = Signal(object)

    def __init__(self, name: str, spoken: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, name, spoken)
        theme.mark(self, "segment")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._values: list[object] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(1, 1, 1, 1)
        self._row.setSpacing(0)
        self._group.idClicked.connect(self._clicked)

    def add(self, value: object, text: str, tip: str, name: str) -> QPushButton:
        """Add a button on the right."""
        button = QPushButton(text, self)
        named(button, name, f"{self.accessibleName()}: {plain(text)}", tip)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._group.addButton(button, len(self._values))
        self._values.append(value)
        self._row.addWidget(button, 1)
        return button

    def choose(self, value: object) -> None:
        """Show which value applies, or that none of them does."""
        for number, each in enumerate(self._values):
            button = self._group.button(number)
            button.setChecked(each == value)
            if each == value:
                # A label's letter clicks the button that it leads to.
                self.setFocusProxy(button)

    def _clicked(self, number: int) -> None:
        # A click on what is chosen already must not switch it off.
        self.choose(self._values[number])
        self.chosen.emit(self._values[number])


class Note(QLabel):
    """A small line of text under a field; without text it takes no room."""

    def __init__(
        self, name: str, kind: theme.Mark = "muted", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        theme.mark(self, kind)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.hide()

    def say(self, text: str) -> None:
        """Show a sentence, or nothing."""
        if text != self.text():
            self.setText(text)
        self.setVisible(bool(text))


class FieldLabel(QLabel):
    """Names a field; Alt and its letter lead there, which the tool tip says and no underline."""

    def __init__(self, text: str, buddy: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setBuddy(buddy)
        self.setFixedSize(LABEL_WIDTH, HEIGHT)
        self.setToolTip(
            QKeySequence.mnemonic(text).toString(QKeySequence.SequenceFormat.NativeText)
        )
        theme.mark(self, "muted")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the text without its underline."""
        flags = Qt.TextFlag.TextHideMnemonic.value | self.alignment().value
        painter = QPainter(self)
        self.style().drawItemText(
            painter,
            self.contentsRect(),
            flags,
            self.palette(),
            self.isEnabled(),
            self.text(),
            self.foregroundRole(),
        )
        painter.end()


class Field(QWidget):
    """A label, what it is about, and under it a hint or what is wrong."""

    def __init__(
        self, label: str, content: QWidget | QLayout, buddy: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.label = FieldLabel(label, buddy, self)
        self._buddy = buddy
        name = buddy.objectName()
        self.hint = Note(f"{name}-hint", "muted", self)
        self.problem = Note(f"{name}-problem", "warning", self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.GRID)
        grid.setVerticalSpacing(theme.GRID // 2)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.label, 0, 0, Qt.AlignmentFlag.AlignTop)
        if isinstance(content, QWidget):
            grid.addWidget(content, 0, 1)
        else:
            grid.addLayout(content, 0, 1)
        grid.addWidget(self.hint, 1, 1)
        grid.addWidget(self.problem, 2, 1)

    def set_problem(self, sentence: str) -> None:
        """Say what is wrong with the value, or nothing; a screen reader says it too."""
        self.problem.say(sentence)
        self._buddy.setAccessibleDescription(sentence or self.hint.text())
        theme.mark(self._buddy, "error", bool(sentence))

    def set_hint(self, sentence: str) -> None:
        """Explain the value, or leave it to explain itself."""
        self.hint.say(sentence)
        self._buddy.setAccessibleDescription(self.problem.text() or sentence)


class Disclosure(QWidget):
    """A heading that opens and closes what is under it."""

    def __init__(self, title: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._button = QToolButton(self)
        named(self._button, name, plain(title))
        theme.mark(self._button, "disclosure")
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._button.setIconSize(QSize(12, 12))
        self._button.setCheckable(True)
        self._button.setText(title)
        self._body = QWidget(self)
        column = stacked(self, theme.GRID // 2)
        column.addWidget(self._button)
        column.addWidget(self._body)
        self.body = stacked(self._body)
        self._button.toggled.connect(self.open)
        self.open(False)

    def open(self, wide: bool) -> None:
        """Show or hide what is under the heading."""
        self._button.setChecked(wide)
        self._button.setIcon(icons.icon("disclosed" if wide else "closed"))
        self._body.setVisible(wide)


def plain(text: str) -> str:
    """Give a text without its mnemonic."""
    return text.replace("&", "")


def stacked(parent: QWidget, spacing: int = theme.GRID) -> QVBoxLayout:
    """Give a widget a column without margins."""
    column = QVBoxLayout(parent)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(spacing)
    return column


def beside(*widgets: QWidget, stretch: Sequence[int] = ()) -> QHBoxLayout:
    """Give a row of widgets without margins."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.GRID // 2)
    for number, widget in enumerate(widgets):
        row.addWidget(widget, stretch[number] if number < len(stretch) else 0)
    return row


def rule(parent: QWidget | None = None) -> QFrame:
    """Give a thin line between sections."""
    line = QFrame(parent)
    line.setFixedHeight(1)
    theme.mark(line, "rule")
    return line

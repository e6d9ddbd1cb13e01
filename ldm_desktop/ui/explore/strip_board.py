"""All strips under one axis."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QWidget

from ldm_desktop.session.explore.strip_way import Way, share_of
from ldm_desktop.session.explore.strips import Strips
from ldm_desktop.ui import painting, theme
from ldm_desktop.ui.explore.strip_axis import HIGH, StripAxis
from ldm_desktop.ui.explore.strip_places import Places
from ldm_desktop.ui.explore.strip_row import EDGE, LABEL, SMALLEST, StripRow
from ldm_desktop.ui.widgets import stacked

NOTCH = 120
TALLEST = 104


class StripBoard(QWidget):
    """The rows from top to bottom; the wheel goes step by step."""

    def __init__(self, strips: Strips, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip-board")
        theme.mark(self, "canvas")
        self._strips = strips
        self._scaled = painting.Scaled()
        self._rows: dict[UUID, StripRow] = {}
        self._turned = 0
        self._axis = StripAxis(strips, self.places, self)
        column = stacked(self, 0)
        column.addWidget(self._axis)
        body = QWidget(self)
        self._column = stacked(body, 0)
        column.addWidget(body, 1)
        strips.rows_changed.connect(self._show_rows)
        strips.row_changed.connect(self._show_row)
        strips.step_changed.connect(self._refresh)
        strips.focus_changed.connect(self._refresh)
        theme.LOOK.changed.connect(self._refresh)
        self._show_rows()

    def wanted_height(self, room: int) -> int:
        """Give the height at which rows are well seen in a page of a height."""
        count = max(len(self._strips.rows), 1)
        each = min(max(int(room * 0.4 / count), SMALLEST + 4), TALLEST)
        return HIGH + count * each

    def take_focus(self) -> None:
        """Put the keyboard on the row that is meant."""
        if self._strips.focus:
            self._rows[self._strips.focus.id].setFocus(Qt.FocusReason.OtherFocusReason)

    def places(self) -> Places:
        """Give where steps lie: the axis goes through the middles of the first and last frames."""
        widest = max((row.frame_size().width() for row in self._rows.values()), default=0)
        right = self.width() - EDGE - widest / 2
        return Places(LABEL + widest / 2, max(right, LABEL + widest / 2 + 1))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Go on by a step a notch."""
        self._turned += event.angleDelta().y() or event.angleDelta().x()
        notches = int(self._turned / NOTCH)
        self._turned -= notches * NOTCH
        self._strips.step_by(-notches)
        event.accept()

    def _show_rows(self) -> None:
        ways = self._strips.rows
        gone = self._rows.keys() - {way.id for way in ways}
        focused = self.focusWidget()
        had_focus = any(self._rows[row].isAncestorOf(focused) for row in gone if focused)
        for row in gone:
            self._rows[row].hide()
            self._rows.pop(row).deleteLater()
        for place, way in enumerate(ways):
            if way.id not in self._rows:
                self._rows[way.id] = self._make_row(way)
            self._column.insertWidget(place, self._rows[way.id], 1)
        if had_focus:
            self.take_focus()
        self.setMinimumHeight(HIGH + max(len(ways), 1) * SMALLEST)
        self._draw_lines()
        self._refresh()

    def _make_row(self, way: Way) -> StripRow:
        row = StripRow(self._strips, way, self.places, self._scaled)
        row.removed.connect(lambda: self._strips.remove(way.id))
        row.passed.connect(lambda by: self._pass(way, by))
        return row

    def _pass(self, way: Way, by: int) -> None:
        ways = self._strips.rows
        place = min(max(ways.index(way) + by, 0), len(ways) - 1)
        self._rows[ways[place].id].setFocus(Qt.FocusReason.TabFocusReason)

    def _draw_lines(self) -> None:
        """Let the line of a fork go down from its parent through the rows between."""
        ways = self._strips.rows
        passing: dict[UUID, list[float]] = {way.id: [] for way in ways}
        for place, way in enumerate(ways):
            above = [each.id for each in ways[:place]]
            if way.parent in above:
                share = share_of(way.start, way.total)
                for row in above[above.index(way.parent) :]:
                    passing[row].append(share)
        for row, shares in passing.items():
            self._rows[row].lines = tuple(shares)

    def _show_row(self, way: Way) -> None:
        if row := self._rows.get(way.id):
            row.describe(self._strips.rows.index(way) + 1)

    def _refresh(self) -> None:
        for way in self._strips.rows:
            self._show_row(way)

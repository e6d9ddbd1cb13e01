"""What a sheet's tiles have come to, kept soon after it has changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QImage

from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery.seeds.records import SheetPlan
from ldm_desktop.session.background import Background
from ldm_desktop.session.explore.sheet_images import encoded
from ldm_desktop.session.explore.sheet_tiles import Tiles

if TYPE_CHECKING:
    from ldm_desktop.session.explore.seeds import SeedDesk

SOON = 250
"""Milliseconds in which changes are gathered."""
AT_ONCE = 2000


class Keeping(QObject):
    """Notes tiles that have changed, those with a new image as soon as that is encoded."""

    def __init__(
        self,
        seeds: SeedDesk,
        plan: SheetPlan,
        tiles: Tiles,
        kept: bytearray,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        """`kept` gets a 1 at each place of which an image is kept."""
        super().__init__(parent)
        self.plan = plan
        self.held = False
        """Whether nothing is noted, as what was kept is not known yet."""
        self._seeds = seeds
        self._tiles = tiles
        self._kept = kept
        self._background = background
        self._changed: dict[int, QImage | None] = {}
        self._writing: dict[int, QImage | None] = {}
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON)
        self._soon.timeout.connect(self._write)

    def note(self, place: int, image: QImage | None = None) -> None:
        """Hear that a tile has changed, or has another image."""
        _join(self._changed, place, image)
        self._start()

    def note_all(self, places: Iterable[int]) -> None:
        """Hear that tiles have changed, but not their images."""
        self._changed = dict.fromkeys(places) | self._changed
        self._start()

    def hold(self) -> None:
        """Note nothing until what was kept is known."""
        self.held = True
        self._soon.stop()

    def release(self) -> None:
        """Note what has changed meanwhile."""
        self.held = False
        if self._changed:
            self._start()

    def _start(self) -> None:
        if not (self.held or self._writing or self._soon.isActive()):
            self._soon.start()

    def close(self) -> None:
        """Note at once what has not been noted yet."""
        self._soon.stop()
        for place, image in self._changed.items():
            # Of what was kept and never seen, nothing but another verdict is to take the place.
            if self.held and not self._tiles.verdicts[place]:
                continue
            _join(self._writing, place, image)
        self._changed = {}
        self._put(encoded(_images(self._writing)))

    def _write(self) -> None:
        self._writing = {
            place: self._changed.pop(place) for place in [*islice(self._changed, AT_ONCE)]
        }
        if images := _images(self._writing):
            self._background.run(partial(encoded, images), self._take)
        else:
            self._put({})

    def _take(self, previews: dict[int, bytes] | KnownError) -> None:
        assert not isinstance(previews, KnownError)
        self._put(previews)

    def _put(self, previews: Mapping[int, bytes]) -> None:
        rows = [self._tiles.row(place, previews.get(place, b"")) for place in self._writing]
        for place in previews:
            self._kept[place] = 1
        self._writing = {}
        if rows:
            self._seeds.note_tiles(self.plan, rows)
        if self._changed:
            self._start()


def _join(changed: dict[int, QImage | None], place: int, image: QImage | None) -> None:
    """Note a change; the last image stays until there is a later one."""
    if image is not None or place not in changed:
        changed[place] = image


def _images(changed: Mapping[int, QImage | None]) -> dict[int, QImage]:
    return {place: image for place, image in changed.items() if image is not None}

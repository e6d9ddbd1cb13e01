"""How a person looks through the gallery, from one start to the next."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ldm_desktop.core import codec, statefile
from ldm_desktop.gallery.finding.query import Grouping, Order
from ldm_desktop.session.gallery.thumbs import USUAL

VERSION = 1


@dataclass(frozen=True)
class KeptView:
    """The sorting, the grouping and the size of thumbnails."""

    order: Order = Order()  # noqa: RUF009 - frozen, so that all may share it
    grouping: Grouping = Grouping.NONE
    thumb_side: int = USUAL


def load(file: Path) -> KeptView:
    """Give what was kept; of what cannot be read the usual, which is no loss to speak of."""
    kept, _ = statefile.load(file, VERSION, lambda data: codec.from_json(KeptView, data))
    return kept or KeptView()

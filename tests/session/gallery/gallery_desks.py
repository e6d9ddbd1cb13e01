"""A desk with all that is around it, to test and to look at."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from fakes import FakeWorker
from gallery_rows import Sample, id_of
from pytestqt.qtbot import QtBot

from ldm_desktop.core.previews import PreviewPolicy
from ldm_desktop.session.gallery.desk import GalleryDesk
from ldm_desktop.session.gallery.librarian import Librarian
from ldm_desktop.session.gallery.reproduction import Reproducer


@dataclass
class Heard:
    """What a desk has said."""

    notices: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    query_troubles: list[str] = field(default_factory=list)
    listings: int = 0

    def listed(self) -> None:
        self.listings += 1


class FakeRestoring:
    """Remembers what the controls were to be set to."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def restore(self, source: str) -> None:
        self.texts.append(source)


@dataclass
class Opened:
    """A desk and what is around it."""

    desk: GalleryDesk
    librarian: Librarian
    sample: Sample
    worker: FakeWorker
    restoring: FakeRestoring
    heard: Heard

    def start(self, qtbot: QtBot) -> None:
        with qtbot.waitSignal(self.desk.listing_changed, timeout=10_000):
            self.librarian.set_library(self.sample.library)

    def end(self) -> None:
        """Close, and collect here what Python might collect in another test's threads."""
        self.desk.close()
        gc.collect()

    def numbers(self) -> tuple[int, ...]:
        return self.desk.model.numbers(range(self.desk.model.rowCount()))

    def number(self, which: int) -> int:
        store = self.sample.store()
        number = store.row(id_of(which))
        store.connection.close()
        return number

    def stored(self, which: int) -> Any:
        store = self.sample.store()
        annotation = store.annotation(id_of(which))
        store.connection.close()
        return annotation

    def search(self, qtbot: QtBot, query: str) -> tuple[int, ...]:
        with qtbot.waitSignal(self.desk.listing_changed, timeout=10_000):
            self.desk.set_query(query)
        return self.numbers()


def build(sample: Sample) -> Opened:
    worker, restoring, heard = FakeWorker(), FakeRestoring(), Heard()
    reproducer = Reproducer(worker, lambda recipe: "models/x", PreviewPolicy)  # type: ignore[arg-type]
    librarian = Librarian(sample.data)
    kept = sample.data / "gallery.json"
    desk = GalleryDesk(librarian, sample.data / "thumbnails", restoring, reproducer, kept)  # type: ignore[arg-type]
    desk.notice.connect(heard.notices.append)
    desk.trouble.connect(heard.troubles.append)
    desk.query_trouble.connect(heard.query_troubles.append)
    desk.listing_changed.connect(heard.listed)
    return Opened(desk, librarian, sample, worker, restoring, heard)


def wait(qtbot: QtBot, until: Callable[[], bool]) -> None:
    qtbot.waitUntil(until, timeout=10_000)

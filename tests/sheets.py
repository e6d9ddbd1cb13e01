"""A contact sheet with a worker and a memory that tests can speak for."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

from fakes import CARD, FakeWorker, frame_of
from PySide6.QtCore import QBuffer
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot
from samples import recipe_of

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.recipe import Recipe
from ldm_desktop.gallery.seeds.records import SheetPlan, TileRow
from ldm_desktop.session.explore.sheet import Sheet
from ldm_desktop.session.explore.sheet_forming import SHEET
from ldm_desktop.session.shown import image_of
from ldm_desktop.worker.draft import Draft, Drafted, Drafts, DraftState


class FakeSeeds:
    """Remembers sheets as `SeedDesk` does, and answers at once, or by `answer` if it is `slow`."""

    def __init__(self) -> None:
        self.plans: dict[UUID, SheetPlan] = {}
        self.rows: dict[UUID, dict[int, TileRow]] = {}
        self.slow = False
        self.trouble: KnownError | None = None
        self.asked: list[tuple[int, ...]] = []
        self._waiting: list[Callable[[], None]] = []

    def keep_sheet(self, plan: SheetPlan) -> None:
        """Remember a plan under its first name."""
        known = self.plans.get(plan.id, plan)
        self.plans[plan.id] = dataclasses.replace(plan, name=known.name)

    def rename_sheet(self, sheet: UUID, name: str) -> None:
        """Give a plan another name, which `keep_sheet` does not."""
        self.plans[sheet] = dataclasses.replace(self.plans[sheet], name=name)

    def tiles(self, sheet: UUID, then: Callable[[Any], None]) -> None:
        """Give all rows, without previews."""
        rows = tuple(
            TileRow(row.place, row.verdict, row.done, row.total, b"", row.picture)
            for row in self.rows.get(sheet, {}).values()
        )
        self._say(lambda: then(self.trouble or rows))

    def previews(self, sheet: UUID, places: Iterable[int], then: Callable[[Any], None]) -> None:
        """Give the previews that there are."""
        rows = self.rows.get(sheet, {})
        wanted = tuple(places)
        self.asked.append(wanted)
        found = {
            place: rows[place].preview for place in wanted if place in rows and rows[place].preview
        }
        self._say(lambda: then(self.trouble or found))

    def note_tiles(self, plan: SheetPlan, rows: Sequence[TileRow]) -> None:
        """Remember rows; without a preview the old one stays."""
        mine = self.rows.setdefault(plan.id, {})
        for row in rows:
            old = mine.get(row.place)
            preview = row.preview or (old.preview if old else b"")
            mine[row.place] = TileRow(
                row.place, row.verdict, row.done, row.total, preview, row.picture
            )

    def answer(self) -> None:
        """Answer what was asked."""
        waiting, self._waiting = self._waiting, []
        for say in waiting:
            say()

    def _say(self, say: Callable[[], None]) -> None:
        self._waiting.append(say)
        if not self.slow:
            self.answer()


class FakeOrders:
    """Knows where the model is, or that it is not here."""

    def __init__(self) -> None:
        self.folder = CARD.folder

    def folder_of(self, recipe: Recipe) -> str:
        """Give the folder."""
        return self.folder


def plan_of(count: int = 100, first: int = 1000, **changes: Any) -> SheetPlan:
    """Give a sheet of 20 steps, whose tiles rest after 3."""
    entries: dict[str, Any] = {
        "id": uuid4(),
        "name": "Seeds",
        "created": "2026-11-23T06:30:00+00:00",
        "recipe": recipe_of(first, size=(128, 128)),
        "model_folder": CARD.folder,
        "count": count,
        "first": first,
    }
    return SheetPlan(**entries | changes)


def preview_of(seed: int) -> bytes:
    """Give an image file's bytes."""
    buffer = QBuffer()
    image_of(frame_of(seed, (32, 32))).save(buffer, "PNG")
    return bytes(buffer.data().data())


class SheetScene:
    """A sheet, and what it is told by the worker."""

    def __init__(self, worker: FakeWorker | None = None, seeds: FakeSeeds | None = None) -> None:
        self.worker = worker or FakeWorker()
        self.seeds = seeds or FakeSeeds()
        self.orders = FakeOrders()
        self.sheet = Sheet(self.worker, self.orders, self.seeds)  # type: ignore[arg-type]
        self.notices: list[str] = []
        self.sheet.notice.connect(self.notices.append)

    def close(self) -> None:
        """Close what is open."""
        self.sheet.close()

    @property
    def drafts(self) -> tuple[Draft, ...]:
        """What is to form now."""
        given = [drafts for (drafts,) in self.worker.called("draft") if drafts.owner == SHEET]
        return given[-1].drafts if given else ()

    @property
    def levels(self) -> dict[int, int]:
        """Which places are to form now, with their priorities, the first first."""
        return {self.place(draft): draft.level for draft in self.drafts}

    def place(self, draft: Draft) -> int:
        """Give the place of a draft of seeds that follow each other."""
        assert self.sheet.plan
        return draft.recipe.noise.seed - self.sheet.plan.first  # type: ignore[union-attr]

    def draft(self, place: int) -> Draft:
        """Give the draft of a place that is to form."""
        return next(each for each in self.drafts if self.place(each) == place)

    def given(self) -> list[Drafts]:
        """Give all that was asked of the worker."""
        return [drafts for (drafts,) in self.worker.called("draft")]

    def tell(
        self,
        place: int,
        state: DraftState,
        done: int,
        *,
        framed: bool = True,
        sentence: str = "",
        draft: Draft | None = None,
    ) -> Draft:
        """Tell of a tile, as the worker does."""
        draft = draft or self.draft(place)
        frame = frame_of(1000 + place, (32, 32)) if framed else None
        total = draft.recipe.evaluations
        news = Drafted(SHEET, draft.id, state, done, total, frame, sentence=sentence)
        self.worker.drafted.emit(news)
        return draft

    def form(self, place: int, done: int = 1) -> Draft:
        """Tell that a tile is on its way."""
        return self.tell(place, DraftState.FORMING, done)

    def rest(self, *places: int) -> None:
        """Tell that tiles have come as far as was asked."""
        for place in places:
            self.tell(place, DraftState.RESTING, self.draft(place).until)

    def fail(self, place: int, sentence: str) -> None:
        """Tell that a tile cannot be formed."""
        self.tell(place, DraftState.FAILED, 0, framed=False, sentence=sentence)


@contextmanager
def open_scene() -> Iterator[SheetScene]:
    """Give a sheet of 100 tiles, the first ten of them on screen."""
    scene = SheetScene()
    tester = QAbstractItemModelTester(
        scene.sheet.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    scene.sheet.open(plan_of())
    scene.sheet.set_visible(0, 9)
    yield scene
    scene.close()
    tester.deleteLater()


def settled(scene: SheetScene, qtbot: QtBot) -> None:
    """Wait until views have been told of everything."""
    timers = (scene.sheet._repaint, scene.sheet._refill)
    qtbot.waitUntil(lambda: not any(timer.isActive() for timer in timers))

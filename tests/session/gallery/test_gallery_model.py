"""The listing as an item model: all rows at once, and nothing read or decoded here."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from gallery_rows import id_of
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from ldm_desktop.gallery.finding.query import Group
from ldm_desktop.gallery.records import Entry, Flag, Label, State
from ldm_desktop.session.gallery import model as models
from ldm_desktop.session.gallery.model import GalleryModel, Role, dragged
from ldm_desktop.session.gallery.reading import places_of
from ldm_desktop.session.gallery.steps import step
from ldm_desktop.session.gallery.thumbs import Thumbs
from ldm_desktop.session.gallery.values import NOT_LISTED, Changed, Listing


def entry_of(number: int) -> Entry:
    return Entry(
        number=number,
        id=id_of(number),
        file=Path("2026-11-01") / f"{number}.png",
        state=State.PRESENT,
        created="2026-11-01T10:00:00+00:00",
        width=64,
        height=48,
        pixels=f"{number:064x}",
        seed=number,
        model="landscapes",
        rating=0,
        flag=Flag.NONE,
        label=Label.NONE,
        has_note=False,
        has_recipe=True,
    )


def show(model: GalleryModel, numbers: list[int], groups: tuple[Group, ...] = ()) -> None:
    rows = array("q", numbers)
    listing = Listing(rows, places_of(rows), groups)
    model.set_listing(listing, step(model.listing.numbers, rows))


@pytest.fixture
def model(qtbot: QtBot, tmp_path: Path) -> Iterator[GalleryModel]:
    thumbs = Thumbs(tmp_path / "thumbnails")
    model = GalleryModel(thumbs)
    model.set_library(tmp_path)
    yield model
    thumbs.close()


def answer(model: GalleryModel) -> list[tuple[int, ...]]:
    """Let a model's wishes be granted at once, and remember them."""
    asked: list[tuple[int, ...]] = []

    def grant(numbers: tuple[int, ...]) -> None:
        asked.append(numbers)
        model.take_entries({number: entry_of(number) for number in numbers}, numbers)

    model.wanted.connect(grant)
    return asked


def test_it_keeps_to_the_rules_of_item_models(qtbot: QtBot, model: GalleryModel) -> None:
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    answer(model)
    for numbers in ([3, 1, 2], [3, 9, 8, 1, 2], [3, 2], [], [5, 6], [6, 5]):
        show(model, numbers)
        model.set_visible(0, 1)
        qtbot.wait(1)
        assert model.numbers(range(model.rowCount())) == tuple(numbers)


def test_what_is_visible_is_read_first_and_then_what_is_around(
    qtbot: QtBot, model: GalleryModel
) -> None:
    show(model, list(range(1000, 2000)))
    qtbot.wait(1)
    asked = answer(model)
    model.set_visible(100, 109)
    qtbot.waitUntil(lambda: bool(asked))
    assert asked[0][:10] == tuple(range(1100, 1110))
    assert set(asked[0][10:]) == {*range(1090, 1100), *range(1110, 1120)}
    assert model.index(105).data(Role.ENTRY) == entry_of(1105)


def test_what_is_not_read_is_nothing_is_sent_for_and_told_of(
    qtbot: QtBot, model: GalleryModel
) -> None:
    show(model, [4, 5, 6])
    asked = answer(model)
    index = model.index(2)
    assert index.data(Role.NUMBER) == 6
    assert index.data(Role.ENTRY) is None
    with qtbot.waitSignal(model.dataChanged) as told:
        pass
    assert (told.args[0].row(), told.args[1].row()) == (2, 2)
    assert asked == [(6,)]
    assert index.data(Role.ID) == id_of(6)
    assert index.data(Role.FILE) == model.library / "2026-11-01" / "6.png"
    assert index.data(Qt.ItemDataRole.DisplayRole) == "Seed 6"


def test_what_nobody_knows_any_more_is_not_asked_for_over_and_over(
    qtbot: QtBot, model: GalleryModel
) -> None:
    show(model, [4])
    asked: list[tuple[int, ...]] = []
    model.wanted.connect(asked.append)
    model.index(0).data(Role.ENTRY)
    qtbot.waitUntil(lambda: asked == [(4,)])
    model.take_entries({}, (4,))
    model.set_visible(5, 6)
    qtbot.wait(5)
    assert asked == [(4,)]


def test_only_rows_that_are_other_than_before_are_told_of(
    qtbot: QtBot, model: GalleryModel
) -> None:
    show(model, [4, 5, 6, 7])
    model.take_entries({number: entry_of(number) for number in (4, 5, 6, 7)})
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    rated = {number: replace(entry_of(number), rating=3) for number in (4, 6, 7)}
    model.take_changed(Changed((4, 5, 6, 7), rated | {5: entry_of(5)}))
    assert told == [(0, 0), (2, 3)]
    assert model.index(2).data(Role.RATING) == 3


def test_rows_that_others_have_changed_stay_on_screen_until_they_are_read(
    qtbot: QtBot, model: GalleryModel
) -> None:
    show(model, [4, 5, 6])
    model.take_entries({number: entry_of(number) for number in (4, 5, 6)})
    model.set_visible(0, 1)
    qtbot.wait(1)
    asked: list[tuple[int, ...]] = []
    model.wanted.connect(asked.append)
    model.take_changed(Changed(None))
    assert model.index(0).data(Role.ENTRY) == entry_of(4)
    qtbot.waitUntil(lambda: bool(asked))
    assert set(asked[0]) == {4, 5, 6}


def test_a_picture_is_found_again_in_another_listing(model: GalleryModel) -> None:
    show(model, [4, 5, 6])
    show(model, [9, 6, 4])
    assert [model.row_of(number) for number in (4, 6, 5, 100, -1)] == [2, 1, *[NOT_LISTED] * 3]


def test_rows_put_in_leave_the_others_selected(qtbot: QtBot, model: GalleryModel) -> None:
    show(model, [4, 5, 6])
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.rowsInserted) as put_in:
        show(model, [7, 8, 4, 5, 6])
    assert put_in.args[1:] == [0, 1]


def test_each_row_knows_its_group(model: GalleryModel) -> None:
    groups = (Group(3, 0, 2), Group(8, 2, 1), Group(None, 3, 2))
    show(model, [4, 5, 6, 7, 8], groups)
    found = [model.index(row).data(Role.GROUP) for row in range(5)]
    assert found == [groups[0], groups[0], groups[1], groups[2], groups[2]]


def test_what_is_kept_is_bounded(model: GalleryModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "MOST_ENTRIES", 10)
    model.take_entries({number: entry_of(number) for number in range(30)})
    known = [number for number in range(30) if model.entry_of(number)]
    assert known == list(range(20, 30))


def test_pictures_are_dragged_by_number_and_as_files(model: GalleryModel) -> None:
    show(model, [4, 5, 6])
    model.take_entries({4: entry_of(4), 5: replace(entry_of(5), state=State.MISSING)})
    data = model.mimeData([model.index(row) for row in range(3)])
    assert dragged(data) == (4, 5, 6)
    assert [Path(url.toLocalFile()).name for url in data.urls()] == ["4.png"]


def test_another_library_begins_with_nothing(qtbot: QtBot, model: GalleryModel) -> None:
    show(model, [4, 5, 6])
    model.take_entries({4: entry_of(4)})
    model.set_library(Path("/elsewhere"))
    assert model.rowCount() == 0
    assert model.entry_of(4) is None
    assert not model.data(QModelIndex(), Role.ENTRY)


def test_broken_pictures_say_so(qtbot: QtBot, model: GalleryModel) -> None:
    (model.library / "2026-11-01").mkdir()
    (model.library / "2026-11-01" / "4.png").write_bytes(b"no picture")
    show(model, [4, 5])
    model.take_entries({4: entry_of(4), 5: replace(entry_of(5), state=State.DAMAGED)})
    assert model.index(1).data(Role.BROKEN)
    assert not model.index(0).data(Role.BROKEN)
    qtbot.waitUntil(lambda: model.index(0).data(Role.BROKEN))
    assert model.index(0).data(Role.IMAGE).isNull()

"""The memory for seeds from the window's side: it asks, is told, and never waits."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import apsw
import pytest
from fakes import saved_of
from pytestqt.qtbot import QtBot
from rows import spoil
from samples import recipe_of
from seeding import fill, keys_of, opened, plan_of, tile_of

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.noise import Seed
from ldm_desktop.gallery.seeds import database
from ldm_desktop.gallery.seeds.records import SeedChange, SeedKey, SeedNote, Verdict
from ldm_desktop.session.explore.seed_images import decoded
from ldm_desktop.session.explore.seed_waiting import MOST_FRAMES, Waiting
from ldm_desktop.session.explore.seeds import SeedDesk
from ldm_desktop.worker.work import Saved


class Heard:
    """What a desk has said."""

    def __init__(self, desk: SeedDesk) -> None:
        self.notices: list[str] = []
        self.troubles: list[str] = []
        self.keys: list[SeedKey] = []
        desk.notice.connect(self.notices.append)
        desk.trouble.connect(self.troubles.append)
        desk.note_changed.connect(self.keys.append)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[SeedDesk]:
    desk = SeedDesk(tmp_path)
    yield desk
    desk.close()
    gc.collect()


def answer(qtbot: QtBot, ask: Callable[[Callable[[Any], None]], None]) -> Any:
    """Ask, and wait for the answer."""
    answers: list[Any] = []
    ask(answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
    return answers[0]


def test_what_is_told_of_a_seed_is_committed_when_it_is_told(
    qtbot: QtBot, tmp_path: Path, desk: SeedDesk
) -> None:
    with qtbot.waitSignal(desk.note_changed, timeout=10_000) as told:
        desk.note(keys_of(7), SeedChange(name="fox"))
    assert told.args == [SeedKey(7)]
    assert desk.record(SeedKey(7)) == SeedNote(name="fox")
    with opened(tmp_path) as store:
        assert store.noted() == {SeedKey(7): SeedNote(name="fox")}


def test_what_is_noted_while_sheets_form_is_committed_within_half_a_second(
    qtbot: QtBot, tmp_path: Path, desk: SeedDesk
) -> None:
    qtbot.waitUntil(lambda: desk.ready, timeout=10_000)
    plan = plan_of()
    for place in range(8):
        desk.note_tiles(plan, [tile_of(place)])
    desk.note_tiles(plan, [tile_of(3, Verdict.KEPT, preview=b"")])
    assert desk._gathering.isActive()
    assert desk._gathering.interval() <= 500
    with qtbot.waitSignal(desk.seeds_changed, timeout=10_000):
        pass
    with opened(tmp_path) as store:
        assert [tile.verdict for tile in store.tiles(plan.id)].count(Verdict.KEPT) == 1
        assert store.tile_previews(plan.id, [3]) == {3: b"picture 3"}


def test_what_is_asked_knows_of_all_that_was_noted_before(qtbot: QtBot, desk: SeedDesk) -> None:
    plan = plan_of()
    desk.keep_sheet(plan)
    desk.note_tiles(plan, [tile_of(0, Verdict.KEPT), tile_of(1)])
    desk.rename_sheet(plan.id, "Harbours")
    (sheet,) = answer(qtbot, desk.sheets)
    assert (sheet.plan.name, sheet.kept, sheet.formed) == ("Harbours", 1, 2)
    assert len(answer(qtbot, lambda then: desk.tiles(plan.id, then))) == 2
    images = answer(qtbot, lambda then: desk.previews(plan.id, [1], then))
    assert images == {1: b"picture 1"}
    (row,) = answer(qtbot, lambda then: desk.list_seeds("verdict:kept", 9, then))
    assert row.key == SeedKey(0)
    assert answer(qtbot, lambda then: desk.seeds_liked(None, then)) == keys_of(0)
    desk.note_tiles(plan, [tile_of(2)])
    desk.remove_sheet(plan.id)
    assert answer(qtbot, desk.sheets) == ()


def test_a_saved_picture_becomes_a_trial_with_a_small_picture(qtbot: QtBot, desk: SeedDesk) -> None:
    saved = saved_of(uuid4(), recipe_of(7, size=(256, 128)), Path("x.png"))
    desk.saw(saved)
    (trial,) = answer(qtbot, lambda then: desk.trials(SeedKey(7), then))
    assert (trial.picture, trial.recipe) == (saved.record.id, saved.record.recipe)
    image = decoded(trial.preview)
    assert (image.width(), image.height()) == (160, 80)


def test_pictures_that_cannot_be_noted_do_not_fill_the_memory(tmp_path: Path) -> None:
    waiting, later = Waiting(), Waiting()
    for number in range(MOST_FRAMES):
        waiting.see(saved_of(uuid4(), recipe_of(number), Path("x.png")))
        later.see(saved_of(uuid4(), recipe_of(MOST_FRAMES + number), Path("x.png")))
    waiting.put_under(later)
    waiting.see(saved_of(uuid4(), recipe_of(9999), Path("x.png")))
    assert len(waiting.saved) == 2 * MOST_FRAMES + 1
    assert sum(isinstance(each, Saved) for each in waiting.saved.values()) == MOST_FRAMES
    with opened(tmp_path) as store:
        waiting.write(store)
        pictures = [row.pictures for row in store.list_seeds("", 999)]
    assert pictures == [1] * (2 * MOST_FRAMES + 1)


def test_stars_go_on_and_off_together_and_each_step_can_be_undone(
    qtbot: QtBot, desk: SeedDesk
) -> None:
    def starred() -> list[int]:
        return [seed for seed in (1, 2) if desk.record(SeedKey(seed)).star]

    desk.star([Seed(1)])
    qtbot.waitUntil(lambda: starred() == [1], timeout=10_000)
    desk.star(keys_of(1, 2))
    qtbot.waitUntil(lambda: starred() == [1, 2], timeout=10_000)
    desk.star(keys_of(1, 2))
    qtbot.waitUntil(lambda: starred() == [], timeout=10_000)
    for left in ([1, 2], [1], []):
        desk.undo_stack.undo()
        qtbot.waitUntil(lambda left=left: starred() == left, timeout=10_000)
    desk.undo_stack.redo()
    qtbot.waitUntil(lambda: starred() == [1], timeout=10_000)


def test_saying_what_is_said_already_is_no_step(qtbot: QtBot, desk: SeedDesk) -> None:
    desk.note(keys_of(1), SeedChange(name="fox"))
    qtbot.waitUntil(lambda: desk.record(SeedKey(1)).name == "fox", timeout=10_000)
    desk.note(keys_of(1), SeedChange(name="fox"))
    assert desk.undo_stack.count() == 1


def test_what_another_program_says_of_a_seed_is_seen(
    qtbot: QtBot, tmp_path: Path, desk: SeedDesk
) -> None:
    qtbot.waitUntil(lambda: desk.ready, timeout=10_000)
    with qtbot.waitSignal(desk.note_changed, timeout=10_000), opened(tmp_path) as store:
        store.note(keys_of(5), SeedChange(note="from the command line"))
    assert desk.record(SeedKey(5)).note == "from the command line"


def test_closing_commits_what_waits_and_backs_up(qtbot: QtBot, tmp_path: Path) -> None:
    desk = SeedDesk(tmp_path)
    desk.note_tiles(plan_of(), [tile_of(1, Verdict.KEPT)])
    desk.note(keys_of(4), SeedChange(star=True))
    desk.close()
    assert not desk._lane._thread.is_alive()
    (tmp_path / "seeds.db").rename(tmp_path / "elsewhere.db")
    (tmp_path / "seeds.db.backup").rename(tmp_path / "seeds.db")
    with opened(tmp_path) as store:
        assert set(store.liked()) == set(keys_of(1, 4))


def test_a_session_that_changes_nothing_leaves_the_backups_alone(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with opened(tmp_path) as store:
        store.note(keys_of(1), SeedChange(star=True))
    desk = SeedDesk(tmp_path)
    qtbot.waitUntil(lambda: desk.ready, timeout=10_000)
    desk.close()
    assert not (tmp_path / "seeds.db.backup").exists()


# Trouble


def test_a_damaged_database_is_replaced_with_a_notice(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        store.note(keys_of(*range(400)), SeedChange(name="fox"))
        database.back_up(store.connection)
    spoil(tmp_path / "seeds.db")
    desk = SeedDesk(tmp_path)
    heard = Heard(desk)
    qtbot.waitUntil(lambda: bool(heard.notices), timeout=10_000)
    assert "its backup of" in heard.notices[0]
    assert desk.record(SeedKey(399)).name == "fox"
    desk.close()


def test_damage_that_is_met_on_the_way_is_told_and_mended_at_once(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with opened(tmp_path) as store:
        store.note(keys_of(*range(400)), SeedChange(name="fox", note="fog " * 50))
        database.back_up(store.connection)
    desk = SeedDesk(tmp_path)
    heard = Heard(desk)
    # What it has read of the file in memory would hide the damage.
    answer(qtbot, lambda then: desk.ask(lambda s: s.all("PRAGMA shrink_memory"), then))
    spoil(tmp_path / "seeds.db")
    assert isinstance(answer(qtbot, lambda then: desk.list_seeds("", 999, then)), KnownError)
    qtbot.waitUntil(lambda: len(heard.notices) == 2, timeout=10_000)
    assert "is damaged" in heard.notices[0]
    assert "its backup of" in heard.notices[1]
    assert len(answer(qtbot, lambda then: desk.list_seeds("", 999, then))) == 400
    desk.close()


def test_without_its_database_everything_else_goes_on(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        fill(store, [tile_of(1)])
    connection = apsw.Connection(str(tmp_path / "seeds.db"))
    connection.execute("PRAGMA user_version = 99").fetchall()
    connection.close()
    desk = SeedDesk(tmp_path)
    heard = Heard(desk)
    qtbot.waitUntil(lambda: bool(heard.troubles), timeout=10_000)
    assert "newer LDM Desktop" in heard.troubles[0]
    desk.note_tiles(plan_of(), [tile_of(1)])
    desk.flush()
    assert isinstance(answer(qtbot, desk.sheets), KnownError)
    desk.star(keys_of(3))
    qtbot.waitUntil(lambda: bool(heard.notices), timeout=10_000)
    assert "out of reach" in heard.notices[0]
    assert desk.undo_stack.count() == 0
    assert not desk.record(SeedKey(3)).star
    desk.close()


def test_what_cannot_be_written_is_kept_and_written_once_it_can_be(
    qtbot: QtBot, tmp_path: Path, desk: SeedDesk
) -> None:
    heard = Heard(desk)
    answer(qtbot, lambda then: desk.ask(lambda s: s.connection.pragma("query_only", True), then))
    desk.note_tiles(plan_of(), [tile_of(1), tile_of(2)])
    qtbot.waitUntil(lambda: bool(heard.troubles), timeout=10_000)
    assert "it can only be read" in heard.troubles[0]
    desk.note_tiles(plan_of(), [tile_of(2, Verdict.KEPT, preview=b"")])
    desk._do(lambda s: s.connection.pragma("query_only", False), lambda _: None)
    desk._troubles.hurry()
    qtbot.waitUntil(lambda: heard.troubles[-1] == "", timeout=10_000)
    tiles = answer(qtbot, lambda then: desk.tiles(plan_of().id, then))
    assert [tile.verdict for tile in tiles] == [Verdict.OPEN, Verdict.KEPT]

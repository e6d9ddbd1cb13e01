"""Pictures on their way to the system's trash, and what is said where there is no way."""

from __future__ import annotations

from pathlib import Path

import gallery_rows
import pytest
from gallery_desks import build, wait
from pytestqt.qtbot import QtBot

from ldm_desktop.session.gallery import chores
from ldm_desktop.session.gallery.bin import move_to_trash


def test_a_trash_is_made_where_nothing_ever_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    file = tmp_path / "picture.png"
    file.write_bytes(b"pixels")
    place = Path(move_to_trash(file))
    assert place.is_relative_to(home)
    assert place.read_bytes() == b"pixels"
    assert not file.exists()


def test_what_could_not_be_trashed_is_no_step_to_undo(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chores, "refresh", lambda *_: None)
    monkeypatch.setattr(chores, "flush_some", lambda _: 0)
    # Rows whose files were never written.
    gallery = build(gallery_rows.make(tmp_path, 3))
    gallery.start(qtbot)
    (gallery.sample.library / "a day").mkdir(parents=True)
    gallery.desk.rate(4, gallery.numbers()[:1])
    gallery.desk.trash(gallery.numbers())
    wait(qtbot, lambda: bool(gallery.heard.notices))
    assert "cannot go to the trash" in gallery.heard.notices[0]
    assert gallery.desk.undo_stack.undoText() == "Rate picture"
    gallery.end()

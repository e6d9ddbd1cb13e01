"""How a thread comes to the gallery's database."""

from __future__ import annotations

from pathlib import Path

import gallery_rows
from rows import spoil

from ldm_desktop.gallery.care.flush import flush
from ldm_desktop.gallery.care.refresh import refresh
from ldm_desktop.gallery.index import database
from ldm_desktop.gallery.records import Change
from ldm_desktop.session.gallery.access import Access
from ldm_desktop.session.gallery.values import Place


def test_what_sidecars_know_better_than_a_backup_is_read_before_anybody_can_say_more(
    tmp_path: Path,
) -> None:
    sample = gallery_rows.make(tmp_path, 0)
    gallery_rows.write(sample.library / "a.png", 1)
    store = sample.store()
    refresh(store)
    database.back_up(store.connection)
    (row,) = store.files()
    store.annotate([row.id], Change(rating=3))
    flush(store)
    store.connection.close()
    spoil(sample.database)
    access, place = Access(), Place(sample.database, sample.library, 0)
    assert access.open(place).notices
    assert access.run(place, lambda books: books.store.annotation(row.id).rating) == 3
    access.run(place, lambda books: books.store.annotate([row.id], Change(rating=5)))
    access.run(place, lambda books: flush(books.store))
    assert access.run(place, lambda books: books.store.annotation(row.id).rating) == 5
    access.close()

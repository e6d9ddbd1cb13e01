"""What must hold of a gallery after any trouble: nothing is lost, and every file has its row."""

from __future__ import annotations

from pathlib import Path

from fault_deeds import Gallery

from ldm_desktop.gallery import files, sidecar
from ldm_desktop.gallery.care.flush import flush
from ldm_desktop.gallery.care.verify import verify
from ldm_desktop.gallery.records import State


def check_sentence(sentence: str) -> None:
    """A sentence is for people."""
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert not any(word in sentence for word in ("Errno", "Traceback", "Error:", "SQLITE", "None"))


def unfinished(gallery: Gallery) -> list[Path]:
    """Give what was left unfinished."""
    return [file for file in gallery.folder.rglob("*") if ".part" in file.name]


def check(gallery: Gallery) -> None:
    """Repair the gallery, and miss nothing."""
    store = gallery.store
    assert verify(store, repair=True).problems == ()
    flush(store)
    check_pictures(gallery)
    check_rows(gallery)
    check_ratings(gallery)
    check_sidecars(gallery)


def check_pictures(gallery: Gallery) -> None:
    """Every picture is there and whole."""
    found = set()
    for file in gallery.folder.rglob("*.png"):
        picture = files.read(file)
        assert files.is_intact(picture)
        found.add(picture.record.id)
    assert gallery.saved <= found


def check_rows(gallery: Gallery) -> None:
    """No row is without its file, and no file without its row."""
    known = list(gallery.store.files())
    rows = {each.file for each in known if each.state is not State.TRASHED}
    there = {file.relative_to(gallery.library) for file in gallery.library.rglob("*.png")}
    assert rows == there
    assert {each.id for each in known} >= gallery.saved


def check_ratings(gallery: Gallery) -> None:
    """No rating is lost that was told of."""
    for picture, said in gallery.ratings.items():
        if picture in gallery.saved or gallery.store.known(picture):
            assert gallery.store.annotation(picture) == said


def check_sidecars(gallery: Gallery) -> None:
    """What is said is in the files, too."""
    for known in gallery.store.files():
        said = gallery.store.annotation(known.id)
        if known.state is State.PRESENT and said.note:
            kept = sidecar.read(sidecar.sidecar_of(gallery.library / known.file))
            assert kept
            assert (kept.id, kept.annotation) == (known.id, said)

"""Libraries with small pictures, for tests of what reads and mends them."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path
from uuid import UUID

from PIL import Image
from samples import picture_of

from ldm_desktop.core.picture import Picture
from ldm_desktop.gallery import files
from ldm_desktop.gallery.care.flush import flush
from ldm_desktop.gallery.care.refresh import refresh
from ldm_desktop.gallery.index.store import Store
from ldm_desktop.gallery.records import Annotation, Change, State
from ldm_desktop.gallery.sidecar import sidecar_of

LOVED = Annotation(4, tags=("blue hour",), note="Keep this.")


def save(store: Store, seed: int = 3) -> Path:
    """Save a picture in the library, without a row; gives its file."""
    return files.save_in_library(picture_of(seed=seed), store.library)


def id_of(seed: int = 3) -> UUID:
    """Give the id of a seed's picture."""
    return picture_of(seed=seed).record.id


def love(store: Store, seed: int = 3, *, written: bool = True) -> None:
    """Rate, tag and note a picture, in its sidecar, too, unless that is yet to be written."""
    change = Change(rating=LOVED.rating, note=LOVED.note, add_tags=LOVED.tags)
    store.annotate([id_of(seed)], change)
    if written:
        flush(store)


def loved(store: Store, count: int = 1) -> list[Path]:
    """Fill the gallery with pictures that a person has spoken of; gives their files."""
    paths = [save(store, seed) for seed in range(3, 3 + count)]
    refresh(store)
    for seed in range(3, 3 + count):
        love(store, seed)
    return paths


def strip(file: Path, to: Path | None = None) -> Path:
    """Save a picture again as programs do that know nothing of ours: the pixels alone."""
    with Image.open(file) as image:
        pixels = image.convert("RGB")
    to = to or file
    Image.frombytes("RGB", pixels.size, pixels.tobytes()).save(to, "PNG")
    return to


def paint_over(file: Path) -> None:
    """Save other pixels under a picture's record, as an editor that keeps texts does."""
    whole = files.read(file)
    frame = dataclasses.replace(whole.frame, pixels=bytes(len(whole.frame.pixels)))
    file.write_bytes(files.encode(Picture(whole.record, frame)))


def foreign(file: Path, colour: str = "teal", side: int = 8) -> Path:
    """Make a picture of no program we know."""
    file.parent.mkdir(exist_ok=True, parents=True)
    Image.new("RGB", (side, side), colour).save(file)
    return file


def states(store: Store) -> dict[str, State]:
    """Give the state of each row by its file."""
    return {row.file.as_posix(): row.state for row in store.files()}


def relative(store: Store, file: Path) -> str:
    """Give a file's name as rows have it."""
    return file.relative_to(store.library).as_posix()


def others(store: Store) -> dict[str, str]:
    """Give why files have no row, by file."""
    return {each.file.as_posix(): each.reason for each in store.others()}


def move(file: Path, to: Path, *, with_sidecar: bool = True) -> Path:
    """Move a picture by hand."""
    to.parent.mkdir(exist_ok=True, parents=True)
    shutil.move(file, to)
    if with_sidecar and sidecar_of(file).exists():
        shutil.move(sidecar_of(file), sidecar_of(to))
    return to


def assert_at_one(store: Store) -> None:
    """See that every file is that of a row or noted as none, and every row has a file."""
    seen = {
        relative(store, file)
        for file in store.library.rglob("*")
        if file.is_file() and not file.name.endswith(".xmp") and file.name != "albums.json"
    }
    rows = {row.file.as_posix() for row in store.files() if row.state is not State.TRASHED}
    assert rows <= seen
    assert seen == rows | set(others(store))
    assert not rows & set(others(store))

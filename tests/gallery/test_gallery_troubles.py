"""Real disks that are full, read-only, away or damaged, and two programs on one gallery."""

from __future__ import annotations

import multiprocessing
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from crash_life import database_of, open_store
from disk_scenes import NOT_ALLOWED, attempt, live
from fault_checks import check, check_ratings, check_sentence, check_sidecars
from fault_deeds import BINNED, BY_HAND, DEEDS, RATED, WRITTEN, Gallery, make_gallery

from ldm_desktop.gallery.care.flush import flush
from ldm_desktop.gallery.care.rebuild import rebuild
from ldm_desktop.gallery.care.refresh import refresh
from ldm_desktop.gallery.care.verify import verify
from ldm_desktop.gallery.files import UnreachableError
from ldm_desktop.gallery.index import database
from ldm_desktop.gallery.records import Change, State

TESTS = Path(__file__).parents[1]
PATIENCE = 60
CONTEXT = multiprocessing.get_context("forkserver" if os.name != "nt" else "spawn")


@pytest.fixture
def gallery(tmp_path: Path) -> Iterator[Gallery]:
    """Open a small gallery in which everything is still to be done."""
    folder = tmp_path / "gallery"
    make_gallery(folder)
    gallery = Gallery(folder, open_store(folder))
    yield gallery
    gallery.close()


# Disks


@pytest.mark.parametrize("scene", ["full", "read_only"])
def test_a_disk_in_trouble_costs_sentences_and_nothing_else(tmp_path: Path, scene: str) -> None:
    code = f"""
import sys
from pathlib import Path
sys.path[:0] = [{str(TESTS.parent)!r}, {str(TESTS)!r}, {str(TESTS / "gallery")!r}]
import disk_scenes
disk_scenes.{scene}(Path(sys.argv[1]))
"""
    # A mount of its own, as root or as the root of a user namespace.
    flags = "-m" if os.name != "nt" and os.geteuid() == 0 else "-rm"
    command = ["unshare", flags, sys.executable, "-c", code, str(tmp_path / "disk")]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=PATIENCE
        )
    except FileNotFoundError:
        pytest.skip("there is no `unshare` to make a mount with")
    if done.returncode == NOT_ALLOWED or "unshare:" in done.stderr:
        pytest.skip(f"a tmpfs cannot be mounted here: {done.stderr.strip()}")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("leaves", ["nothing", "an empty folder"])
def test_a_library_that_is_unplugged_is_waited_for(gallery: Gallery, leaves: str) -> None:
    store, away = gallery.store, gallery.folder / "away"
    gallery.library.rename(away)
    if leaves == "an empty folder":
        gallery.library.mkdir()
    for name in ("refresh", "rebuild", "repair", "flush", "import", "trash", "put back"):
        with pytest.raises(UnreachableError) as caught:
            DEEDS[name].do(gallery)
        check_sentence(str(caught.value))
    (sentence,) = attempt(gallery, "save")
    assert ("it is not there" if leaves == "nothing" else "is empty, though it had") in sentence
    assert gallery.library.exists() == (leaves != "nothing")
    assert attempt(gallery, "annotate") == []
    store.make_album("New")
    assert {each.state for each in store.files()} == {State.PRESENT, State.TRASHED}
    assert {each.id for each in store.unwritten(9)} == {WRITTEN.record.id, RATED.record.id}
    check_ratings(gallery)
    if leaves != "nothing":
        gallery.library.rmdir()
    away.rename(gallery.library)
    flush(store)
    check_sidecars(gallery)
    check(gallery)


# Two programs


def test_two_programs_on_one_gallery_lose_nothing(gallery: Gallery) -> None:
    gallery.close()
    channels = []
    for number in range(2):
        ours, theirs = CONTEXT.Pipe()
        process = CONTEXT.Process(target=live, args=(gallery.folder, number, theirs), daemon=True)
        process.start()
        channels.append((ours, process))
    for ours, _ in channels:
        assert ours.poll(PATIENCE)
        assert ours.recv() == "ready"
    for ours, _ in channels:
        ours.send("go")
    for ours, process in channels:
        assert ours.poll(PATIENCE)
        ratings, saved, problems = ours.recv()
        assert ratings
        gallery.ratings |= ratings
        gallery.saved |= saved
        for sentence in problems:
            check_sentence(sentence)
        process.join(PATIENCE)
        assert process.exitcode == 0
        ours.close()
    gallery.store = open_store(gallery.folder)
    check(gallery)


# Damage


@pytest.mark.parametrize("has_backup", [True, False])
def test_an_empty_database_is_as_none(gallery: Gallery, has_backup: bool) -> None:
    flush(gallery.store)
    gallery.close()
    file = database_of(gallery.folder)
    if not has_backup:
        file.with_suffix(".db.backup").unlink()
    file.write_bytes(b"")
    opened = database.open_database(file)
    assert ["its backup of" in notice for notice in opened.notices] == [True] * has_backup
    gallery.store.connection = opened.connection
    if not has_backup:
        gallery.saved.remove(BINNED.record.id)  # Only the trash knows of it now.
    assert refresh(gallery.store).problems == ()
    check(gallery)


@pytest.mark.parametrize("place", [0.05, 0.2, 0.5, 0.8])
@pytest.mark.parametrize("damage", ["noise", "zeros", "cut"])
@pytest.mark.parametrize("has_backup", [True, False])
def test_a_corrupt_database_is_set_aside_and_made_again(
    gallery: Gallery, damage: str, place: float, has_backup: bool
) -> None:
    # What is in no sidecar is lost with the database, if there is no backup.
    flush(gallery.store)
    assert attempt(gallery, "put back") == []
    gallery.close()
    file = database_of(gallery.folder)
    if not has_backup:
        file.with_suffix(".db.backup").unlink()
    spoil(file, damage, place)
    opened = database.open_database(file)
    assert "damaged and is kept as" in opened.notices[0]
    assert opened.fresh is not has_backup
    gallery.store.connection = opened.connection
    assert refresh(gallery.store).problems == ()
    assert gallery.state(BY_HAND) is State.PRESENT
    check_ratings(gallery)
    assert rebuild(gallery.store).problems == ()
    check(gallery)
    assert file.with_name(f"{file.name}.damaged-1").exists()


def spoil(file: Path, damage: str, place: float) -> None:
    """Damage a fifth of a file from a place on."""
    data = bytearray(file.read_bytes())
    start, length = int(len(data) * place) // 512 * 512, len(data) // 5
    if damage == "cut":
        file.write_bytes(data[:start])
        return
    bad = random.Random(3).randbytes(length) if damage == "noise" else bytes(length)
    data[start : start + length] = bad
    file.write_bytes(data)


@pytest.mark.parametrize("damage", ["head", "middle", "cut", "empty", "other pixels"])
def test_a_corrupt_picture_is_shown_as_such_and_never_deleted(
    gallery: Gallery, damage: str
) -> None:
    known = gallery.store.known(RATED.record.id)
    assert known
    file = gallery.library / known.file
    data = file.read_bytes()
    spoilt = {
        "head": b"\0" * 16 + data[16:],
        "middle": data[: len(data) // 2] + b"\0" * 64 + data[len(data) // 2 + 64 :],
        "cut": data[: len(data) // 2],
        "empty": b"",
        "other pixels": recoloured(file),
    }[damage]
    file.write_bytes(spoilt)
    state = State.CHANGED if damage == "other pixels" else State.DAMAGED
    for look in (refresh, rebuild, lambda store: verify(store, repair=True)):
        look(gallery.store)
        entry = gallery.store.entry(known.number)
        assert (entry.id, entry.state) == (RATED.record.id, state)
        assert file.read_bytes() == spoilt
    gallery.store.annotate([RATED.record.id], Change(rating=1))
    flush(gallery.store)
    file.write_bytes(data)
    refresh(gallery.store)
    assert gallery.state(RATED) is State.PRESENT
    assert gallery.store.annotation(RATED.record.id).rating == 1


def recoloured(file: Path) -> bytes:
    """Give a picture's bytes with other pixels than it says that it has."""
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    with Image.open(file) as image:
        info = PngInfo()
        for key, text in image.text.items():
            info.add_itxt(key, text)
        other = file.parent.parent.parent / "other.png"
        image.transpose(Image.Transpose.ROTATE_180).save(other, pnginfo=info)
    return other.read_bytes()

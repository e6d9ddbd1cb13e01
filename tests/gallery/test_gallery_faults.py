"""A write call that fails, whichever it is, costs the gallery nothing but one sentence.

Each deed is done once to count its write calls, Python's and SQLite's, and then again for each of
them, which fails: with all that follow, as on a full disk, or alone.
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from fault_checks import check, check_ratings, check_sentence, unfinished
from fault_deeds import DEEDS, Deed, Gallery, copy_gallery, make_gallery
from fault_injection import FREES, OF_SQLITE, Disk, Fault, sqlite_on_disks

from ldm_desktop.core.errors import KnownError

FAULTS = {
    # A disk stays full until somebody makes room; the others come and go.
    "a full disk": (errno.ENOSPC, True),
    "a broken disk": (errno.EIO, False),
    "no permission": (errno.EACCES, False),
}
ANY = (errno.ENOSPC, errno.EIO, errno.EACCES)
ERRORS = dict.fromkeys(OF_SQLITE, (errno.ENOSPC, errno.EIO))
"""SQLite's file system makes one error of the other two, which need not be tried twice."""


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """Make a gallery; gives the place it was made at, and where it is kept to be copied from."""
    folder = tmp_path_factory.mktemp("faults")
    with sqlite_on_disks():
        make_gallery(folder / "here")
        (folder / "here").rename(folder / "kept")
        yield folder / "here", folder / "kept"


@pytest.fixture
def no_bugs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what is reported as a bug, where no test would see it, be an error."""

    def fail(kind: type[BaseException], error: BaseException, trace: object) -> None:
        raise AssertionError("reported as a bug") from error

    monkeypatch.setattr(sys, "excepthook", fail)


@pytest.mark.parametrize("error", FAULTS)
@pytest.mark.parametrize("name", DEEDS)
def test_any_write_call_may_fail(
    name: str, error: str, places: tuple[Path, Path], no_bugs: None
) -> None:
    here, kept = places
    number, lasts = FAULTS[error]
    calls = calls_of(DEEDS[name], here, kept)
    for at in (at for at, call in enumerate(calls) if number in ERRORS.get(call, ANY)):
        gallery = copy_gallery(kept, here)
        disk = Disk(Fault(at, number, lasts))
        try:
            live_through(gallery, DEEDS[name], disk)
        except Exception as bug:
            bug.add_note(f"{name}: call {at} of {disk.calls}, {error}")
            raise
        finally:
            gallery.close()


def calls_of(deed: Deed, here: Path, kept: Path) -> list[str]:
    """Give the write calls of a deed."""
    gallery, disk = copy_gallery(kept, here), Disk()
    deed.prepare(gallery)
    with disk.in_use():
        assert list(deed.do(gallery)) == []
    assert deed.is_done(gallery)
    assert gallery.sentences == []
    check(gallery)
    gallery.close()
    assert disk.calls
    return disk.calls


def live_through(gallery: Gallery, deed: Deed, disk: Disk) -> None:
    """Do a deed on a failing disk, and again on a sound one, with nothing lost."""
    told: list[str] = []
    deed.prepare(gallery)
    with disk.in_use():
        ended = attempt(gallery, deed, told)
    assert disk.failed or disk.calls[-1] in FREES
    for sentence in told + gallery.sentences:
        check_sentence(sentence)
    if not set(disk.failed) & {"unlink", "remove"}:
        assert unfinished(gallery) == []
    if gallery.is_open:
        check_ratings(gallery)
    if not ended or told:
        assert list(deed.do(gallery)) == []
    assert deed.is_done(gallery)
    check(gallery)


def attempt(gallery: Gallery, deed: Deed, told: list[str]) -> bool:
    """Say whether a deed came to its end, and note the sentences it gave."""
    try:
        told.extend(deed.do(gallery))
    except KnownError as error:
        told.append(str(error))
        return False
    return True

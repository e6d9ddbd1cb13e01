"""Picture files: finished pictures come in here and are durable PNGs when they come out.

A picture is written to a `.part` file, synchronised, given its name, and the folder is
synchronised: only then `save` returns. Whatever ends the program at whatever moment, a file
with a name in `.png` is whole, and nothing that stood there before is replaced.
"""

from __future__ import annotations

import contextlib
import errno
import io
import itertools
import os
import re
import sys
import time
import unicodedata
import warnings
import zlib
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from PIL import Image

from ldm_desktop.core import paths
from ldm_desktop.core.errors import BadArgumentError, KnownError
from ldm_desktop.core.frame import Frame
from ldm_desktop.core.noise import WORDS, Seed, first_seed
from ldm_desktop.core.picture import Picture, PictureRecord
from ldm_desktop.core.recipe import Recipe
from ldm_desktop.gallery import metadata

if sys.platform != "win32":
    import fcntl

DAYS = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"
HASH_IN_NAME = re.compile(r" ([0-9a-f]{8})(?: \([0-9]+\))?\.png$", re.IGNORECASE)
PART = re.compile(r"\.[0-9a-f]{32}\.[0-9]+\.part")
STALE_SECONDS = 3600
LONGEST_MODEL_NAME = 80
LARGEST_FILE = 300 << 20
WINDOWS_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|(com|lpt)[0-9¹²³])\.")
TROUBLE = {
    errno.ENOSPC: "the disk is full; free some space and try again",
    errno.EDQUOT: "your share of the disk is used up; free some space and try again",
    errno.EROFS: "the disk can only be read; choose another folder",
    errno.EACCES: "you have no permission; choose another folder",
    errno.EPERM: "you have no permission; choose another folder",
    errno.ENOENT: "it is not there; perhaps it was moved, or its disk was taken out",
    errno.ENOTDIR: "a file stands where a folder should be; choose another folder",
    errno.EEXIST: "a file stands where a folder should be; choose another folder",
    errno.EISDIR: "it is a folder; name a file",
    errno.ENAMETOOLONG: "the name is too long; choose a shorter one",
    errno.EIO: "the disk reports an error; choose another one and check this one",
}


class UnreachableError(KnownError):
    """The disk, not the picture, is in the way."""


def save(picture: Picture, folder: Path) -> Path:
    """Save under a readable name that is free in an existing folder; durable on return."""
    stem = name(picture.record)
    more = (f"{stem} ({number}).png" for number in itertools.count(2))
    return _save(picture, folder, itertools.chain([f"{stem}.png"], more))


def save_as(picture: Picture, file: Path) -> Path:
    """Save under exactly this name, which must be free; durable on return."""
    check_name(file)
    try:
        return _save(picture, file.parent, iter([file.name]))
    except FileExistsError as error:
        raise _exists(file) from error


def save_in_library(picture: Picture, library: Path) -> Path:
    """Save in the folder of the picture's day; durable on return."""
    folder = library / day(picture.record)
    with explained(folder, "be written to"):
        make_folder(folder)
    return save(picture, folder)


def prepare(folder: Path) -> None:
    """Make a folder if need be and see that it can be written to, before hours of work."""
    with explained(folder, "be written to"):
        missing = itertools.takewhile(lambda path: not path.exists(), [folder, *folder.parents])
        for path in reversed(list(missing)):
            make_folder(path)
        with paths.part_file(folder / uuid4().hex) as part:
            paths.write_durably(part, b"\0")


def check_name(file: Path) -> None:
    """Refuse a name for a new picture that is taken, or that promises another file format."""
    if file.suffix.lower() != ".png":
        raise BadArgumentError(
            f"Pictures are saved as PNG: call the file {file.stem}.png, not {file.name}."
        )
    with explained(file, "be written"):
        taken = os.path.lexists(file)
    if taken:
        raise _exists(file)


def _exists(file: Path) -> KnownError:
    return BadArgumentError(f"{file} exists and is not replaced: choose another name.")


def name(record: PictureRecord) -> str:
    """Give the readable file name without `.png`; its last word begins the recipe's id."""
    made = record.recipe
    model = plain_name(made.model.name) or made.model.fingerprint[:8]
    kind = [] if isinstance(made.noise, Seed) else [WORDS[made.noise.kind]]
    branch = ["branch"] if made.branch else []
    seed = str(first_seed(made.noise).seed)
    return " ".join([model, "seed", seed, *kind, *branch, made.id[:8]])


def day(record: PictureRecord) -> str:
    """Give the name of the folder of the day, here, on which a picture was made."""
    return datetime.fromisoformat(record.created).astimezone().date().isoformat()


def plain_name(text: str) -> str:
    """Keep of a name what Linux, macOS and Windows all can have at the start of a file name."""
    kept = [_allowed(character) for character in unicodedata.normalize("NFC", text)]
    words = " ".join("".join(kept).split()).encode()[:LONGEST_MODEL_NAME].decode(errors="ignore")
    return WINDOWS_DEVICES.sub(r"\1_", words.strip(" .-~"), count=1)


def _allowed(character: str) -> str:
    if character in '<>:"/\\|?*':
        return "_"
    # Control and format characters, lone surrogates, and spaces of all kinds.
    return " " if unicodedata.category(character)[0] in "CZ" else character


def make_folder(folder: Path) -> None:
    """Make one folder, durably; the one above it must exist, or its disk may be away."""
    with contextlib.suppress(FileExistsError):
        folder.mkdir()
        paths.sync_folder(folder.parent)
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))


def _save(picture: Picture, folder: Path, names: Iterator[str]) -> Path:
    data = encode(picture)
    with explained(folder, "be written to"), paths.part_file(folder / uuid4().hex) as part:
        paths.write_durably(part, data)
        final = place_first_free(part, folder, names)
        settle(final)
        return final


def settle(final: Path) -> None:
    """Make a new file's name durable, or take it back, as who hears of trouble saves again."""
    try:
        paths.sync_folder(final.parent)
    except OSError:
        with contextlib.suppress(OSError):
            final.unlink()
        raise


def place_first_free(part: Path, folder: Path, names: Iterator[str]) -> Path:
    """Give a finished file the first name that is free; FileExistsError if none of them is."""
    taken: FileExistsError | None = None
    for candidate in names:
        try:
            _place(part, folder / candidate)
        except FileExistsError as error:
            taken = error
        else:
            return folder / candidate
    raise taken or FileExistsError


def _place(part: Path, final: Path) -> None:
    """Give a finished file its name in one step, or raise FileExistsError if that is taken."""
    if sys.platform == "win32":
        part.rename(final)  # Does not replace, there.
    else:
        try:
            os.link(part, final)
        except FileExistsError:
            raise
        except OSError:  # No hard links here; any other trouble comes up again.
            _place_locked(part, final)


def _place_locked(part: Path, final: Path) -> None:
    """Give a finished file its name where there are no hard links (FAT, some network disks).

    Claiming the name by an empty file would leave that behind as a broken picture if the program
    were killed then. A lock on the folder goes with its process, keeps out every other process
    of ours, and leaves only a foreign program that takes the very name in the same microseconds.
    """
    handle = os.open(final.parent, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # Without locks either, that window is all there is.
            fcntl.flock(handle, fcntl.LOCK_EX)
        if os.path.lexists(final):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        part.rename(final)
    finally:
        os.close(handle)


@contextlib.contextmanager
def explained(path: Path, verb: str) -> Iterator[None]:
    """Turn the system's errors into a sentence; FileExistsError is the caller's to explain."""
    try:
        yield
    except FileExistsError:
        raise
    except (OSError, ValueError) as error:
        # ValueError: a name with a null character in it.
        number = error.errno if isinstance(error, OSError) else None
        reason = TROUBLE.get(number or 0) or str(getattr(error, "strerror", None) or error)
        raise UnreachableError(f"{path} cannot {verb}: {reason}.") from error


def encode(picture: Picture) -> bytes:
    """Give the bytes of a picture's PNG."""
    if not metadata.fits(picture.record):
        raise BadArgumentError("The recipe is too long for a file: use fewer or smaller masks.")
    frame, stream = picture.frame, io.BytesIO()
    image = Image.frombytes("RGB", (frame.width, frame.height), frame.pixels)
    image.save(stream, "PNG", pnginfo=metadata.describe(picture.record))
    return stream.getvalue()


def read(file: Path) -> Picture:
    """Read a saved picture; whether its pixels are still the recorded ones, `is_intact` says."""
    with _reading(file):
        record, pixels = metadata.take_apart(_bytes(file))
        return Picture(record, _decode(pixels))


def read_record(file: Path) -> PictureRecord:
    """Read a saved picture's record without decoding the pixels."""
    with _reading(file):
        return metadata.take_apart(_bytes(file))[0]


def is_intact(picture: Picture) -> bool:
    """Say whether the pixels are the ones that were saved."""
    return picture.frame.sha256 == picture.record.pixels_sha256


def holds(file: Path, wanted: Recipe) -> bool:
    """Say whether a file is an intact picture of an equal recipe."""
    try:
        record, pixels = metadata.take_apart(_bytes(file))
        return record.recipe == wanted and _decode(pixels).sha256 == record.pixels_sha256
    except KnownError:
        return False


def _bytes(file: Path) -> bytes:
    with explained(file, "be opened"):
        # Asked first, because a pipe or a device under this name would never end.
        if file.exists() and not file.is_file():
            raise metadata.NotOursError("it is not a file; open a picture LDM Desktop has saved")
        if file.stat().st_size > LARGEST_FILE:
            raise metadata.NotOursError("it is larger than any picture that LDM Desktop saves")
        return file.read_bytes()


@contextlib.contextmanager
def _reading(file: Path) -> Iterator[None]:
    try:
        yield
    except metadata.NotOursError as error:
        raise metadata.NotOursError(f"{file} cannot be opened: {error}.") from error
    except UnreachableError:
        raise
    except KnownError as error:
        raise KnownError(f"{file} cannot be opened: {error}") from error


def _decode(pixels: bytes) -> Frame:
    # Pillow only warns of pictures that would fill the memory, and sees no chunk but the pixels'.
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(pixels), formats=["PNG"]) as image:
                rgb = image.convert("RGB")
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise metadata.NotOursError("it is too large to be decoded safely") from error
        except (OSError, SyntaxError, ValueError, zlib.error, EOFError) as error:
            raise metadata.NotOursError("its pixels are damaged; use a copy") from error
    return Frame(rgb.width, rgb.height, rgb.tobytes())


class Index:
    """The pictures in a folder and its days, listed once, found by the recipe hash in names."""

    def __init__(self, folder: Path) -> None:
        self._files: defaultdict[str, list[Path]] = defaultdict(list)
        for path in filter(Path.is_dir, _with_days(folder)):
            with explained(path, "be listed"):
                for file in sorted(path.iterdir()):
                    if found := HASH_IN_NAME.search(file.name):
                        self._files[found[1].lower()].append(file)

    def find(self, wanted: Recipe) -> Path | None:
        """Give the intact picture of an equal recipe, if there is one."""
        files = self._files.get(wanted.id[:8], [])
        return next((file for file in files if holds(file, wanted)), None)


def sweep(folder: Path) -> None:
    """Remove what killed processes have left unfinished in a folder and its days."""
    for path in _with_days(folder):
        with contextlib.suppress(OSError):
            for file in path.iterdir():
                # By age, as the process may run on another computer; a save takes seconds.
                if PART.fullmatch(file.name) and _age(file) > STALE_SECONDS:
                    file.unlink()


def _age(file: Path) -> float:
    return time.time() - file.stat().st_mtime


def _with_days(folder: Path) -> list[Path]:
    return [folder, *sorted(folder.glob(DAYS))]


def write_preview(frame: Frame, file: Path) -> None:
    """Write a picture that is still forming, for viewers to look at; it is not durable."""
    image = Image.frombytes("RGB", (frame.width, frame.height), frame.pixels)
    image.save(file, "WEBP", quality=90)

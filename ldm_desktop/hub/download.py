"""From a plan to a folder with every file of it, each with the hash that the hub gave.

    models/.incoming/OWNER--NAME@COMMIT/   what has come so far, under the files' own names

A file that is shorter than planned goes on from its end (a range) in the same run, after a cut
line, or in the next, after a kill. Nothing counts as a model's file before its hash was compared.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import httpx2
from huggingface_hub import hf_hub_url
from huggingface_hub.utils import build_hf_headers, get_session

import ldm_desktop
from ldm_desktop.core import paths
from ldm_desktop.core.errors import KnownError
from ldm_desktop.hub import care, guard, patience, record
from ldm_desktop.hub.patience import PassingError, Patience
from ldm_desktop.hub.plan import Plan, PlannedFile, staging_of

Tell = Callable[[str, str, int, int], None]
"""Hears a stage, a file, and how many bytes of how many."""
NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextlib.contextmanager
def staging(plan: Plan, models: Path) -> Iterator[Path]:
    """Give the folder for a plan's files, to this process alone; nothing foreign is left in it."""
    incoming, folder = models / care.INCOMING, staging_of(models, plan.repo, plan.commit)
    for place in (incoming, folder):
        paths.make_folder(place)
        if place.is_symlink():
            raise KnownError(f"{place} is a link to another folder: remove it, and try again.")
    lock = incoming / f"{plan.repo.replace('/', '--')}.lock"
    if lock.is_symlink():
        lock.unlink()
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(care.locked(lock))
        except KnownError as error:
            raise KnownError(
                f"{plan.repo} is just being downloaded by another LDM Desktop: wait for that one."
            ) from error
        with _on_disk(folder):
            _sweep(folder)
            _clear(folder, plan)
        yield folder


def _sweep(folder: Path) -> None:
    """Remove what downloads of other commits of the same repository have left."""
    for other in folder.parent.glob(f"{folder.name.partition('@')[0]}@*"):
        if other != folder and not other.is_symlink():
            shutil.rmtree(other)


def _clear(folder: Path, plan: Plan) -> None:
    """Remove whatever a download of this plan would not have left, following no link."""
    files = {folder / file.name for file in plan.files}
    places = {file.parent for file in files} - {folder}
    for entry in [*folder.iterdir(), *(e for place in places for e in _entries(place))]:
        status = entry.lstat()
        plain = stat.S_ISREG(status.st_mode) and status.st_nlink == 1
        if (entry in files and plain) or (entry in places and stat.S_ISDIR(status.st_mode)):
            continue
        if stat.S_ISDIR(status.st_mode):
            shutil.rmtree(entry)
        else:
            entry.unlink()


def _entries(place: Path) -> list[Path]:
    return [] if place.is_symlink() or not place.is_dir() else list(place.iterdir())


class Download:
    """Fetches a plan's files into its staging folder."""

    def __init__(self, plan: Plan, folder: Path, patience_: Patience, tell: Tell) -> None:
        self._plan, self._folder = plan, folder
        self._patience, self._tell = patience_, tell
        self._come = {file.name: self._size(file) for file in plan.files}
        self._headers: dict[str, str] = build_hf_headers(
            token=guard.token() or False,
            library_name=paths.ID,
            library_version=ldm_desktop.__version__,
        )

    def fetch_small(self) -> None:
        """Fetch what describes the model; its weights are there as empty files afterwards."""
        for file in self._plan.files:
            if not file.is_weights:
                self._complete(file)
        for file in self._plan.files:
            with self._opened(file):
                pass

    def fetch_weights(self) -> None:
        """Fetch the rest."""
        for file in self._plan.files:
            if file.is_weights:
                self._complete(file)

    def _path(self, file: PlannedFile) -> Path:
        return self._folder / file.name

    def _size(self, file: PlannedFile) -> int:
        path = self._path(file)
        return path.stat().st_size if path.exists() else 0

    @contextlib.contextmanager
    def _opened(self, file: PlannedFile) -> Iterator[BinaryIO]:
        path = self._path(file)
        path.parent.mkdir(exist_ok=True)
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(path, flags, 0o666), "r+b") as stream:
            yield stream

    def _complete(self, file: PlannedFile) -> None:
        """Fetch a file; what an earlier try has left of it may be damaged, and is given up then."""
        is_old = self._size(file) > 0
        with _on_disk(self._folder):
            self._fetch(file)
            if self._is_right(file):
                return
            self._path(file).unlink()
            self._come[file.name] = 0
            if is_old:
                self._fetch(file)
                if self._is_right(file):
                    return
                self._path(file).unlink()
        raise KnownError(
            f"{file.name} is not the file that the hub announced (its hash is another), so it was "
            "thrown away: try again, over another network if that does not help."
        )

    def _fetch(self, file: PlannedFile) -> None:
        self._patience.begin()
        with self._opened(file) as stream:
            if self._size(file) > file.bytes:
                stream.truncate(0)
            while (have := stream.seek(0, os.SEEK_END)) < file.bytes:
                try:
                    with patience.explained():
                        self._go_on(file, stream, have)
                except PassingError as trouble:
                    stream.flush()
                    self._patience.pause(trouble)
            stream.flush()
            os.fsync(stream.fileno())
        self._count(file, file.bytes)

    def _go_on(self, file: PlannedFile, stream: BinaryIO, have: int) -> None:
        """Ask for a file from a byte on, and write what comes."""
        url = hf_hub_url(
            self._plan.repo,
            file.name,
            revision=self._plan.commit,
            endpoint=str(guard.endpoint()),
        )
        headers = {**self._headers, **({"Range": f"bytes={have}-"} if have else {})}
        extensions = {guard.MOST: file.bytes}
        with get_session().stream("GET", url, headers=headers, extensions=extensions) as response:
            self._patience.reached()
            patience.check(response, self._plan.repo, file.name)
            self._check_identity(file, response)
            have = _start(file, response, have)
            stream.seek(have)
            stream.truncate()
            for piece in response.iter_raw():
                have += len(piece)
                if have > file.bytes:
                    raise KnownError(_other_size(file))
                stream.write(piece)
                self._patience.came(len(piece), whole=have == file.bytes)
                self._count(file, have)
        if have < file.bytes:
            raise PassingError("the hub ended the connection early")

    def _check_identity(self, file: PlannedFile, response: httpx2.Response) -> None:
        """Refuse another file than the listed one before its first byte, where the hub says so."""
        expected = {
            "X-Repo-Commit": self._plan.commit,
            "X-Linked-Size": str(file.bytes),
            "X-Linked-Etag": file.sha256,
        }
        for answer in (*response.history, response):
            for name, value in expected.items():
                told = answer.headers.get(name, "").removeprefix("W/").strip('"')
                if told and value and told != value:
                    raise KnownError(
                        f"The hub offers another {file.name} than it listed; it may just have "
                        "changed: try again."
                    )

    def _count(self, file: PlannedFile, have: int) -> None:
        self._come[file.name] = have
        self._tell("downloading", file.name, sum(self._come.values()), self._plan.bytes)

    def _is_right(self, file: PlannedFile) -> bool:
        if file.sha256:
            return record.sha256_of(self._path(file), self._checker(file)) == file.sha256
        return _git_hash(self._path(file)) == file.blob

    def _checker(self, file: PlannedFile) -> Callable[[int], None]:
        done = 0

        def hear(count: int) -> None:
            nonlocal done
            done += count
            self._tell("checking", file.name, done, file.bytes)

        return hear


def _start(file: PlannedFile, response: httpx2.Response, have: int) -> int:
    """Say at which byte an answer begins; a server that knows no ranges begins anew."""
    if response.status_code == 206:
        if response.headers.get("Content-Range") != f"bytes {have}-{file.bytes - 1}/{file.bytes}":
            raise KnownError(_other_size(file))
        return have
    length = response.headers.get("Content-Length")
    if length is not None and length != str(file.bytes):
        raise KnownError(_other_size(file))
    return 0


def _other_size(file: PlannedFile) -> str:
    return (
        f"{file.name} has not the {file.bytes:,} bytes that the hub announced: try again, over "
        "another network if that does not help."
    )


def _git_hash(path: Path) -> str:
    """Hash a small file as git does."""
    data = path.read_bytes()
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


@contextlib.contextmanager
def _on_disk(place: Path) -> Iterator[None]:
    """Turn trouble with the disk into a sentence."""
    try:
        yield
    except BrokenPipeError:
        # That is standard output's, and means that whoever read it has enough.
        raise
    except OSError as error:
        why = error.strerror or type(error).__name__
        if error.errno in NO_SPACE:
            raise KnownError(
                f"The disk of {place} is full ({why}): free some space; {patience.KEPT}."
            ) from error
        raise KnownError(
            f"{place} cannot be written to ({why}): check its rights and its disk."
        ) from error

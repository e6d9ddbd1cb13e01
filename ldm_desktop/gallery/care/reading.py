"""Files on their way to a decision: read and decoded, several at a time."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import TypeVar

from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery import inspect, sidecar
from ldm_desktop.gallery.care.scan import Cancelled, Seen
from ldm_desktop.gallery.files import UnreachableError
from ldm_desktop.gallery.records import Facts
from ldm_desktop.gallery.sidecar import Sidecar, sidecar_of

THREADS = min(4, max(2, os.cpu_count() or 2))
AHEAD = 8 * THREADS
Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Read:
    """What reading one file of the library has given: facts, or why it is no usable picture.

    Without either it has gone, or `trouble` says that the disk is in the way. With facts,
    `trouble` is of its sidecar.
    """

    seen: Seen
    facts: Facts | None = None
    sidecar: Sidecar | None = None
    refused: str = ""
    trouble: str = ""


def read(library: Path, seen: Seen) -> Read:
    """Read a picture's file with the sidecar beside it."""
    file = library / seen.path
    try:
        facts = inspect.facts_of(file)
    except UnreachableError as error:
        return Read(seen, trouble=str(error) if os.path.lexists(file) else "")
    except KnownError as error:
        return Read(seen, refused=str(error))
    as_read = seen._replace(size=facts.size, mtime_ns=facts.mtime_ns)
    try:
        return Read(as_read, facts, read_beside(file))
    except KnownError as error:
        return Read(as_read, facts, trouble=str(error))


def read_beside(file: Path) -> Sidecar | None:
    """Read the sidecar of a picture: ours, or else one named as some other programs do."""
    return sidecar.read(sidecar_of(file)) or sidecar.read(of_others(file))


def is_beside(file: Path, said: Sidecar) -> bool:
    """Say whether the sidecar of a picture is still as it was read."""
    try:
        digest = sidecar.digest(sidecar_of(file)) or sidecar.digest(of_others(file))
    except KnownError:
        return False
    return digest == said.hash


def of_others(file: Path) -> Path:
    """Give the place where some other programs put a picture's sidecar: `x.xmp` for `x.png`."""
    return file.with_suffix(sidecar.ENDING)


def in_threads(
    work: Callable[[Item], Result], items: Iterable[Item], cancelled: Cancelled
) -> Iterator[Result]:
    """Give the results in order, worked out somewhat ahead; a cancelled one ends early.

    An executor's threads would keep the application from ending while one hangs on a dead disk.
    """
    tasks: SimpleQueue[tuple[Item, Future[Result]] | None] = SimpleQueue()
    for _ in range(THREADS):
        Thread(target=_serve, args=(work, tasks), name="gallery-reader", daemon=True).start()
    waiting: deque[Future[Result]] = deque()
    try:
        for item in items:
            if cancelled():
                return
            waiting.append(Future())
            tasks.put((item, waiting[-1]))
            if len(waiting) >= AHEAD:
                yield waiting.popleft().result()
        while waiting and not cancelled():
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()
        for _ in range(THREADS):
            tasks.put(None)


def _serve(
    work: Callable[[Item], Result], tasks: SimpleQueue[tuple[Item, Future[Result]] | None]
) -> None:
    while task := tasks.get():
        item, future = task
        if future.set_running_or_notify_cancel():
            try:
                future.set_result(work(item))
            except Exception as error:  # noqa: BLE001 - raised where the result is asked for
                future.set_exception(error)

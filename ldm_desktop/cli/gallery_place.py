"""Which library a command is about, and its gallery: opened, and looked through if need be."""

from __future__ import annotations

import argparse
import contextlib
import functools
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from ldm_desktop.cli.gallery_progress import Count
from ldm_desktop.cli.library import ensure_there, library_of
from ldm_desktop.cli.session import Interrupted, Stop
from ldm_desktop.core import paths
from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery.care.flush import flush
from ldm_desktop.gallery.care.refresh import LOOKED, refresh
from ldm_desktop.gallery.index import bin as trash
from ldm_desktop.gallery.index import database
from ldm_desktop.gallery.index.store import Store


def add_arguments(parser: argparse.ArgumentParser, json_help: str) -> None:
    """Let a command be about another library, and be read by programs."""
    parser.add_argument("--json", action="store_true", help=json_help)
    parser.add_argument("--library", type=Path, metavar="DIR",
                        help="the folder of pictures (default: as in the settings)")  # fmt: skip
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="keep everything under DIR")


class Visit:
    """A command's stay in a gallery: its store, how far it has come, and the wish to end it."""

    def __init__(self, store: Store, stop: Stop, *, is_usual: bool) -> None:
        self.store = store
        self.stop = stop
        self.count = Count()
        self._is_usual = is_usual

    def cancelled(self) -> bool:
        """Say whether the person has asked for the end."""
        try:
            self.stop.check()
        except Interrupted:
            return True
        return False

    def make_library(self) -> None:
        """Make the usual library; one of the person's own may lie on a disk that is out."""
        if self._is_usual:
            paths.make_folder(self.store.library)

    def look_through(self) -> None:
        """Take in what the library has; one that was never begun has nothing."""
        if not self.store.library.exists():
            return
        report = refresh(self.store, self.count.told("looking at pictures"), self.cancelled)
        self.say_all(report.problems)
        self.stop.check()

    def flush(self) -> None:
        """Write the sidecars now, as nobody comes after this command to do it."""
        try:
            while flush(self.store):
                pass
        except KnownError as error:
            self.count.say(f"{error} What was said is kept, and written beside the pictures later.")

    def say_all(self, sentences: Iterable[str]) -> None:
        """Tell the person about everything that was in the way."""
        self.count.clear()
        for sentence in sentences:
            self.count.say(f"ldm-desktop: {sentence}")


@contextlib.contextmanager
def visit(options: argparse.Namespace, *, look: bool = True) -> Iterator[Visit]:
    """Open the gallery that the options name; the first time, its library is looked through."""
    folders = paths.folders(options.data_dir)
    library = library_of(folders, options.library)
    file = paths.gallery_database(folders.data, library)
    if not file.exists():
        ensure_there(library, folders)
    opened = database.open_database(file)
    with contextlib.closing(opened.connection), Stop() as stop:
        store = Store(opened.connection, library.absolute())
        stay = Visit(store, stop, is_usual=library == folders.library)
        stay.say_all(opened.notices)
        try:
            trash.settle(store)
            # That there are rows says little: `generate` adds its own. After a backup took the
            # database's place, sidecars know more, and would go before what is said now.
            if look and (not store.meta(LOOKED) or store.meta(database.RESTORED)):
                stay.look_through()
            yield stay
        finally:
            stay.count.clear()


def interruptible(run: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """Let Ctrl-C end a command where it can be ended, with the exit code that says so."""

    @functools.wraps(run)
    def wrapped(options: argparse.Namespace) -> int:
        try:
            return run(options)
        except Interrupted as wish:
            return wish.code

    return wrapped

"""`ldm-desktop` and `python -m ldm_desktop`: the window, or a command.

What a window does not need is imported only for commands, as a person waits for its first paint.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from ldm_desktop.cli import window as window_command
from ldm_desktop.cli.ending import guarded
from ldm_desktop.core.errors import KnownError

NO_DISPLAY = (
    "There is no display to open a window on. Log in to a desktop, or use the commands: "
    "`ldm-desktop --help` lists them."
)

FILES = (".png", ".json")


def main() -> int:
    """Run what the command line asks for, and give the exit code."""
    return start(sys.argv[1:])


def window() -> int:
    """Open the window with the files named; for menus and desktop icons."""
    return guarded(lambda: _open(sys.argv[1:]))


def start(arguments: Sequence[str]) -> int:
    """Open the window or run a command."""
    if arguments and arguments[0] == window_command.NAME:
        return guarded(lambda: _open(arguments[1:]))
    if not arguments and has_display():
        return guarded(lambda: _open([]))
    if arguments and _are_files(arguments):
        return guarded(lambda: _open(["--", *arguments]))
    from ldm_desktop.cli import main as cli

    if not arguments:
        print(f"ldm-desktop: {NO_DISPLAY}\n", file=sys.stderr, flush=True)
        with contextlib.suppress(SystemExit):
            cli.main(["--help"])
        return 1
    return cli.main(arguments)


def has_display() -> bool:
    """Say whether a window can be seen here; `QT_QPA_PLATFORM` may name another kind of screen."""
    if sys.platform in ("darwin", "win32"):
        return True
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(os.environ.get(name) for name in names)


def _are_files(arguments: Sequence[str]) -> bool:
    """Say whether there is nothing but files, as when they are opened with this program."""
    paths = [Path(argument) for argument in arguments]
    return all(path.suffix.lower() in FILES and path.is_file() for path in paths)


def _open(arguments: Sequence[str]) -> int:
    options = window_command.parse(arguments)
    if not has_display():
        raise KnownError(NO_DISPLAY)
    from ldm_desktop import opening

    launch = opening.Launch(
        files=tuple(options.files),
        data_dir=options.data_dir,
        in_process=options.engine == "in-process",
        device=options.device,
        threads=options.threads,
    )
    with opening.explained():
        opened = opening.open_window(launch)
        if not opened:
            return 0
        # Only now, and not before the window is painted: it takes longer than painting it.
        from ldm_desktop import app

        return app.run(opened)


if __name__ == "__main__":
    sys.exit(main())

"""`ldm-desktop` in processes of its own, which can be interrupted, killed and limited.

They are forked from a server that has imported torch already, as that takes seconds.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

CONTEXT = multiprocessing.get_context("forkserver")
# The engine by itself, as `local` imports it only when it is wanted.
CONTEXT.set_forkserver_preload(
    ["ldm_desktop.cli.main", "ldm_desktop.engine.engine", "ldm_desktop.engine.convert", "processes"]
)
PATIENCE = 120.0


def _main(
    arguments: list[str], stdout: str, stderr: str, every_step: bool, limit: int | None
) -> None:
    from ldm_desktop.cli.main import main
    from ldm_desktop.engine import maker

    for number, name, path in ((1, "stdout", stdout), (2, "stderr", stderr)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOCTTY), number)
        # What was there before may have been of another kind, as seekable.
        setattr(sys, name, open(number, "w", encoding="utf-8", closefd=False))  # noqa: SIM115
    if every_step:
        maker.CHECKPOINT_SECONDS = 0.0
    if limit:
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    sys.exit(main(arguments))


class Program:
    """One run of the command line; it writes to `stdout` and `stderr` in a folder, or as told."""

    def __init__(
        self,
        arguments: Sequence[object],
        folder: Path,
        *,
        stdout: str | None = None,
        stderr: str | None = None,
        every_step: bool = False,
        limit: int | None = None,
    ) -> None:
        self._out, self._err = folder / "stdout", folder / "stderr"
        streams = (stdout or str(self._out), stderr or str(self._err))
        words = [str(argument) for argument in arguments]
        self._process = CONTEXT.Process(
            target=_main, args=(words, *streams, every_step, limit), daemon=True
        )
        self._process.start()

    @property
    def out(self) -> str:
        """What was written to standard output so far, by this run and earlier ones."""
        return self._out.read_text() if self._out.exists() else ""

    @property
    def err(self) -> str:
        """What was written to standard error so far."""
        return self._err.read_text() if self._err.exists() else ""

    def wait(self, until: Callable[[], object] | None = None) -> int | None:
        """Wait for the exit code, or for an event before it (then None)."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if until and until():
                return None
            self._process.join(0.005)
            if self._process.exitcode is not None:
                return self._process.exitcode
        self._process.kill()
        raise AssertionError(f"still running after {PATIENCE} s\n{self.out}\n{self.err}")

    def send(self, number: signal.Signals) -> None:
        """Send a signal."""
        assert self._process.pid
        os.kill(self._process.pid, number)

    def kill(self) -> None:
        """End the process as a power cut would, and wait until it is gone."""
        self._process.kill()
        self._process.join()


def finished(arguments: Sequence[object], folder: Path, **options: Any) -> tuple[int, str, str]:
    """Run to the end and give exit code, output and errors."""
    program = Program(arguments, folder, **options)
    code = program.wait()
    assert code is not None
    return code, program.out, program.err

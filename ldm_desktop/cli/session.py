"""What every command needs: folders, a model by its name, an engine, and Ctrl-C."""

from __future__ import annotations

import argparse
import contextlib
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

from ldm_desktop.core.errors import BadArgumentError, KnownError, ModelError
from ldm_desktop.core.events import Event, Failed, Hello, Loading, Log, Ready, Refused
from ldm_desktop.core.job import Load
from ldm_desktop.core.model import ModelCard
from ldm_desktop.core.model_folders import find_model, model_folders
from ldm_desktop.core.paths import Folders
from ldm_desktop.core.protocols import EngineLink
from ldm_desktop.core.recipe import ModelRef, Precision
from ldm_desktop.worker.client import EngineProcess, engine_command


class Interrupted(BaseException):
    """The person wants the program to end; a wish, not an error, and nobody's to handle as one."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.code = 128 + number


class Stop:
    """Notes Ctrl-C and SIGTERM, so that a step is finished and nothing is left half done."""

    def __init__(self) -> None:
        self._number = 0

    def __enter__(self) -> Stop:
        """Listen."""
        self._before = {n: signal.signal(n, self._note) for n in (signal.SIGINT, signal.SIGTERM)}
        return self

    def __exit__(self, *_: object) -> None:
        """Listen no more."""
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _note(self, number: int, _frame: FrameType | None) -> None:
        if self._number:
            raise KeyboardInterrupt
        self._number = number

    def check(self) -> None:
        """Raise `Interrupted` if the person has asked for the end."""
        if self._number:
            raise Interrupted(self._number)


@contextlib.contextmanager
def engine(options: argparse.Namespace, cache: Path) -> Iterator[tuple[EngineLink, Hello]]:
    """Open an engine as the options say; on the way out it writes its checkpoints."""
    link: EngineLink
    if options.engine == "process":
        # Nobody looks back on the command line, and what is reproduced is made from its noise.
        command = engine_command(options.device, options.threads, cache, keyframes=0)
        link = EngineProcess(command)
    else:
        # Torch takes seconds to import; only who computes waits for it.
        from ldm_desktop.engine.local import LocalEngine

        link = LocalEngine(options.device, options.threads, cache)
    try:
        yield link, _greeting(link)
    finally:
        link.close()
        for sentence in _last_words(link):
            print(f"ldm-desktop: {sentence}", file=sys.stderr)


def _greeting(link: EngineLink) -> Hello:
    event = link.receive()
    if isinstance(event, Failed):
        raise BadArgumentError(event.sentence)
    assert isinstance(event, Hello)
    return event


def _last_words(link: EngineLink) -> Iterator[str]:
    """Give what a closed engine has still said, as that a checkpoint could not be written."""
    try:
        while True:
            event = link.receive()
            if isinstance(event, Log):
                yield event.sentence
    except KnownError:
        return


def load(
    link: EngineLink,
    folder: Path,
    precision: Precision,
    listen: Callable[[Event], None] | None = None,
) -> ModelCard:
    """Load a model and wait until it is ready."""
    link.send(Load(str(folder), precision))
    while True:
        event = link.receive()
        if listen:
            listen(event)
        if isinstance(event, Ready):
            return event.model
        if isinstance(event, Refused):
            raise ModelError(event.sentence)
        assert isinstance(event, Loading)


def open_by_ref(
    link: EngineLink,
    folders: Folders,
    name: str | None,
    ref: ModelRef,
    precision: Precision,
    listen: Callable[[Event], None] | None = None,
) -> ModelCard:
    """Load the model that a recipe was made for: the named one, or whichever at hand it is."""
    if name:
        candidates = [find_model(name, folders)]
    else:
        # The one of that name first, as comparing fingerprints reads all the weights.
        known = model_folders(folders).values()
        candidates = sorted(known, key=lambda folder: folder.name != ref.name)
    for folder in candidates:
        try:
            card = load(link, folder, precision, listen)
        except ModelError:
            # A broken one is not the one looked for, unless the person named it.
            if name:
                raise
            continue
        if card.ref == ref:
            return card
    wanted = f"{ref.name or 'a model'} ({ref.fingerprint[:16]}…)"
    raise KnownError(
        f"The picture was made by {wanted}, which {'this is not' if name else 'is not here'}: "
        f"name {'that one' if name else 'it'} with --model."
    )

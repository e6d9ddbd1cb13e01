"""How a model comes in, from a person's folder or a download: checked, copied, recorded, shown.

Until the copy has its name nothing among the models has changed; whatever ends the program before
that, the same command begins again.
"""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ldm_desktop.cli import samples
from ldm_desktop.cli.model_report import Report
from ldm_desktop.core.errors import BadArgumentError, KnownError, ModelError
from ldm_desktop.core.model_folders import model_folders
from ldm_desktop.core.paths import Folders
from ldm_desktop.hub import care
from ldm_desktop.hub.care import Origin

if TYPE_CHECKING:
    from ldm_desktop.engine.convert import Checked


@dataclass(frozen=True)
class Wish:
    """What is wanted of a model that comes in."""

    half: bool = False
    samples: bool = True


@dataclass(frozen=True)
class Arrival:
    """A model on its way in; `own` says that its folder is nobody's but this program's."""

    source: Path
    name: str
    origin: Origin
    wish: Wish
    own: bool


def finish(
    source: Path, name: str, origin: Origin, folders: Folders, wish: Wish, report: Report
) -> Path:
    """Bring in a download that is complete, and remove what it came in."""
    return bring_in(Arrival(source, name, origin, wish, own=True), folders, report)


def bring_in(arrival: Arrival, folders: Folders, report: Report) -> Path:
    """Check, copy and record a model and make its samples; give its folder among the models."""
    final = _place(arrival, folders, report)
    if arrival.own:
        shutil.rmtree(arrival.source, ignore_errors=True)
    if arrival.wish.samples:
        show(final, folders, report)
    return final


def show(model: Path, folders: Folders, report: Report) -> None:
    """Make the samples of a model, unless they are there; it is a model without them, too."""
    try:
        samples.make(model, folders.cache, report)
    except KnownError as error:
        report.say(f"The model is there, but has no sample pictures: {error}")


class Count:
    """Adds up the bytes of a stage and reports them."""

    def __init__(self, report: Report, stage: str, total: int) -> None:
        self._report, self._stage, self._total = report, stage, total
        self._done = 0

    def __call__(self, file: str, count: int) -> None:
        """Hear of more bytes of a file."""
        # Headers and small files come on top of the weights that were counted before.
        self._done = min(self._total, self._done + count)
        self._report.progress(self._stage, file, self._done, self._total)


def _place(arrival: Arrival, folders: Folders, report: Report) -> Path:
    """Put a model among the others, unless it is there; give its folder."""
    # Torch takes seconds to import; only who computes waits for it.
    from ldm_desktop.engine import convert

    size = convert.size(arrival.source)
    checked = convert.check(arrival.source, Count(report, "checking", size))
    half = arrival.wish.half
    found = None if half else _at_hand(checked.fingerprint, folders)
    if found:
        return _known(found, report)
    care.check_room(folders.models, _needed(checked, arrival))
    name = care.plain_name(arrival.name) + (care.HALF if half else "")
    with care.staging(folders.models, name) as staged:
        tell = _second_stage(checked, arrival, report)
        convert.write_copy(arrival.source, staged, half=half, own=arrival.own, tell=tell)
        # What was written is read again: for its fingerprint, and for the hash of each file.
        copy = convert.check(staged, tell)
        if copy.fingerprint != checked.fingerprint and not half:
            raise ModelError(f"The model {name} has changed while it was copied; try again.")
        found = _at_hand(copy.fingerprint, folders) if half else None
        if found:
            return _known(found, report)
        origin = _complete(arrival.origin, staged)
        converted = checked.pickled or half
        care.seal(staged, origin, copy.fingerprint, converted=converted, tell=tell)
        final = care.place(staged, folders.models, name)
    convert.note(final, copy, folders.cache)
    _tell(final, name, arrival, report)
    return final


def _second_stage(checked: Checked, arrival: Arrival, report: Report) -> Count:
    """Name what comes after the first reading by what takes longest, and count all its bytes."""
    written = checked.half_bytes if arrival.wish.half else checked.bytes
    if arrival.wish.half or checked.pickled:
        return Count(report, "converting", checked.bytes + 2 * written)
    if arrival.own:
        return Count(report, "checking", 2 * written)
    return Count(report, "copying", 3 * written)


def _needed(checked: Checked, arrival: Arrival) -> int:
    """Give the bytes that a copy takes; what is our own and stays as it is takes none."""
    if arrival.wish.half:
        if checked.half_bytes == checked.bytes:
            raise BadArgumentError(
                "The model is stored in 16 bits a number already: leave out --half."
            )
        return checked.half_bytes
    return 0 if arrival.own and not checked.pickled else checked.bytes


def _at_hand(fingerprint: str, folders: Folders) -> Path | None:
    """Give the model at hand that has a fingerprint, as it is on the disk now."""
    from ldm_desktop.engine.models import fingerprint as read_fingerprint

    for folder in model_folders(folders).values():
        # A broken one is not the one looked for.
        with contextlib.suppress(ModelError):
            if read_fingerprint(folder, folders.cache) == fingerprint:
                return folder
    return None


def _known(found: Path, report: Report) -> Path:
    report.say(f"This model is here already, as {found.name}: nothing was added.")
    return found


def _complete(origin: Origin, folder: Path) -> Origin:
    """Add what the model says of itself where nobody else has said it."""
    from ldm_desktop.engine.models import inspect_model

    found = inspect_model(folder)
    return Origin(origin.source or found.source, origin.commit, origin.licence or found.licence)


def _tell(final: Path, name: str, arrival: Arrival, report: Report) -> None:
    if final.name != name:
        report.say(f"Another model is called {name}, so this one is called {final.name}.")
    if arrival.wish.half:
        report.say(
            f"{final.name} stores 16 bits a number: its pictures differ a little from those of "
            "the whole model, and their recipes name it as another one."
        )

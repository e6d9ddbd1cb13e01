"""`models add`, `verify` and `remove`."""

from __future__ import annotations

import argparse
import contextlib
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

from ldm_desktop.cli import checked, leash, place, samples
from ldm_desktop.cli.incoming import Arrival, Count, Wish, bring_in, finish
from ldm_desktop.cli.model_facts import facts
from ldm_desktop.cli.model_report import Report
from ldm_desktop.cli.session import Interrupted
from ldm_desktop.core.errors import BadArgumentError, KnownError, ModelError
from ldm_desktop.core.model_folders import cached_fingerprints, find_model, model_folders
from ldm_desktop.core.paths import Folders, resources
from ldm_desktop.gallery.recipes import recipe_in
from ldm_desktop.hub import care, record
from ldm_desktop.hub.care import Origin
from ldm_desktop.hub.verify import Problem, What
from ldm_desktop.hub.verify import verify as compare

__all__ = ["Wish", "add_care", "add_wishes", "ending_politely", "finish", "wish_of"]

NEVER_RECORDED = (
    "it was never recorded, so nobody can say whether single bits of it have changed; its parts "
    "fit together and all its values are finite"
)


def add_care(commands: Any) -> None:
    """Add what takes care of models to the commands of `models`."""
    adding = commands.add_parser("add", help="copy a model's folder to the others")
    adding.add_argument("folder", metavar="FOLDER", type=Path)
    adding.add_argument("--name", help="what to call it (default: as its folder)")
    add_wishes(adding)
    _add_common(adding, add)
    verifying = commands.add_parser("verify", help="see whether models are as they came in")
    verifying.add_argument("names", metavar="NAME", nargs="*", help="(default: all)")
    _add_common(verifying, verify)
    removing = commands.add_parser("remove", help="move a model to the trash")
    removing.add_argument("name", metavar="NAME")
    removing.add_argument("--for-good", action="store_true", help="delete it at once instead")
    _add_common(removing, remove)


def add_wishes(parser: argparse.ArgumentParser) -> None:
    """Add the options that `wish_of` reads."""
    parser.add_argument("--half", action="store_true",
                        help="store 16 bits a number: half the size, another model")  # fmt: skip
    parser.add_argument("--no-samples", action="store_true", help="make no sample pictures")


def wish_of(options: argparse.Namespace) -> Wish:
    """Give what the options wish for."""
    return Wish(half=options.half, samples=not options.no_samples)


def _add_common(parser: argparse.ArgumentParser, run: Callable[..., int]) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    place.add_arguments(parser)
    leash.add_argument(parser)
    parser.set_defaults(run=run)


@contextlib.contextmanager
def ending_politely() -> Iterator[None]:
    """Let SIGTERM end a command wherever it is, but through its own cleaning up."""

    def end(number: int, _frame: FrameType | None) -> None:
        raise Interrupted(number)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def add(options: argparse.Namespace) -> int:
    """Copy a folder to the models; the folder itself is neither moved nor changed."""
    report, folders = Report(json=options.json), place.folders_of(options)
    name = options.name or options.folder.absolute().name
    arrival = Arrival(options.folder, name, Origin(), wish_of(options), own=False)
    try:
        with ending_politely():
            final = bring_in(arrival, folders, report)
    except Interrupted as wish:
        return wish.code
    finally:
        report.clear()
    report.result(f"{final.name} is at hand.", "done", {"model": facts(final, folders)})
    return 0


def verify(options: argparse.Namespace) -> int:
    """Compare models with what was recorded; 1 if one is not as it was."""
    report, folders = Report(json=options.json), place.folders_of(options)
    known = list(model_folders(folders).values())
    chosen = [find_model(name, folders) for name in options.names] or known
    try:
        with ending_politely():
            cache = folders.cache
            broken = [folder.name for folder in chosen if not _verify(folder, report, cache)]
    except Interrupted as wish:
        return wish.code
    finally:
        report.clear()
    if broken:
        raise KnownError(f"Not as it should be: {', '.join(broken)}; what is wrong is said above.")
    return 0


def _verify(folder: Path, report: Report, cache: Path) -> bool:
    problems, note = _compared(folder, report)
    sentences = [problem.sentence for problem in problems] or [f"{note}."]
    text = "\n".join(f"{folder.name}: {sentence}" for sentence in sentences)
    values = {
        "name": folder.name,
        "ok": not problems,
        "problems": [vars(problem) for problem in problems],
        "sentence": f"{folder.name}: {note}." if note else "",
    }
    checked.note(folder, cache, whole=not problems)
    report.result(text, "verified", values)
    return not problems


def _compared(folder: Path, report: Report) -> tuple[tuple[Problem, ...], str]:
    """Give what is wrong with a model, or what can be said of one that is right."""
    try:
        recorded = record.read(folder)
    except KnownError as error:
        return (Problem(record.RECORD, What.BROKEN, str(error)),), ""
    if recorded is None:
        return _examine(folder, report)
    tell = Count(report, "checking", sum(file.bytes for file in recorded.files))
    return compare(folder, recorded, tell), "as it came in"


def _examine(folder: Path, report: Report) -> tuple[tuple[Problem, ...], str]:
    """Look at a model that was never recorded, and compare it with the picture that ships."""
    from ldm_desktop.engine import convert

    try:
        tell = Count(report, "checking", convert.size(folder))
        checked = convert.check(folder, tell)
    except ModelError as error:
        return (Problem("", What.BROKEN, str(error)),), ""
    picture = folder / "selftest.png"
    if not (folder.is_relative_to(resources()) and picture.is_file()):
        return (), NEVER_RECORDED
    if recipe_in(picture).model.fingerprint == checked.fingerprint:
        return (), "as it was shipped"
    sentence = "Its weights are not those that its own test picture was made with."
    return (Problem("", What.CHANGED, f"{sentence} Install LDM Desktop again."),), ""


def remove(options: argparse.Namespace) -> int:
    """Take a model away; the pictures that it made stay."""
    report, folders = Report(json=options.json), place.folders_of(options)
    folder = _removable(options.name, folders)
    known = cached_fingerprints(folders.cache).get(str(folder.absolute()), "")
    with contextlib.suppress(KnownError):
        recorded = record.read(folder)
        known = recorded.fingerprint if recorded else known
    if options.for_good:
        care.erase(folder, folders.models)
    elif not _to_trash(folder):
        raise KnownError(
            f"{folder.name} cannot be moved to the trash of this system; to delete it at once, "
            f"run `ldm-desktop models remove {folder.name} --for-good`."
        )
    if known:
        shutil.rmtree(samples.folder_of(known, folders.cache), ignore_errors=True)
    how = "deleted" if options.for_good else "moved to the trash"
    values = {"name": folder.name, "trash": not options.for_good}
    report.result(f"{folder.name} was {how}. Pictures made with it stay.", "removed", values)
    return 0


def _removable(name: str, folders: Folders) -> Path:
    """Give the folder of a person's own model, whole or broken."""
    folder = folders.models / name
    plain = folder.parent == folders.models and folder.name == name and not name.startswith(".")
    if plain and folder.is_dir():
        return folder
    if (resources() / "models" / name).is_dir() and plain:
        raise BadArgumentError(f"{name} came with LDM Desktop and is not removed.")
    own = [path.name for path in model_folders(folders).values() if path.parent == folders.models]
    raise BadArgumentError(
        f"There is no model {name!r} to remove: give one of {', '.join(own) or 'none at hand'}."
    )


def _to_trash(folder: Path) -> bool:
    """Move a folder to the system's trash, of which Qt knows every kind."""
    from PySide6.QtCore import QFile

    return QFile(str(folder)).moveToTrash()

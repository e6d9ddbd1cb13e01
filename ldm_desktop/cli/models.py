"""`models list`, `plan` and `download`; `model_care` has the other commands of `models`."""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ldm_desktop.cli import incoming, leash, model_care, output, place
from ldm_desktop.cli.model_facts import facts
from ldm_desktop.cli.model_report import Report
from ldm_desktop.cli.parser import Parser
from ldm_desktop.cli.session import Interrupted
from ldm_desktop.core import paths
from ldm_desktop.core.errors import ModelError
from ldm_desktop.core.model_folders import model_folders
from ldm_desktop.engine.folder import read_folder
from ldm_desktop.engine.foreign import explained
from ldm_desktop.hub.care import Origin

if TYPE_CHECKING:
    from ldm_desktop.hub.patience import Patience
    from ldm_desktop.hub.plan import Plan


def add_models(parser: Parser) -> None:
    """Add the commands of `models`."""
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    listing = commands.add_parser("list", help="names, sizes, licences")
    _add_common(listing)
    listing.set_defaults(run=show)
    planning = commands.add_parser("plan", help="ask the hub what a download would bring")
    _add_repository(planning)
    planning.set_defaults(run=plan, half=False)
    fetching = commands.add_parser("download", help="fetch a model from the hub, or go on with it")
    _add_repository(fetching)
    model_care.add_wishes(fetching)
    fetching.set_defaults(run=download)
    model_care.add_care(commands)


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    place.add_arguments(parser)
    leash.add_argument(parser)


def _add_repository(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("repo", metavar="REPO", help="as CompVis/ldm-celebahq-256")
    parser.add_argument("--revision", metavar="NAME", help="a branch, tag or commit")
    parser.add_argument("--patience", type=_seconds, metavar="SECONDS", default=25.0,
                        help="how long to try when nothing comes (default: 25)")  # fmt: skip
    _add_common(parser)


def _seconds(text: str) -> float:
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= 86400):
        raise argparse.ArgumentTypeError(f"{text[:20]} is no number of seconds from 1 to 86400")
    return float(text)


def show(options: argparse.Namespace) -> int:
    """List the models at hand; a broken one is listed with what is wrong with it."""
    folders = place.folders_of(options)
    for folder in model_folders(folders).values():
        entry = facts(folder, folders)
        output.line(json.dumps(entry) if options.json else _line(entry))
    return 0


def _line(entry: dict[str, Any]) -> str:
    if "error" in entry:
        return f"{entry['name']}: {entry['error']}"
    width, height = entry["size"]
    size = f"{entry['bytes'] / 1e6:.0f} MB"
    return f"{entry['name']:<20}{width}×{height}  {size:>8}  {entry['licence']}  {entry['folder']}"


def plan(options: argparse.Namespace) -> int:
    """Say what a download would bring; nothing is fetched but the listing."""
    report = Report(json=options.json)
    made, _ = _plan(options, report)
    if options.json:
        output.line(json.dumps(_told(made)))
        return 0
    for file in made.files:
        output.line(f"{file.bytes / 1e6:>10.1f} MB  {file.name}")
    output.line(f"{made.bytes / 1e6:>10.1f} MB  {made.repo}, commit {made.commit}")
    output.line(made.licence_note)
    return 0


def download(options: argparse.Namespace) -> int:
    """Fetch a model, check it, and bring it in; interrupted, the same command goes on."""
    report = Report(json=options.json)
    try:
        with model_care.ending_politely():
            return _download(options, report)
    except Interrupted as wish:
        return wish.code
    finally:
        report.clear()


def _download(options: argparse.Namespace, report: Report) -> int:
    from ldm_desktop.hub import download as hub
    from ldm_desktop.hub.plan import check_room, staging_of

    folders = place.folders_of(options)
    made, patience = _plan(options, report)
    report.event("plan", **_told(made))
    if made.installed:
        report.say(f"{made.repo} is here already, as {made.name}: nothing was fetched.")
        # Whoever was ended just after it had come in left these two undone.
        shutil.rmtree(staging_of(folders.models, made.repo, made.commit), ignore_errors=True)
        if not options.no_samples:
            incoming.show(folders.models / made.name, folders, report)
        return _done(folders.models / made.name, folders, report)
    report.say(made.licence_note)
    check_room(made, folders.models)
    with hub.staging(made, folders.models) as folder:
        fetching = hub.Download(made, folder, patience, report.progress)
        fetching.fetch_small()
        _check_kind(folder, made)
        fetching.fetch_weights()
        origin = Origin(made.repo, made.commit, made.licence)
        wish = model_care.wish_of(options)
        final = incoming.finish(folder, made.name, origin, folders, wish, report)
    return _done(final, folders, report)


def _check_kind(folder: Path, made: Plan) -> None:
    """Fetch gigabytes only for a model of a kind that can be used then."""
    try:
        with explained(Path(made.name)):
            read_folder(folder)
    except ModelError:
        shutil.rmtree(folder)
        raise


def _done(folder: Path, folders: paths.Folders, report: Report) -> int:
    report.result(f"{folder.name} is at hand.", "done", {"model": facts(folder, folders)})
    return 0


def _plan(options: argparse.Namespace, report: Report) -> tuple[Plan, Patience]:
    # Importing the library of the hub takes a while, and only these two commands need it.
    from ldm_desktop.hub import plan as hub
    from ldm_desktop.hub.patience import Patience

    hub.connect(options.patience)
    patience = Patience(options.patience, report.say)
    models = place.folders_of(options).models
    return hub.make(options.repo, options.revision, models, patience, half=options.half), patience


def _told(made: Plan) -> dict[str, Any]:
    return {
        "repo": made.repo,
        "commit": made.commit,
        "name": made.name,
        "licence": made.licence,
        "licence_note": made.licence_note,
        "bytes": made.bytes,
        "there": made.there,
        "needs": made.needs,
        "free": made.free,
        "files": [{"name": file.name, "bytes": file.bytes} for file in made.files],
        "installed": made.installed,
    }

"""`gallery rebuild`, `verify`, `import`, `delete` and `restore`: what happens to files and rows."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from ldm_desktop.cli import output
from ldm_desktop.cli.gallery_list import pictures_of, print_pictures
from ldm_desktop.cli.gallery_place import Visit, visit
from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery.care import incoming
from ldm_desktop.gallery.care import rebuild as rebuilding
from ldm_desktop.gallery.care import verify as verifying
from ldm_desktop.gallery.care.verify import Finding
from ldm_desktop.gallery.index import bin as trash
from ldm_desktop.gallery.index import database
from ldm_desktop.gallery.index.bin import Trashed


def rebuild(options: argparse.Namespace) -> int:
    """Make the database again from the pictures and what is written beside them."""
    with visit(options, look=False) as stay:
        told = stay.count.told("rebuilding")
        report = rebuilding.rebuild(stay.store, told, stay.cancelled)
        stay.say_all(report.problems)
        stay.stop.check()
        database.back_up(stay.store.connection)
        numbers = {name: value for name, value in vars(report).items() if type(value) is int}
        text = ", ".join(f"{name} {value}" for name, value in numbers.items() if value)
        output.line(json.dumps(numbers) if options.json else text or "There are no pictures.")
    return 0


def verify(options: argparse.Namespace) -> int:
    """Compare pictures, what is beside them, and the database; 1 if something is not in order."""
    with visit(options) as stay:
        told = stay.count.told("verifying")
        result = verifying.verify(stay.store, options.repair, told, stay.cancelled)
        if options.repair:
            stay.flush()
        stay.say_all(result.problems)
        for finding in result.findings:
            facts = _told(finding, stay.store.library)
            output.line(json.dumps(facts) if options.json else _sentence(finding))
        stay.stop.check()
    left = sum(not finding.repaired for finding in result.findings)
    if left or result.problems:
        raise KnownError(f"Not in order: {left + len(result.problems)}; each is told of above.")
    return 0


def _told(finding: Finding, library: Path) -> dict[str, Any]:
    return {
        "kind": str(finding.kind),
        "file": str(library / finding.file),
        "picture": None if finding.picture is None else str(finding.picture),
        "sentence": finding.sentence,
        "repaired": finding.repaired,
    }


def _sentence(finding: Finding) -> str:
    repaired = " Repaired." if finding.repaired else ""
    return f"{finding.kind}: {finding.file}: {finding.sentence}{repaired}"


def bring_in(options: argparse.Namespace) -> int:
    """Copy pictures into the library; 1 if some were refused."""
    sources = [path.absolute() for path in options.paths]
    with visit(options) as stay:
        stay.make_library()
        told = stay.count.told("importing")
        brought = incoming.bring_in(stay.store, sources, told, stay.cancelled)
        stay.flush()
        stay.say_all(f"{path}: {reason}" for path, reason in brought.refused)
        if brought.known:
            stay.count.say(f"In the gallery already: {len(brought.known)}.")
        print_pictures(stay, brought.added, as_json=options.json)
        stay.stop.check()
    return 1 if brought.refused else 0


def delete(options: argparse.Namespace) -> int:
    """Move pictures to the system's trash; 1 if some could not go."""
    # With Qt, which the other commands do without.
    from ldm_desktop.session.gallery.bin import move_to_trash

    with visit(options) as stay:
        chosen = pictures_of(stay.store, options.ids)
        # What is not in its sidecar yet would be lost to whoever takes it out of the trash.
        stay.flush()
        return _moved(stay, options, trash.trash(stay.store, chosen, move_to_trash))


def restore(options: argparse.Namespace) -> int:
    """Move pictures from the system's trash to where they were; 1 if some could not."""
    with visit(options) as stay:
        chosen = pictures_of(stay.store, options.ids)
        return _moved(stay, options, trash.put_back(stay.store, chosen))


def _moved(stay: Visit, options: argparse.Namespace, moved: Trashed) -> int:
    stay.say_all(moved.problems)
    print_pictures(stay, moved.ids, as_json=options.json)
    return 1 if moved.problems else 0

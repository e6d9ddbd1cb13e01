"""`gallery export`: pictures as files of other formats, as a contact sheet, or as a table."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from uuid import UUID

from ldm_desktop.cli import output
from ldm_desktop.cli.gallery_list import add_order, numbers_of, pictures_of, understood
from ldm_desktop.cli.gallery_place import Visit, visit
from ldm_desktop.core.errors import BadArgumentError, KnownError
from ldm_desktop.gallery.export.export import ExportOptions, Format
from ldm_desktop.gallery.export.export_job import ExportJob, SheetJob, TableJob, run
from ldm_desktop.gallery.export.export_names import FIELDS
from ldm_desktop.gallery.export.export_texts import Keep
from ldm_desktop.gallery.export.sheet_plan import Caption, Paper, SheetOptions

NAMES = ", ".join(f"{{{field}}}" for field in FIELDS)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be exported, and as what."""
    parser.add_argument(
        "ids", metavar="ID", nargs="*", help="the pictures, whole ids or beginnings"
    )
    parser.add_argument("--query", help="instead of ids: the pictures that answer this query")
    add_order(parser)
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--out", type=Path, metavar="DIR", help="export files into this folder")
    where.add_argument("--sheet", type=Path, metavar="FILE.pdf|FILE.png", help="a contact sheet")
    where.add_argument("--table", type=Path, metavar="FILE.json|FILE.csv",
                       help="recipes and all that is said of the pictures")  # fmt: skip
    files = parser.add_argument_group("files")
    files.add_argument("--format", choices=[str(form) for form in Format], default=str(Format.PNG))
    files.add_argument("--quality", type=int, default=90, help="1 to 100 (default: 90)")
    files.add_argument("--lossless", action="store_true", help="for WebP")
    files.add_argument("--metadata", choices=[str(keep) for keep in Keep], default=str(Keep.RECIPE),
                       help="the whole recipe, the IPTC mark that a model made it, or nothing "
                       "at all (default: recipe)")  # fmt: skip
    files.add_argument("--names", default="{name}", metavar="TEMPLATE",
                       help=f"of {NAMES}, also {{n:03}} (default: {{name}})")  # fmt: skip
    sheet = parser.add_argument_group("contact sheets")
    sheet.add_argument("--columns", type=int, default=5, help="(default: 5)")
    sheet.add_argument("--paper", choices=[str(paper) for paper in Paper], default=str(Paper.A4))
    sheet.add_argument("--landscape", action="store_true", help="the paper's long side across")
    sheet.add_argument("--dark", action="store_true", help="on a dark ground")
    sheet.add_argument("--captions", default="seed,id,rating", metavar="LIST",
                       help=f"of {','.join(Caption)} (default: seed,id,rating)")  # fmt: skip


def export(options: argparse.Namespace) -> int:
    """Export pictures; 1 if some could not be."""
    wish = _wish(options)
    if bool(options.ids) == (options.query is not None):
        raise BadArgumentError("Name the pictures by their ids, or by one --query.")
    with visit(options) as stay:
        job = ExportJob(_chosen(stay, options), wish)
        done = run(stay.store, job, stay.count.told("exporting"), stay.cancelled)
        stay.say_all(done.problems)
        for file in done.files:
            output.line(json.dumps({"file": str(file)}) if options.json else str(file))
        stay.stop.check()
    return 1 if done.problems else 0


def _chosen(stay: Visit, options: argparse.Namespace) -> tuple[UUID, ...]:
    if options.query is None:
        return pictures_of(stay.store, options.ids)
    numbers = numbers_of(stay.store, understood(options.query), options)
    ids = stay.store.ids(numbers)
    chosen = tuple(ids[number] for number in numbers if number in ids)
    if not chosen:
        raise KnownError(f"No picture answers {options.query[:60]!r}: nothing was exported.")
    return chosen


def _wish(options: argparse.Namespace) -> ExportOptions | SheetJob | TableJob:
    if options.table:
        return TableJob(options.table.absolute())
    if options.sheet:
        sheet = SheetOptions(
            columns=options.columns,
            captions=_captions(options.captions),
            paper=Paper(options.paper),
            landscape=options.landscape,
            dark=options.dark,
        )
        return SheetJob(options.sheet.absolute(), sheet)
    return ExportOptions(
        folder=options.out.absolute(),
        format=Format(options.format),
        metadata=Keep(options.metadata),
        names=options.names,
        quality=options.quality,
        lossless=options.lossless,
    )


def _captions(text: str) -> tuple[Caption, ...]:
    words = [word.strip() for word in text.split(",") if word.strip()]
    if unknown := [word for word in words if word not in set(Caption)]:
        raise BadArgumentError(
            f"{unknown[0][:40]!r} is no caption: choose from {', '.join(Caption)}."
        )
    return tuple(Caption(word) for word in words)
